/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: what waits for a second Super Administrator. */
#include "fixture.h"
#include "store/store_user.h"
#include "store/store_waiting.h"

#include <stdio.h>
#include <string.h>

static struct store_waiting
reset_of(int64_t asker, const char *name)
{
	struct store_waiting waiting = { .asker = asker,
		.generation = 0,
		.person = 7,
		.role = ROLE_OPERATOR,
		.asked = 100,
		.until = 200 };

	(void)snprintf(waiting.action, sizeof waiting.action, "reset-2fa");
	(void)snprintf(waiting.name, sizeof waiting.name, "%s", name);
	(void)snprintf(waiting.detail, sizeof waiting.detail, "lost phone");
	return waiting;
}

static void
add(struct fixture *f, const struct store_waiting *waiting, enum err err)
{
	assert_ok(store_begin(f->store));
	assert_err(store_waiting_add(f->store, waiting), err);
	assert_ok(store_commit(f->store));
}

static void
what_is_added_waits(void **state)
{
	struct fixture *f = *state;
	int64_t dana = fixture_user(f, "dana"), count = 0;
	struct store_waiting in = reset_of(dana, "bruno"), out;
	size_t rows = 1;

	in.invite = true;
	in.role = ROLE_SUPER_ADMINISTRATOR;
	(void)snprintf(in.value, sizeof in.value, "no");
	(void)snprintf(in.phc, sizeof in.phc, "$argon2id$x");
	add(f, &in, ERR_OK);
	fixture_reopen(f);
	assert_ok(store_waiting_page(f->store, 0, 0, &out, &rows));
	assert_int_equal(rows, 1);
	assert_true(out.id > 0);
	assert_string_equal(out.action, "reset-2fa");
	assert_string_equal(out.name, "bruno");
	assert_string_equal(out.detail, "lost phone");
	assert_string_equal(out.value, "no");
	assert_string_equal(out.phc, "$argon2id$x");
	assert_string_equal(out.asker_name, "dana");
	assert_int_equal(out.asker, dana);
	assert_int_equal(out.person, 7);
	assert_int_equal(out.role, ROLE_SUPER_ADMINISTRATOR);
	assert_true(out.invite);
	assert_int_equal(out.asked, 100);
	assert_int_equal(out.until, 200);
	assert_true(out.stands);
	assert_ok(store_waiting_count(f->store, dana, &count));
	assert_int_equal(count, 1);
}

static void
the_same_waits_once(void **state)
{
	struct fixture *f = *state;
	int64_t dana = fixture_user(f, "dana"), erin = fixture_user(f, "erin");
	struct store_waiting waiting = reset_of(dana, "bruno");

	add(f, &waiting, ERR_OK);
	add(f, &waiting, ERR_STORE_EXISTS);
	waiting.asker = erin;
	add(f, &waiting, ERR_OK);
	waiting.invite = true;
	add(f, &waiting, ERR_OK);
}

static void
pages_are_by_id_and_of_an_asker(void **state)
{
	struct fixture *f = *state;
	int64_t dana = fixture_user(f, "dana"), erin = fixture_user(f, "erin");
	struct store_waiting rows[4], waiting;
	size_t count = 2;
	char name[16];

	for (int i = 0; i < 5; i++) {
		(void)snprintf(name, sizeof name, "n%d", i);
		waiting = reset_of(i % 2 == 0 ? dana : erin, name);
		add(f, &waiting, ERR_OK);
	}
	assert_ok(store_waiting_page(f->store, 0, 0, rows, &count));
	assert_int_equal(count, 2);
	assert_string_equal(rows[1].name, "n1");
	count = 4;
	assert_ok(store_waiting_page(f->store, rows[1].id, 0, rows, &count));
	assert_int_equal(count, 3);
	assert_string_equal(rows[0].name, "n2");
	count = 4;
	assert_ok(store_waiting_page(f->store, 0, erin, rows, &count));
	assert_int_equal(count, 2);
	assert_string_equal(rows[1].name, "n3");
	count = 4;
	assert_ok(store_waiting_page(f->store, INT64_MAX, 0, rows, &count));
	assert_int_equal(count, 0);
}

static void
it_is_removed_once(void **state)
{
	struct fixture *f = *state;
	struct store_waiting waiting = reset_of(fixture_user(f, "dana"), "bruno"), out;
	size_t count = 1;

	add(f, &waiting, ERR_OK);
	assert_ok(store_waiting_page(f->store, 0, 0, &out, &count));
	assert_ok(store_begin(f->store));
	assert_ok(store_waiting_remove(f->store, out.id));
	assert_err(store_waiting_remove(f->store, out.id), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
	assert_err(store_waiting_one(f->store, out.id, &out), ERR_STORE_NONE);
	assert_err(store_waiting_remove(f->store, out.id), ERR_FAILED); /* outside a turn */
}

static void
it_stands_while_who_asked_is_as_they_were(void **state)
{
	struct fixture *f = *state;
	int64_t dana = fixture_user(f, "dana"), generation;
	struct store_waiting waiting = reset_of(dana, "bruno"), out;
	size_t count = 1;

	waiting.generation = fixture_account(f->store, dana).generation;
	add(f, &waiting, ERR_OK);
	assert_ok(store_waiting_page(f->store, 0, 0, &out, &count));
	assert_true(out.stands);
	assert_ok(store_begin(f->store));
	assert_ok(store_user_enable(f->store, dana, false));
	assert_ok(store_waiting_one(f->store, out.id, &out));
	assert_false(out.stands);
	assert_ok(store_user_enable(f->store, dana, true));
	assert_ok(store_waiting_one(f->store, out.id, &out));
	assert_true(out.stands);
	assert_ok(store_user_raise(f->store, dana, &generation));
	assert_ok(store_waiting_one(f->store, out.id, &out));
	assert_false(out.stands);
	assert_ok(store_user_remove(f->store, dana));
	assert_err(store_waiting_one(f->store, out.id, &out), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
}

static void
seconds_are_enabled_supers_with_two_factors(void **state)
{
	struct fixture *f = *state;
	int64_t ids[4], count = 9;

	for (int i = 0; i < 4; i++) {
		char name[16];

		(void)snprintf(name, sizeof name, "s%d", i);
		ids[i] = fixture_user(f, name);
		assert_ok(store_begin(f->store));
		assert_ok(store_user_set_role(f->store, ids[i],
		    i < 3 ? ROLE_SUPER_ADMINISTRATOR : ROLE_ADMINISTRATOR));
		assert_ok(store_commit(f->store));
	}
	assert_ok(store_seconds(f->store, ids[0], 0, &count));
	assert_int_equal(count, 0);
	for (int i = 0; i < 4; i++)
		(void)fixture_device(f, ids[i]);
	assert_ok(store_seconds(f->store, ids[0], 0, &count));
	assert_int_equal(count, 2);
	assert_ok(store_seconds(f->store, ids[0], ids[1], &count));
	assert_int_equal(count, 1);
	assert_ok(store_begin(f->store));
	assert_ok(store_user_enable(f->store, ids[2], false));
	assert_ok(store_commit(f->store));
	assert_ok(store_seconds(f->store, ids[0], ids[1], &count));
	assert_int_equal(count, 0);
	assert_ok(store_seconds(f->store, ids[3], 0, &count));
	assert_int_equal(count, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(what_is_added_waits),
		STORE_TEST(the_same_waits_once),
		STORE_TEST(pages_are_by_id_and_of_an_asker),
		STORE_TEST(it_is_removed_once),
		STORE_TEST(it_stands_while_who_asked_is_as_they_were),
		STORE_TEST(seconds_are_enabled_supers_with_two_factors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
