/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is old goes, by slices; what guards stays, whatever the clock did. */
#include "trail_stage.h"

#include <stdio.h>
#include <string.h>

#include "keeper/keeper.h"
#include "keeper/prune.h"
#include "store/store_device.h"
#include "store/store_guess.h"
#include "store/store_user.h"

enum { NOW = 1800000000, DAY = PRUNE_DAY };

static struct keeper keeper; /* of the test at hand: a store and a ring, and nobody at its socket */

static int
set_up(void **state)
{
	if (trail_set_up(state) != 0)
		return -1;
	memset(&keeper, 0, sizeof keeper);
	keeper.store = ((struct trail *)*state)->store;
	keeper.ring = ((struct trail *)*state)->ring;
	return 0;
}

/* As the loop does, until nothing is to be done for an hour; how many slices that took. */
static int
prune_at(int64_t now)
{
	int slices = 0;

	keeper.prune.rows = PRUNE_LEAST;
	keeper.prune.next = 1;
	do {
		prune_run(&keeper, now, keeper.prune.next);
		assert_true(slices++ < 100000);
	} while (keeper.prune.trail || keeper.prune.sweeping);
	return slices;
}

static void
order(int64_t until)
{
	assert_int_equal(store_begin(keeper.store), ERR_OK);
	assert_int_equal(prune_order(&keeper, until), ERR_OK);
	assert_int_equal(store_commit(keeper.store), ERR_OK);
}

static void
row_at(int64_t time)
{
	struct store_audit row = { .time = time, .who = "x", .action = "sign-in", .result = "ok" };

	assert_int_equal(store_begin(keeper.store), ERR_OK);
	assert_int_equal(trail_append(&keeper, &row), ERR_OK);
	assert_int_equal(store_commit(keeper.store), ERR_OK);
}

/* The trail holds, and its first row is that one. */
static void
begins_with(struct trail *trail, int64_t first)
{
	const struct trail_reading reading = { .store = trail->store, .ring = trail->ring };
	struct store_oldest oldest;
	size_t count = 1;

	assert_int_equal(trail_verify(&reading, &trail->verdict), ERR_OK);
	assert_int_equal(trail->verdict.pruned, first - 1);
	assert_int_equal(store_audit_oldest(trail->store, 0, &oldest, &count), ERR_OK);
	if (count == 1)
		assert_int_equal(oldest.id, first);
}

/* --- the trail ----------------------------------------------------------------------- */

static void
rows_go_up_to_the_order(void **state)
{
	order(1101);
	assert_true(prune_at(NOW) > 100 / PRUNE_MOST);
	begins_with(*state, 101);
	/* an earlier order does not call them back, and a later one goes on */
	order(1050);
	prune_at(NOW);
	begins_with(*state, 101);
	order(1111);
	prune_at(NOW);
	begins_with(*state, 111);
	order(NOW);
	prune_at(NOW);
	begins_with(*state, ROWS + 1);
}

static void
each_slice_leaves_a_trail_that_holds(void **state)
{
	struct store_checkpoint checkpoint;

	order(1140);
	keeper.prune.next = 1;
	keeper.prune.rows = PRUNE_LEAST;
	do {
		prune_run(&keeper, NOW, keeper.prune.next);
		keeper.prune.rows = 1; /* however small */
		assert_int_equal(store_audit_checkpoint(keeper.store, &checkpoint), ERR_OK);
		begins_with(*state, checkpoint.number + 1);
	} while (keeper.prune.trail);
	begins_with(*state, 140);
}

/* A keeper that was killed knows nothing: the order is in the store. */
static void
the_order_outlives_the_keeper(void **state)
{
	order(1101);
	keeper.prune.next = 1;
	keeper.prune.rows = PRUNE_LEAST;
	prune_run(&keeper, NOW, 1);
	prune_run(&keeper, NOW, keeper.prune.next);
	memset(&keeper.prune, 0, sizeof keeper.prune);
	prune_run(&keeper, NOW, 5);
	assert_int_equal(keeper.prune.next, 5 + PRUNE_FIRST_MS);
	prune_at(NOW);
	begins_with(*state, 101);
}

static void
a_row_that_a_clock_wrote_ahead_goes_with_its_neighbours(void **state)
{
	row_at(NOW + 500 * DAY); /* 151: between old ones */
	row_at(1200);		 /* 152 */
	row_at(NOW + 500 * DAY); /* 153: between an old one and a young one */
	row_at(NOW - DAY);	 /* 154 */
	row_at(1300);		 /* 155: a clock behind, once */
	order(2000);
	prune_at(NOW);
	begins_with(*state, 153);
}

