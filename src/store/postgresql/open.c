/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening and closing. */
#include "store/postgresql/pg.h"

#include <stdlib.h>
#include <string.h>

enum { OPEN_MS = 10000 };

struct pg *
pg_of(struct store *store)
{
	return (struct pg *)(void *)store;
}

static void
close_store(struct store *store)
{
	struct pg *pg = pg_of(store);

	worker_stop(pg->worker);
	questions_free(pg->questions);
	questions_free(pg->spare);
	memo_free(&pg->memo);
	for (int i = 0; i < SQL_COUNT; i++)
		free(pg->texts[i]);
	free(pg->conninfo);
	free(pg->node);
	free(pg);
}

/* A thread that began before the walls stands outside them. */
static enum err
renew(struct store *store)
{
	struct pg *pg = pg_of(store);
	struct worker *worker = NULL;
	enum err err;

	pg->plan.backend = worker_backend(pg->worker);
	pg->life[0] = '\0';
	worker_stop(pg->worker);
	pg->worker = NULL;
	err = worker_start(&pg->plan, &worker);
	if (err != ERR_OK)
		return err;
	pg->worker = worker;
	worker_connect(worker);
	return worker_await(worker, connection_clock() + OPEN_MS);
}

static int64_t
ahead(const struct store *store)
{
	return ((const struct pg *)(const void *)store)->ahead;
}

/* While a question is on its way the connection stands. */
static bool
away(struct store *store, char *ret_said)
{
	struct pg *pg = pg_of(store);

	_Static_assert((int)STORE_SAID_SIZE == (int)TROUBLE_SIZE, "as long");
	if (worker_is_connected(pg->worker))
		return false;
	worker_trouble(pg->worker, ret_said);
	return true;
}

/* The server's disk is its own business. */
static enum err
copy_back(struct store *store, enum store_copy copy)
{
	(void)store;
	(void)copy;
	return ERR_OK;
}

static int64_t
log_size(const struct store *store)
{
	(void)store;
	return 0;
}

static void
claim(struct store *store, int64_t bytes)
{
	(void)store;
	(void)bytes;
}

enum err
pg_take_time(struct pg *pg)
{
	pg->patient = true;
	return pg_do(pg,
	    "SELECT set_config('statement_timeout', '0', true),"
	    " set_config('idle_in_transaction_session_timeout', '0', true)",
	    NO_VALUES);
}

enum err
pg_moment(struct pg *pg)
{
	enum err err = pg_do(pg, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", NO_VALUES);

	return err == ERR_OK ? pg_take_time(pg) : err;
}

/* A moment ends with its transaction. */
static enum err
look_on(struct store *store, bool anew)
{
	struct pg *pg = pg_of(store);
	enum err err = ERR_OK;

	if (!pg->reads)
		return ERR_OK;
	err = pg_do(pg, "COMMIT", NO_VALUES);
	return err == ERR_OK && anew ? pg_moment(pg) : err;
}

static const struct store_engine engine = {
	.shared = true,
	.begin = pg_begin,
	.commit = pg_commit,
	.rollback = pg_rollback,
	.in_turn = pg_in_turn,
	.lock = pg_lock,
	.ahead = ahead,
	.away = away,
	.close = close_store,
	.renew = renew,
	.copy_back = copy_back,
	.log_size = log_size,
	.claim = claim,
	.look_on = look_on,
	.integrity = pg_integrity,
	.dump = pg_dump,
	.dump_count = pg_dump_count,
	.run = pg_run,
	.rows = pg_rows,
	.number = pg_column_number,
	.bytes = pg_column_bytes,
};

static enum err
write_plan(struct pg *pg, const struct store_at *at, bool claims)
{
	pg->conninfo = strdup(at->conninfo);
	pg->node = strdup(at->node == NULL ? "" : at->node);
	if (pg->conninfo == NULL || pg->node == NULL)
		return ERR_MEMORY;
	pg->plan = (struct connection_plan){ pg->conninfo, pg->node, claims && *pg->node != '\0',
		0 };
	return ERR_OK;
}

enum err
pg_connect(const struct store_at *at, bool claims, struct pg **ret_pg)
{
	struct pg *pg = calloc(1, sizeof *pg);
	enum err err;

	if (pg == NULL)
		return ERR_MEMORY;
	pg->store.engine = &engine;
	pg->turn_ms = at->turn_ms > 0 ? at->turn_ms : PG_TURN_MS;
	err = pg_texts(pg);
	if (err == ERR_OK)
		err = write_plan(pg, at, claims);
	if (err == ERR_OK)
		err = worker_start(&pg->plan, &pg->worker);
	if (err == ERR_OK) {
		worker_connect(pg->worker);
		err = worker_await(pg->worker, connection_clock() + OPEN_MS);
	}
	if (err == ERR_OK)
		*ret_pg = pg;
	else
		close_store(&pg->store);
	return err;
}

static enum err
open_store(const struct store_at *at, struct store **ret_store)
{
	struct pg *pg = NULL;
	enum err err = pg_connect(at, true, &pg);

	if (err != ERR_OK)
		return err;
	err = pg_schema_ready(pg);
	if (err == ERR_OK)
		*ret_store = &pg->store;
	else
		close_store(&pg->store);
	return err;
}

static enum err
inspect(const struct store_at *at, struct store **ret_store, struct store_schema *ret_schema)
{
	struct pg *pg = NULL;
	int64_t version = 0;
	enum err err = pg_connect(at, false, &pg);

	if (err != ERR_OK)
		return err;
	pg->reads = pg->patient = true;
	err = pg_schema_look(pg, &version);
	if (err == ERR_OK && version > pg_schema_newest())
		err = ERR_STORE_NEWER;
	if (err == ERR_OK)
		err = pg_moment(pg);
	if (err == ERR_OK || err == ERR_STORE_NEWER)
		*ret_schema = (struct store_schema){ .version = (int)version,
			.newest = pg_schema_newest() };
	if (err == ERR_OK)
		*ret_store = &pg->store;
	else
		close_store(&pg->store);
	return err;
}

const struct store_backend postgresql_backend = {
	.open = open_store,
	.inspect = inspect,
	.load_new = pg_load_new,
	.examine = pg_examine,
};
