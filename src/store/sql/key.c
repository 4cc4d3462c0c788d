/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyring while it is renewed, and what is sealed under its keys. */
#include "store/sql/sql.h"
#include "store/store_key.h"

enum err
store_key_next(struct store *store, int64_t *ret_id)
{
	return sql_row(store, SQL_KEY_NEXT, NO_VALUES, sql_number, ret_id);
}

enum err
store_key_wrap(struct store *store, int64_t id, const unsigned char wrapped[STORE_WRAPPED_SIZE])
{
	return sql_change_one(store, SQL_KEY_WRAP,
	    VALUES(NUMBER(id), BYTES(wrapped, STORE_WRAPPED_SIZE)));
}

enum err
store_key_drop(struct store *store, int64_t id)
{
	return sql_change_one(store, SQL_KEY_DROP, VALUES(NUMBER(id)));
}

static enum err
read_at_rest(const struct columns *columns, void *row)
{
	struct store_at_rest *value = row;

	value->id = column_number(columns, 0);
	value->user = column_number(columns, 1);
	value->pending = column_number(columns, 2) != 0;
	return column_sealed(columns, 4, &value->secret);
}

/* First all of the authenticators, then the pending keys. */
enum err
store_at_rest(struct store *store, int64_t newest, struct store_at_rest *values, size_t *io_count)
{
	static const enum sql places[] = { SQL_DEVICES_AT_REST, SQL_PENDING_AT_REST };
	size_t count = 0;
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < sizeof places / sizeof *places; i++) {
		size_t more = *io_count - count;

		err = sql_rows(store, places[i], VALUES(NUMBER(newest)), read_at_rest,
		    values + count, sizeof *values, &more);
		if (err == ERR_OK)
			count += more;
	}
	if (err == ERR_OK)
		*io_count = count;
	return err;
}

enum err
store_at_rest_count(struct store *store, int64_t newest, int64_t *ret_count)
{
	return sql_row(store, SQL_AT_REST_COUNT, VALUES(NUMBER(newest)), sql_number, ret_count);
}

enum err
store_at_rest_put(struct store *store, const struct store_at_rest *value)
{
	return sql_change_one(store, value->pending ? SQL_PENDING_SEAL : SQL_DEVICE_SEAL,
	    VALUES(NUMBER(value->id), NUMBER(value->secret.key),
		BYTES(value->secret.bytes, value->secret.length)));
}
