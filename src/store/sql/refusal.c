/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Refusals that are counted beside the chain. */
#include "store/sql/sql.h"
#include "store/store_guess.h"

#include <stdio.h>
#include <string.h>

/* At most so many kinds of refusal are told apart; the rest is one row. */
enum { KINDS_MAX = 4096 };

static enum err
count(struct store *store, const struct store_refusal *row, int64_t *ret_number)
{
	return sql_row(store, SQL_REFUSAL_COUNT,
	    VALUES(BYTES(row->key, STORE_HASH_SIZE), TEXT(row->source), TEXT(row->action)),
	    sql_number, ret_number);
}

static enum err
add(struct store *store, const struct store_refusal *row, int64_t *ret_number)
{
	enum err err = sql_change_one(store, SQL_REFUSAL_ADD,
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
		err = sql_row(store, SQL_REFUSALS_NUMBER, NO_VALUES, sql_number, &kinds);
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
read_refusal(const struct columns *columns, void *row)
{
	struct store_refusal *refusal = row;
	enum err err = column_bytes(columns, 1, refusal->key, sizeof refusal->key);

	refusal->id = column_number(columns, 0);
	if (err == ERR_OK)
		err = column_text(columns, 2, refusal->source, sizeof refusal->source);
	if (err == ERR_OK)
		err = column_text(columns, 3, refusal->action, sizeof refusal->action);
	if (err == ERR_OK)
		err = column_text(columns, 4, refusal->who, sizeof refusal->who);
	if (err == ERR_OK)
		err = column_text(columns, 5, refusal->result, sizeof refusal->result);
	refusal->began = column_number(columns, 6);
	refusal->latest = column_number(columns, 7);
	refusal->count = column_number(columns, 8);
	return err;
}

enum err
store_refusals(struct store *store, int64_t before, struct store_refusal *rows, size_t *io_count)
{
	return sql_rows(store, SQL_REFUSALS, VALUES(NUMBER(before)), read_refusal, rows,
	    sizeof *rows, io_count);
}

enum err
store_refusal_remove(struct store *store, int64_t id)
{
	return sql_change(store, SQL_REFUSAL_REMOVE, VALUES(NUMBER(id)), NULL);
}
