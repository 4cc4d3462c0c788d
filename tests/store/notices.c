/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: the notices: whom each concerns, and what of them somebody has read. */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "store/store_notice.h"
#include "store/store_prune.h"
#include "store/store_user.h"

enum { MOST = 16 };

static int64_t
add(struct fixture *f, struct store_notice notice, const char *action)
{
	int64_t id = 0;

	notice.time = 55;
	snprintf(notice.action, sizeof notice.action, "%s", action);
	assert_ok(store_begin(f->store));
	assert_ok(store_notice_add(f->store, &notice, &id));
	assert_ok(store_commit(f->store));
	return id;
}

static int64_t
for_role(struct fixture *f, enum role role, const char *action)
{
	return add(f, (struct store_notice){ .role = role }, action);
}

static int64_t
for_user(struct fixture *f, int64_t user, const char *action)
{
	return add(f, (struct store_notice){ .user = user, .about = user }, action);
}

static void
set_role(struct fixture *f, int64_t user, enum role role)
{
	assert_ok(store_begin(f->store));
	assert_ok(store_user_set_role(f->store, user, role));
	assert_ok(store_commit(f->store));
}

static void
read_by(struct fixture *f, int64_t user, int64_t session, int64_t oldest, int64_t newest)
{
	assert_ok(store_begin(f->store));
	assert_ok(store_notices_read(f->store, user, session, oldest, newest));
	assert_ok(store_commit(f->store));
}

/* The actions of what somebody has not read, newest first: "third second". */
static void
assert_unread(struct fixture *f, int64_t user, int64_t session, const char *actions)
{
	struct store_notice list[MOST];
	char text[MOST * 32] = "";
	size_t count = MOST;
	int64_t counted = -1;

	assert_ok(store_notices_unread(f->store, user, session, list, &count));
	for (size_t i = 0; i < count; i++) {
		assert_true(list[i].unread);
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i > 0 ? " " : "",
		    list[i].action);
	}
	assert_string_equal(text, actions);
	assert_ok(store_notices_count(f->store, user, session, MOST, &counted));
	assert_int_equal(counted, count);
}

/* All, read ones in brackets. */
static void
assert_all(struct fixture *f, int64_t user, const char *actions)
{
	struct store_notice list[MOST];
	char text[MOST * 32] = "";
	size_t count = MOST;

	assert_ok(store_notices(f->store, user, INT64_MAX, 0, list, &count));
	for (size_t i = 0; i < count; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text),
		    list[i].unread ? "%s%s" : "%s[%s]", i > 0 ? " " : "", list[i].action);
	assert_string_equal(text, actions);
}

static void
a_notice_is_kept_as_it_was_given(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice");
	const struct store_notice given = { .user = user,
		.about = 7,
		.session = 9,
		.who = "dana",
		.source = "10.0.0.7",
		.target = "bob",
		.detail = "lost phone" };
	struct store_notice list[2];
	size_t count = 2;
	int64_t id = add(f, given, "reset-2fa");

	fixture_reopen(f);
	assert_ok(store_notices(f->store, user, INT64_MAX, 0, list, &count));
	assert_int_equal(count, 1);
	assert_int_equal(list[0].id, id);
	assert_int_equal(list[0].time, 55);
	assert_int_equal(list[0].user, user);
	assert_int_equal(list[0].about, 7);
	assert_int_equal(list[0].session, 9);
	assert_string_equal(list[0].who, "dana");
	assert_string_equal(list[0].source, "10.0.0.7");
	assert_string_equal(list[0].action, "reset-2fa");
	assert_string_equal(list[0].target, "bob");
	assert_string_equal(list[0].detail, "lost phone");
	assert_true(list[0].unread);
}

static void
a_notice_is_for_a_person_or_for_at_least_a_role(void **state)
{
	struct fixture *f = *state;
	int64_t operator= fixture_user(f, "olga"), administrator = fixture_user(f, "anna"),
		super = fixture_user(f, "sara");

	set_role(f, administrator, ROLE_ADMINISTRATOR);
	set_role(f, super, ROLE_SUPER_ADMINISTRATOR);
	for_role(f, ROLE_OPERATOR, "all");
	for_role(f, ROLE_ADMINISTRATOR, "administrators");
	for_role(f, ROLE_SUPER_ADMINISTRATOR, "supers");
	for_user(f, administrator, "anna");
	for_user(f, operator, "olga");
	assert_unread(f, operator, 0, "olga all");
	assert_unread(f, administrator, 0, "anna administrators all");
	assert_unread(f, super, 0, "supers administrators all");
}

