/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trail that was pruned up to row 40, and everything that somebody with the sqlite3 program may
 * do to it: each is found, and where. Then the anchor, which alone finds a whole older copy. */
#include "trail_stage.h"

#include <stdio.h>
#include <string.h>

enum { PRUNED = 40 };

static const char keep[] = "CREATE TABLE kept AS SELECT * FROM audit;"
			   "CREATE TABLE kept_state AS SELECT * FROM state;"
			   "CREATE TABLE kept_checkpoint AS SELECT * FROM checkpoint";
static const char put_back[] = "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept;"
			       "DELETE FROM state; INSERT INTO state SELECT * FROM kept_state;"
			       "DELETE FROM checkpoint;"
			       "INSERT INTO checkpoint SELECT * FROM kept_checkpoint";

#define EDIT(what) "UPDATE audit SET " what " WHERE id = 100", ERR_AUDIT_BROKEN, 99
#define HEAD(what) "UPDATE state SET " what, ERR_AUDIT_BROKEN, ROWS
#define CHECKPOINT(what) "UPDATE checkpoint SET " what, ERR_CHECKPOINT, 0
#define COPY(as, of) \
	"INSERT INTO audit SELECT " as ", time, who, source, terminal, action, target, result," \
	" detail, peer_uid, key_id, mac, version, node, vouched FROM audit WHERE id = " of, \
	    ERR_AUDIT_BROKEN

static const struct {
	const char *sql;
	enum err err;
	int64_t rows; /* the last that fits */
} done[] = {
	/* each column */
	{ EDIT("time = time + 1") },
	{ EDIT("who = 'person 99'") },
	{ EDIT("source = ''") },
	{ EDIT("terminal = 'xterm'") },
	{ EDIT("action = 'sign-out'") },
	{ EDIT("target = 'x'") },
	{ EDIT("result = 'wrong'") },
	{ EDIT("detail = 'x'") },
	{ EDIT("peer_uid = 2") },
	{ EDIT("key_id = key_id - 1") },
	{ EDIT("key_id = 99") },
	{ EDIT("mac = zeroblob(32)") },
	{ EDIT("mac = (SELECT mac FROM kept WHERE id = 99)") },
	{ EDIT("version = 1") },
	{ EDIT("version = 3") },
	{ EDIT("node = 'other'") },
	{ EDIT("vouched = 1") },
	{ EDIT("id = 1000") },
	/* moved from one column into the next */
	{ EDIT("who = 'person 100l', source = 'ocal'") },
	/* removed */
	{ "DELETE FROM audit WHERE id = 41", ERR_AUDIT_BROKEN, PRUNED },
	{ "DELETE FROM audit WHERE id = 100", ERR_AUDIT_BROKEN, 99 },
	{ "DELETE FROM audit WHERE id = 150", ERR_AUDIT_BROKEN, 149 },
	{ "DELETE FROM audit WHERE id > 90", ERR_AUDIT_BROKEN, 90 },
	{ "DELETE FROM audit", ERR_AUDIT_BROKEN, PRUNED },
	/* and those behind it moved up */
	{ "DELETE FROM audit WHERE id = 100; UPDATE audit SET id = id - 1000 WHERE id > 100;"
	  "UPDATE audit SET id = id + 999 WHERE id < 0;"
	  "UPDATE state SET audit_count = audit_count - 1",
	    ERR_AUDIT_BROKEN, 99 },
	/* exchanged, doubled, put in front and behind */
	{ "UPDATE audit SET id = -1 WHERE id = 80; UPDATE audit SET id = 80 WHERE id = 100;"
	  "UPDATE audit SET id = 100 WHERE id = -1",
	    ERR_AUDIT_BROKEN, 79 },
	{ COPY("151", "150"), ROWS },
	{ COPY("40", "41"), PRUNED },
	{ COPY("-5", "41"), PRUNED },
	/* the head */
	{ HEAD("audit_count = 149") },
	{ HEAD("audit_count = 0") },
	{ HEAD("audit_last = zeroblob(32)") },
	{ HEAD("audit_mac = zeroblob(32)") },
	{ HEAD("audit_key = 99") },
	{ "DELETE FROM audit WHERE id > 90; UPDATE state SET audit_count = 90,"
	  " audit_last = (SELECT mac FROM audit WHERE id = 90)",
	    ERR_AUDIT_BROKEN, 90 },
	/* the checkpoint */
	{ CHECKPOINT("number = 41") },
	{ CHECKPOINT("number = 39") },
	{ CHECKPOINT("newest = newest + 1") },
	{ CHECKPOINT("pruned = 1") },
	{ CHECKPOINT("until = 9999999999") },
	{ CHECKPOINT("key_id = 99") },
	{ CHECKPOINT("last = zeroblob(32)") },
	{ CHECKPOINT("mac = zeroblob(32)") },
	{ "UPDATE checkpoint SET number = 50, last = (SELECT mac FROM audit WHERE id = 50);"
	  "DELETE FROM audit WHERE id <= 50",
	    ERR_CHECKPOINT, 0 },
	{ "DELETE FROM checkpoint", ERR_AUDIT_BROKEN, 0 },
	{ "UPDATE checkpoint SET number = 0, newest = 0, pruned = 0, until = 0, key_id = 0,"
	  " last = zeroblob(32), mac = zeroblob(32)",
	    ERR_AUDIT_BROKEN, 0 },
	/* an earlier one, as it was */
	{ "DELETE FROM checkpoint; INSERT INTO checkpoint SELECT * FROM earlier", ERR_AUDIT_BROKEN,
	    20 },
};

