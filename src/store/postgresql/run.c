/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements of the table: what changes something waits for the next answer that is needed, and
 * what was read in this turn is not asked for again. */
#include "store/postgresql/pg.h"

#include <stdlib.h>

/* These may be refused by a constraint while the turn goes on: what comes before them is kept. */
static const enum sql refusable[] = { SQL_USER_ADD, SQL_KEY_ADD, SQL_DEVICE_ADD, SQL_PENDING_PUT,
	SQL_RECOVERY_ADD, SQL_LINK_ADD, SQL_SSH_KEY_ADD, SQL_WAITING_ADD, SQL_NOTICE_ADD,
	SQL_IMPORT_NOTE, SQL_COMMAND_RAN, SQL_USER_SET_LANGUAGE, SQL_SOURCE_PUT, SQL_SIGN_IN_ADD,
	SQL_IMPORT_REMOVE };

static bool
is_refusable(enum sql sql)
{
	for (size_t i = 0; i < sizeof refusable / sizeof *refusable; i++)
		if (refusable[i] == sql)
			return true;
	return false;
}

/* --- marks --------------------------------------------------------------------------------- */

static enum err
set_mark(struct pg *pg)
{
	if (pg->mark != PG_MARK_WANTED)
		return ERR_OK;
	pg->mark = PG_MARK_SET;
	pg->memo.marked = true;
	return pg_later_text(pg, pg->texts[SQL_MARK]);
}

static enum err
run_mark(struct pg *pg, enum sql sql)
{
	bool set = pg->mark == PG_MARK_SET;

	if (sql == SQL_MARK)
		pg->mark = PG_MARK_WANTED;
	if (sql == SQL_KEEP)
		pg->mark = PG_MARK_NONE;
	if (sql == SQL_UNDO)
		memo_undo(&pg->memo);
	if (sql == SQL_KEEP)
		pg->memo.marked = false;
	return sql != SQL_MARK && set ? pg_later_text(pg, pg->texts[sql]) : ERR_OK;
}

/* --- changes ------------------------------------------------------------------------------- */

/* Keeps what came before a statement that may be refused. */
static enum err
guarded(struct pg *pg, const struct ask *ask, PGresult **ret_answer)
{
	bool last = false;
	enum err err = pg_later_text(pg, "SAVEPOINT guard"), undone;

	if (err == ERR_OK)
		err = pg_later(pg, QUESTION_ROWS, ask);
	if (err == ERR_OK)
		err = pg_send(pg, &last, ret_answer);
	if (err == ERR_OK)
		return pg_later_text(pg, "RELEASE guard");
	if (!last)
		return err;
	undone = pg_later_text(pg, "ROLLBACK TO guard");
	if (undone == ERR_OK)
		undone = pg_later_text(pg, "RELEASE guard");
	return undone == ERR_OK ? err : undone;
}

/* Whoever asks for no number of rows, or trusts in one, need not wait for it. */
static enum err
change(struct pg *pg, enum sql sql, const struct ask *ask, struct changes *io_changes)
{
	bool guard = pg->in_turn && is_refusable(sql);
	PGresult *answer = NULL;
	enum err err;

	if (pg->in_turn && !guard && (io_changes == NULL || io_changes->later)) {
		if (io_changes != NULL)
			*io_changes = (struct changes){ .rows = 1 };
		return pg_later(pg, io_changes == NULL ? QUESTION_CHANGE : QUESTION_ONE, ask);
	}
	err = guard ? guarded(pg, ask, &answer) : pg_put(pg, ask, &answer);
	if (err == ERR_OK && io_changes != NULL) {
		io_changes->rows = strtoll(PQcmdTuples(answer), NULL, 10);
		io_changes->id = PQntuples(answer) > 0 ? pg_value_number(answer, 0, 0) : 0;
	}
	PQclear(answer);
	return err;
}

enum err
pg_run(struct store *store, enum sql sql, const struct value *values, struct changes *io_changes)
{
	struct pg *pg = pg_of(store);
	struct numbers numbers;
	struct ask ask;
	enum err err;

	if (sql == SQL_MARK || sql == SQL_KEEP || sql == SQL_UNDO)
		return run_mark(pg, sql);
	err = set_mark(pg);
	if (err != ERR_OK)
		return err;
	memo_spoil(&pg->memo, sql, values);
	pg->changed = true;
	pg->appended = pg->appended || sql == SQL_AUDIT_ADD;
	pg_write_ask(pg, sql, NULL, values, 0, &numbers, &ask);
	return change(pg, sql, &ask, io_changes);
}

/* --- rows ---------------------------------------------------------------------------------- */

static enum err
read_rows(struct store *store, const PGresult *answer, sql_reader *reader, void *rows, size_t size,
    size_t *io_count)
{
	struct columns columns = { .engine = store->engine, .answer = (void *)(uintptr_t)answer };
	int count = PQntuples(answer);
	enum err err = ERR_OK;

	for (; err == ERR_OK && columns.row < count && (size_t)columns.row < *io_count;
	     columns.row++)
		err = reader(&columns, (char *)rows + (size_t)columns.row * size);
	if (err == ERR_OK)
		*io_count = (size_t)columns.row;
	return err;
}

/* The answer is the caller's, or the memo's: then *ret_own is NULL. */
static enum err
find(struct pg *pg, enum sql sql, const struct ask *ask, const PGresult **ret_answer,
    PGresult **ret_own)
{
	enum err err;

	*ret_own = NULL;
	*ret_answer = pg->in_turn ? memo_find(&pg->memo, ask) : NULL;
	if (*ret_answer != NULL)
		return ERR_OK;
	err = pg_put(pg, ask, ret_own);
	*ret_answer = *ret_own;
	if (err != ERR_OK || !pg->in_turn || !memo_keeps(sql))
		return err;
	*ret_answer = memo_put(&pg->memo, ask, *ret_own);
	*ret_own = NULL;
	return *ret_answer == NULL ? ERR_MEMORY : ERR_OK;
}

enum err
pg_rows(struct store *store, enum sql sql, const struct value *values, sql_reader *reader,
    void *rows, size_t size, size_t *io_count)
{
	struct pg *pg = pg_of(store);
	const PGresult *answer = NULL;
	PGresult *own = NULL;
	struct numbers numbers;
	struct ask ask;
	enum err err;

	if (*io_count > PG_AT_ONCE)
		return pg_rows_in_pieces(store, sql, values, reader, rows, size, io_count);
	pg_write_ask(pg, sql, NULL, values, *io_count, &numbers, &ask);
	if (pg->expects) {
		*io_count = 0;
		return memo_keeps(sql) ? pg_later(pg, QUESTION_KEPT, &ask) : ERR_OK;
	}
	err = find(pg, sql, &ask, &answer, &own);
	if (err == ERR_OK)
		err = read_rows(store, answer, reader, rows, size, io_count);
	PQclear(own);
	return err;
}