/* They have one of their own. */
static void
what_a_role_is_told_of_a_person_is_not_told_to_that_person(void **state)
{
	struct fixture *f = *state;
	int64_t anna = fixture_user(f, "anna"), sara = fixture_user(f, "sara");

	set_role(f, anna, ROLE_ADMINISTRATOR);
	set_role(f, sara, ROLE_ADMINISTRATOR);
	add(f, (struct store_notice){ .role = ROLE_ADMINISTRATOR, .about = anna }, "about");
	assert_unread(f, anna, 0, "");
	assert_unread(f, sara, 0, "about");
}

/* Thirteen of them, of which no more were seen than a terminal had room for. */
static void
what_was_read_is_no_news_and_nothing_else_is(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), other = fixture_user(f, "bob"), id[5];
	const char *const names[] = { "one", "two", "three", "four", "five" };

	for (size_t i = 0; i < 5; i++)
		id[i] = for_role(f, ROLE_OPERATOR, names[i]);
	read_by(f, user, 0, id[3], id[4]);
	assert_unread(f, user, 0, "three two one");
	assert_all(f, user, "[five] [four] three two one");
	read_by(f, user, 0, id[1], id[1]);
	assert_unread(f, user, 0, "three one");
	read_by(f, user, 0, id[0], id[0]);
	assert_unread(f, user, 0, "three");
	for_role(f, ROLE_OPERATOR, "six");
	read_by(f, user, 0, id[2], id[2]);
	assert_unread(f, user, 0, "six");
	read_by(f, user, 0, 1, INT64_MAX);
	read_by(f, user, 0, 1, INT64_MAX);
	assert_unread(f, user, 0, "");
	assert_all(f, user, "[six] [five] [four] [three] [two] [one]");
	assert_unread(f, other, 0, "six five four three two one");
	for_role(f, ROLE_OPERATOR, "seven");
	assert_unread(f, user, 0, "seven");
}

static void
what_a_session_did_is_news_to_the_others_until_they_read_it(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), mine, theirs;

	mine = add(f, (struct store_notice){ .user = user, .session = 8 }, "mine");
	theirs = add(f, (struct store_notice){ .user = user, .session = 9 }, "theirs");
	assert_unread(f, user, 8, "theirs");
	assert_unread(f, user, 9, "mine");
	assert_unread(f, user, 0, "theirs mine");
	/* Whoever did it does not take it from the person's eyes. */
	read_by(f, user, 8, mine, theirs);
	assert_unread(f, user, 0, "mine");
	for_user(f, user, "later");
	read_by(f, user, 8, 1, INT64_MAX);
	assert_unread(f, user, 0, "mine");
	read_by(f, user, 9, 1, INT64_MAX);
	assert_unread(f, user, 0, "");
}

static void
nobody_is_told_of_the_time_before_them(void **state)
{
	struct fixture *f = *state;
	int64_t user;

	for_role(f, ROLE_OPERATOR, "old");
	for_role(f, ROLE_ADMINISTRATOR, "old-too");
	user = fixture_user(f, "alice");
	assert_all(f, user, "");
	for_role(f, ROLE_ADMINISTRATOR, "before");
	for_user(f, user, "own");
	set_role(f, user, ROLE_ADMINISTRATOR);
	for_role(f, ROLE_ADMINISTRATOR, "since");
	assert_unread(f, user, 0, "since own");
	/* What an administrator has not read is not lost by becoming more. */
	for_role(f, ROLE_SUPER_ADMINISTRATOR, "not-yet");
	set_role(f, user, ROLE_SUPER_ADMINISTRATOR);
	assert_unread(f, user, 0, "since own");
	for_role(f, ROLE_SUPER_ADMINISTRATOR, "super");
	assert_unread(f, user, 0, "super since own");
	set_role(f, user, ROLE_OPERATOR);
	assert_unread(f, user, 0, "own");
}