static void
an_altered_checkpoint_prunes_nothing(void **state)
{
	struct trail *trail = *state;
	struct store_oldest oldest;
	size_t count = 1;

	order(1010);
	prune_at(NOW);
	trail_run(trail, "UPDATE checkpoint SET until = 1900000000", 0);
	prune_at(NOW);
	assert_int_equal(store_audit_oldest(trail->store, 0, &oldest, &count), ERR_OK);
	assert_int_equal(oldest.id, 10);
	assert_int_equal(store_begin(keeper.store), ERR_OK);
	assert_int_equal(prune_order(&keeper, NOW), ERR_CHECKPOINT);
	store_rollback(keeper.store);
}

static void
keep(const char *value)
{
	assert_int_equal(store_begin(keeper.store), ERR_OK);
	assert_int_equal(store_setting_put(keeper.store, SETTING_AUDIT_RETENTION, value, "alice"),
	    ERR_OK);
	assert_int_equal(store_commit(keeper.store), ERR_OK);
}

static void
rows_are_kept_as_long_as_the_setting_says(void **state)
{
	row_at(NOW - 31 * DAY); /* 151 */
	row_at(NOW - 29 * DAY); /* 152 */
	prune_at(NOW);
	begins_with(*state, 1); /* for ever */
	keep("30d");
	prune_at(NOW);
	begins_with(*state, 152);
	assert_int_equal(((struct trail *)*state)->verdict.rows,
	    153); /* that it was done is a row */
	/* Within the day there is no other order, and so no other row. */
	prune_at(NOW + 3600);
	begins_with(*state, 152);
	assert_int_equal(((struct trail *)*state)->verdict.rows, 153);
}

/* --- clocks --------------------------------------------------------------------------- */

static void
a_clock_that_is_ahead_for_a_while_takes_nothing_young(void **state)
{
	row_at(NOW - DAY); /* 151 */
	keep("30d");
	prune_at(NOW);
	begins_with(*state, 151);
	for (int64_t hour = 0; hour < 20; hour++)
		prune_at(NOW + 3650 * (int64_t)DAY + hour * 3600);
	begins_with(*state, 151);
	prune_at(NOW + 7200);
	begins_with(*state, 151);
	assert_int_equal(keeper.prune.trusted, NOW + 7200);
}

/* --- the tables ------------------------------------------------------------------------- */

static const unsigned char names[4][STORE_HASH_SIZE] = { { 1 }, { 2 }, { 3 }, { 4 } };

static uint32_t
failures(int name)
{
	struct throttle throttle;

	assert_int_equal(store_throttle(keeper.store, names[name], "local", &throttle), ERR_OK);
	return throttle.failures;
}

static bool
has_window(int name)
{
	struct throttle_window window;

	assert_int_equal(store_window(keeper.store, names[name], &window), ERR_OK);
	return window.minute != 0;
}

static bool
trusted(const char *source)
{
	bool is = false;

	assert_int_equal(store_source_trusted(keeper.store, source, 0, INT64_MAX, &is), ERR_OK);
	return is;
}

static bool
has_pending(int64_t user)
{
	struct store_pending pending;

	return store_pending(keeper.store, user, &pending) == ERR_OK;
}

static int64_t
person(const char *name, int64_t seen)
{
	struct account account = { .enabled = true, .created = NOW };
	struct store_pending pending = { .began = seen,
		.seen = seen,
		.source = "local",
		.secret = { .key = 1, .length = 40 } };

	(void)snprintf(account.name, sizeof account.name, "%s", name);
	assert_int_equal(store_user_add(keeper.store, &account, name, "phc", &pending.user),
	    ERR_OK);
	assert_int_equal(store_pending_put(keeper.store, &pending, &pending.id), ERR_OK);
	return pending.user;
}

