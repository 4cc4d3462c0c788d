/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One connection to the database, never waited for beyond a moment: all calls of libpq that can
 * wait are sent and then polled for. Belongs to one thread (worker.c): only it may block, in
 * getaddrinfo() and PQfinish(), which libpq offers no way around.
 */
#ifndef STORE_POSTGRESQL_CONNECTION_H
#define STORE_POSTGRESQL_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>

#include <libpq-fe.h>

#include "core/err.h"
#include "store/postgresql/questions.h"
#include "store/sql/sql.h"

enum { TROUBLE_SIZE = 160 };

#define CONNECTION_LATE "no answer in time"

/* How it connects. */
struct connection_plan {
	const char *conninfo, *node;
	bool claims; /* for as long as it stands, nobody else is that node */
	int backend; /* of the connection before this one; 0: there was none */
};

struct connection {
	int backend; /* the server's process for the last one that claimed; 0: none did */
	int host;    /* of several, the one that is tried first */
	PGconn *pg;  /* NULL: there is none */
	bool prepared[ASK_PREPARED];
	bool warned;		    /* of what is only half done (SQLSTATE 01000), since the ask */
	char trouble[TROUBLE_SIZE]; /* why there is none, in PostgreSQL's words */
};

/* Milliseconds of CLOCK_MONOTONIC. */
int64_t
connection_clock(void);

/* Connects. ERR_STORE_AWAY, with trouble: not by then. ERR_STORE_OLD_SERVER: the server is older
 * than PostgreSQL 15. ERR_NODE_TWICE: another keeper is that node. */
MUST_CHECK enum err
connection_open(struct connection *connection, const struct connection_plan *plan, int64_t until);

/* A question without values. The answer is the caller's, to be given to PQclear(); it may be an
 * error's. ERR_STORE_AWAY: none came by then, and the connection is gone. */
MUST_CHECK enum err
connection_ask(struct connection *connection, const char *sql, int64_t until,
    PGresult **ret_answer);

/* Whether one of these is so by then: POLLIN, POLLOUT. */
bool
connection_wait(PGconn *pg, short events, int64_t until);

/* Sends what was given to libpq. false: not all of it was taken by then. */
bool
connection_flush(struct connection *connection, int64_t until);

/* The next result, which is the caller's; *ret_result NULL: of that question there is no more.
 * false: it did not come by then. */
bool
connection_next(struct connection *connection, int64_t until, PGresult **ret_result);

/* The last result of one thing that was sent, and its end. false: it did not come by then. */
bool
connection_hear(struct connection *connection, int64_t until, PGresult **ret_result);

/* Gives the connection up: it failed, or did not answer until then. ERR_STORE_AWAY. */
enum err
connection_lose_in(struct connection *connection, int64_t until);

/* Gives the connection up, for a reason. ERR_STORE_AWAY. */
enum err
connection_lose(struct connection *connection, const char *why);

void
connection_close(struct connection *connection);

#endif
