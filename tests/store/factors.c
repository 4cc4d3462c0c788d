/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: authenticators, the pending key, recovery codes. */
#include "fixture.h"
#include "store/store_device.h"
#include "store/store_user.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
authenticators_come_back_whole(void **state)
{
	struct fixture *f = *state;
	struct store_device in = { .user = fixture_user(f, "alice"),
		.name = "Téléphone",
		.created = 11,
		.last_step = 12,
		.offset = -2,
		.last_used = 13,
		.secret = fixture_sealed(3) },
			    out[ACCOUNT_DEVICES_MAX];
	int64_t first, id = 0;
	size_t count = 99;

	in.secret.length = STORE_SEALED_SIZE;
	first = fixture_device(f, in.user);
	fixture_device(f, fixture_user(f, "bob"));
	assert_ok(store_begin(f->store));
	assert_ok(store_device_add(f->store, &in, &id));
	assert_ok(store_commit(f->store));
	assert_ok(store_devices(f->store, in.user, out, &count));
	assert_int_equal(count, 2);
	assert_int_equal(out[0].id, first);
	assert_int_equal(out[1].id, id);
	assert_int_equal(out[1].user, in.user);
	assert_string_equal(out[1].name, "Téléphone");
	assert_int_equal(out[1].created, 11);
	assert_int_equal(out[1].last_step, 12);
	assert_int_equal(out[1].offset, -2);
	assert_int_equal(out[1].last_used, 13);
	assert_int_equal(out[1].secret.key, 7);
	assert_int_equal(out[1].secret.length, STORE_SEALED_SIZE);
	assert_memory_equal(out[1].secret.bytes, in.secret.bytes, STORE_SEALED_SIZE);
	assert_int_equal(out[0].secret.length, 49);
	assert_int_equal(fixture_account(f->store, in.user).devices, 2);
}

static void
an_authenticator_is_somebodys(void **state)
{
	struct fixture *f = *state;
	struct store_device device = { .user = 99, .name = "x", .secret = fixture_sealed(1) },
			    devices[ACCOUNT_DEVICES_MAX];
	struct store_counts counts;
	int64_t id = 42;
	size_t count;

	assert_ok(store_begin(f->store));
	assert_err(store_device_add(f->store, &device, &id), ERR_STORE_NONE);
	assert_int_equal(id, 42);
	assert_ok(store_commit(f->store));
	assert_ok(store_devices(f->store, 99, devices, &count));
	assert_int_equal(count, 0);
	assert_ok(store_counts(f->store, 0, &counts));
	assert_int_equal(counts.with_2fa, 0);
}

/* Ids too stay used: a screen that still shows an old authenticator can never mean a new one. */
static void
ids_of_authenticators_never_come_back(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), first = fixture_device(f, user);

	assert_ok(store_begin(f->store));
	assert_ok(store_devices_remove(f->store, user));
	assert_ok(store_commit(f->store));
	fixture_reopen(f);
	assert_true(fixture_device(f, user) > first);
}

/* --- one of several ------------------------------------------------------------------ */

static void
one_is_renamed_and_the_other_stays(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), other = fixture_user(f, "bob"),
		first = fixture_device(f, user), second = fixture_device(f, user);
	struct store_device out[ACCOUNT_DEVICES_MAX];
	size_t count = 0;

	assert_ok(store_begin(f->store));
	assert_ok(store_device_rename(f->store, user, second, "Téléphone"));
	assert_err(store_device_rename(f->store, other, first, "x"), ERR_STORE_NONE);
	assert_err(store_device_rename(f->store, user, second + 1, "x"), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
	assert_ok(store_devices(f->store, user, out, &count));
	assert_string_not_equal(out[0].name, "x");
	assert_string_equal(out[1].name, "Téléphone");
}

/* Who has none is counted as that. */
static void
one_is_removed_and_the_last_is_counted(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), other = fixture_user(f, "bob"),
		first = fixture_device(f, user), second = fixture_device(f, user);
	struct store_device out[ACCOUNT_DEVICES_MAX];
	struct store_counts counts;
	size_t count = 0;

	assert_ok(store_begin(f->store));
	assert_err(store_device_remove(f->store, other, first), ERR_STORE_NONE);
	assert_ok(store_device_remove(f->store, user, first));
	assert_err(store_device_remove(f->store, user, first), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
	assert_ok(store_devices(f->store, user, out, &count));
	assert_int_equal(count, 1);
	assert_int_equal(out[0].id, second);
	assert_ok(store_counts(f->store, 0, &counts));
	assert_int_equal(counts.with_2fa, 1);
	assert_ok(store_begin(f->store));
	assert_ok(store_device_remove(f->store, user, second));
	assert_ok(store_commit(f->store));
	assert_ok(store_counts(f->store, 0, &counts));
	assert_int_equal(counts.with_2fa, 0);
}

