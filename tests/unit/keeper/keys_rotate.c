/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rotation, step by step: whatever is cut off, lost or in the way, every secret stays readable.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "held.h"

#include "auth/auth.h"
#include "keeper/devices.h"
#include "keeper/keys.h"
#include "keeper/keys_file.h"
#include "keeper/keys_rotate.h"
#include "store/inspect.h"
#include "store/store_user.h"

enum { PEOPLE = 600, KEY_LENGTH = 20, NOW = 1767268800 };

static const char *const files[] = { "console.db", "console.db-wal", "console.db-shm",
	"console.key", "console.key.new", "console.set-up" };
enum { FILES = sizeof files / sizeof files[0] };
static char path[] = "/tmp/provconsole-rotate-XXXXXX";
static int directory = -1;
static struct store *store;
static struct keyring *ring;
static int64_t people[PEOPLE];
static struct secret *plain;

static void
open_state(void)
{
	assert_int_equal(keys_open(directory, &store, &ring), ERR_OK);
}

static void
close_state(void)
{
	keyring_free(ring);
	store_close(store);
	ring = NULL;
	store = NULL;
}

/* Everybody's key is their number, over and over. */
static void
fill_key(size_t person)
{
	memset(plain->bytes, (int)(person % 251), KEY_LENGTH);
	plain->length = KEY_LENGTH;
}

static void
add_person(size_t person)
{
	struct account account = { .enabled = true, .created = NOW };
	struct store_device device = { .name = "Authenticator", .created = NOW };
	char name[16];

	(void)snprintf(name, sizeof name, "p%zu", person);
	memcpy(account.name, name, sizeof name);
	assert_int_equal(store_user_add(store, &account, name, "phc", &people[person]), ERR_OK);
	device.user = people[person];
	fill_key(person);
	assert_int_equal(devices_seal(ring, device.user, plain, &device.secret), ERR_OK);
	assert_int_equal(store_device_add(store, &device, &device.id), ERR_OK);
}

/* One person is configuring as well. */
static void
add_pending(void)
{
	struct store_pending pending = { .user = people[0], .began = NOW, .seen = NOW };

	fill_key(7);
	assert_int_equal(devices_seal_pending(ring, people[0], plain, &pending.secret), ERR_OK);
	assert_int_equal(store_pending_put(store, &pending, &pending.id), ERR_OK);
}

static int
set_up(void **state)
{
	(void)state;
	memcpy(path + sizeof path - 7, "XXXXXX", 6);
	if (auth_start() != ERR_OK || mkdtemp(path) == NULL ||
	    secret_new(DEVICES_KEY_MAX, &plain) != ERR_OK)
		return -1;
	directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	open_state();
	assert_int_equal(store_begin(store), ERR_OK);
	for (size_t i = 0; i < PEOPLE; i++)
		add_person(i);
	add_pending();
	assert_int_equal(store_commit(store), ERR_OK);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	close_state();
	secret_free(plain);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		(void)unlinkat(directory, files[i], 0);
	close(directory);
	return rmdir(path);
}

#define ON_STATE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

/* Every key opens and is the one that was sealed; how many are under seal keys below `newest`. */
static size_t
all_open(int64_t newest)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	struct store_pending pending;
	struct secret *key = NULL;
	size_t old = 0, count = 0;

	assert_int_equal(secret_new(DEVICES_KEY_MAX, &key), ERR_OK);
	for (size_t i = 0; i < PEOPLE; i++) {
		assert_int_equal(store_devices(store, people[i], devices, &count), ERR_OK);
		assert_int_equal(count, 1);
		assert_int_equal(devices_open(ring, people[i], &devices[0].secret, key), ERR_OK);
		fill_key(i);
		assert_int_equal(key->length, KEY_LENGTH);
		assert_memory_equal(key->bytes, plain->bytes, KEY_LENGTH);
		old += devices[0].secret.key < newest;
	}
	secret_free(key);
	assert_int_equal(store_pending(store, people[0], &pending), ERR_OK);
	assert_int_equal(devices_open_pending(ring, people[0], &pending.secret, &key), ERR_OK);
	fill_key(7);
	assert_memory_equal(key->bytes, plain->bytes, KEY_LENGTH);
	secret_free(key);
	return old + (pending.secret.key < newest);
}

