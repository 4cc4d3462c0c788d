/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The thread that owns the connection (DESIGN 11: no call of libpq in the keeper's loop). It is
 * asked one question at a time and answers in time; one that does not is left behind, and ends by
 * itself when libpq lets it go.
 */
#ifndef STORE_POSTGRESQL_WORKER_H
#define STORE_POSTGRESQL_WORKER_H

#include "store/postgresql/connection.h"
#include "store/postgresql/questions.h"

enum { WORKER_CONNECT_MS = 5000 };

struct worker;

/* Starts a thread that is not connected. The plan is copied. ERR_MEMORY, ERR_SYSTEM. */
MUST_CHECK enum err
worker_start(const struct connection_plan *plan, struct worker **ret_worker);

/* Ends the connection and the thread, or leaves it behind. NULL is ignored. */
void
worker_stop(struct worker *worker);

/* Begins to connect, and does not wait for it. Nothing to do while it connects or is connected. */
void
worker_connect(struct worker *worker);

/* Waits until it is connected: as connection_open(). */
MUST_CHECK enum err
worker_await(struct worker *worker, int64_t until);

/* As of struct connection. */
int
worker_backend(struct worker *worker);

/* Whether it is connected, as far as is known. */
bool
worker_is_connected(struct worker *worker);

/* Begins to ask, as pipeline_ask(), and does not wait; the questions are the worker's then.
 * ERR_STORE_AWAY: it is not connected, or busy, and they stay the caller's. */
MUST_CHECK enum err
worker_post(struct worker *worker, struct questions *questions, int64_t until);

/*
 * Waits for what was posted. *ret_questions is the caller's, whatever is returned, or untouched: if
 * the worker had to be left behind it keeps them, and *io_worker becomes another one, not
 * connected. *ret_warned: an answer came with a warning that it is only half done.
 */
MUST_CHECK enum err
worker_collect(struct worker **io_worker, struct questions **ret_questions, bool *ret_warned);

/* Why it is not connected, in PostgreSQL's words. */
void
worker_trouble(struct worker *worker, char ret_trouble[TROUBLE_SIZE]);

#endif