static bool
spend(struct fixture *f, int64_t device, int64_t step, int64_t offset)
{
	bool spent = false;

	assert_ok(store_begin(f->store));
	assert_ok(store_device_spend(f->store, device, step, offset, 1000 + step % 1000, &spent));
	assert_ok(store_commit(f->store));
	return spent;
}

/* RFC 6238 5.2: the second attempt of a code is not accepted. */
static void
a_step_is_spent_once(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), device = fixture_device(f, user),
		other = fixture_device(f, user);
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	size_t count;

	assert_true(spend(f, device, 100, 1));
	assert_false(spend(f, device, 100, 5));
	assert_false(spend(f, device, 99, 5));
	assert_true(spend(f, device, 101, 2));
	assert_true(spend(f, other, 100, 0));
	assert_false(spend(f, 999, 100, 0));
	fixture_reopen(f);
	assert_false(spend(f, device, 101, 5));
	assert_ok(store_devices(f->store, user, devices, &count));
	assert_int_equal(devices[0].last_step, 101);
	assert_int_equal(devices[0].offset, 2);
	assert_int_equal(devices[0].last_used, 1101);
	assert_int_equal(devices[1].last_step, 100);
	assert_int_equal(devices[1].last_used, 1100);
}

static void
a_step_spent_in_a_lost_turn_is_not_spent(void **state)
{
	struct fixture *f = *state;
	int64_t device = fixture_device(f, fixture_user(f, "alice"));
	bool spent = false;

	assert_ok(store_begin(f->store));
	assert_ok(store_device_spend(f->store, device, 100, 0, 0, &spent));
	assert_true(spent);
	store_rollback(f->store);
	assert_true(spend(f, device, 100, 0));
}

/* A step spent at an offset, and what `unlock` makes of it where `most` is the newest there can be.
 */
static int64_t
mended(struct fixture *f, const char *name, int64_t step, int64_t offset, int64_t most)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	int64_t user = fixture_user(f, name), device = fixture_device(f, user);
	size_t count;

	assert_true(spend(f, device, step, offset));
	assert_ok(store_begin(f->store));
	assert_ok(store_devices_last_step(f->store, user, most));
	assert_ok(store_commit(f->store));
	assert_ok(store_devices(f->store, user, devices, &count));
	assert_int_equal(count, 1);
	assert_int_equal(devices[0].offset, offset);
	return devices[0].last_step;
}

static void
unlock_mends_a_step_spent_ahead(void **state)
{
	struct fixture *f = *state;
	int64_t now = 56000000, ahead = now + 1000000;
	char name[] = "person 0";

	assert_int_equal(mended(f, "alice", ahead, 0, now + 1), now + 1);
	assert_int_equal(mended(f, "bob", ahead, 20, now + 1), now + 21);
	assert_int_equal(mended(f, "carol", ahead, -20, now + 1), now - 19);
	assert_int_equal(mended(f, "dave", INT64_MAX, 20, now + 1), now + 21);
	assert_int_equal(mended(f, "erin", INT64_MAX, 20, INT64_MAX), INT64_MAX);
	/* What a right clock wrote stays, so that no code works twice. */
	for (int64_t step = now - 3; step <= now + 1; step++) {
		name[7]++;
		assert_int_equal(mended(f, name, step, 0, now + 1), step);
	}
}

/* In a process of its own: 1 if it spent the step, 0 if not, 2 if it could not tell. */
static int
race(const struct store_at *at, int64_t device)
{
	struct store *store = NULL;
	enum err err = store_open(at, &store);
	bool spent = false;

	if (err == ERR_OK) {
		do
			err = store_begin(store);
		while (err == ERR_STORE_BUSY);
	}
	if (err == ERR_OK)
		err = store_device_spend(store, device, 100, 0, 0, &spent);
	if (err == ERR_OK)
		err = store_commit(store);
	store_close(store);
	return err == ERR_OK ? spent : 2;
}

static void
of_many_processes_one_spends_a_step(void **state)
{
	struct fixture *f = *state;
	int64_t device = fixture_device(f, fixture_user(f, "alice"));
	int winners = 0, status;

	store_close(f->store);
	f->store = NULL;
	for (int i = 0; i < 8; i++)
		if (fork() == 0)
			_exit(race(&f->at, device));
	for (int i = 0; i < 8; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status));
		assert_in_range(WEXITSTATUS(status), 0, 1);
		winners += WEXITSTATUS(status);
	}
	assert_int_equal(winners, 1);
}

static int64_t
put_pending(struct fixture *f, int64_t user, const char *source)
{
	struct store_pending pending = { .user = user,
		.began = 10,
		.seen = 20,
		.purpose = STORE_FOR_REPLACING,
		.device = 7,
		.name = "Téléphone",
		.secret = fixture_sealed(5) };
	int64_t id = 0;

	strncpy(pending.source, source, sizeof pending.source - 1);
	assert_ok(store_begin(f->store));
	assert_ok(store_pending_put(f->store, &pending, &id));
	assert_ok(store_commit(f->store));
	return id;
}

