/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A long trail, read from its one end to the other: in pieces, and in SQLite's order. */
#include "full.h"
#include "rows.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "store/inspect.h"
#include "store/store_audit.h"
#include "store/store_user.h"

enum { MANY = 10000 };

/* The trail is made in SQLite, in one turn, and moved. */
static void
make_long(struct fixture *f)
{
	struct store *store = NULL;

	assert_ok(store_open(STORE_IN(f->dirfd), &store));
	full_trail(store, MANY);
	store_close(store);
	assert_ok(rows_move(STORE_IN(f->dirfd), &f->at, NULL, NULL));
	fixture_reopen(f);
}

struct walk {
	struct store *store;
	int64_t count, last;
	int64_t stop;			    /* at this row; 0: at none */
	int64_t seals;			    /* a sum that any other order changes */
	void (*at_stop)(struct walk *walk); /* else it is ended there */
	char asked[80];			    /* of the server, at that row */
};

static enum err
visit(void *context, const struct store_audit *row)
{
	struct walk *walk = context;

	assert_int_equal(row->id, walk->last + 1);
	assert_int_equal(row->mac[0], row->id & 0xff);
	walk->last = row->id;
	walk->count++;
	walk->seals = (int64_t)((uint64_t)walk->seals * 31 + (uint64_t)row->time);
	if (row->id != walk->stop)
		return ERR_OK;
	if (walk->at_stop == NULL)
		return ERR_BUSY;
	walk->at_stop(walk);
	return ERR_OK;
}

static struct walk
walk_all(struct store *store)
{
	struct walk walk = { .store = store };
	size_t count = SIZE_MAX;

	assert_ok(store_audit_walk(store, 0, visit, &walk, &count));
	assert_int_equal(count, walk.count);
	return walk;
}

static void
both_have_one_order(void **state)
{
	struct fixture *f = *state;
	struct store *sqlite = NULL;
	struct walk here, there;

	make_long(f);
	assert_ok(store_open(STORE_IN(f->dirfd), &sqlite));
	there = walk_all(sqlite);
	store_close(sqlite);
	here = walk_all(f->store);
	assert_int_equal(here.count, MANY);
	assert_int_equal(there.count, MANY);
	assert_int_equal(here.seals, there.seals);
}

/* As many as are wanted, and no more: around the length at which a cursor begins, and a piece. */
static void
as_many_as_are_wanted(void **state)
{
	static const size_t counts[] = { 1, 1000, 4096, 4097, 5000, 9999, 10000, 10001 };
	struct fixture *f = *state;

	make_long(f);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		struct walk walk = { 0 };
		size_t count = counts[i];

		assert_ok(store_audit_walk(f->store, 0, visit, &walk, &count));
		assert_int_equal(count, counts[i] > MANY ? MANY : counts[i]);
		assert_int_equal(walk.count, count);
	}
}

/* What the server is asked for in the middle of it. */
static void
look_at_the_server(struct walk *walk)
{
	PGconn *pg = PQconnectdb(getenv("PROVCONSOLE_POSTGRESQL"));
	PGresult *answer = PQexec(pg,
	    "SELECT state || ': ' || query FROM pg_stat_activity"
	    " WHERE application_name = 'provconsole-keeper'");

	assert_int_equal(PQntuples(answer), 1);
	strncpy(walk->asked, PQgetvalue(answer, 0, 0), sizeof walk->asked - 1);
	PQclear(answer);
	PQfinish(pg);
}

static void
it_comes_in_pieces(void **state)
{
	struct fixture *f = *state;
	struct walk walk = { .stop = 5500, .at_stop = look_at_the_server };
	size_t count = SIZE_MAX;

	make_long(f);
	assert_ok(store_audit_walk(f->store, 0, visit, &walk, &count));
	assert_memory_equal(walk.asked, "idle in transaction: FETCH 1000 FROM long_", 42);
	walk.stop = 0;
	look_at_the_server(&walk);
	assert_memory_equal(walk.asked, "idle: COMMIT", 12);
}

/* Another question goes between the rows, and a turn does not: its end would be the walk's. */
static void
ask_something_else(struct walk *walk)
{
	struct walk inner = { 0 };
	struct store_head head;
	size_t count = SIZE_MAX;

	assert_ok(store_head(walk->store, &head));
	assert_int_equal(head.count, MANY);
	assert_ok(store_audit_walk(walk->store, 0, visit, &inner, &count));
	assert_int_equal(inner.count, MANY);
	assert_err(store_begin(walk->store), ERR_FAILED);
	assert_false(store_in_turn(walk->store));
}

static void
others_are_asked_between_its_rows(void **state)
{
	struct fixture *f = *state;
	struct walk walk = { .store = f->store, .stop = 2500, .at_stop = ask_something_else };
	size_t count = SIZE_MAX;

	make_long(f);
	walk.store = f->store;
	assert_ok(store_audit_walk(f->store, 0, visit, &walk, &count));
	assert_int_equal(count, MANY);
	full_trail(f->store, 1);
}

/* Whoever has enough ends it, and the next question is answered; in a turn the turn goes on. */
static void
it_may_end_early(void **state)
{
	struct fixture *f = *state;
	struct walk walk = { .stop = 5001 };
	size_t count = SIZE_MAX;

	make_long(f);
	assert_err(store_audit_walk(f->store, 0, visit, &walk, &count), ERR_BUSY);
	assert_int_equal(walk.count, 5001);
	full_trail(f->store, 1);
	walk = (struct walk){ .stop = 5001 };
	assert_ok(store_begin(f->store));
	assert_err(store_audit_walk(f->store, 0, visit, &walk, &count), ERR_BUSY);
	assert_true(store_in_turn(f->store));
	assert_int_equal(walk_all(f->store).count, MANY + 1);
	assert_ok(store_commit(f->store));
}

/* A turn sees what it has written itself, and a store that is looked at its own moment. */
static void
it_is_of_its_own_moment(void **state)
{
	struct fixture *f = *state;
	struct store_schema schema;
	struct store *looked = NULL;

	make_long(f);
	assert_ok(store_inspect(&f->at, &looked, &schema));
	full_trail(f->store, 3);
	assert_int_equal(walk_all(looked).count, MANY);
	assert_int_equal(walk_all(looked).count, MANY);
	assert_ok(store_look_on(looked));
	assert_int_equal(walk_all(looked).count, MANY + 3);
	store_close(looked);
}

/* Newest first. */
static enum err
visit_down(void *context, const struct store_audit *row)
{
	struct walk *walk = context;

	assert_int_equal(row->id, walk->last - 1);
	walk->last = row->id;
	walk->count++;
	return ERR_OK;
}

static void
what_is_charted_comes_so_too(void **state)
{
	struct fixture *f = *state;
	struct walk walk = { .last = MANY };

	make_long(f);
	assert_ok(store_audit_charted(f->store, 1, MANY - 1, visit_down, &walk));
	assert_int_equal(walk.count, MANY - 1);
	assert_int_equal(walk.last, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(both_have_one_order),
		STORE_TEST(as_many_as_are_wanted),
		STORE_TEST(it_comes_in_pieces),
		STORE_TEST(others_are_asked_between_its_rows),
		STORE_TEST(it_may_end_early),
		STORE_TEST(it_is_of_its_own_moment),
		STORE_TEST(what_is_charted_comes_so_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
