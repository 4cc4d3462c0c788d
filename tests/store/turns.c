/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: a turn is all or nothing, is durable when it says so, and only one writes at a time. */
#include "fixture.h"
#include "store/store_device.h"
#include "store/store_lock.h"
#include "store/store_user.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static int64_t
people(struct store *store)
{
	struct store_counts counts;

	assert_ok(store_counts(store, 0, &counts));
	return counts.people;
}

/* Within a turn. */
static enum err
add(struct store *store, const char *fold)
{
	struct account account = { .name = "somebody", .enabled = true };
	int64_t id;

	return store_user_add(store, &account, fold, "hash", &id);
}

static void
commit_keeps_and_rollback_leaves_nothing(void **state)
{
	struct fixture *f = *state;

	assert_false(store_in_turn(f->store));
	assert_ok(store_begin(f->store));
	assert_true(store_in_turn(f->store));
	assert_ok(add(f->store, "a"));
	assert_ok(store_commit(f->store));
	assert_false(store_in_turn(f->store));
	assert_ok(store_begin(f->store));
	assert_ok(add(f->store, "b"));
	assert_int_equal(people(f->store), 2);
	store_rollback(f->store);
	assert_false(store_in_turn(f->store));
	assert_int_equal(people(f->store), 1);
	fixture_reopen(f);
	assert_int_equal(people(f->store), 1);
}

static void
a_turn_is_not_nested(void **state)
{
	struct fixture *f = *state;

	assert_ok(store_begin(f->store));
	assert_ok(add(f->store, "a"));
	assert_err(store_begin(f->store), ERR_FAILED);
	assert_true(store_in_turn(f->store));
	assert_ok(store_commit(f->store));
	assert_int_equal(people(f->store), 1);
}

static void
outside_a_turn_nothing_changes(void **state)
{
	struct fixture *f = *state;
	struct store_pending pending = { .user = fixture_user(f, "a"),
		.source = "s",
		.secret = fixture_sealed(1) };
	int64_t device = fixture_device(f, pending.user), id;
	bool spent = true;

	assert_err(store_commit(f->store), ERR_FAILED);
	assert_err(store_mark(f->store), ERR_FAILED);
	assert_err(store_keep(f->store), ERR_FAILED);
	assert_err(store_undo(f->store), ERR_FAILED);
	assert_err(add(f->store, "b"), ERR_FAILED);
	assert_err(store_device_spend(f->store, device, 5, 0, 0, &spent), ERR_FAILED);
	assert_true(spent);
	assert_err(store_pending_put(f->store, &pending, &id), ERR_FAILED);
	assert_err(store_setting_put(f->store, SETTING_REQUIRE_2FA, "no", "alice"), ERR_FAILED);
	store_rollback(f->store);
	assert_int_equal(people(f->store), 1);
	assert_err(store_pending(f->store, pending.user, &pending), ERR_STORE_NONE);
}

static void
undo_takes_back_to_the_mark_alone(void **state)
{
	struct fixture *f = *state;

	assert_ok(store_begin(f->store));
	assert_ok(add(f->store, "before"));
	assert_ok(store_mark(f->store));
	assert_ok(add(f->store, "undone"));
	assert_ok(store_undo(f->store));
	assert_ok(add(f->store, "after"));
	assert_ok(store_mark(f->store));
	assert_ok(add(f->store, "kept"));
	assert_ok(store_keep(f->store));
	assert_ok(store_commit(f->store));
	assert_int_equal(people(f->store), 3);
	assert_ok(store_begin(f->store));
	assert_ok(add(f->store, "undone"));
	assert_err(add(f->store, "before"), ERR_STORE_EXISTS);
	assert_err(add(f->store, "after"), ERR_STORE_EXISTS);
	assert_err(add(f->store, "kept"), ERR_STORE_EXISTS);
	store_rollback(f->store);
}

