/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: failures of names and sources, and where people fully signed in. */
#include "fixture.h"
#include "store/store_guess.h"
#include "store/store_user.h"

#include <stdio.h>
#include <string.h>

static void
put(struct fixture *f, int name, const char *source, uint32_t failures, int64_t until)
{
	const struct throttle throttle = { .failures = failures, .paused_until = until };
	unsigned char hash[STORE_HASH_SIZE];

	fixture_hash(name, hash);
	assert_ok(store_begin(f->store));
	assert_ok(store_throttle_put(f->store, hash, source, name % 2 == 0, 100, &throttle));
	assert_ok(store_commit(f->store));
}

static struct throttle
get(struct fixture *f, int name, const char *source)
{
	struct throttle throttle = { .failures = 42, .paused_until = 42 };
	unsigned char hash[STORE_HASH_SIZE];

	fixture_hash(name, hash);
	assert_ok(store_throttle(f->store, hash, source, &throttle));
	return throttle;
}

static void
failures_are_of_a_name_and_a_source(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(get(f, 1, "here").failures, 0);
	assert_int_equal(get(f, 1, "here").paused_until, 0);
	put(f, 1, "here", 3, 0);
	put(f, 1, "there", 6, 1000);
	put(f, 2, "here", UINT32_MAX, 2000);
	put(f, 1, "here", 5, 900);
	assert_int_equal(get(f, 1, "here").failures, 5);
	assert_int_equal(get(f, 1, "here").paused_until, 900);
	assert_int_equal(get(f, 1, "there").failures, 6);
	assert_int_equal(get(f, 1, "there").paused_until, 1000);
	assert_int_equal(get(f, 2, "here").failures, UINT32_MAX);
	assert_int_equal(get(f, 2, "there").failures, 0);
	fixture_reopen(f);
	assert_int_equal(get(f, 1, "here").failures, 5);
}

static void
clearing_is_of_one_source(void **state)
{
	struct fixture *f = *state;
	unsigned char hash[STORE_HASH_SIZE];

	fixture_hash(1, hash);
	put(f, 1, "here", 3, 0);
	put(f, 1, "there", 6, 1000);
	put(f, 2, "here", 7, 0);
	assert_ok(store_begin(f->store));
	assert_ok(store_throttle_clear(f->store, hash, "here"));
	assert_ok(store_throttle_clear(f->store, hash, "nowhere"));
	assert_ok(store_commit(f->store));
	assert_int_equal(get(f, 1, "here").failures, 0);
	assert_int_equal(get(f, 1, "there").failures, 6);
	assert_int_equal(get(f, 2, "here").failures, 7);
}

static void
the_longest_pause_is_over_all_sources(void **state)
{
	struct fixture *f = *state;
	unsigned char hash[STORE_HASH_SIZE];
	int64_t until = 42;

	fixture_hash(1, hash);
	assert_ok(store_throttle_longest(f->store, hash, &until));
	assert_int_equal(until, 0);
	put(f, 1, "here", 6, 1000);
	put(f, 1, "there", 9, 3000);
	put(f, 1, "elsewhere", 5, 2000);
	put(f, 2, "here", 9, 9000);
	assert_ok(store_throttle_longest(f->store, hash, &until));
	assert_int_equal(until, 3000);
}

static struct throttle_window
window_of(unsigned seed)
{
	struct throttle_window window = { .minute = 29000000 + seed };

	for (unsigned i = 0; i < THROTTLE_MINUTES; i++)
		window.count[i] = (uint16_t)(i * 1021 + seed);
	return window;
}

static void
put_window(struct fixture *f, int name, const struct throttle_window *window)
{
	unsigned char hash[STORE_HASH_SIZE];

	fixture_hash(name, hash);
	assert_ok(store_begin(f->store));
	assert_ok(store_window_put(f->store, hash, name % 2 == 0, window));
	assert_ok(store_commit(f->store));
}

static void
assert_window(struct fixture *f, int name, const struct throttle_window *expected)
{
	struct throttle_window window;
	unsigned char hash[STORE_HASH_SIZE];

	memset(&window, 0xee, sizeof window);
	fixture_hash(name, hash);
	assert_ok(store_window(f->store, hash, &window));
	assert_int_equal(window.minute, expected->minute);
	assert_memory_equal(window.count, expected->count, sizeof window.count);
}

