/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/postgresql/pipeline.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

static void
name_of(int prepared, char name[16])
{
	(void)snprintf(name, 16, "s%d", prepared);
}

static bool
must_prepare(const struct connection *connection, const struct question *question)
{
	return question->prepared != ASK_NOT_PREPARED && !connection->prepared[question->prepared];
}

/* --- sending ------------------------------------------------------------------------------- */

static bool
send(struct connection *connection, const struct questions *questions, size_t index)
{
	int binary[ASK_PARAMS_MAX];
	struct ask ask;
	char name[16];

	for (int i = 0; i < ASK_PARAMS_MAX; i++)
		binary[i] = 1;
	questions_get(questions, index, &ask);
	if (ask.prepared == ASK_NOT_PREPARED)
		return PQsendQueryParams(connection->pg, ask.sql, ask.count, ask.types, ask.values,
			   ask.lengths, binary, 1) == 1;
	name_of(ask.prepared, name);
	if (!connection->prepared[ask.prepared] &&
	    PQsendPrepare(connection->pg, name, ask.sql, ask.count, ask.types) == 0)
		return false;
	connection->prepared[ask.prepared] = true;
	return PQsendQueryPrepared(connection->pg, name, ask.count, ask.values, ask.lengths, binary,
		   1) == 1;
}

/* A server that waits until its answers are taken takes no more questions: both are waited for. */
static bool
flush(struct connection *connection, int64_t until)
{
	PGconn *pg = connection->pg;
	int rest;

	while ((rest = PQflush(pg)) > 0) {
		if (!connection_wait(pg, POLLIN | POLLOUT, until))
			return false;
		if (PQconsumeInput(pg) == 0)
			return false;
	}
	return rest == 0;
}

/* --- hearing ------------------------------------------------------------------------------- */

/* The next result; *ret_result NULL: of that question there is no more. false: it did not come. */
static bool
hear(struct connection *connection, int64_t until, PGresult **ret_result)
{
	PGconn *pg = connection->pg;

	while (PQisBusy(pg) != 0)
		if (!connection_wait(pg, POLLIN, until) || PQconsumeInput(pg) == 0)
			return false;
	*ret_result = PQgetResult(pg);
	return PQstatus(pg) == CONNECTION_OK;
}

/* The last result of one thing that was sent, and its end. */
static bool
hear_whole(struct connection *connection, int64_t until, PGresult **ret_result)
{
	PGresult *result = NULL, *next = NULL;
	bool heard;

	while ((heard = hear(connection, until, &next)) && next != NULL) {
		PQclear(result);
		result = next;
	}
	if (!heard || result == NULL) {
		PQclear(next);
		PQclear(result);
		return false;
	}
	*ret_result = result;
	return true;
}

static bool
is_error(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK;
}

/* One that failed ends those behind it; their results say no more than that. */
static void
take(struct question *question, PGresult *result)
{
	if (question->answer == NULL && PQresultStatus(result) != PGRES_PIPELINE_ABORTED)
		question->answer = result;
	else
		PQclear(result);
}

/* What was prepared is so only where the server says it. */
static bool
hear_question(struct connection *connection, struct question *question, bool prepares,
    int64_t until)
{
	PGresult *result = NULL;

	if (prepares) {
		if (!hear_whole(connection, until, &result))
			return false;
		connection->prepared[question->prepared] = !is_error(result);
		if (is_error(result))
			take(question, result);
		else
			PQclear(result);
	}
	if (!hear_whole(connection, until, &result))
		return false;
	take(question, result);
	return true;
}

/* The end of the pipeline, behind which no more comes. */
static bool
hear_end(struct connection *connection, int64_t until)
{
	PGresult *result = NULL;
	bool ended = hear(connection, until, &result) && result != NULL &&
	    PQresultStatus(result) == PGRES_PIPELINE_SYNC;

	PQclear(result);
	return ended && PQexitPipelineMode(connection->pg) == 1;
}

/* --- both ---------------------------------------------------------------------------------- */

/* prepares: of each, whether it is prepared with that. */
static bool
exchange(struct connection *connection, struct questions *questions, bool *prepares, int64_t until)
{
	bool going = PQenterPipelineMode(connection->pg) == 1;

	for (size_t i = 0; going && i < questions->count; i++) {
		prepares[i] = must_prepare(connection, &questions->question[i]);
		going = send(connection, questions, i);
	}
	going = going && PQpipelineSync(connection->pg) == 1 && flush(connection, until);
	for (size_t i = 0; going && i < questions->count; i++)
		going = hear_question(connection, &questions->question[i], prepares[i], until);
	return going && hear_end(connection, until);
}

enum err
pipeline_ask(struct connection *connection, struct questions *questions, int64_t until)
{
	bool *prepares;
	bool done;

	connection->warned = false;
	if (connection->pg == NULL)
		return ERR_STORE_AWAY;
	prepares = calloc(questions->count + 1, sizeof *prepares);
	if (prepares == NULL)
		return ERR_MEMORY;
	done = exchange(connection, questions, prepares, until);
	free(prepares);
	if (done)
		return ERR_OK;
	return connection_lose(connection,
	    connection_clock() >= until ? CONNECTION_LATE : PQerrorMessage(connection->pg));
}
