/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question: its values, its answer, and what becomes of the turn if it fails. */
#include "store/postgresql/pg.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "store/postgresql/dialect.h"
#include "store/postgresql/state.h"

/* PostgreSQL's types (catalog/pg_type.dat). */
enum { OID_BYTES = 17, OID_NUMBER = 20, OID_TEXT = 25 };

/* These tell the id of the row that they put in. */
static const enum sql inserts[] = { SQL_DEVICE_ADD, SQL_PENDING_PUT, SQL_NOTICE_ADD,
	SQL_IMPORT_OPEN, SQL_AUDIT_ADD };

/* These may be refused by a constraint while the turn goes on: what comes before them is kept. */
static const enum sql refusable[] = { SQL_USER_ADD, SQL_KEY_ADD, SQL_DEVICE_ADD, SQL_PENDING_PUT,
	SQL_RECOVERY_ADD, SQL_LINK_ADD, SQL_SSH_KEY_ADD, SQL_WAITING_ADD, SQL_NOTICE_ADD,
	SQL_IMPORT_NOTE, SQL_COMMAND_RAN, SQL_USER_SET_LANGUAGE, SQL_SOURCE_PUT, SQL_SIGN_IN_ADD,
	SQL_IMPORT_REMOVE };

/* The number of a parameter, of which there is room for. */
struct numbers {
	uint64_t big_endian[ASK_PARAMS_MAX];
};

static bool
is_among(enum sql sql, const enum sql *among, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (among[i] == sql)
			return true;
	return false;
}

/* --- texts --------------------------------------------------------------------------------- */

/* The greatest number of a parameter. */
static int
parameters(const char *sql)
{
	int most = 0;

	for (; (sql = strchr(sql, '?')) != NULL; sql++) {
		int number = atoi(sql + 1);

		if (number > most)
			most = number;
	}
	return most;
}

/* What begins WITH something may also change something. */
static bool
is_query(const char *sql)
{
	return strncmp(sql, "SELECT", 6) == 0 ||
	    (strncmp(sql, "WITH", 4) == 0 && strstr(sql, "INSERT") == NULL &&
		strstr(sql, "DELETE") == NULL);
}

bool
pg_takes_limit(enum sql sql)
{
	const char *source = pg_text(sql);

	return is_query(source) && !dialect_is_limited(source);
}

/* A reader of rows stops where it has enough; here it must be said before. */
static void
write_end(enum sql sql, const char *source, char end[40])
{
	end[0] = '\0';
	if (pg_takes_limit(sql))
		(void)snprintf(end, 40, " LIMIT $%d", parameters(source) + 1);
	if (is_among(sql, inserts, sizeof inserts / sizeof *inserts))
		(void)snprintf(end, 40, " RETURNING id");
}

enum err
pg_texts(struct pg *pg)
{
	char text[DIALECT_SIZE], end[40];

	for (int i = 0; i < SQL_COUNT; i++) {
		const char *source = pg_text((enum sql)i);

		if (!dialect(source, text, sizeof text))
			return ERR_FAILED;
		write_end((enum sql)i, source, end);
		if (asprintf(&pg->texts[i], "%s%s", text, end) < 0) {
			pg->texts[i] = NULL;
			return ERR_MEMORY;
		}
	}
	return ERR_OK;
}

/* --- values -------------------------------------------------------------------------------- */

/* PostgreSQL refuses what is no UTF-8, and the turn with it: nobody has such a name, and U+FFFD
 * stands for it. */
static const char *
text_of(const struct value *value)
{
	return text_is_utf8(value->bytes, strlen(value->bytes)) ? value->bytes : "\xef\xbf\xbd";
}

static void
add_value(struct ask *ask, struct numbers *numbers, const struct value *value)
{
	int at = ask->count++;

	switch (value->type) {
	case VALUE_NUMBER:
		numbers->big_endian[at] = htobe64((uint64_t)value->number);
		ask->types[at] = OID_NUMBER;
		ask->values[at] = (const void *)&numbers->big_endian[at];
		ask->lengths[at] = sizeof numbers->big_endian[at];
		break;
	case VALUE_TEXT:
		ask->types[at] = OID_TEXT;
		ask->values[at] = text_of(value);
		ask->lengths[at] = (int)strlen(ask->values[at]);
		break;
	case VALUE_BYTES:
		ask->types[at] = OID_BYTES;
		ask->values[at] = value->bytes;
		ask->lengths[at] = (int)value->length;
		break;
	case VALUE_END:
		break;
	}
}

static void
add_values(struct ask *ask, struct numbers *numbers, const struct value *values)
{
	for (; values->type != VALUE_END && ask->count < ASK_PARAMS_MAX; values++)
		add_value(ask, numbers, values);
}

/* --- asking ---------------------------------------------------------------------------------- */

/* What the answer of a server says. */
static enum err
verdict(const PGresult *answer)
{
	ExecStatusType status = PQresultStatus(answer);

	if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
		return ERR_OK;
	return state_err(PQresultErrorField(answer, PG_DIAG_SQLSTATE));
}

int64_t
pg_deadline(const struct pg *pg)
{
	if (pg->patient)
		return connection_clock() + PG_PATIENCE_MS;
	return pg->in_turn || pg->asks_after ? pg->until : connection_clock() + pg->turn_ms;
}

