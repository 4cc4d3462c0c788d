/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: whose SSH keys are which, which of them open, and whose name one says. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "store/store_audit.h"
#include "store/store_sign_in.h"
#include "store/store_ssh_key.h"
#include "store/store_user.h"

/* A key whose fingerprint is all `fill`. */
static struct store_ssh_key
key_of(int64_t user, int fill)
{
	struct store_ssh_key key = { .user = user, .added = 100, .length = 51 };

	(void)snprintf(key.type, sizeof key.type, "ssh-ed25519");
	(void)snprintf(key.name, sizeof key.name, "key %d", fill);
	memset(key.hash, fill, sizeof key.hash);
	memset(key.blob, fill, key.length);
	return key;
}

static enum err
add(struct fixture *f, int64_t user, int fill)
{
	const struct store_ssh_key key = key_of(user, fill);
	enum err err;

	assert_ok(store_begin(f->store));
	err = store_ssh_key_add(f->store, &key);
	assert_ok(store_commit(f->store));
	return err;
}

static size_t
list(struct fixture *f, int64_t user, struct store_ssh_key keys[SSH_KEYS_MAX])
{
	size_t count = 99;

	assert_ok(store_ssh_keys(f->store, user, keys, &count));
	return count;
}

/* A change in a turn of its own. */
#define CHANGE(call) \
	do { \
		assert_ok(store_begin(f->store)); \
		assert_ok(call); \
		assert_ok(store_commit(f->store)); \
	} while (0)

static void
used(struct fixture *f, int64_t user, int fill, int64_t now)
{
	const struct store_ssh_key key = key_of(user, fill);

	CHANGE(store_ssh_key_used(f->store, user, key.hash, now));
}

static bool
opens(struct fixture *f, int fill)
{
	const struct store_ssh_key key = key_of(0, fill);
	struct store_ssh_key found;
	enum err err = store_ssh_key_open(f->store, key.hash, &found);

	if (err == ERR_OK) {
		assert_string_equal(found.type, key.type);
		assert_int_equal(found.length, key.length);
		assert_memory_equal(found.blob, key.blob, key.length);
		return true;
	}
	assert_int_equal(err, ERR_STORE_NONE);
	return false;
}

/* 0: nobody's name. */
static int64_t
owner(struct fixture *f, int fill)
{
	const struct store_ssh_key key = key_of(0, fill);
	int64_t user = 0;
	enum err err = store_ssh_key_owner(f->store, key.hash, &user);

	assert_true(err == ERR_OK || err == ERR_STORE_NONE);
	return user;
}