static void
a_person_has_one_pending_key(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), first = put_pending(f, user, "here"),
		second = put_pending(f, user, "there");
	struct store_pending pending = { .id = 42 };

	assert_true(second > first);
	assert_ok(store_pending(f->store, user, &pending));
	assert_int_equal(pending.id, second);
	assert_int_equal(pending.user, user);
	assert_string_equal(pending.source, "there");
	assert_int_equal(pending.began, 10);
	assert_int_equal(pending.seen, 20);
	assert_int_equal(pending.purpose, STORE_FOR_REPLACING);
	assert_int_equal(pending.device, 7);
	assert_string_equal(pending.name, "Téléphone");
	assert_int_equal(pending.secret.key, 7);
	assert_int_equal(pending.secret.length, 49);
	assert_memory_equal(pending.secret.bytes, fixture_sealed(5).bytes, 49);
	assert_int_equal(fixture_account(f->store, user).devices, 0);
	pending.user = 999;
	assert_ok(store_begin(f->store));
	assert_err(store_pending_put(f->store, &pending, &first), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
}

static void
only_the_screens_own_key_is_touched(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), first = put_pending(f, user, "here"),
		second = put_pending(f, user, "there");
	struct store_pending pending = { .id = 42 };

	assert_ok(store_begin(f->store));
	assert_err(store_pending_touch(f->store, user, first, 33), ERR_STORE_NONE);
	assert_err(store_pending_touch(f->store, user + 1, second, 33), ERR_STORE_NONE);
	assert_ok(store_pending(f->store, user, &pending));
	assert_int_equal(pending.seen, 20);
	assert_ok(store_pending_touch(f->store, user, second, 44));
	assert_ok(store_pending(f->store, user, &pending));
	assert_int_equal(pending.seen, 44);
	assert_ok(store_pending_remove(f->store, user));
	assert_ok(store_pending_remove(f->store, user));
	pending.id = 42;
	assert_err(store_pending(f->store, user, &pending), ERR_STORE_NONE);
	assert_int_equal(pending.id, 42);
	assert_ok(store_commit(f->store));
	assert_true(put_pending(f, user, "again") > second);
}

/* What hangs on a person, after it was all there. */
static void
assert_nothing_left(struct fixture *f, int64_t user)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	struct store_pending pending;
	size_t count = 99;
	int64_t key;

	assert_ok(store_devices(f->store, user, devices, &count));
	assert_int_equal(count, 0);
	assert_err(store_pending(f->store, user, &pending), ERR_STORE_NONE);
	assert_err(store_recovery_key(f->store, user, &key), ERR_STORE_NONE);
}

static void
removing_takes_all_of_one_person(void **state)
{
	struct fixture *f = *state;
	int64_t users[2] = { fixture_user(f, "alice"), fixture_user(f, "bob") };
	struct account account;

	for (int i = 0; i < 2; i++) {
		fixture_device(f, users[i]);
		put_pending(f, users[i], "here");
		fixture_recovery(f, users[i], 3, 1);
	}
	assert_ok(store_begin(f->store));
	assert_ok(store_recovery_saved(f->store, users[0]));
	assert_ok(store_devices_remove(f->store, users[0]));
	assert_ok(store_commit(f->store));
	assert_nothing_left(f, users[0]);
	account = fixture_account(f->store, users[0]);
	assert_int_equal(account.devices + account.recovery_left, 0);
	assert_false(account.recovery_saved);
	account = fixture_account(f->store, users[1]);
	assert_int_equal(account.devices, 1);
	assert_int_equal(account.recovery_left, 10);
	assert_ok(store_begin(f->store));
	assert_ok(store_user_remove(f->store, users[1]));
	assert_ok(store_commit(f->store));
	assert_nothing_left(f, users[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(authenticators_come_back_whole),
		STORE_TEST(an_authenticator_is_somebodys),
		STORE_TEST(ids_of_authenticators_never_come_back),
		STORE_TEST(one_is_renamed_and_the_other_stays),
		STORE_TEST(one_is_removed_and_the_last_is_counted),
		STORE_TEST(a_step_is_spent_once),
		STORE_TEST(a_step_spent_in_a_lost_turn_is_not_spent),
		STORE_TEST(unlock_mends_a_step_spent_ahead),
		STORE_TEST(of_many_processes_one_spends_a_step),
		STORE_TEST(a_person_has_one_pending_key),
		STORE_TEST(only_the_screens_own_key_is_touched),
		STORE_TEST(removing_takes_all_of_one_person),
	};

	return cmocka_run_group_tests_name("store factors", tests, NULL, NULL);
}
