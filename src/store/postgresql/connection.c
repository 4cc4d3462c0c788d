/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/postgresql/connection.h"
#include "store/postgresql/hosts.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	SERVER_OLDEST = 150000,
	NODE_SETTING_SIZE = 300,
	HOST_MS = 1500 /* for one of several: one that is silent does not hide the next */
};

/*
 * What holds for the whole session. A host that vanished must not keep its locks, nor a statement
 * wait for ever, whatever became of this process (PostgreSQL 15, 20.11). JIT costs more than any
 * statement here.
 */
static const char settings[] =
    "-c lock_timeout=1000 -c statement_timeout=2000 -c idle_in_transaction_session_timeout=3000"
    " -c client_connection_check_interval=1000 -c default_transaction_isolation=read\\ committed"
    " -c search_path=provconsole -c jit=off -c client_min_messages=warning -c timezone=UTC"
    " -c tcp_keepalives_idle=30"
    " -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c bytea_output=hex -c "
    "standard_conforming_strings=on";

int64_t
connection_clock(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

/* The first line of what PostgreSQL says. */
static void
note(struct connection *connection, const char *said)
{
	(void)snprintf(connection->trouble, sizeof connection->trouble, "%.*s",
	    (int)strcspn(said, "\n"), said);
}

void
connection_close(struct connection *connection)
{
	PQfinish(connection->pg);
	connection->pg = NULL;
	memset(connection->prepared, 0, sizeof connection->prepared);
}

enum err
connection_lose(struct connection *connection, const char *why)
{
	note(connection, why);
	connection_close(connection);
	return ERR_STORE_AWAY;
}

bool
connection_wait(PGconn *pg, short events, int64_t until)
{
	struct pollfd poll_fd = { .fd = PQsocket(pg), .events = events };
	int ready;

	do {
		int64_t left = until - connection_clock();

		ready = left <= 0 ? 0 : poll(&poll_fd, 1, (int)left);
	} while (ready < 0 && errno == EINTR);
	return ready > 0;
}

/* A COMMIT whose wait for a standby was cancelled is told as done, with a warning. */
static void
take_notice(void *context, const PGresult *notice)
{
	struct connection *connection = context;
	const char *state = PQresultErrorField(notice, PG_DIAG_SQLSTATE);

	if (state != NULL && strcmp(state, "01000") == 0)
		connection->warned = true;
}

/* --- connecting ------------------------------------------------------------------------- */

/* Blanks and backslashes would end an option's value. A node's name has neither. */
static void
write_options(const char *node, char *options, size_t size)
{
	(void)snprintf(options, size, "%s -c provconsole.node=%s", settings, node);
}

/* Without a host, as the string says. */
static PGconn *
start(const char *conninfo, const char *node, const struct host *host)
{
	char options[sizeof settings + NODE_SETTING_SIZE];
	const char *const names[] = { "dbname", "options", "application_name",
		"fallback_application_name", host == NULL ? NULL : "host", "hostaddr", "port",
		NULL };
	const char *const values[] = { conninfo, options, "provconsole-keeper", "",
		host == NULL ? NULL : host->host, host == NULL ? NULL : host->address,
		host == NULL ? NULL : host->port, NULL };

	write_options(node, options, sizeof options);
	return PQconnectStartParams(names, values, 1);
}

/* Until it stands or fails; false: time was up. */
static bool
wait_until_open(PGconn *pg, int64_t until)
{
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;

	while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
		if (!connection_wait(pg, status == PGRES_POLLING_READING ? POLLIN : POLLOUT, until))
			return false;
		status = PQconnectPoll(pg);
	}
	return true;
}

/* --- asking ------------------------------------------------------------------------------- */

/* A server that waits until its answers are taken takes no more questions: both are waited for. */
bool
connection_flush(struct connection *connection, int64_t until)
{
	PGconn *pg = connection->pg;
	int rest;

	while ((rest = PQflush(pg)) > 0)
		if (!connection_wait(pg, POLLIN | POLLOUT, until) || PQconsumeInput(pg) == 0)
			return false;
	return rest == 0;
}

bool
connection_next(struct connection *connection, int64_t until, PGresult **ret_result)
{
	PGconn *pg = connection->pg;

	while (PQisBusy(pg) != 0)
		if (!connection_wait(pg, POLLIN, until) || PQconsumeInput(pg) == 0)
			return false;
	*ret_result = PQgetResult(pg);
	return PQstatus(pg) == CONNECTION_OK;
}

