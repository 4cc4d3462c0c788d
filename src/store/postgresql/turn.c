/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One turn: one READ COMMITTED transaction, with a deadline (DESIGN 11). */
#include "store/postgresql/pg.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECONNECT_MS = 3000 };

/* Whatever was asked for outside has failed, or nothing was: it is tried anew, beside. */
enum err
pg_begin(struct store *store)
{
	struct pg *pg = pg_of(store);
	enum err err;

	if (!worker_is_connected(pg->worker)) {
		worker_connect(pg->worker);
		return ERR_STORE_BUSY;
	}
	pg->xid[0] = '\0';
	pg->until = connection_clock() + PG_TURN_MS;
	err = pg_run(store, SQL_BEGIN, NO_VALUES, NULL);
	pg->in_turn = err == ERR_OK;
	return err;
}

bool
pg_in_turn(const struct store *store)
{
	return ((const struct pg *)(const void *)store)->in_turn;
}

void
pg_rollback(struct store *store)
{
	pg_give_up(pg_of(store));
}

/* --- the end ------------------------------------------------------------------------------- */

/* The transaction's number, to be asked after; "" where it has changed nothing. */
static enum err
learn_xid(struct pg *pg)
{
	PGresult *answer = NULL;
	enum err err;

	if (pg->xid[0] != '\0')
		return ERR_OK;
	err = pg_ask(pg, "SELECT pg_current_xact_id_if_assigned()::text", NO_VALUES, &answer);
	if (err == ERR_OK)
		(void)snprintf(pg->xid, sizeof pg->xid, "%s", PQgetvalue(answer, 0, 0));
	PQclear(answer);
	return err;
}

/*
 * The line broke while COMMIT was on its way: on a new one it is asked what became of it.
 * ERR_STORE_BUSY: it was rolled back. ERR_STORE_UNSURE: nobody knows, and it counts as refused.
 */
static enum err
ask_after(struct pg *pg)
{
	int64_t until = connection_clock() + RECONNECT_MS;
	PGresult *answer = NULL;
	enum err err;

	worker_connect(pg->worker);
	err = worker_await(pg->worker, until);
	if (err == ERR_OK)
		err = pg_ask(pg, "SELECT pg_xact_status($1::xid8)", VALUES(TEXT(pg->xid)), &answer);
	if (err == ERR_OK && strcmp(PQgetvalue(answer, 0, 0), "aborted") == 0)
		err = ERR_STORE_BUSY;
	else if (err != ERR_OK || strcmp(PQgetvalue(answer, 0, 0), "committed") != 0)
		err = ERR_STORE_UNSURE;
	PQclear(answer);
	return err;
}

/* COMMIT of a transaction that had failed answers ROLLBACK. */
static enum err
end(struct pg *pg)
{
	const struct ask ask = { .sql = "COMMIT", .prepared = ASK_NOT_PREPARED };
	PGresult *answer = NULL;
	bool warned = false;
	enum err err = worker_ask(&pg->worker, &ask, pg->until, &answer, &warned);

	pg->in_turn = false;
	if (err != ERR_OK)
		return pg->xid[0] == '\0' ? err : ask_after(pg);
	if (PQresultStatus(answer) != PGRES_COMMAND_OK ||
	    strcmp(PQcmdStatus(answer), "COMMIT") != 0)
		err = ERR_STORE_BUSY;
	else if (warned)
		err = ERR_STORE_UNSURE;
	PQclear(answer);
	return err;
}

enum err
pg_commit(struct store *store)
{
	struct pg *pg = pg_of(store);
	enum err err;

	if (!pg->in_turn)
		return ERR_FAILED;
	err = learn_xid(pg);
	return err == ERR_OK ? end(pg) : err;
}

/* --- the beginning --------------------------------------------------------------------------- */

/* What a lock is of, in its highest byte. */
enum kind { LOCK_WHOLE = 1, LOCK_NAME, LOCK_PERSON };

enum { LOCKS_MAX = 1024 };

struct keys {
	size_t count;
	uint64_t key[LOCKS_MAX];
};

static void
add_key(struct keys *keys, enum kind kind, uint64_t number)
{
	if (keys->count < LOCKS_MAX)
		keys->key[keys->count++] = (uint64_t)kind << 56 | (number & UINT64_MAX >> 8);
}

static int
compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Sorted, and each once. */
static void
collect(struct keys *keys, const struct store_locks *locks)
{
	size_t kept = 0;

	for (unsigned bit = 0; bit < 8; bit++)
		if ((locks->flags >> bit & 1) != 0)
			add_key(keys, LOCK_WHOLE, bit);
	for (size_t i = 0; i < locks->names; i++) {
		uint64_t number;

		memcpy(&number, locks->name[i], sizeof number);
		add_key(keys, LOCK_NAME, number);
	}
	for (size_t i = 0; i < locks->people; i++)
		if (locks->person[i] > 0)
			add_key(keys, LOCK_PERSON, (uint64_t)locks->person[i]);
	qsort(keys->key, keys->count, sizeof *keys->key, compare);
	for (size_t i = 0; i < keys->count; i++)
		if (i == 0 || keys->key[i] != keys->key[kept - 1])
			keys->key[kept++] = keys->key[i];
	keys->count = kept;
}

/*
 * Locks of the transaction that have no row (PostgreSQL 15, 13.3.5): a name that nobody has tried
 * yet has none, and one order over people and names alike keeps two keepers from waiting for each
 * other. An array of numbers in the binary format: unnest() gives them in its order, and each is
 * locked as it comes.
 */
enum err
pg_lock(struct store *store, const struct store_locks *locks)
{
	static const char sql[] =
	    "SELECT pg_advisory_xact_lock(('x' || encode(substring($1 FROM i * 8 + 1 FOR 8), "
	    "'hex'))"
	    "::bit(64)::bigint) FROM generate_series(0, length($1) / 8 - 1) AS i";
	struct keys *keys = calloc(1, sizeof *keys);
	enum err err = ERR_OK;

	if (keys == NULL)
		return ERR_MEMORY;
	collect(keys, locks);
	for (size_t i = 0; i < keys->count; i++)
		keys->key[i] = htobe64(keys->key[i]);
	if (keys->count > 0)
		err = pg_do(pg_of(store), sql, VALUES(BYTES(keys->key, keys->count * 8)));
	free(keys);
	return err;
}