/* One step in a turn of its own, and what follows. */
static enum err
step(bool begin, struct keys_step *ret_step)
{
	enum err err;

	assert_int_equal(store_begin(store), ERR_OK);
	err = keys_rotate(directory, store, ring, begin, true, NOW, ret_step);
	if (err != ERR_OK) {
		store_rollback(store);
		return err;
	}
	assert_int_equal(store_commit(store), ERR_OK);
	return ret_step->follow ? keys_follow(directory, store, ring) : ERR_OK;
}

static void
rotate(void)
{
	struct keys_step did = { 0 };
	uint32_t done = 0;

	assert_int_equal(step(true, &did), ERR_OK);
	for (int i = 0; !did.finished && i < 1000; i++) {
		assert_int_equal(step(false, &did), ERR_OK);
		done += did.done;
	}
	assert_true(did.finished);
	assert_true(done <= PEOPLE + 1);
}

static void
rotates_and_leaves_nothing_of_the_old(void **state)
{
	unsigned char before[KEY_SIZE], after[KEY_SIZE];
	struct store_key keys[KEYRING_MAX], now[KEYRING_MAX];
	size_t count = KEYRING_MAX, left = KEYRING_MAX;
	struct store_device devices[PEOPLE][ACCOUNT_DEVICES_MAX];
	size_t one;

	(void)state;
	held_read(directory, "console.key", before, sizeof before);
	assert_int_equal(store_keys(store, keys, &count), ERR_OK);
	for (size_t i = 0; i < PEOPLE; i++)
		assert_int_equal(store_devices(store, people[i], devices[i], &one), ERR_OK);
	assert_true(held_found(directory, files, FILES, keys[0].wrapped, sizeof keys[0].wrapped));
	assert_true(held_found(directory, files, FILES, devices[5][0].secret.bytes,
	    devices[5][0].secret.length));
	rotate();
	held_read(directory, "console.key", after, sizeof after);
	assert_memory_not_equal(before, after, sizeof before);
	assert_int_equal(store_keys(store, now, &left), ERR_OK);
	assert_int_equal(left, count);
	assert_int_equal(now[left - 1].id, 5); /* the new seal key; ids are never reused */
	assert_int_equal(all_open(5), 0);
	for (size_t i = 0; i < count; i++)
		assert_false(
		    held_found(directory, files, FILES, keys[i].wrapped, sizeof keys[i].wrapped));
	for (size_t i = 0; i < PEOPLE; i++)
		assert_false(held_found(directory, files, FILES, devices[i][0].secret.bytes,
		    devices[i][0].secret.length));
	assert_false(held_found(directory, files, FILES, before, sizeof before));
	close_state();
	open_state();
	assert_int_equal(all_open(5), 0);
	rotate();
	assert_int_equal(all_open(6), 0);
}

/* The keeper is gone after each step: the next one goes on where that one stood. */
static void
goes_on_after_any_step(void **state)
{
	for (int cut = 0; cut < 8; cut++) {
		struct keys_step did = { 0 };

		(void)state;
		assert_int_equal(step(true, &did), ERR_OK);
		for (int i = 0; i < cut && !did.finished; i++)
			assert_int_equal(step(false, &did), ERR_OK);
		close_state();
		open_state();
		(void)all_open(0);
		rotate();
		assert_int_equal(all_open(did.sealed), 0);
	}
}

/* A turn whose commit fails: no key in memory that is not stored, none forgotten that is. */
static void
lost_turns_change_nothing(void **state)
{
	struct keys_step did = { 0 };
	int64_t newest = 0;

	(void)state;
	for (int i = 0; !did.finished && i < 1000; i++) {
		assert_int_equal(store_begin(store), ERR_OK);
		assert_int_equal(keys_rotate(directory, store, ring, i == 0, false, NOW, &did),
		    ERR_OK);
		store_rollback(store);
		(void)all_open(0);
		assert_int_equal(step(i == 0, &did), ERR_OK);
	}
	assert_non_null(keyring_newest(ring, KEY_SEAL, &newest));
	assert_int_equal(newest, 5);
	assert_int_equal(all_open(5), 0);
}

/* What one step of a turn changed is not followed yet: the next one waits. */
static void
one_step_a_turn(void **state)
{
	struct keys_step did = { 0 };

	(void)state;
	assert_int_equal(store_begin(store), ERR_OK);
	assert_int_equal(keys_rotate(directory, store, ring, true, false, NOW, &did), ERR_OK);
	assert_int_equal(keys_rotate(directory, store, ring, true, false, NOW, &did), ERR_BUSY);
	assert_true(did.follow);
	store_rollback(store);
	assert_int_equal(step(true, &did), ERR_OK);
	assert_true(did.began);
}