bool
connection_hear(struct connection *connection, int64_t until, PGresult **ret_result)
{
	PGresult *result = NULL, *next = NULL;
	bool heard;

	while ((heard = connection_next(connection, until, &next)) && next != NULL) {
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

enum err
connection_lose_in(struct connection *connection, int64_t until)
{
	return connection_lose(connection,
	    connection_clock() >= until ? CONNECTION_LATE : PQerrorMessage(connection->pg));
}

enum err
connection_ask(struct connection *connection, const char *sql, int64_t until, PGresult **ret_answer)
{
	*ret_answer = NULL;
	if (connection->pg == NULL)
		return ERR_STORE_AWAY;
	if (PQsendQueryParams(connection->pg, sql, 0, NULL, NULL, NULL, NULL, 1) == 1 &&
	    connection_flush(connection, until) && connection_hear(connection, until, ret_answer))
		return ERR_OK;
	return connection_lose_in(connection, until);
}

/* --- being a node --------------------------------------------------------------------------- */

/* The first value is true, by then. */
static enum err
is_true(struct connection *connection, const char *sql, int64_t until, bool *ret_true)
{
	PGresult *answer = NULL;
	enum err err = connection_ask(connection, sql, until, &answer);

	*ret_true = err == ERR_OK && PQntuples(answer) == 1 && PQgetlength(answer, 0, 0) == 1 &&
	    *PQgetvalue(answer, 0, 0) != 0;
	PQclear(answer);
	return err;
}

/*
 * A lock of the session says who is that node: a machine that was copied, and its keeper with it,
 * would fork the node's chain. A connection of our own that was lost may still hold it, for the
 * server learns of that late: it is told.
 */
static enum err
claim(struct connection *connection, int64_t until)
{
	static const char lock[] =
	    "SELECT pg_try_advisory_lock(hashtextextended("
	    "'provconsole node ' || current_setting('provconsole.node'), 0))";
	char end[64];
	bool ours = false, told;
	enum err err = is_true(connection, lock, until, &ours);

	if (err == ERR_OK && !ours && connection->backend != 0) {
		(void)snprintf(end, sizeof end, "SELECT pg_terminate_backend(%d, 500)",
		    connection->backend);
		err = is_true(connection, end, until, &told);
		if (err == ERR_OK)
			err = is_true(connection, lock, until, &ours);
	}
	if (err != ERR_OK)
		return err;
	if (!ours) {
		(void)connection_lose(connection,
		    "a keeper of this node's name is running already");
		return ERR_NODE_TWICE;
	}
	connection->backend = PQbackendPID(connection->pg);
	return ERR_OK;
}

/* A connection that stands, with one host. */
static enum err
reach(struct connection *connection, const struct connection_plan *plan, const struct host *host,
    int64_t until)
{
	connection->pg = start(plan->conninfo, plan->node, host);
	if (connection->pg == NULL)
		return ERR_MEMORY;
	if (PQstatus(connection->pg) != CONNECTION_BAD && !wait_until_open(connection->pg, until))
		return connection_lose(connection, CONNECTION_LATE);
	if (PQstatus(connection->pg) != CONNECTION_OK)
		return connection_lose(connection, PQerrorMessage(connection->pg));
	return ERR_OK;
}

/* PQconnectPoll() stays with a host that does not answer (its connect_timeout holds for
 * PQconnectdb() alone), so several are tried one by one, from the one that was reached last. */
static enum err
reach_any(struct connection *connection, const struct connection_plan *plan, int64_t until)
{
	struct host host;
	int count = hosts_get(plan->conninfo, connection->host, &host);
	enum err err = ERR_STORE_AWAY;

	if (count == 1)
		return reach(connection, plan, NULL, until);
	for (int tries = 0; err == ERR_STORE_AWAY && tries < count; tries++) {
		int64_t now = connection_clock();

		if (now >= until)
			break;
		(void)hosts_get(plan->conninfo, connection->host, &host);
		err = reach(connection, plan, &host, until - now < HOST_MS ? until : now + HOST_MS);
		if (err == ERR_STORE_AWAY)
			connection->host = (connection->host + 1) % count;
	}
	return err;
}

enum err
connection_open(struct connection *connection, const struct connection_plan *plan, int64_t until)
{
	enum err err;

	connection_close(connection);
	err = reach_any(connection, plan, until);
	if (err != ERR_OK)
		return err;
	if (PQserverVersion(connection->pg) < SERVER_OLDEST) {
		(void)connection_lose(connection, "the server is older than PostgreSQL 15");
		return ERR_STORE_OLD_SERVER;
	}
	PQsetNoticeReceiver(connection->pg, take_notice, connection);
	if (PQsetnonblocking(connection->pg, 1) != 0)
		return connection_lose(connection, PQerrorMessage(connection->pg));
	connection->trouble[0] = '\0';
	return plan->claims ? claim(connection, until) : ERR_OK;
}
