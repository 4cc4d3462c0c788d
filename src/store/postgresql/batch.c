/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/postgresql/batch.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 1000, BYTES_MAX = 256 << 10, FIRST_SIZE = 4096, HEAD_SIZE = 20 };

_Static_assert((int)STORE_COLUMNS_MAX <= (int)ASK_PARAMS_MAX, "a parameter a column");

/* The type of a column's values, and of an array of them (catalog/pg_type.dat). */
static const struct {
	uint32_t type;
	Oid array;
	const char *name;
} types[STORE_KINDS] = {
	[STORE_NUMBER] = { 20, 1016, "bigint" },
	[STORE_TEXT] = { 25, 1009, "text" },
	[STORE_BYTES] = { 17, 1001, "bytea" },
};

/* --- a column's bytes ---------------------------------------------------------------------- */

static enum err
make_room(struct batch_column *column, size_t more)
{
	size_t size = column->size == 0 ? FIRST_SIZE : column->size;
	unsigned char *bytes;

	while (size - column->used < more)
		size *= 2;
	if (size == column->size)
		return ERR_OK;
	bytes = malloc(size);
	if (bytes == NULL)
		return ERR_MEMORY;
	if (column->bytes != NULL) {
		memcpy(bytes, column->bytes, column->used);
		explicit_bzero(column->bytes, column->size);
	}
	free(column->bytes);
	column->bytes = bytes;
	column->size = size;
	return ERR_OK;
}

static void
put_32(unsigned char *bytes, uint32_t number)
{
	number = htobe32(number);
	memcpy(bytes, &number, sizeof number);
}

/* An element is its length and its bytes; NULL has the length -1. */
static enum err
add_bytes(struct batch_column *column, const void *bytes, uint32_t length)
{
	uint32_t size = length == UINT32_MAX ? 0 : length;
	enum err err = make_room(column, 4 + (size_t)size);

	if (err != ERR_OK)
		return err;
	put_32(column->bytes + column->used, length);
	if (size > 0)
		memcpy(column->bytes + column->used + 4, bytes, size);
	column->used += 4 + (size_t)size;
	return ERR_OK;
}

static enum err
add_value(struct batch_column *column, enum store_kind kind, const struct store_value *value)
{
	uint64_t number = htobe64((uint64_t)value->number);

	if (value->kind == STORE_NULL)
		return add_bytes(column, NULL, UINT32_MAX);
	if (value->kind != kind || value->length > STORE_VALUE_MAX)
		return ERR_BACKUP_DAMAGED;
	if (kind == STORE_NUMBER)
		return add_bytes(column, &number, sizeof number);
	return add_bytes(column, value->bytes, (uint32_t)value->length);
}

/* Dimensions, whether there may be NULLs, the elements' type, how many, from which on they count.
 */
static void
write_head(struct batch_column *column, enum store_kind kind, size_t rows)
{
	const uint32_t head[] = { 1, 1, types[kind].type, (uint32_t)rows, 1 };

	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		put_32(column->bytes + i * 4, head[i]);
}

/* --- a table ---------------------------------------------------------------------------------- */

static enum err
write_insert(const struct table *table, char **ret_sql)
{
	size_t size;
	FILE *out = open_memstream(ret_sql, &size);

	if (out == NULL)
		return ERR_MEMORY;
	fprintf(out, "INSERT INTO \"%s\"", table->store.name);
	for (size_t i = 0; i < table->store.columns; i++)
		fprintf(out, "%s \"%s\"", i == 0 ? " (" : ",", table->store.column[i]);
	fputs(") SELECT * FROM unnest", out);
	for (size_t i = 0; i < table->store.columns; i++)
		fprintf(out, "%s $%zu::%s[]", i == 0 ? " (" : ",", i + 1,
		    types[table->kind[i]].name);
	fputs(")", out);
	return fclose(out) == 0 ? ERR_OK : ERR_MEMORY;
}

static enum err
clear(struct batch *batch)
{
	enum err err = ERR_OK;

	batch->rows = batch->bytes = 0;
	for (size_t i = 0; err == ERR_OK && i < batch->columns; i++) {
		batch->column[i].used = 0;
		err = make_room(&batch->column[i], HEAD_SIZE);
		batch->column[i].used = HEAD_SIZE;
	}
	return err;
}

enum err
batch_begin(struct batch *batch, const struct table *table)
{
	enum err err;

	batch_end(batch);
	batch->columns = table->store.columns;
	memcpy(batch->kind, table->kind, sizeof batch->kind);
	err = write_insert(table, &batch->sql);
	return err == ERR_OK ? clear(batch) : err;
}

void
batch_end(struct batch *batch)
{
	for (size_t i = 0; i < STORE_COLUMNS_MAX; i++) {
		if (batch->column[i].bytes != NULL)
			explicit_bzero(batch->column[i].bytes, batch->column[i].size);
		free(batch->column[i].bytes);
	}
	free(batch->sql);
	memset(batch, 0, sizeof *batch);
}

bool
batch_is_full(const struct batch *batch)
{
	return batch->rows >= ROWS_MAX || batch->bytes >= BYTES_MAX;
}

enum err
batch_add(struct batch *batch, const struct store_value *values, size_t count)
{
	enum err err = batch->sql != NULL && count == batch->columns ? ERR_OK : ERR_BACKUP_DAMAGED;

	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		err = add_value(&batch->column[i], batch->kind[i], &values[i]);
		batch->bytes += values[i].length;
	}
	batch->rows++;
	return err;
}

enum err
batch_put(struct batch *batch, struct pg *pg)
{
	struct ask ask = { .sql = batch->sql,
		.prepared = ASK_NOT_PREPARED,
		.count = (int)batch->columns };
	PGresult *answer = NULL;
	enum err err;

	if (batch->rows == 0)
		return ERR_OK;
	for (size_t i = 0; i < batch->columns; i++) {
		write_head(&batch->column[i], batch->kind[i], batch->rows);
		ask.types[i] = types[batch->kind[i]].array;
		ask.values[i] = (const char *)batch->column[i].bytes;
		ask.lengths[i] = (int)batch->column[i].used;
	}
	err = pg_put(pg, &ask, &answer);
	PQclear(answer);
	return err == ERR_OK ? clear(batch) : err;
}
