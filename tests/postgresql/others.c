/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two nodes at once: what one of them must not take from the other. */
#include "../store/fixture.h"

#include <time.h>

#include "store/store_guess.h"
#include "store/store_notice.h"

/* As the fixture's store, of the node two. */
static struct store *
another_node(const struct fixture *f)
{
	struct store_at at = f->at;
	struct store *store = NULL;

	at.node = "two";
	assert_ok(store_open(&at, &store));
	return store;
}

static int64_t
refuse(struct store *store)
{
	struct store_refusal row = { .key = { 1 },
		.source = "here",
		.action = "password",
		.who = "somebody",
		.result = "paused",
		.latest = 1000 };
	int64_t count = 0;

	assert_ok(store_begin(store));
	assert_ok(store_refusal_add(store, &row, &count));
	assert_ok(store_commit(store));
	return count;
}

/* Its keeper counts on in memory: who summed up what another began would lose that. */
static void
refusals_are_those_of_the_node_that_counts_them(void **state)
{
	struct fixture *f = *state;
	struct store *other = another_node(f);
	struct store_refusal rows[3];
	size_t count = 3;

	assert_int_equal(refuse(f->store), 1);
	assert_int_equal(refuse(other), 1);
	assert_int_equal(refuse(f->store), 2);
	assert_ok(store_refusals(other, INT64_MAX, rows, &count));
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].count, 1);
	store_close(other);
}

static int64_t
add_notice(struct store *store, int64_t user)
{
	struct store_notice notice = { .time = (int64_t)time(NULL),
		.user = user,
		.who = "somebody",
		.action = "user-role" };
	int64_t id = 0;

	assert_ok(store_notice_add(store, &notice, &id));
	return id;
}

/* Numbers are given before turns end: a later one may be read before an earlier one is there. */
static void
a_notice_that_comes_late_is_not_read_unseen(void **state)
{
	struct fixture *f = *state;
	struct store *other = another_node(f);
	int64_t user = fixture_user(f, "alice"), late, soon, unread = 0;

	assert_ok(store_begin(other));
	late = add_notice(other, user);
	assert_ok(store_begin(f->store));
	soon = add_notice(f->store, user);
	assert_ok(store_commit(f->store));
	assert_true(late < soon);
	assert_ok(store_begin(f->store));
	assert_ok(store_notices_read(f->store, user, 0, soon, soon));
	assert_ok(store_commit(f->store));
	assert_ok(store_commit(other));
	assert_ok(store_notices_count(f->store, user, 0, 10, &unread));
	assert_int_equal(unread, 1);
	store_close(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(refusals_are_those_of_the_node_that_counts_them),
		STORE_TEST(a_notice_that_comes_late_is_not_read_unseen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
