/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: failures of names and sources, and where people fully signed in. */
#include "fixture.h"

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
since(struct fixture *f, int64_t user, const char *source, int64_t when)
{
	bool known = false;

	assert_ok(store_source_since(f->store, user, source, when, &known));
	return known;
}

static void
sources_are_known_since_a_time(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), other = fixture_user(f, "bob");

	assert_false(since(f, user, "here", 0));
	assert_ok(store_begin(f->store));
	assert_ok(store_source_put(f->store, user, "here", 100));
	assert_ok(store_source_put(f->store, user, "there", 200));
	assert_ok(store_source_put(f->store, user, "here", 300));
	assert_err(store_source_put(f->store, 999, "here", 300), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
	assert_true(since(f, user, "here", 300));
	assert_false(since(f, user, "here", 301));
	assert_true(since(f, user, "there", 150));
	assert_false(since(f, user, "nowhere", 0));
	assert_false(since(f, other, "here", 0));
	assert_ok(store_begin(f->store));
	assert_ok(store_user_remove(f->store, user));
	assert_ok(store_commit(f->store));
	assert_false(since(f, user, "here", 0));
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
		STORE_TEST(sources_are_known_since_a_time),
	};

	return cmocka_run_group_tests_name("store guessing", tests, NULL, NULL);
}