static void
there_is_one_level_of_marks(void **state)
{
	struct fixture *f = *state;

	assert_ok(store_begin(f->store));
	assert_err(store_keep(f->store), ERR_FAILED);
	assert_err(store_undo(f->store), ERR_FAILED);
	assert_ok(store_mark(f->store));
	assert_err(store_mark(f->store), ERR_FAILED);
	assert_ok(store_keep(f->store));
	assert_err(store_keep(f->store), ERR_FAILED);
	assert_true(store_in_turn(f->store));
	assert_ok(store_mark(f->store));
	store_rollback(f->store);
	assert_ok(store_begin(f->store));
	assert_ok(store_mark(f->store));
	assert_ok(store_commit(f->store));
}

static void
a_kept_mark_goes_with_its_turn(void **state)
{
	struct fixture *f = *state;

	assert_ok(store_begin(f->store));
	assert_ok(store_mark(f->store));
	assert_ok(add(f->store, "a"));
	assert_ok(store_keep(f->store));
	store_rollback(f->store);
	assert_int_equal(people(f->store), 0);
}

static void
a_refused_change_leaves_the_turn_as_it_was(void **state)
{
	struct fixture *f = *state;

	assert_ok(store_begin(f->store));
	assert_ok(add(f->store, "a"));
	assert_err(add(f->store, "a"), ERR_STORE_EXISTS);
	assert_err(store_user_enable(f->store, 999, true), ERR_STORE_NONE);
	assert_true(store_in_turn(f->store));
	assert_ok(store_commit(f->store));
	assert_int_equal(people(f->store), 1);
}

/* A turn that changes settings: there is one of them at a time. */
static enum err
begin_and_lock(struct store *store)
{
	enum err err = store_begin(store);

	return err == ERR_OK
	    ? store_lock(store, &(const struct store_locks){ .flags = STORE_LOCK_SETTINGS })
	    : err;
}

static void
two_opens_of_one_store(void **state)
{
	struct fixture *f = *state;
	struct store *other = NULL;

	assert_ok(store_open(&f->at, &other));
	assert_ok(begin_and_lock(f->store));
	assert_ok(add(f->store, "a"));
	assert_int_equal(people(other), 0);
	assert_int_not_equal(begin_and_lock(other), ERR_OK);
	assert_false(store_in_turn(other));
	assert_ok(store_commit(f->store));
	assert_int_equal(people(other), 1);
	assert_ok(store_begin(other));
	assert_ok(add(other, "b"));
	assert_ok(store_commit(other));
	store_close(other);
	assert_int_equal(people(f->store), 2);
	assert_ok(store_begin(f->store));
	assert_ok(add(f->store, "c"));
	assert_ok(store_commit(f->store));
	fixture_reopen(f);
	assert_int_equal(people(f->store), 3);
}

/* A process of its own: commits a, begins b, and is killed. Exit status 1 if it does not get that
 * far. */
static void
die_in_the_middle(const struct store_at *at)
{
	struct store *store = NULL;

	if (store_open(at, &store) == ERR_OK && store_begin(store) == ERR_OK &&
	    add(store, "a") == ERR_OK && store_commit(store) == ERR_OK &&
	    store_begin(store) == ERR_OK && add(store, "b") == ERR_OK)
		kill(getpid(), SIGKILL);
	_exit(1);
}

static void
a_killed_process_loses_only_its_open_turn(void **state)
{
	struct fixture *f = *state;
	pid_t child;
	int status;

	store_close(f->store);
	f->store = NULL;
	child = fork();
	if (child == 0)
		die_in_the_middle(&f->at);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_ok(store_open(&f->at, &f->store));
	assert_int_equal(people(f->store), 1);
	assert_ok(store_begin(f->store));
	assert_ok(add(f->store, "b"));
	assert_err(add(f->store, "a"), ERR_STORE_EXISTS);
	assert_ok(store_commit(f->store));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(commit_keeps_and_rollback_leaves_nothing),
		STORE_TEST(a_turn_is_not_nested),
		STORE_TEST(outside_a_turn_nothing_changes),
		STORE_TEST(undo_takes_back_to_the_mark_alone),
		STORE_TEST(there_is_one_level_of_marks),
		STORE_TEST(a_kept_mark_goes_with_its_turn),
		STORE_TEST(a_refused_change_leaves_the_turn_as_it_was),
		STORE_TEST(two_opens_of_one_store),
		STORE_TEST(a_killed_process_loses_only_its_open_turn),
	};

	return cmocka_run_group_tests_name("store turns", tests, NULL, NULL);
}
