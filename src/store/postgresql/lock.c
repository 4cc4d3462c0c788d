/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a turn locks, at its start and in one order. Locks of the transaction that have no row
 * (PostgreSQL 15, 13.3.5): a name that nobody has tried yet has none, and one order over people and
 * names alike keeps two keepers from waiting for each other in a ring.
 */
#include "store/postgresql/pg.h"

#include <endian.h>
#include <stdlib.h>
#include <time.h>

/*
 * $1: ids of people, 8 bytes each; $2: names with newlines between; $3: flags. The highest byte
 * says what a key is of: 1 the whole of something, 2 a name, whoever has it or nobody, 3 a person,
 * also one who has such a name: whoever is added or removed meanwhile is waited for by the name.
 * The keys are sorted in a subquery, and locked as they come out of it.
 */
static const char lock[] =
    "SELECT extract(epoch FROM clock_timestamp())::bigint,"
    " (SELECT count(*) FROM node WHERE name = current_setting('provconsole.node')"
    " AND removed = 1), count(pg_advisory_xact_lock(k))"
    " FROM (SELECT DISTINCT k FROM ("
    "SELECT (1::bigint << 56) | bit AS k FROM generate_series(0, 7) AS bit"
    " WHERE ($3 >> bit) & 1 = 1"
    " UNION ALL SELECT (3::bigint << 56) |"
    " ('x' || encode(substring($1 FROM i * 8 + 1 FOR 8), 'hex'))::bit(64)::bigint"
    " FROM generate_series(0, length($1) / 8 - 1) AS i"
    " UNION ALL SELECT (2::bigint << 56) |"
    " (hashtextextended(tried, 0) & ((1::bigint << 56) - 1))"
    " FROM unnest(string_to_array($2, chr(10))) AS tried"
    " UNION ALL SELECT (3::bigint << 56) | id"
    " FROM unnest(string_to_array($2, chr(10))) AS tried JOIN account ON fold = tried"
    ") AS keys ORDER BY k) AS sorted";

/* What will be read goes along, behind the locks. */
static enum err
send_with_more(struct pg *pg, const struct store_locks *locks, PGresult **ret_answer)
{
	bool last;
	enum err err;

	pg->expects = true;
	if (locks->expect != NULL)
		locks->expect(&pg->store, locks->context);
	pg->expects = false;
	err = pg_send(pg, &last, ret_answer);
	if (err != ERR_OK)
		pg_give_up(pg);
	return err;
}

enum err
pg_lock(struct store *store, const struct store_locks *locks)
{
	uint64_t *ids = calloc(locks->people + 1, sizeof *ids);
	struct pg *pg = pg_of(store);
	PGresult *answer = NULL;
	struct numbers numbers;
	struct ask ask;
	enum err err;

	if (ids == NULL)
		return ERR_MEMORY;
	for (size_t i = 0; i < locks->people; i++)
		ids[i] = htobe64((uint64_t)locks->person[i]);
	pg_write_ask(pg, SQL_COUNT, lock,
	    VALUES(BYTES(ids, locks->people * sizeof *ids),
		TEXT(locks->folds == NULL ? "" : locks->folds), NUMBER(locks->flags)),
	    0, &numbers, &ask);
	ask.prepared = ASK_LOCK;
	err = pg_later(pg, QUESTION_ROWS, &ask);
	if (err == ERR_OK)
		err = send_with_more(pg, locks, &answer);
	if (err == ERR_OK)
		pg->ahead = pg_value_number(answer, 0, 0) - (int64_t)time(NULL);
	if (err == ERR_OK && pg_value_number(answer, 0, 1) != 0)
		err = ERR_NODE_UNKNOWN;
	PQclear(answer);
	free(ids);
	return err;
}