static void
a_name_has_one_sliding_hour(void **state)
{
	struct fixture *f = *state;
	const struct throttle_window none = { 0 }, first = window_of(1), second = window_of(2),
				     other = window_of(3);

	assert_window(f, 1, &none);
	put_window(f, 1, &first);
	put_window(f, 2, &other);
	assert_window(f, 1, &first);
	put_window(f, 1, &second);
	fixture_reopen(f);
	assert_window(f, 1, &second);
	assert_window(f, 2, &other);
}

static void
an_unlock_clears_every_source_and_the_hour(void **state)
{
	struct fixture *f = *state;
	const struct throttle_window none = { 0 }, window = window_of(1);
	unsigned char hash[STORE_HASH_SIZE];

	fixture_hash(1, hash);
	put(f, 1, "here", 3, 0);
	put(f, 1, "there", 6, 1000);
	put(f, 2, "here", 7, 0);
	put_window(f, 1, &window);
	put_window(f, 2, &window);
	assert_ok(store_begin(f->store));
	assert_ok(store_throttle_clear_all(f->store, hash));
	assert_ok(store_throttle_clear_all(f->store, hash));
	assert_ok(store_commit(f->store));
	assert_int_equal(get(f, 1, "here").failures + get(f, 1, "there").failures, 0);
	assert_window(f, 1, &none);
	assert_int_equal(get(f, 2, "here").failures, 7);
	assert_window(f, 2, &window);
}

/* The count of a refused attempt is written after the change it belongs to was undone. */
static void
a_count_survives_the_undone_change(void **state)
{
	struct fixture *f = *state;
	const struct throttle throttle = { .failures = 1 };
	unsigned char hash[STORE_HASH_SIZE];
	int64_t user = fixture_user(f, "alice");
	struct account account;

	fixture_hash(1, hash);
	assert_ok(store_begin(f->store));
	assert_ok(store_mark(f->store));
	assert_ok(store_user_enable(f->store, user, false));
	assert_ok(store_undo(f->store));
	assert_ok(store_throttle_put(f->store, hash, "here", true, 1, &throttle));
	assert_ok(store_commit(f->store));
	assert_ok(store_user_by_id(f->store, user, &account, NULL));
	assert_true(account.enabled);
	assert_int_equal(get(f, 1, "here").failures, 1);
}

static bool
trusted(struct fixture *f, const char *source, int64_t since, int64_t now)
{
	bool known = false;

	assert_ok(store_source_trusted(f->store, source, since, now, &known));
	return known;
}

/* Whoever it was: no answer tells which names have signed in there. */
static void
a_source_is_trusted_where_anybody_signed_in(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), other = fixture_user(f, "bob");

	assert_false(trusted(f, "here", 0, 400));
	assert_ok(store_begin(f->store));
	assert_ok(store_source_put(f->store, user, "here", 100));
	assert_ok(store_source_put(f->store, other, "there", 200));
	assert_ok(store_source_put(f->store, user, "here", 300));
	assert_err(store_source_put(f->store, 999, "here", 300), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
	assert_true(trusted(f, "here", 300, 400));
	assert_false(trusted(f, "here", 301, 400));
	assert_true(trusted(f, "there", 150, 400));
	assert_false(trusted(f, "nowhere", 0, 400));
	assert_false(trusted(f, "here", 0, 299)); /* it lies in the future */
	assert_ok(store_begin(f->store));
	assert_ok(store_user_remove(f->store, user));
	assert_ok(store_commit(f->store));
	assert_false(trusted(f, "here", 0, 400));
	assert_true(trusted(f, "there", 0, 400));
}

static void
old_sources_go_with_the_next_sign_in(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), other = fixture_user(f, "bob");
	int64_t later = 100 + THROTTLE_TRUST + 1;

	assert_ok(store_begin(f->store));
	assert_ok(store_source_put(f->store, user, "old", 100));
	assert_ok(store_source_put(f->store, other, "others", 100));
	assert_ok(store_source_put(f->store, user, "new", later));
	assert_ok(store_commit(f->store));
	assert_false(trusted(f, "old", 0, later));
	assert_true(trusted(f, "new", 0, later));
	assert_true(trusted(f, "others", 0, later));
}

/* --- refusals that are counted beside the chain ---------------------------------------- */

