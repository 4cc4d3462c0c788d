/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that are too long to be held: they come through a cursor, a thousand rows at a time. */
#include "store/postgresql/pg.h"

#include <stdio.h>
#include <stdlib.h>

enum { PIECE = 1000 };

/* A cursor lives in a transaction: outside of one it needs its own. */
static enum err
begin(struct pg *pg, struct pg_cursor *cursor)
{
	enum err err;

	if (pg->in_turn || pg->reads || pg->walks)
		return ERR_OK;
	err = pg_do(pg, "BEGIN READ ONLY", NO_VALUES);
	cursor->own = pg->walks = err == ERR_OK;
	return err;
}

enum err
pg_cursor_open(struct pg *pg, const char *select, const struct value *values,
    struct pg_cursor *ret_cursor)
{
	char *sql = NULL;
	enum err err;

	*ret_cursor = (struct pg_cursor){ .pg = pg };
	(void)snprintf(ret_cursor->name, sizeof ret_cursor->name, "long_%u",
	    pg->cursors++ % 1000000);
	err = begin(pg, ret_cursor);
	if (err != ERR_OK)
		return err;
	if (asprintf(&sql, "DECLARE %s NO SCROLL CURSOR FOR %s", ret_cursor->name, select) < 0)
		return ERR_MEMORY;
	err = pg_do(pg, sql, values);
	free(sql);
	ret_cursor->declared = err == ERR_OK;
	return err;
}

enum err
pg_cursor_next(struct pg_cursor *cursor, bool *ret_row)
{
	char sql[48];
	enum err err = ERR_OK;

	if (cursor->answer == NULL || ++cursor->row == PIECE) {
		PQclear(cursor->answer);
		cursor->answer = NULL;
		cursor->row = 0;
		(void)snprintf(sql, sizeof sql, "FETCH %d FROM %s", PIECE, cursor->name);
		err = pg_ask(cursor->pg, sql, NO_VALUES, &cursor->answer);
	}
	if (err == ERR_OK)
		*ret_row = cursor->row < PQntuples(cursor->answer);
	return err;
}

/* What was given up has no cursor any more, and to close it is one more failure, of no matter. */
enum err
pg_cursor_close(struct pg_cursor *cursor, enum err err)
{
	struct pg *pg = cursor->pg;
	enum err closed = ERR_OK;
	char sql[32];

	PQclear(cursor->answer);
	cursor->answer = NULL;
	(void)snprintf(sql, sizeof sql, "CLOSE %s", cursor->name);
	if (cursor->own)
		closed = pg_do(pg, "COMMIT", NO_VALUES);
	else if (cursor->declared && (pg->in_turn || pg->reads || pg->walks))
		closed = pg_do(pg, sql, NO_VALUES);
	if (cursor->own)
		pg->walks = false;
	return err == ERR_OK ? closed : err;
}

/* The values of a statement, and how many rows are wanted where it asks for that. */
static void
copy_values(enum sql sql, const struct value *values, size_t most,
    struct value copy[ASK_PARAMS_MAX + 1])
{
	int count = 0;

	for (; values->type != VALUE_END && count < ASK_PARAMS_MAX - 1; values++)
		copy[count++] = *values;
	if (pg_takes_limit(sql))
		copy[count++] = (struct value)NUMBER(most > INT64_MAX ? INT64_MAX : (int64_t)most);
	copy[count] = (struct value){ .type = VALUE_END };
}

enum err
pg_rows_in_pieces(struct store *store, enum sql sql, const struct value *values, sql_reader *reader,
    void *rows, size_t size, size_t *io_count)
{
	struct value copy[ASK_PARAMS_MAX + 1];
	struct pg *pg = pg_of(store);
	struct pg_cursor cursor;
	bool more = true;
	size_t count = 0;
	enum err err;

	copy_values(sql, values, *io_count, copy);
	err = pg_cursor_open(pg, pg->texts[sql], copy, &cursor);
	while (err == ERR_OK && count < *io_count) {
		err = pg_cursor_next(&cursor, &more);
		if (err != ERR_OK || !more)
			break;
		err = reader(&(const struct columns){ .engine = store->engine,
				 .answer = cursor.answer,
				 .row = cursor.row },
		    (char *)rows + count * size);
		count++;
	}
	err = pg_cursor_close(&cursor, err);
	if (err == ERR_OK)
		*io_count = count;
	return err;
}
