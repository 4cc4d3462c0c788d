/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One statement, of whichever engine; and the values of a row. */
#include "store/engine.h"

#include <string.h>

enum err
sql_change(struct store *store, enum sql sql, const struct value *values, int64_t *ret_changed)
{
	struct changes changes = { 0 };
	enum err err;

	if (!store_in_turn(store))
		return ERR_FAILED;
	err = store->engine->run(store, sql, values, ret_changed == NULL ? NULL : &changes);
	if (err == ERR_OK && ret_changed != NULL)
		*ret_changed = changes.rows;
	return err;
}

enum err
sql_one_later(struct store *store, enum sql sql, const struct value *values)
{
	struct changes changes = { .later = true };

	return sql_insert_row(store, sql, values, &changes);
}

enum err
sql_change_one(struct store *store, enum sql sql, const struct value *values)
{
	int64_t changed = 0;
	enum err err = sql_change(store, sql, values, &changed);

	return err == ERR_OK && changed != 1 ? ERR_STORE_NONE : err;
}

enum err
sql_insert_row(struct store *store, enum sql sql, const struct value *values,
    struct changes *io_changes)
{
	enum err err;

	if (!store_in_turn(store))
		return ERR_FAILED;
	err = store->engine->run(store, sql, values, io_changes);
	return err == ERR_OK && io_changes->rows != 1 ? ERR_STORE_NONE : err;
}

enum err
sql_insert(struct store *store, enum sql sql, const struct value *values, int64_t *ret_id)
{
	struct changes changes = { 0 };
	enum err err = sql_insert_row(store, sql, values, &changes);

	if (err == ERR_OK)
		*ret_id = changes.id;
	return err;
}

enum err
sql_whole(struct store *store, enum err err)
{
	if (err != ERR_OK)
		store_rollback(store);
	return err;
}

enum err
sql_rows(struct store *store, enum sql sql, const struct value *values, sql_reader *reader,
    void *rows, size_t size, size_t *io_count)
{
	return store->engine->rows(store, sql, values, reader, rows, size, io_count);
}

enum err
sql_row(struct store *store, enum sql sql, const struct value *values, sql_reader *reader,
    void *row)
{
	size_t count = 1;
	enum err err = sql_rows(store, sql, values, reader, row, 0, &count);

	return err == ERR_OK && count == 0 ? ERR_STORE_NONE : err;
}

enum err
sql_number(const struct columns *columns, void *row)
{
	int64_t *number = row;

	*number = column_number(columns, 0);
	return ERR_OK;
}

/* --- what others learn ------------------------------------------------------------- */

enum err
store_tell_others(struct store *store)
{
	return store_is_shared(store) ? sql_one_later(store, SQL_CHANGES_MORE, NO_VALUES) : ERR_OK;
}

enum err
store_changes(struct store *store, int64_t *ret_changes)
{
	return sql_row(store, SQL_CHANGES, NO_VALUES, sql_number, ret_changes);
}

/* --- columns ----------------------------------------------------------------------- */

int64_t
column_number(const struct columns *columns, int column)
{
	return columns->engine->number(columns, column);
}

/* ERR_STORE_CORRUPT of no value. */
static enum err
bytes_of(const struct columns *columns, int column, const void **ret_bytes, size_t *ret_length)
{
	enum err err = columns->engine->bytes(columns, column, ret_bytes, ret_length);

	return err == ERR_OK && *ret_bytes == NULL ? ERR_STORE_CORRUPT : err;
}

bool
column_set(const struct columns *columns, int column)
{
	const void *bytes = NULL;
	size_t length;

	return columns->engine->bytes(columns, column, &bytes, &length) != ERR_OK || bytes != NULL;
}

enum err
column_text(const struct columns *columns, int column, char *buf, size_t size)
{
	const void *text = NULL;
	size_t length = 0;
	enum err err = bytes_of(columns, column, &text, &length);

	if (err != ERR_OK)
		return err;
	if (length >= size || memchr(text, '\0', length) != NULL)
		return ERR_STORE_CORRUPT;
	memcpy(buf, text, length);
	buf[length] = '\0';
	return ERR_OK;
}

enum err
column_some(const struct columns *columns, int column, void *buf, size_t size, size_t *ret_length)
{
	const void *bytes = NULL;
	size_t length = 0;
	enum err err = bytes_of(columns, column, &bytes, &length);

	if (err != ERR_OK)
		return err;
	if (length < 1 || length > size)
		return ERR_STORE_CORRUPT;
	memcpy(buf, bytes, length);
	*ret_length = length;
	return ERR_OK;
}

enum err
column_bytes(const struct columns *columns, int column, void *buf, size_t length)
{
	size_t found = 0;
	enum err err = column_some(columns, column, buf, length, &found);

	return err == ERR_OK && found != length ? ERR_STORE_CORRUPT : err;
}

enum err
column_sealed(const struct columns *columns, int column, struct store_sealed *sealed)
{
	sealed->key = column_number(columns, column - 1);
	return column_some(columns, column, sealed->bytes, sizeof sealed->bytes, &sealed->length);
}

enum err
column_upto(const struct columns *columns, int column, int64_t max, int64_t *ret_number)
{
	int64_t number = column_number(columns, column);

	if (number < 0 || number > max)
		return ERR_STORE_CORRUPT;
	*ret_number = number;
	return ERR_OK;
}
