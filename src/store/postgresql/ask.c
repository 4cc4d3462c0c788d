/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes to the server, and what becomes of the turn if it fails. */
#include "store/postgresql/pg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/postgresql/state.h"

enum { EARLY = 16 }; /* questions that go ahead of the one whose answer is needed */

int64_t
pg_deadline(const struct pg *pg)
{
	if (pg->patient)
		return connection_clock() + PG_PATIENCE_MS;
	return pg->in_turn || pg->asks_after ? pg->until : connection_clock() + pg->turn_ms;
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
keep(struct pg *pg, struct questions *questions, size_t index)
{
	struct question *question = &questions->question[index];
	struct ask ask;

	questions_get(questions, index, &ask);
	(void)memo_put(&pg->memo, &ask, question->answer);
	question->answer = NULL;
}

/* *ret_last: it was the last one that failed. */
static enum err
look_through(struct pg *pg, struct questions *questions, bool *ret_last)
{
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < questions->count; i++) {
		*ret_last = i + 1 == questions->count;
		err = verdict(pg, &questions->question[i]);
		if (err == ERR_OK && questions->question[i].kind == QUESTION_KEPT)
			keep(pg, questions, i);
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

/* --- on its way ------------------------------------------------------------------------------ */

/* What waits is the worker's then, and others may wait meanwhile. */
static enum err
post(struct pg *pg)
{
	struct questions *questions = pg->questions;
	enum err err = questions->failed ? ERR_MEMORY
					 : worker_post(pg->worker, questions, pg_deadline(pg));

	if (err != ERR_OK)
		return err;
	pg->questions = pg->spare;
	pg->spare = NULL;
	pg->posted = true;
	return ERR_OK;
}

/* With their answers they are the spare ones. */
static enum err
collect(struct pg *pg, bool *ret_warned)
{
	pg->posted = false;
	return worker_collect(&pg->worker, &pg->spare, ret_warned);
}

/* What is on its way is let come home: one thing is asked at a time. */
void
pg_forget(struct pg *pg)
{
	bool warned;
	enum err err = pg->posted ? collect(pg, &warned) : ERR_OK;

	(void)err;
	if (pg->spare != NULL)
		questions_clear(pg->spare);
	if (pg->questions != NULL)
		questions_clear(pg->questions);
	memo_clear(&pg->memo);
	pg->memo.marked = false;
	pg->mark = PG_MARK_NONE;
}

/* The turn cannot go on: there was no memory, or the connection is gone, and the turn with it. */
static enum err
lose(struct pg *pg, enum err err)
{
	if (err == ERR_MEMORY) {
		pg_give_up(pg);
		return err;
	}
	pg_forget(pg);
	pg->in_turn = pg->begun = false;
	pg->life[0] = '\0';
	pg->known = 0;
	worker_connect(pg->worker);
	return err;
}

/* The answers to what is on its way. A failure gives the turn up, but for one of the last question
 * where somebody waits for it: ret_last. */
static enum err
hear(struct pg *pg, bool *ret_last, PGresult **ret_answer)
{
	bool warned, last = false;
	enum err err = collect(pg, &warned);

	if (err != ERR_OK)
		return lose(pg, err);
	err = look_through(pg, pg->spare, &last);
	if (err == ERR_OK && ret_answer != NULL)
		*ret_answer = take_rows(pg->spare);
	questions_clear(pg->spare);
	if (ret_last != NULL)
		*ret_last = last;
	if (err != ERR_OK && (ret_last == NULL || !last))
		pg_give_up(pg);
	return ret_last == NULL ? of_another(err) : err;
}

enum err
pg_send(struct pg *pg, bool *ret_last, PGresult **ret_answer)
{
	enum err err = pg->posted ? hear(pg, NULL, NULL) : ERR_OK;

	*ret_last = false;
	if (err != ERR_OK)
		return err;
	err = post(pg);
	if (err != ERR_OK)
		return lose(pg, err);
	pg->begun = pg->in_turn;
	return hear(pg, ret_last, ret_answer);
}

/* --- what waits ------------------------------------------------------------------------------ */

/* Enough of them go ahead, and are done while this turn goes on. */
static enum err
send_early(struct pg *pg)
{
	enum err err;

	if (!pg->in_turn || !pg->begun || pg->questions->count < EARLY)
		return ERR_OK;
	err = pg->posted ? hear(pg, NULL, NULL) : ERR_OK;
	if (err != ERR_OK)
		return err;
	err = post(pg);
	return err == ERR_OK ? ERR_OK : lose(pg, err);
}

enum err
pg_later(struct pg *pg, enum question_kind kind, const struct ask *ask)
{
	enum err err;

	if (pg->questions == NULL)
		pg->questions = calloc(1, sizeof *pg->questions);
	err = pg->questions == NULL ? ERR_MEMORY : questions_add(pg->questions, kind, ask);
	if (err == ERR_OK && (kind == QUESTION_CHANGE || kind == QUESTION_ONE))
		err = send_early(pg);
	return err;
}

enum err
pg_later_text(struct pg *pg, const char *sql)
{
	return pg_later(pg, QUESTION_CHANGE,
	    &(const struct ask){ .sql = sql, .prepared = ASK_NOT_PREPARED });
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
	struct question *question;
	bool warned = false;
	enum err err;

	pg_forget(pg);
	err = pg_later_text(pg, sql);
	if (err == ERR_OK)
		err = post(pg);
	if (err == ERR_OK)
		err = collect(pg, &warned);
	if (err != ERR_OK)
		return err;
	question = &pg->spare->question[0];
	if (verdict(pg, question) != ERR_OK)
		err = ERR_FAILED;
	else if (warned)
		err = ERR_STORE_UNSURE;
	if (ret_tag != NULL)
		(void)snprintf(ret_tag, 16, "%s", PQcmdStatus(question->answer));
	questions_clear(pg->spare);
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
