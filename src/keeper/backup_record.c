/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/backup_record.h"

#include <stdlib.h>
#include <string.h>

#include "core/secret.h"

/* --- out: numbers have the high byte first ------------------------------------------------- */

static enum err
put(const struct record_stream *stream, const void *bytes, size_t length)
{
	return stream->put(stream->context, bytes, length);
}

static enum err
put_number(const struct record_stream *stream, int64_t number, size_t size)
{
	unsigned char bytes[8];

	for (size_t i = 0; i < size; i++)
		bytes[i] = (unsigned char)((uint64_t)number >> (8 * (size - 1 - i)));
	return put(stream, bytes, size);
}

/* Four bytes of length, and so many bytes. */
static enum err
put_bytes(const struct record_stream *stream, const void *bytes, size_t length)
{
	enum err err = put_number(stream, (int64_t)length, 4);

	return err == ERR_OK && length > 0 ? put(stream, bytes, length) : err;
}

static enum err
put_text(const struct record_stream *stream, const char *text)
{
	return put_bytes(stream, text, strlen(text));
}

enum err
record_put_made(const struct record_stream *stream, const struct backup_made *made)
{
	enum err err = put_number(stream, RECORD_MADE, 1);

	if (err == ERR_OK)
		err = put_number(stream, made->time, 8);
	if (err == ERR_OK)
		err = put_number(stream, made->version, 4);
	return err == ERR_OK ? put_text(stream, made->who) : err;
}

enum err
record_put_key(const struct record_stream *stream, const struct secret *key)
{
	enum err err = put_number(stream, RECORD_KEY, 1);

	return err == ERR_OK ? put(stream, key->bytes, KEY_SIZE) : err;
}

enum err
record_put_table(const struct record_stream *stream, const struct store_table *table)
{
	enum err err = put_number(stream, RECORD_TABLE, 1);

	if (err == ERR_OK)
		err = put_text(stream, table->name);
	if (err == ERR_OK)
		err = put_number(stream, (int64_t)table->columns, 1);
	for (size_t i = 0; err == ERR_OK && i < table->columns; i++)
		err = put_text(stream, table->column[i]);
	return err;
}

static enum err
put_value(const struct record_stream *stream, const struct store_value *value)
{
	enum err err = put_number(stream, (int64_t)value->kind, 1);

	if (err != ERR_OK || value->kind == STORE_NULL)
		return err;
	if (value->kind == STORE_NUMBER)
		return put_number(stream, value->number, 8);
	return put_bytes(stream, value->bytes, value->length);
}

enum err
record_put_row(const struct record_stream *stream, const struct store_value *values, size_t count)
{
	enum err err = put_number(stream, RECORD_ROW, 1);

	for (size_t i = 0; err == ERR_OK && i < count; i++)
		err = put_value(stream, &values[i]);
	return err;
}

enum err
record_put_end(const struct record_stream *stream, int64_t rows)
{
	enum err err = put_number(stream, RECORD_END, 1);

	return err == ERR_OK ? put_number(stream, rows, 8) : err;
}

/* --- in ------------------------------------------------------------------------------------ */

static enum err
get(const struct record_stream *stream, void *bytes, size_t length)
{
	return stream->get(stream->context, bytes, length);
}

static enum err
get_number(const struct record_stream *stream, size_t size, int64_t *ret_number)
{
	unsigned char bytes[8];
	uint64_t number = 0;
	enum err err = get(stream, bytes, size);

	for (size_t i = 0; err == ERR_OK && i < size; i++)
		number = number << 8 | bytes[i];
	if (err == ERR_OK)
		*ret_number = (int64_t)number;
	return err;
}

/* A number from 0 to most, in one byte or four. */
static enum err
get_upto(const struct record_stream *stream, size_t size, int64_t most, int64_t *ret_number)
{
	int64_t number = 0;
	enum err err = get_number(stream, size, &number);

	if (err == ERR_OK && (number < 0 || number > most))
		err = ERR_BACKUP_DAMAGED;
	if (err == ERR_OK)
		*ret_number = number;
	return err;
}