static void
pages_go_on_by_id(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), id[5], counted = 0;
	struct store_notice list[2];
	size_t count = 2;

	for (size_t i = 0; i < 5; i++)
		id[i] = i % 2 == 0 ? for_user(f, user, "mine") : for_role(f, 0, "all");
	assert_ok(store_notices(f->store, user, INT64_MAX, 0, list, &count));
	assert_int_equal(count, 2);
	assert_int_equal(list[0].id, id[4]);
	assert_int_equal(list[1].id, id[3]);
	assert_ok(store_notices(f->store, user, id[1], 0, list, &count));
	assert_int_equal(count, 1);
	assert_int_equal(list[0].id, id[0]);
	/* Beyond the end, and of nobody: empty, no error. */
	assert_ok(store_notices(f->store, user, id[0], 0, list, &count));
	assert_int_equal(count, 0);
	count = 2;
	assert_ok(store_notices(f->store, 999, INT64_MAX, 0, list, &count));
	assert_int_equal(count, 0);
	assert_ok(store_notices_count(f->store, user, 0, 3, &counted));
	assert_int_equal(counted, 3);
}

static void
a_notice_of_nobody_is_refused(void **state)
{
	struct fixture *f = *state;
	const struct store_notice notice = { .user = 999 };
	int64_t user = fixture_user(f, "alice"), id = 0;

	assert_err(store_notice_add(f->store, &notice, &id), ERR_FAILED);
	assert_ok(store_begin(f->store));
	assert_err(store_notice_add(f->store, &notice, &id), ERR_STORE_NONE);
	store_rollback(f->store);
	for_user(f, user, "one");
	assert_ok(store_begin(f->store));
	assert_ok(store_user_remove(f->store, user));
	assert_ok(store_commit(f->store));
	assert_all(f, user, "");
}

/* --- what is old ---------------------------------------------------------------- */

enum { LIMIT = 56 }; /* add() writes at 55 */

/* In slices of two, however many there are; how many went. */
static int64_t
pruned(struct fixture *f, int64_t before)
{
	int64_t after = 0, gone = 0, all = 0;
	bool more = true;

	while (more) {
		assert_ok(store_begin(f->store));
		assert_ok(
		    store_prune(f->store, STORE_PRUNE_NOTICE, 2, before, &after, &more, &gone));
		assert_ok(store_commit(f->store));
		all += gone;
	}
	return all;
}

/* One that somebody whom it concerns has not read stays, however old; who is not told, or came to
 * that role later, does not count. */
static void
what_all_have_read_goes_and_nothing_else(void **state)
{
	struct fixture *f = *state;
	int64_t ann = fixture_user(f, "ann"), bob = fixture_user(f, "bob"), cleo, last;

	set_role(f, ann, ROLE_ADMINISTRATOR);
	set_role(f, bob, ROLE_SUPER_ADMINISTRATOR);
	read_by(f, ann, 0, for_user(f, ann, "first"), INT64_MAX);
	for_role(f, ROLE_SUPER_ADMINISTRATOR, "supers");
	add(f, (struct store_notice){ .role = ROLE_ADMINISTRATOR, .about = ann }, "about-ann");
	read_by(f, bob, 0, 1, INT64_MAX);
	read_by(f, ann, 0, for_role(f, ROLE_ADMINISTRATOR, "half"), INT64_MAX);
	for_user(f, ann, "unread");
	last = for_user(f, ann, "above");
	read_by(f, ann, 0, last, last);
	cleo = fixture_user(f, "cleo");
	set_role(f, cleo, ROLE_SUPER_ADMINISTRATOR);
	assert_int_equal(pruned(f, LIMIT - 1), 0);
	assert_int_equal(pruned(f, LIMIT), 4);
	assert_all(f, ann, "unread [half]");
	assert_all(f, bob, "half");
	read_by(f, bob, 0, 1, INT64_MAX);
	assert_int_equal(pruned(f, LIMIT), 1);
	assert_all(f, ann, "unread");
	/* What goes is not read again, and no id comes back. */
	read_by(f, ann, 0, 1, INT64_MAX);
	assert_int_equal(pruned(f, LIMIT), 1);
	assert_true(for_user(f, ann, "next") > last);
	assert_unread(f, ann, 0, "next");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_notice_is_kept_as_it_was_given),
		STORE_TEST(a_notice_is_for_a_person_or_for_at_least_a_role),
		STORE_TEST(what_a_role_is_told_of_a_person_is_not_told_to_that_person),
		STORE_TEST(what_was_read_is_no_news_and_nothing_else_is),
		STORE_TEST(what_a_session_did_is_news_to_the_others_until_they_read_it),
		STORE_TEST(nobody_is_told_of_the_time_before_them),
		STORE_TEST(pages_go_on_by_id),
		STORE_TEST(a_notice_of_nobody_is_refused),
		STORE_TEST(what_all_have_read_goes_and_nothing_else),
	};

	return cmocka_run_group_tests_name("store notices", tests, NULL, NULL);
}