static enum err
put_question(struct pg *pg, const struct ask *ask, PGresult **ret_answer)
{
	bool warned;
	enum err err = worker_ask(&pg->worker, ask, pg_deadline(pg), ret_answer, &warned);

	if (err != ERR_OK) {
		pg->in_turn = false;
		worker_connect(pg->worker);
		return err;
	}
	err = verdict(*ret_answer);
	if (err != ERR_OK) {
		const char *said = PQresultErrorField(*ret_answer, PG_DIAG_MESSAGE_PRIMARY);

		(void)snprintf(pg->said, sizeof pg->said, "%s", said == NULL ? "" : said);
		PQclear(*ret_answer);
		*ret_answer = NULL;
	}
	return err;
}

void
pg_give_up(struct pg *pg)
{
	PGresult *answer = NULL;
	enum err err;

	if (!pg->in_turn)
		return;
	err = put_question(pg,
	    &(const struct ask){ .sql = "ROLLBACK", .prepared = ASK_NOT_PREPARED }, &answer);
	(void)err; /* a connection that is lost takes its turn along */
	PQclear(answer);
	pg->in_turn = false;
}

enum err
pg_put(struct pg *pg, const struct ask *ask, PGresult **ret_answer)
{
	enum err err = put_question(pg, ask, ret_answer);

	if (err != ERR_OK)
		pg_give_up(pg);
	return err;
}

enum err
pg_ask(struct pg *pg, const char *sql, const struct value *values, PGresult **ret_answer)
{
	struct ask ask = { .sql = sql, .prepared = ASK_NOT_PREPARED };
	struct numbers numbers;

	add_values(&ask, &numbers, values);
	return pg_put(pg, &ask, ret_answer);
}

enum err
pg_do(struct pg *pg, const char *sql, const struct value *values)
{
	PGresult *answer = NULL;
	enum err err = pg_ask(pg, sql, values, &answer);

	PQclear(answer);
	return err;
}

enum err
pg_number(struct pg *pg, const char *sql, const struct value *values, int64_t *ret_number)
{
	PGresult *answer = NULL;
	enum err err = pg_ask(pg, sql, values, &answer);

	if (err == ERR_OK && PQntuples(answer) < 1)
		err = ERR_STORE_NONE;
	if (err == ERR_OK)
		*ret_number = pg_value_number(answer, 0, 0);
	PQclear(answer);
	return err;
}

/* --- statements of the table ------------------------------------------------------------------ */

static enum err
put_statement(struct pg *pg, enum sql sql, const struct value *values, size_t limit,
    PGresult **ret_answer)
{
	const struct value most = NUMBER(limit > INT64_MAX ? INT64_MAX : (int64_t)limit);
	struct ask ask = { .sql = pg->texts[sql], .prepared = (int)sql };
	struct numbers numbers;

	add_values(&ask, &numbers, values);
	if (pg_takes_limit(sql))
		add_value(&ask, &numbers, &most);
	return put_question(pg, &ask, ret_answer);
}

/* Keeps what came before a statement that may be refused. */
static enum err
guarded(struct pg *pg, enum sql sql, const struct value *values, PGresult **ret_answer)
{
	enum err err = pg_do(pg, "SAVEPOINT guard", NO_VALUES), undone;

	if (err != ERR_OK)
		return err;
	err = put_statement(pg, sql, values, 0, ret_answer);
	if (err == ERR_OK)
		return pg_do(pg, "RELEASE guard", NO_VALUES);
	if (!pg->in_turn)
		return err;
	undone = pg_do(pg, "ROLLBACK TO guard", NO_VALUES);
	if (undone == ERR_OK)
		undone = pg_do(pg, "RELEASE guard", NO_VALUES);
	return undone == ERR_OK ? err : undone;
}

enum err
pg_run(struct store *store, enum sql sql, const struct value *values, struct changes *ret_changes)
{
	struct pg *pg = pg_of(store);
	PGresult *answer = NULL;
	bool guard = pg->in_turn && is_among(sql, refusable, sizeof refusable / sizeof *refusable);
	enum err err = guard ? guarded(pg, sql, values, &answer)
			     : put_statement(pg, sql, values, 0, &answer);

	if (err != ERR_OK && !guard)
		pg_give_up(pg);
	if (err == ERR_OK && ret_changes != NULL) {
		ret_changes->rows = strtoll(PQcmdTuples(answer), NULL, 10);
		ret_changes->id = PQntuples(answer) > 0 ? pg_value_number(answer, 0, 0) : 0;
	}
	PQclear(answer);
	return err;
}

enum err
pg_rows(struct store *store, enum sql sql, const struct value *values, sql_reader *reader,
    void *rows, size_t size, size_t *io_count)
{
	struct pg *pg = pg_of(store);
	PGresult *answer = NULL;
	struct columns columns = { .engine = store->engine };
	enum err err;
	int count;

	if (*io_count > PG_AT_ONCE)
		return pg_rows_in_pieces(store, sql, values, reader, rows, size, io_count);
	err = put_statement(pg, sql, values, *io_count, &answer);
	count = err == ERR_OK ? PQntuples(answer) : 0;
	columns.answer = answer;
	for (; err == ERR_OK && columns.row < count && (size_t)columns.row < *io_count;
	     columns.row++)
		err = reader(&columns, (char *)rows + (size_t)columns.row * size);
	if (answer == NULL)
		pg_give_up(pg);
	PQclear(answer);
	if (err == ERR_OK)
		*io_count = (size_t)columns.row;
	return err;
}