static int
set_up(void **state)
{
	if (trail_set_up(state) != 0)
		return -1;
	trail_prune(*state, 20);
	trail_run(*state, "CREATE TABLE earlier AS SELECT * FROM checkpoint", 0);
	trail_prune(*state, PRUNED);
	trail_run(*state, keep, 0);
	return 0;
}

static enum err
verify(struct trail *trail)
{
	const struct trail_reading reading = { .store = trail->store,
		.ring = trail->ring,
		.anchor = trail->anchor };

	return trail_verify(&reading, &trail->verdict);
}

static void
a_pruned_trail_holds(void **state)
{
	struct trail *trail = *state;

	assert_int_equal(verify(trail), ERR_OK);
	assert_int_equal(trail->verdict.rows, ROWS);
	assert_int_equal(trail->verdict.pruned, PRUNED);
	assert_int_equal(trail->verdict.newest, 1000 + ROWS);
	assert_int_equal(trail->verdict.last.id, ROWS);
}

static void
whatever_is_done_to_it_is_found(void **state)
{
	struct trail *trail = *state;

	for (size_t i = 0; i < sizeof done / sizeof done[0]; i++) {
		enum err err;

		trail_run(trail, done[i].sql, 0);
		err = verify(trail);
		if (err != done[i].err || trail->verdict.rows != done[i].rows)
			fail_msg("%s: error %d at %d", done[i].sql, (int)err,
			    (int)trail->verdict.rows);
		trail_run(trail, put_back, 0);
		assert_int_equal(verify(trail), ERR_OK);
	}
}

static void
all_of_it_may_be_pruned(void **state)
{
	struct trail *trail = *state;

	trail_prune(trail, ROWS);
	assert_int_equal(verify(trail), ERR_OK);
	assert_int_equal(trail->verdict.rows, ROWS);
	trail_run(trail, "UPDATE state SET audit_count = 149", 0);
	assert_int_equal(verify(trail), ERR_AUDIT_BROKEN);
}

/* --- the anchor ------------------------------------------------------------------- */

static void
anchor_at(struct trail *trail, int64_t id)
{
	struct store_audit row;
	size_t count = 1;

	assert_int_equal(store_audit_page(trail->store, id - 1, &row, &count), ERR_OK);
	assert_int_equal(row.id, id);
	trail->anchor.id = id;
	memcpy(trail->anchor.mac, row.mac, sizeof trail->anchor.mac);
}

static void
an_anchor_holds_or_not(void **state)
{
	struct trail *trail = *state;
	struct store_checkpoint checkpoint;

	for (int64_t id = PRUNED + 1; id <= ROWS; id++) {
		anchor_at(trail, id);
		assert_int_equal(verify(trail), ERR_OK);
		trail->anchor.mac[31] ^= 1;
		assert_int_equal(verify(trail), ERR_ANCHOR_DIFFERS);
		assert_int_equal(trail->verdict.rows, ROWS);
	}
	trail->anchor.id = ROWS + 1;
	assert_int_equal(verify(trail), ERR_ANCHOR_SHORT);
	assert_int_equal(store_audit_checkpoint(trail->store, &checkpoint), ERR_OK);
	trail->anchor.id = PRUNED;
	memcpy(trail->anchor.mac, checkpoint.last, sizeof checkpoint.last);
	assert_int_equal(verify(trail), ERR_OK);
	trail->anchor.mac[0] ^= 1;
	assert_int_equal(verify(trail), ERR_ANCHOR_DIFFERS);
	trail->anchor.id = PRUNED - 1;
	assert_int_equal(verify(trail), ERR_ANCHOR_PRUNED);
}

/* With the head that was the right one then, it fits by itself. */
static void
an_older_copy_is_found_by_the_anchor_alone(void **state)
{
	struct trail *trail = *state;
	struct trail_anchor newest;

	trail_run(trail, "CREATE TABLE newer AS SELECT * FROM audit WHERE id = %d", ROWS);
	anchor_at(trail, ROWS);
	newest = trail->anchor;
	trail_tear_down(state);
	assert_int_equal(trail_set_up_rows(state, ROWS - 1), 0);
	trail = *state;
	assert_int_equal(verify(trail), ERR_OK);
	trail->anchor = newest;
	assert_int_equal(verify(trail), ERR_ANCHOR_SHORT);
}

/* --- how far it is ------------------------------------------------------------------ */

struct told {
	int64_t done, all;
	int times;
};

static void
hear(void *context, int64_t so_far, int64_t all)
{
	struct told *told = context;

	told->done = so_far;
	told->all = all;
	told->times++;
}

static void
it_says_how_far_it_is(void **state)
{
	struct trail *trail = *state;
	struct told told = { 0 };
	const struct trail_reading reading = { .store = trail->store,
		.ring = trail->ring,
		.tell = hear,
		.context = &told };

	assert_int_equal(trail_verify(&reading, &trail->verdict), ERR_OK);
	assert_int_equal(told.done, ROWS);
	assert_int_equal(told.all, ROWS);
	assert_int_equal(told.times, 1);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, trail_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_pruned_trail_holds),
		TEST(whatever_is_done_to_it_is_found),
		TEST(all_of_it_may_be_pruned),
		TEST(an_anchor_holds_or_not),
		TEST(an_older_copy_is_found_by_the_anchor_alone),
		TEST(it_says_how_far_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
