/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: when somebody ran a command last, and whose a recording is. */
#include "fixture.h"

#include "store/store_run.h"
#include "store/store_user.h"

/* A change in a turn of its own. */
#define CHANGE(call) \
	do { \
		assert_ok(store_begin(f->store)); \
		assert_ok(call); \
		assert_ok(store_commit(f->store)); \
	} while (0)

static void
assert_last(struct fixture *f, int64_t user, const char *command, int64_t wanted)
{
	int64_t last = 0;

	assert_ok(store_command_last(f->store, user, command, &last));
	assert_int_equal(last, wanted);
}

static void
assert_whose(struct fixture *f, const char *id, int64_t wanted)
{
	int64_t user = -1;

	assert_ok(store_recording_user(f->store, id, &user));
	assert_int_equal(user, wanted);
}

static void
each_command_of_each_person_was_run_last_by_itself(void **state)
{
	struct fixture *f = *state;
	int64_t alice = fixture_user(f, "alice"), bob = fixture_user(f, "bob"), last = 77;

	assert_err(store_command_last(f->store, alice, "look", &last), ERR_STORE_NONE);
	CHANGE(store_command_ran(f->store, alice, "look", 1000));
	CHANGE(store_command_ran(f->store, alice, "restart", 1001));
	CHANGE(store_command_ran(f->store, bob, "look", 1002));
	CHANGE(store_command_ran(f->store, alice, "look", 1003));
	fixture_reopen(f);
	assert_last(f, alice, "look", 1003);
	assert_last(f, alice, "restart", 1001);
	assert_last(f, bob, "look", 1002);
	assert_err(store_command_last(f->store, bob, "restart", &last), ERR_STORE_NONE);
	assert_err(store_command_last(f->store, alice, "LOOK", &last), ERR_STORE_NONE);
	assert_int_equal(last, 77);
}

/* ... and a recording stays whose it was: the number is nobody's again. */
static void
who_is_removed_takes_what_they_ran_along(void **state)
{
	struct fixture *f = *state;
	int64_t alice = fixture_user(f, "alice"), bob = fixture_user(f, "bob"), last = 0;

	CHANGE(store_command_ran(f->store, alice, "look", 1000));
	CHANGE(store_command_ran(f->store, bob, "look", 1001));
	CHANGE(store_recording_add(f->store, "a1", alice, 1000));
	CHANGE(store_user_remove(f->store, alice));
	assert_err(store_command_last(f->store, alice, "look", &last), ERR_STORE_NONE);
	assert_last(f, bob, "look", 1001);
	assert_whose(f, "a1", alice);
	assert_true(fixture_user(f, "alice") > bob);
}

static void
a_recording_is_whose_it_was_first(void **state)
{
	struct fixture *f = *state;
	int64_t alice = fixture_user(f, "alice"), bob = fixture_user(f, "bob"), user = 77;

	CHANGE(store_recording_add(f->store, "a1", alice, 1000));
	CHANGE(store_recording_add(f->store, "a1", bob, 2000)); /* a report that came twice */
	CHANGE(store_recording_add(f->store, "b2", 0, 1001));
	fixture_reopen(f);
	assert_whose(f, "a1", alice);
	assert_whose(f, "b2", 0);
	assert_err(store_recording_user(f->store, "c3", &user), ERR_STORE_NONE);
	assert_int_equal(user, 77);
}

static void
recordings_that_began_before_are_forgotten(void **state)
{
	struct fixture *f = *state;
	int64_t alice = fixture_user(f, "alice"), user = 0;

	CHANGE(store_recording_add(f->store, "a1", alice, 999));
	CHANGE(store_recording_add(f->store, "b2", alice, 1000));
	CHANGE(store_recording_add(f->store, "c3", 0, 1001));
	CHANGE(store_recording_prune(f->store, 1000));
	assert_err(store_recording_user(f->store, "a1", &user), ERR_STORE_NONE);
	assert_whose(f, "b2", alice);
	assert_whose(f, "c3", 0);
	CHANGE(store_recording_prune(f->store, INT64_MAX));
	assert_err(store_recording_user(f->store, "c3", &user), ERR_STORE_NONE);
}

/* What was not committed was never run, and never recorded. */
static void
a_turn_that_is_taken_back_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	int64_t alice = fixture_user(f, "alice"), number = 0;

	assert_ok(store_begin(f->store));
	assert_ok(store_command_ran(f->store, alice, "look", 1000));
	assert_ok(store_recording_add(f->store, "a1", alice, 1000));
	store_rollback(f->store);
	assert_err(store_command_last(f->store, alice, "look", &number), ERR_STORE_NONE);
	assert_err(store_recording_user(f->store, "a1", &number), ERR_STORE_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(each_command_of_each_person_was_run_last_by_itself),
		STORE_TEST(who_is_removed_takes_what_they_ran_along),
		STORE_TEST(a_recording_is_whose_it_was_first),
		STORE_TEST(recordings_that_began_before_are_forgotten),
		STORE_TEST(a_turn_that_is_taken_back_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