/* Into an array of size bytes, with its NUL; none is in it. */
static enum err
get_text(const struct record_stream *stream, char *text, size_t size)
{
	int64_t length = 0;
	enum err err = get_upto(stream, 4, (int64_t)size - 1, &length);

	memset(text, 0, size);
	if (err == ERR_OK && length > 0)
		err = get(stream, text, (size_t)length);
	return err == ERR_OK && strlen(text) != (size_t)length ? ERR_BACKUP_DAMAGED : err;
}

static enum err
get_made(const struct record_stream *stream, struct backup_made *made)
{
	int64_t version = 0;
	enum err err = get_number(stream, 8, &made->time);

	if (err == ERR_OK)
		err = get_upto(stream, 4, INT32_MAX, &version);
	made->version = (int32_t)version;
	return err == ERR_OK ? get_text(stream, made->who, sizeof made->who) : err;
}

static enum err
get_table(const struct record_stream *stream, struct store_table *table)
{
	int64_t columns = 0;
	enum err err = get_text(stream, table->name, sizeof table->name);

	if (err == ERR_OK)
		err = get_upto(stream, 1, STORE_COLUMNS_MAX, &columns);
	table->columns = (size_t)columns;
	for (size_t i = 0; err == ERR_OK && i < table->columns; i++)
		err = get_text(stream, table->column[i], sizeof table->column[i]);
	return err;
}

static enum err
get_value(const struct record_stream *stream, struct record *record, size_t *io_used,
    struct store_value *value)
{
	int64_t kind = 0, length = 0;
	enum err err = get_upto(stream, 1, STORE_KINDS - 1, &kind);

	*value = (struct store_value){ .kind = (enum store_kind)kind };
	if (err != ERR_OK || kind == STORE_NULL)
		return err;
	if (kind == STORE_NUMBER)
		return get_number(stream, 8, &value->number);
	err = get_upto(stream, 4, STORE_VALUE_MAX, &length);
	if (err == ERR_OK && (size_t)length > RECORD_ROOM - *io_used)
		err = ERR_BACKUP_DAMAGED;
	if (err != ERR_OK)
		return err;
	value->bytes = record->room + *io_used;
	value->length = (size_t)length;
	*io_used += (size_t)length;
	return length > 0 ? get(stream, record->room + *io_used - length, (size_t)length) : ERR_OK;
}

static enum err
get_row(const struct record_stream *stream, struct record *record)
{
	size_t used = 0;
	enum err err = record->table.columns > 0 ? ERR_OK : ERR_BACKUP_DAMAGED;

	for (size_t i = 0; err == ERR_OK && i < record->table.columns; i++)
		err = get_value(stream, record, &used, &record->values[i]);
	return err;
}

enum err
record_open(struct record *record)
{
	memset(record, 0, sizeof *record);
	record->room = malloc(RECORD_ROOM);
	return record->room == NULL ? ERR_MEMORY : secret_new(KEY_SIZE + 1, &record->key);
}

void
record_close(struct record *record)
{
	secret_free(record->key);
	if (record->room != NULL)
		secret_wipe(record->room, RECORD_ROOM);
	free(record->room);
	memset(record, 0, sizeof *record);
}

enum err
record_get(const struct record_stream *stream, struct record *record)
{
	int64_t kind = 0;
	enum err err = get_upto(stream, 1, RECORD_KINDS - 1, &kind);

	if (err != ERR_OK)
		return err;
	record->kind = (enum record_kind)kind;
	switch (record->kind) {
	case RECORD_MADE:
		return get_made(stream, &record->made);
	case RECORD_KEY:
		record->key->length = KEY_SIZE;
		return get(stream, record->key->bytes, KEY_SIZE);
	case RECORD_TABLE:
		return get_table(stream, &record->table);
	case RECORD_ROW:
		return get_row(stream, record);
	case RECORD_END:
		return get_upto(stream, 8, INT64_MAX, &record->rows);
	case RECORD_KINDS:
		break;
	}
	return ERR_BACKUP_DAMAGED;
}
