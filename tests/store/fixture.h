/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the contract tests of the store share: an empty store in a directory of its own. Nothing
 * here knows which backend answers.
 */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/store.h"
#include "store/store_device.h"

struct fixture {
	char path[64];
	int dirfd;
	struct store_at at;
	struct store *store;
};

/* Group of tests: each gets a new store. */
#define STORE_TEST(function) \
	cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

#define assert_ok(call) assert_int_equal((call), ERR_OK)
#define assert_err(call, err) assert_int_equal((call), (err))

int
fixture_setup(void **state);

int
fixture_teardown(void **state);

/* An empty directory only; the store is not opened. */
int
fixture_setup_bare(void **state);

/* Closes the store and opens it again. */
void
fixture_reopen(struct fixture *fixture);

/* A turn of its own: an enabled operator of that name, which is its own fold. */
int64_t
fixture_user(struct fixture *fixture, const char *name);

/* A sealed secret whose bytes are all `fill`. */
struct store_sealed
fixture_sealed(int fill);

/* A turn of its own: an authenticator with last_step 0. */
int64_t
fixture_device(struct fixture *fixture, int64_t user);

/* A keyed hash whose bytes are all `fill`. */
void
fixture_hash(int fill, unsigned char hash[STORE_HASH_SIZE]);

/* Ten hashes, all different, made from `first`. */
void
fixture_codes(int first, unsigned char hashes[ACCOUNT_RECOVERY_CODES][STORE_HASH_SIZE]);

/* A turn of its own: that person's set becomes those ten, hashed with the key. */
void
fixture_recovery(struct fixture *fixture, int64_t user, int64_t key, int first);

/* Who has that id; there must be somebody. */
struct account
fixture_account(struct store *store, int64_t id);

#endif