static struct store_refusal
refusal(unsigned char name, const char *source, const char *action)
{
	struct store_refusal row = { .latest = 1000 + name };

	memset(row.key, name, sizeof row.key);
	(void)snprintf(row.source, sizeof row.source, "%s", source);
	(void)snprintf(row.action, sizeof row.action, "%s", action);
	(void)snprintf(row.who, sizeof row.who, "somebody %u", name);
	(void)snprintf(row.result, sizeof row.result, "paused");
	return row;
}

static int64_t
refuse(struct fixture *f, const struct store_refusal *row)
{
	int64_t count = 0;

	assert_ok(store_refusal_add(f->store, row, &count));
	return count;
}

static void
refusals_are_counted_by_name_source_and_action(void **state)
{
	struct fixture *f = *state;
	struct store_refusal one = refusal(1, "here", "password"), rows[8];
	struct store_refusal other = refusal(2, "here", "password");
	struct store_refusal there = refusal(1, "there", "password");
	struct store_refusal code = refusal(1, "here", "code");
	size_t count = 8;

	assert_ok(store_begin(f->store));
	assert_int_equal(refuse(f, &one), 1);
	assert_int_equal(refuse(f, &other), 1);
	assert_int_equal(refuse(f, &there), 1);
	assert_int_equal(refuse(f, &code), 1);
	one.latest = 2000;
	assert_int_equal(refuse(f, &one), 2);
	assert_ok(store_commit(f->store));
	assert_ok(store_refusals(f->store, INT64_MAX, rows, &count));
	assert_int_equal(count, 4);
	assert_int_equal(rows[0].count, 2);
	assert_int_equal(rows[0].began, 1001);
	assert_int_equal(rows[0].latest, 2000);
	assert_string_equal(rows[0].who, "somebody 1");
	assert_string_equal(rows[0].result, "paused");
	assert_memory_equal(rows[1].key, other.key, sizeof other.key);
	assert_string_equal(rows[2].source, "there");
	assert_string_equal(rows[3].action, "code");
}

static void
refusals_go_one_by_one(void **state)
{
	struct fixture *f = *state;
	struct store_refusal one = refusal(1, "here", "password"), rows[2];
	size_t count = 2;

	assert_ok(store_begin(f->store));
	assert_int_equal(refuse(f, &one), 1);
	assert_ok(store_refusals(f->store, 1001, rows, &count));
	assert_int_equal(count, 0); /* it did not begin before */
	count = 2;
	assert_ok(store_refusals(f->store, 1002, rows, &count));
	assert_int_equal(count, 1);
	assert_ok(store_refusal_remove(f->store, rows[0].id));
	assert_ok(store_refusal_remove(f->store, rows[0].id)); /* what is not there is no failure */
	assert_int_equal(refuse(f, &one), 1);
	assert_ok(store_commit(f->store));
}

/* A stranger with a million names fills no disk: past 4,096 kinds all are one. */
static void
kinds_of_refusals_are_bounded(void **state)
{
	struct fixture *f = *state;
	struct store_refusal row, rows[2];
	size_t count = 2;

	assert_ok(store_begin(f->store));
	for (int i = 0; i < 4096; i++) {
		row = refusal((unsigned char)(i % 251 + 1), "here", "password");
		(void)snprintf(row.source, sizeof row.source, "source %d", i);
		assert_int_equal(refuse(f, &row), 1);
	}
	row = refusal(1, "one too many", "password");
	assert_int_equal(refuse(f, &row), 1);
	row = refusal(2, "another", "password");
	assert_int_equal(refuse(f, &row), 2);
	row = refusal(1, "source 0", "password");
	assert_int_equal(refuse(f, &row), 2);
	assert_ok(store_commit(f->store));
	assert_ok(store_refusals(f->store, INT64_MAX, rows, &count));
	assert_int_equal(count, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(failures_are_of_a_name_and_a_source),
		STORE_TEST(clearing_is_of_one_source),
		STORE_TEST(the_longest_pause_is_over_all_sources),
		STORE_TEST(a_name_has_one_sliding_hour),
		STORE_TEST(an_unlock_clears_every_source_and_the_hour),
		STORE_TEST(a_count_survives_the_undone_change),
		STORE_TEST(a_source_is_trusted_where_anybody_signed_in),
		STORE_TEST(old_sources_go_with_the_next_sign_in),
		STORE_TEST(refusals_are_counted_by_name_source_and_action),
		STORE_TEST(refusals_go_one_by_one),
		STORE_TEST(kinds_of_refusals_are_bounded),
	};

	return cmocka_run_group_tests_name("store guessing", tests, NULL, NULL);
}
