/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recovery codes: each works once, and only those of the newest set. */
#include "fixture.h"
#include "store/store_device.h"

static bool
use_code(struct fixture *f, int64_t user, int fill)
{
	unsigned char hash[STORE_HASH_SIZE];
	bool used = false;

	fixture_hash(fill, hash);
	assert_ok(store_begin(f->store));
	assert_ok(store_recovery_use(f->store, user, hash, 500, &used));
	assert_ok(store_commit(f->store));
	return used;
}

static void
a_recovery_code_works_once(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), other = fixture_user(f, "bob");

	fixture_recovery(f, user, 3, 1);
	fixture_recovery(f, other, 3, 101);
	assert_int_equal(fixture_account(f->store, user).recovery_left, 10);
	assert_true(use_code(f, user, 4));
	assert_false(use_code(f, user, 4));
	assert_false(use_code(f, user, 101));
	assert_false(use_code(f, user, 99));
	fixture_reopen(f);
	assert_false(use_code(f, user, 4));
	assert_int_equal(fixture_account(f->store, user).recovery_left, 9);
	assert_int_equal(fixture_account(f->store, other).recovery_left, 10);
}

static void
a_new_set_replaces_the_old_and_is_unconfirmed(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice");

	fixture_recovery(f, user, 3, 1);
	assert_true(use_code(f, user, 1));
	assert_false(fixture_account(f->store, user).recovery_saved);
	assert_ok(store_begin(f->store));
	assert_ok(store_recovery_saved(f->store, user));
	assert_err(store_recovery_saved(f->store, 999), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
	assert_true(fixture_account(f->store, user).recovery_saved);
	fixture_recovery(f, user, 3, 51);
	assert_false(fixture_account(f->store, user).recovery_saved);
	assert_int_equal(fixture_account(f->store, user).recovery_left, 10);
	assert_false(use_code(f, user, 2));
	assert_true(use_code(f, user, 51));
}

static void
a_set_is_somebodys(void **state)
{
	struct fixture *f = *state;
	unsigned char hashes[ACCOUNT_RECOVERY_CODES][STORE_HASH_SIZE];

	fixture_codes(1, hashes);
	assert_ok(store_begin(f->store));
	assert_err(store_recovery_put(f->store, 999, 3, hashes), ERR_STORE_NONE);
	assert_true(store_in_turn(f->store));
	assert_ok(store_commit(f->store));
	assert_false(use_code(f, 999, 1));
}

static void
the_key_of_a_set_is_known_while_codes_are_left(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), key = 42;

	assert_err(store_recovery_key(f->store, user, &key), ERR_STORE_NONE);
	assert_int_equal(key, 42);
	fixture_recovery(f, user, 3, 1);
	assert_ok(store_recovery_key(f->store, user, &key));
	assert_int_equal(key, 3);
	fixture_recovery(f, user, 8, 1);
	assert_ok(store_recovery_key(f->store, user, &key));
	assert_int_equal(key, 8);
	for (int i = 1; i <= ACCOUNT_RECOVERY_CODES; i++)
		assert_true(use_code(f, user, i));
	assert_err(store_recovery_key(f->store, user, &key), ERR_STORE_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_recovery_code_works_once),
		STORE_TEST(a_new_set_replaces_the_old_and_is_unconfirmed),
		STORE_TEST(a_set_is_somebodys),
		STORE_TEST(the_key_of_a_set_is_known_while_codes_are_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