static void
what_is_old_goes_and_what_guards_stays(void **state)
{
	const struct throttle some = { .failures = 3 },
			      paused = { .failures = 6, .paused_until = NOW + 60 };
	struct throttle_window window = { .minute = (NOW - 2 * DAY) / 60 },
			       young = { .minute = NOW / 60 - 59 };
	int64_t ann, bob;

	(void)state;
	assert_int_equal(store_begin(keeper.store), ERR_OK);
	ann = person("ann", NOW - 2 * DAY);
	bob = person("bob", NOW - 300);
	assert_int_equal(store_throttle_put(keeper.store, names[0], "local", true, NOW - 31 * DAY,
			     &some),
	    ERR_OK);
	assert_int_equal(store_throttle_put(keeper.store, names[1], "local", false, NOW - 31 * DAY,
			     &some),
	    ERR_OK);
	assert_int_equal(store_throttle_put(keeper.store, names[2], "local", true, NOW - 29 * DAY,
			     &some),
	    ERR_OK);
	assert_int_equal(store_throttle_put(keeper.store, names[3], "local", true, NOW - 31 * DAY,
			     &paused),
	    ERR_OK);
	assert_int_equal(store_window_put(keeper.store, names[0], true, &window), ERR_OK);
	assert_int_equal(store_window_put(keeper.store, names[1], true, &young), ERR_OK);
	assert_int_equal(store_source_put(keeper.store, ann, "192.0.2.1", NOW - 32 * DAY), ERR_OK);
	assert_int_equal(store_source_put(keeper.store, bob, "192.0.2.2", NOW - 30 * DAY), ERR_OK);
	assert_int_equal(store_trust_put(keeper.store,
			     &(struct clock_trust){ .seen = NOW - DAY, .trusted = NOW - DAY }),
	    ERR_OK);
	assert_int_equal(store_commit(keeper.store), ERR_OK);
	/* before the day is over nothing goes */
	prune_at(NOW - 1);
	assert_int_equal(failures(0), 3);
	prune_at(NOW);
	assert_int_equal(failures(0), 0);
	assert_int_equal(failures(1), 0);
	assert_int_equal(failures(2), 3);
	assert_int_equal(failures(3), 6);
	assert_false(has_window(0));
	assert_true(has_window(1));
	assert_false(trusted("192.0.2.1"));
	assert_true(trusted("192.0.2.2"));
	assert_false(has_pending(ann));
	assert_true(has_pending(bob));
}

/* More than a slice looks at: each is gone in the end. */
static void
many_go_by_slices(void **state)
{
	const struct throttle some = { .failures = 1 };
	unsigned char name[STORE_HASH_SIZE] = { 0 };
	struct throttle throttle;
	int slices;

	(void)state;
	assert_int_equal(store_begin(keeper.store), ERR_OK);
	for (int i = 0; i < 3000; i++) {
		memcpy(name, &i, sizeof i);
		assert_int_equal(store_throttle_put(keeper.store, name, "local", true,
				     i % 3 == 0 ? NOW : NOW - 40 * DAY, &some),
		    ERR_OK);
	}
	assert_int_equal(store_trust_put(keeper.store,
			     &(struct clock_trust){ .seen = NOW - DAY, .trusted = NOW - DAY }),
	    ERR_OK);
	assert_int_equal(store_commit(keeper.store), ERR_OK);
	slices = prune_at(NOW);
	assert_true(slices > 4);
	for (int i = 0; i < 3000; i++) {
		memcpy(name, &i, sizeof i);
		assert_int_equal(store_throttle(keeper.store, name, "local", &throttle), ERR_OK);
		assert_int_equal(throttle.failures, i % 3 == 0 ? 1 : 0);
	}
}

static void
a_slice_fits_into_its_time(void **state)
{
	(void)state;
	assert_int_equal(prune_fit(100, 0), 200);
	assert_int_equal(prune_fit(100, PRUNE_SLICE_MS), 100);
	assert_int_equal(prune_fit(100, PRUNE_SLICE_MS + 1), 50);
	assert_int_equal(prune_fit(PRUNE_LEAST, 1000), PRUNE_LEAST);
	assert_int_equal(prune_fit(PRUNE_MOST, 0), PRUNE_MOST);
	for (int what = 0; what < STORE_PRUNE_COUNT; what++)
		assert_true(prune_age((enum store_prune)what) >= DAY);
	assert_true(prune_age(STORE_PRUNE_SOURCE) > THROTTLE_TRUST);
}

static void
a_full_disk_waits(void **state)
{
	order(1101);
	keeper.room.level = ROOM_FOR_PEOPLE;
	keeper.prune.next = 1;
	prune_run(&keeper, NOW, 1);
	assert_int_equal(keeper.prune.next, 60001);
	keeper.room.level = ROOM_FOR_ALL;
	begins_with(*state, 1);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, trail_tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rows_go_up_to_the_order),
		TEST(each_slice_leaves_a_trail_that_holds),
		TEST(the_order_outlives_the_keeper),
		TEST(a_row_that_a_clock_wrote_ahead_goes_with_its_neighbours),
		TEST(an_altered_checkpoint_prunes_nothing),
		TEST(rows_are_kept_as_long_as_the_setting_says),
		TEST(a_clock_that_is_ahead_for_a_while_takes_nothing_young),
		TEST(what_is_old_goes_and_what_guards_stays),
		TEST(many_go_by_slices),
		TEST(a_slice_fits_into_its_time),
		TEST(a_full_disk_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
