/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refusals that are counted beside the chain. */
#include "store/sqlite_private.h"
#include "store/store_guess.h"

#include <stdio.h>
#include <string.h>

/* At most so many kinds of refusal are told apart; the rest is one row. */
enum { KINDS_MAX = 4096 };

static enum err
count(struct store *store, const struct store_refusal *row, int64_t *ret_number)
{
	return sqlite_row(store, SQL_REFUSAL_COUNT,
	    VALUES(BYTES(row->key, STORE_HASH_SIZE), TEXT(row->source), TEXT(row->action)),
	    sqlite_number, ret_number);
}

static enum err
add(struct store *store, const struct store_refusal *row, int64_t *ret_number)
{
	enum err err = sqlite_change_one(store, SQL_REFUSAL_ADD,
	    VALUES(BYTES(row->key, STORE_HASH_SIZE), TEXT(row->source), TEXT(row->action),
		TEXT(row->who), TEXT(row->result), NUMBER(row->latest)));

	return err == ERR_OK ? count(store, row, ret_number) : err;
}

enum err
store_refusal_add(struct store *store, const struct store_refusal *row, int64_t *ret_count)
{
	struct store_refusal rest = *row;
	int64_t number = 0, kinds = 0;
	enum err err = count(store, row, &number);

	if (err != ERR_STORE_NONE && err != ERR_OK)
		return err;
	if (err == ERR_STORE_NONE) {
		err = sqlite_row(store, SQL_REFUSALS_NUMBER, NO_VALUES, sqlite_number, &kinds);
		if (err != ERR_OK)
			return err;
	}
	if (kinds < KINDS_MAX)
		return add(store, row, ret_count);
	memset(rest.key, 0, sizeof rest.key);
	memset(rest.source, 0, sizeof rest.source);
	(void)snprintf(rest.who, sizeof rest.who, "others");
	return add(store, &rest, ret_count);
}

static enum err
read_refusal(sqlite3_stmt *statement, void *row)
{
	struct store_refusal *refusal = row;
	enum err err = sqlite_column_bytes(statement, 1, refusal->key, sizeof refusal->key);

	refusal->id = sqlite3_column_int64(statement, 0);
	if (err == ERR_OK)
		err = sqlite_column_text(statement, 2, refusal->source, sizeof refusal->source);
	if (err == ERR_OK)
		err = sqlite_column_text(statement, 3, refusal->action, sizeof refusal->action);
	if (err == ERR_OK)
		err = sqlite_column_text(statement, 4, refusal->who, sizeof refusal->who);
	if (err == ERR_OK)
		err = sqlite_column_text(statement, 5, refusal->result, sizeof refusal->result);
	refusal->began = sqlite3_column_int64(statement, 6);
	refusal->latest = sqlite3_column_int64(statement, 7);
	refusal->count = sqlite3_column_int64(statement, 8);
	return err;
}

enum err
store_refusals(struct store *store, int64_t before, struct store_refusal *rows, size_t *io_count)
{
	return sqlite_rows(store, SQL_REFUSALS, VALUES(NUMBER(before)), read_refusal, rows,
	    sizeof *rows, io_count);
}

enum err
store_refusal_remove(struct store *store, int64_t id)
{
	return sqlite_change(store, SQL_REFUSAL_REMOVE, VALUES(NUMBER(id)), NULL);
}
