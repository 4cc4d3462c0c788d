/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes to the server, and what becomes of the turn if it fails. */
#include "store/postgresql/pg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/postgresql/state.h"

int64_t
pg_deadline(const struct pg *pg)
{
	if (pg->patient)
		return connection_clock() + PG_PATIENCE_MS;
	return pg->in_turn || pg->asks_after ? pg->until : connection_clock() + pg->turn_ms;
}

void
pg_forget(struct pg *pg)
{
	if (pg->questions != NULL)
		questions_clear(pg->questions);
	memo_clear(&pg->memo);
	pg->memo.marked = false;
	pg->mark = PG_MARK_NONE;
}

/* --- what waits ------------------------------------------------------------------------------ */

enum err
pg_later(struct pg *pg, enum question_kind kind, const struct ask *ask)
{
	if (pg->questions == NULL)
		pg->questions = calloc(1, sizeof *pg->questions);
	return pg->questions == NULL ? ERR_MEMORY : questions_add(pg->questions, kind, ask);
}

enum err
pg_later_text(struct pg *pg, const char *sql)
{
	return pg_later(pg, QUESTION_CHANGE,
	    &(const struct ask){ .sql = sql, .prepared = ASK_NOT_PREPARED });
}

/* --- answers --------------------------------------------------------------------------------- */

static void
note_said(struct pg *pg, const PGresult *answer)
{
	const char *said = PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);

	(void)snprintf(pg->said, sizeof pg->said, "%s", said == NULL ? "" : said);
}

/* What the answer of a server says. */
static enum err
verdict(struct pg *pg, const struct question *question)
{
	PGresult *answer = question->answer;
	ExecStatusType status = PQresultStatus(answer);

	if (answer == NULL)
		return ERR_FAILED;
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
		note_said(pg, answer);
		return state_err(PQresultErrorField(answer, PG_DIAG_SQLSTATE));
	}
	return question->kind == QUESTION_ONE && strcmp(PQcmdTuples(answer), "1") != 0 ? ERR_FAILED
										       : ERR_OK;
}

/* Whoever asked the last one is told of the others: a row that is there already is not theirs. */
static enum err
of_another(enum err err)
{
	return err == ERR_STORE_EXISTS || err == ERR_STORE_NONE ? ERR_FAILED : err;
}

static void
keep(struct pg *pg, size_t index)
{
	struct question *question = &pg->questions->question[index];
	struct ask ask;

	questions_get(pg->questions, index, &ask);
	memo_put(&pg->memo, &ask, question->answer);
	question->answer = NULL;
}

static enum err
look_through(struct pg *pg, bool *ret_last)
{
	struct questions *questions = pg->questions;
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < questions->count; i++) {
		*ret_last = i + 1 == questions->count;
		err = verdict(pg, &questions->question[i]);
		if (err == ERR_OK && questions->question[i].kind == QUESTION_KEPT)
			keep(pg, i);
	}
	return err == ERR_OK || *ret_last ? err : of_another(err);
}

/* There is one question of that kind. */
static PGresult *
take_rows(struct questions *questions)
{
	PGresult *answer = NULL;

	for (size_t i = 0; i < questions->count; i++)
		if (questions->question[i].kind == QUESTION_ROWS) {
			answer = questions->question[i].answer;
			questions->question[i].answer = NULL;
		}
	return answer;
}

/* The connection is gone, and with it the turn. */
static enum err
lose(struct pg *pg, enum err err)
{
	pg_forget(pg);
	pg->in_turn = pg->begun = false;
	pg->life[0] = '\0';
	pg->known = 0;
	worker_connect(pg->worker);
	return err;
}

enum err
pg_send(struct pg *pg, bool *ret_last, PGresult **ret_answer)
{
	bool warned;
	enum err err = pg->questions->failed ? ERR_MEMORY : ERR_OK;

	*ret_last = false;
	if (err == ERR_OK)
		err = worker_ask(&pg->worker, &pg->questions, pg_deadline(pg), &warned);
	if (err == ERR_MEMORY)
		pg_give_up(pg);
	if (err != ERR_OK)
		return err == ERR_MEMORY ? err : lose(pg, err);
	pg->begun = pg->in_turn;
	err = look_through(pg, ret_last);
	if (err == ERR_OK && ret_answer != NULL)
		*ret_answer = take_rows(pg->questions);
	questions_clear(pg->questions);
	if (err != ERR_OK && !*ret_last)
		pg_give_up(pg);
	return err;
}

/* --- one question ---------------------------------------------------------------------------- */

/* A connection that is lost takes its turn along. Without memory for a word to the server the turn
 * stays begun there, and the next one begins with its end. */
void
pg_give_up(struct pg *pg)
{
	bool last;
	enum err err;

	pg_forget(pg);
	if (!pg->in_turn)
		return;
	err = pg->begun ? pg_later_text(pg, "ROLLBACK") : ERR_OK;
	if (pg->begun && err == ERR_OK)
		err = pg_send(pg, &last, NULL);
	pg_forget(pg);
	pg->in_turn = false;
	pg->begun = pg->begun && err != ERR_OK;
}

enum err
pg_put(struct pg *pg, const struct ask *ask, PGresult **ret_answer)
{
	bool last;
	enum err err = pg_later(pg, QUESTION_ROWS, ask);

	if (err == ERR_OK)
		err = pg_send(pg, &last, ret_answer);
	if (err != ERR_OK)
		pg_give_up(pg);
	return err;
}

enum err
pg_settle(struct pg *pg, const char *sql, char ret_tag[16])
{
	const PGresult *answer;
	bool warned = false;
	enum err err;

	pg_forget(pg);
	err = pg_later_text(pg, sql);
	if (err == ERR_OK)
		err = worker_ask(&pg->worker, &pg->questions, pg_deadline(pg), &warned);
	if (err != ERR_OK)
		return err;
	answer = pg->questions->question[0].answer;
	if (verdict(pg, &pg->questions->question[0]) != ERR_OK)
		err = ERR_FAILED;
	else if (warned)
		err = ERR_STORE_UNSURE;
	if (ret_tag != NULL)
		(void)snprintf(ret_tag, 16, "%s", PQcmdStatus((PGresult *)(uintptr_t)answer));
	questions_clear(pg->questions);
	return err;
}

enum err
pg_ask(struct pg *pg, const char *sql, const struct value *values, PGresult **ret_answer)
{
	struct numbers numbers;
	struct ask ask;

	pg_write_ask(pg, SQL_COUNT, sql, values, 0, &numbers, &ask);
	memo_clear(&pg->memo);
	pg->changed = true;
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