static void
each_has_their_own(void **state)
{
	struct fixture *f = *state;
	struct store_ssh_key keys[SSH_KEYS_MAX];
	int64_t alice = fixture_user(f, "alice"), bob = fixture_user(f, "bob");

	assert_int_equal(list(f, alice, keys), 0);
	assert_ok(add(f, alice, 1));
	assert_ok(add(f, alice, 2));
	assert_err(add(f, alice, 1), ERR_STORE_EXISTS);
	assert_ok(add(f, bob, 1));
	assert_int_equal(list(f, bob, keys), 1);
	assert_int_equal(list(f, alice, keys), 2);
	assert_int_equal(keys[0].user, alice);
	assert_string_equal(keys[0].name, "key 1");
	assert_int_equal(keys[0].added, 100);
	assert_int_equal(keys[0].last_used, 0);
	assert_int_equal(keys[0].known_since, 0);
	assert_false(keys[0].doubted);

	CHANGE(store_ssh_key_rename(f->store, alice, keys[0].id, "laptop"));
	assert_ok(store_begin(f->store));
	assert_err(store_ssh_key_rename(f->store, bob, keys[0].id, "mine"), ERR_STORE_NONE);
	assert_err(store_ssh_key_remove(f->store, bob, keys[0].id), ERR_STORE_NONE);
	assert_err(store_ssh_key_keep(f->store, alice, keys[0].id), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
	assert_int_equal(list(f, alice, keys), 2);
	assert_string_equal(keys[0].name, "laptop");
	CHANGE(store_ssh_key_remove(f->store, alice, keys[0].id));
	assert_int_equal(list(f, alice, keys), 1);
	assert_int_equal(keys[0].hash[0], 2);
}

static void
only_keys_of_enabled_people_open(void **state)
{
	struct fixture *f = *state;
	int64_t alice = fixture_user(f, "alice"), bob = fixture_user(f, "bob");

	assert_false(opens(f, 1));
	assert_ok(add(f, alice, 1));
	assert_true(opens(f, 1));
	assert_false(opens(f, 2));
	CHANGE(store_user_enable(f->store, alice, false));
	assert_false(opens(f, 1));
	assert_ok(add(f, bob, 1));
	assert_true(opens(f, 1));
	CHANGE(store_user_remove(f->store, bob));
	assert_false(opens(f, 1));
	CHANGE(store_user_enable(f->store, alice, true));
	assert_true(opens(f, 1));
}

/* Pasting somebody's public key gains nothing. */
static void
a_key_says_a_name_once_it_was_used_and_is_one_persons(void **state)
{
	struct fixture *f = *state;
	struct store_ssh_key keys[SSH_KEYS_MAX];
	int64_t alice = fixture_user(f, "alice"), mallory = fixture_user(f, "mallory");

	assert_ok(add(f, alice, 1));
	assert_int_equal(owner(f, 1), 0);
	used(f, alice, 1, 200);
	assert_int_equal(owner(f, 1), alice);
	used(f, alice, 1, 300);
	assert_int_equal(list(f, alice, keys), 1);
	assert_int_equal(keys[0].last_used, 300);
	assert_int_equal(keys[0].known_since, 200);

	/* It is not mallory's by signing in with something else, nor by pasting it. */
	used(f, mallory, 1, 300);
	assert_int_equal(owner(f, 1), alice);
	assert_ok(add(f, mallory, 1));
	assert_int_equal(owner(f, 1), 0);
	used(f, mallory, 1, 300);
	assert_int_equal(owner(f, 1), 0);
	CHANGE(store_user_remove(f->store, mallory));
	assert_int_equal(owner(f, 1), alice);
	CHANGE(store_user_enable(f->store, alice, false));
	assert_int_equal(owner(f, 1), 0);
}

static void
a_clock_before_1970_is_no_never(void **state)
{
	struct fixture *f = *state;
	int64_t alice = fixture_user(f, "alice");

	assert_ok(add(f, alice, 1));
	used(f, alice, 1, -5);
	assert_int_equal(owner(f, 1), alice);
}

static int64_t
sign_in(struct fixture *f, int64_t user)
{
	struct store_audit row = { .time = 100, .action = "sign-in", .result = "ok" };
	struct store_head head;

	assert_ok(store_head(f->store, &head));
	head.count = row.id = head.count + 1;
	assert_ok(store_begin(f->store));
	assert_ok(store_audit_append(f->store, &row, &head, &(int64_t){ 0 }));
	assert_ok(store_sign_in_add(f->store, user, row.id));
	assert_ok(store_commit(f->store));
	return row.id;
}

static void
those_that_came_since_a_sign_in_are_in_doubt(void **state)
{
	struct fixture *f = *state;
	struct store_ssh_key keys[SSH_KEYS_MAX];
	int64_t alice = fixture_user(f, "alice"), bob = fixture_user(f, "bob"), row;

	assert_ok(add(f, alice, 1));
	used(f, alice, 1, 100);
	row = sign_in(f, alice);
	assert_ok(add(f, bob, 3));
	assert_ok(add(f, alice, 2));
	used(f, alice, 2, 100);
	(void)sign_in(f, bob);
	CHANGE(store_ssh_keys_doubt(f->store, alice, row));
	assert_int_equal(list(f, bob, keys), 1);
	assert_false(keys[0].doubted);
	assert_int_equal(list(f, alice, keys), 2);
	assert_true(!keys[0].doubted && keys[1].doubted);
	assert_int_equal(fixture_account(f->store, alice).keys_doubted, 1);
	assert_int_equal(fixture_account(f->store, alice).doubted, 0); /* of its devices */

	/* It opens the first door's handle still, and says no name. */
	assert_true(opens(f, 2));
	assert_int_equal(owner(f, 2), 0);
	CHANGE(store_ssh_key_keep(f->store, alice, keys[1].id));
	assert_int_equal(owner(f, 2), alice);
	assert_int_equal(fixture_account(f->store, alice).keys_doubted, 0);

	/* Before the first sign-in there were none. */
	CHANGE(store_ssh_keys_doubt(f->store, alice, row - 1));
	assert_int_equal(fixture_account(f->store, alice).keys_doubted, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(each_has_their_own),
		STORE_TEST(only_keys_of_enabled_people_open),
		STORE_TEST(a_key_says_a_name_once_it_was_used_and_is_one_persons),
		STORE_TEST(a_clock_before_1970_is_no_never),
		STORE_TEST(those_that_came_since_a_sign_in_are_in_doubt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
