/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/postgresql/pipeline.h"

#include <stdio.h>

static void
name_of(int prepared, char name[16])
{
	(void)snprintf(name, 16, "s%d", prepared);
}

/* --- sending ------------------------------------------------------------------------------- */

static bool
send(struct connection *connection, struct questions *questions, size_t index)
{
	struct question *question = &questions->question[index];
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
	question->prepares = !connection->prepared[ask.prepared];
	if (question->prepares &&
	    PQsendPrepare(connection->pg, name, ask.sql, ask.count, ask.types) == 0)
		return false;
	connection->prepared[ask.prepared] = true;
	return PQsendQueryPrepared(connection->pg, name, ask.count, ask.values, ask.lengths, binary,
		   1) == 1;
}

/* --- hearing ------------------------------------------------------------------------------- */

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
hear_question(struct connection *connection, struct question *question, int64_t until)
{
	PGresult *result = NULL;

	if (question->prepares) {
		if (!connection_hear(connection, until, &result))
			return false;
		connection->prepared[question->prepared] = !is_error(result);
		if (is_error(result))
			take(question, result);
		else
			PQclear(result);
	}
	if (!connection_hear(connection, until, &result))
		return false;
	take(question, result);
	return true;
}

/* The end of the pipeline, behind which no more comes. */
static bool
hear_end(struct connection *connection, int64_t until)
{
	PGresult *result = NULL;
	bool ended = connection_next(connection, until, &result) && result != NULL &&
	    PQresultStatus(result) == PGRES_PIPELINE_SYNC;

	PQclear(result);
	return ended && PQexitPipelineMode(connection->pg) == 1;
}

/* --- both ---------------------------------------------------------------------------------- */

static bool
exchange(struct connection *connection, struct questions *questions, int64_t until)
{
	bool going = PQenterPipelineMode(connection->pg) == 1;

	for (size_t i = 0; going && i < questions->count; i++)
		going = send(connection, questions, i);
	going = going && PQpipelineSync(connection->pg) == 1 && connection_flush(connection, until);
	for (size_t i = 0; going && i < questions->count; i++)
		going = hear_question(connection, &questions->question[i], until);
	return going && hear_end(connection, until);
}

enum err
pipeline_ask(struct connection *connection, struct questions *questions, int64_t until)
{
	connection->warned = false;
	if (connection->pg == NULL)
		return ERR_STORE_AWAY;
	return exchange(connection, questions, until) ? ERR_OK
						      : connection_lose_in(connection, until);
}
