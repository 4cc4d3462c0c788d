/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: whose sign-ins are which rows of the trail, and what was there by then. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "store/store_audit.h"
#include "store/store_sign_in.h"
#include "store/store_user.h"

enum { MOST = 8 };

/* A row of the trail; its number. */
static int64_t
row(struct fixture *f, const char *source)
{
	struct store_audit row = { .time = 100, .action = "sign-in", .result = "ok" };
	struct store_head head;

	assert_ok(store_head(f->store, &head));
	head.count = row.id = head.count + 1;
	snprintf(row.source, sizeof row.source, "%s", source);
	snprintf(row.detail, sizeof row.detail, "with %s", source);
	assert_ok(store_begin(f->store));
	assert_ok(store_audit_append(f->store, &row, &head, &(int64_t){ 0 }));
	assert_ok(store_commit(f->store));
	return row.id;
}

static int64_t
sign_in(struct fixture *f, int64_t user, const char *source)
{
	int64_t id = row(f, source);

	assert_ok(store_begin(f->store));
	assert_ok(store_sign_in_add(f->store, user, id));
	assert_ok(store_commit(f->store));
	return id;
}

/* Where from, newest first: "c a". */
static void
assert_sign_ins(struct fixture *f, int64_t user, int64_t before, const char *sources)
{
	struct store_sign_in list[MOST];
	char text[MOST * 32] = "";
	size_t count = MOST;

	assert_ok(store_sign_ins(f->store, user, before, list, &count));
	for (size_t i = 0; i < count; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i > 0 ? " " : "",
		    list[i].source);
	assert_string_equal(text, sources);
}

static void
each_has_their_own(void **state)
{
	struct fixture *f = *state;
	int64_t alice = fixture_user(f, "alice"), bob = fixture_user(f, "bob"), second;
	struct store_sign_in list[MOST];
	size_t count = MOST;

	sign_in(f, alice, "a");
	sign_in(f, bob, "b");
	row(f, "x");
	second = sign_in(f, alice, "c");
	fixture_reopen(f);
	assert_sign_ins(f, alice, INT64_MAX, "c a");
	assert_sign_ins(f, bob, INT64_MAX, "b");
	assert_sign_ins(f, alice, second, "a");
	assert_sign_ins(f, alice, 1, "");
	assert_sign_ins(f, 999, INT64_MAX, "");
	assert_ok(store_sign_ins(f->store, alice, INT64_MAX, list, &count));
	assert_int_equal(list[0].row, second);
	assert_int_equal(list[0].time, 100);
	assert_string_equal(list[0].detail, "with c");
}

/* A name that is given again brings nobody's along. */
static void
they_go_with_the_account(void **state)
{
	struct fixture *f = *state;
	int64_t alice = fixture_user(f, "alice");

	sign_in(f, alice, "a");
	assert_ok(store_begin(f->store));
	assert_ok(store_user_remove(f->store, alice));
	assert_ok(store_commit(f->store));
	assert_sign_ins(f, fixture_user(f, "alice"), INT64_MAX, "");
	assert_sign_ins(f, alice, INT64_MAX, "");
}

static void
each_knows_what_was_there_by_then(void **state)
{
	struct fixture *f = *state;
	int64_t alice = fixture_user(f, "alice"), bob = fixture_user(f, "bob"), device = -1;
	int64_t none = sign_in(f, alice, "a"), first = fixture_device(f, alice);
	int64_t one = sign_in(f, alice, "b");

	fixture_device(f, alice);
	assert_ok(store_sign_in(f->store, alice, none, &device));
	assert_true(device < first);
	assert_ok(store_sign_in(f->store, alice, one, &device));
	assert_int_equal(device, first);
	assert_err(store_sign_in(f->store, bob, one, &device), ERR_STORE_NONE);
	assert_err(store_sign_in(f->store, alice, one + 1, &device), ERR_STORE_NONE);
	assert_ok(store_sign_in_before(f->store, alice, one + 1, &device));
	assert_int_equal(device, first);
	assert_ok(store_sign_in_before(f->store, alice, one, &device));
	assert_true(device < first);
	assert_err(store_sign_in_before(f->store, alice, none, &device), ERR_STORE_NONE);
	assert_err(store_sign_in_before(f->store, bob, one + 1, &device), ERR_STORE_NONE);
}

/* What the trail was pruned of goes from here too, some with each sign-in. */
static void
they_go_with_the_trail(void **state)
{
	struct fixture *f = *state;
	int64_t alice = fixture_user(f, "alice"), last = 0, device;
	struct store_checkpoint checkpoint = { .until = 1 };

	for (int i = 0; i < 20; i++)
		last = sign_in(f, alice, "old");
	checkpoint.number = last;
	assert_ok(store_begin(f->store));
	assert_ok(store_audit_prune(f->store, &checkpoint));
	assert_ok(store_commit(f->store));
	assert_sign_ins(f, alice, INT64_MAX, "");
	sign_in(f, alice, "a");
	assert_ok(store_sign_in(f->store, alice, last, &device));
	sign_in(f, alice, "b");
	assert_err(store_sign_in(f->store, alice, last, &device), ERR_STORE_NONE);
	assert_sign_ins(f, alice, INT64_MAX, "b a");
}

static void
what_came_since_is_in_doubt_until_it_is_kept(void **state)
{
	struct fixture *f = *state;
	int64_t alice = fixture_user(f, "alice"), bob = fixture_user(f, "bob");
	int64_t first = fixture_device(f, alice), second = fixture_device(f, alice),
		third = fixture_device(f, alice), other = fixture_device(f, bob);
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	struct account account;
	size_t count = 0;

	assert_ok(store_begin(f->store));
	assert_ok(store_devices_doubt(f->store, alice, first, third));
	assert_ok(store_devices(f->store, alice, devices, &count));
	assert_true(!devices[0].doubted && devices[1].doubted && !devices[2].doubted);
	assert_ok(store_user_by_id(f->store, alice, &account, NULL));
	assert_int_equal(account.doubted, 1);
	assert_ok(store_user_by_id(f->store, bob, &account, NULL));
	assert_int_equal(account.doubted, 0);
	assert_err(store_device_keep(f->store, bob, second), ERR_STORE_NONE);
	assert_err(store_device_keep(f->store, alice, first), ERR_STORE_NONE);
	assert_err(store_device_keep(f->store, alice, other), ERR_STORE_NONE);
	assert_ok(store_device_keep(f->store, alice, second));
	assert_ok(store_user_by_id(f->store, alice, &account, NULL));
	assert_int_equal(account.doubted, 0);
	assert_ok(store_commit(f->store));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(each_has_their_own),
		STORE_TEST(they_go_with_the_account),
		STORE_TEST(each_knows_what_was_there_by_then),
		STORE_TEST(they_go_with_the_trail),
		STORE_TEST(what_came_since_is_in_doubt_until_it_is_kept),
	};

	return cmocka_run_group_tests_name("store sign-ins", tests, NULL, NULL);
}