static void
until_the_last_slice(struct keys_step *did)
{
	assert_int_equal(step(true, did), ERR_OK);
	do
		assert_int_equal(step(false, did), ERR_OK);
	while (all_open(did->sealed) > 0);
}

/* A commit of which nobody knows the end may have named the key beside: it is taken again, never
 * replaced. */
static void
the_key_beside_is_kept(void **state)
{
	unsigned char first[KEY_SIZE], second[KEY_SIZE];
	struct keys_step did = { 0 };

	(void)state;
	until_the_last_slice(&did);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(store_begin(store), ERR_OK);
		assert_int_equal(keys_rotate(directory, store, ring, false, false, NOW, &did),
		    ERR_OK);
		assert_true(did.renewed);
		store_rollback(store);
		held_read(directory, "console.key.new", i == 0 ? first : second, KEY_SIZE);
	}
	assert_memory_equal(first, second, KEY_SIZE);
	assert_int_equal(step(false, &did), ERR_OK);
	held_read(directory, "console.key", second, KEY_SIZE);
	assert_memory_equal(first, second, KEY_SIZE);
	assert_false(keys_file_is_beside(directory));
}

/* Killed after the commit, before anything followed. */
static void
a_start_finishes_what_was_committed(void **state)
{
	struct keys_step did = { 0 };

	(void)state;
	until_the_last_slice(&did);
	assert_int_equal(store_begin(store), ERR_OK);
	assert_int_equal(keys_rotate(directory, store, ring, false, false, NOW, &did), ERR_OK);
	assert_int_equal(store_commit(store), ERR_OK);
	close_state();
	assert_true(keys_file_is_beside(directory));
	open_state();
	assert_false(keys_file_is_beside(directory));
	assert_int_equal(all_open(5), 0);
	assert_int_equal(step(false, &did), ERR_OK);
	assert_true(did.finished);
}

/* Whoever reads the log keeps it from being cut: the key stays beside, all else is done, and no
 * other rotation begins before that. */
static void
a_reader_puts_the_end_off(void **state)
{
	struct keys_step did = { 0 };
	struct store_schema schema;
	struct store *reader = NULL;

	(void)state;
	until_the_last_slice(&did);
	assert_int_equal(store_inspect(STORE_IN(directory), &reader, &schema), ERR_OK);
	assert_int_equal(step(false, &did), ERR_STORE_BUSY);
	assert_true(did.renewed);
	assert_int_equal(all_open(5), 0);
	assert_int_equal(step(true, &did), ERR_STORE_BUSY);
	assert_false(did.began);
	assert_false(did.finished);
	assert_true(keys_file_is_beside(directory));
	store_close(reader);
	assert_int_equal(step(false, &did), ERR_OK);
	assert_false(keys_file_is_beside(directory));
	assert_int_equal(step(false, &did), ERR_OK);
	assert_true(did.finished);
}

/* A value that does not open is not lost by it: the old key stays as long as it is there. */
static void
what_does_not_open_keeps_the_old_key(void **state)
{
	struct store_at_rest value = { 0 };
	struct keys_step did = { 0 };
	size_t count = 1;
	int64_t newest = 0;

	(void)state;
	assert_int_equal(step(true, &did), ERR_OK);
	assert_int_equal(store_begin(store), ERR_OK);
	assert_int_equal(store_at_rest(store, did.sealed, &value, &count), ERR_OK);
	value.secret.bytes[20] ^= 1;
	assert_int_equal(store_at_rest_put(store, &value), ERR_OK);
	assert_int_equal(store_commit(store), ERR_OK);
	for (int i = 0; i < 5; i++)
		assert_int_equal(step(false, &did), ERR_CRYPTO);
	assert_non_null(keyring_get(ring, KEY_SEAL, KEY_SEAL));
	assert_non_null(keyring_newest(ring, KEY_SEAL, &newest));
	assert_int_equal(newest, 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STATE(rotates_and_leaves_nothing_of_the_old),
		ON_STATE(goes_on_after_any_step),
		ON_STATE(lost_turns_change_nothing),
		ON_STATE(one_step_a_turn),
		ON_STATE(the_key_beside_is_kept),
		ON_STATE(a_start_finishes_what_was_committed),
		ON_STATE(a_reader_puts_the_end_off),
		ON_STATE(what_does_not_open_keeps_the_old_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
