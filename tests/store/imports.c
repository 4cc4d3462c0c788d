/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imports: what one has added is written down until it is finished, and can be taken back. */
#include "fixture.h"

#include <string.h>

#include "store/store_import.h"
#include "store/store_user.h"

enum { ROWS = 8 };

static int64_t
open_import(struct fixture *f)
{
	const struct store_import import = { .who = "host:root", .phc = "nobody's" };
	int64_t id = 0;

	assert_ok(store_begin(f->store));
	assert_ok(store_import_open(f->store, &import, &id));
	assert_ok(store_commit(f->store));
	return id;
}

static void
note(struct fixture *f, int64_t import, int64_t user, int64_t device)
{
	assert_ok(store_begin(f->store));
	assert_ok(store_import_note(f->store, import, user, device));
	assert_ok(store_commit(f->store));
}

static size_t
imports(struct fixture *f)
{
	struct store_import found[ROWS];
	size_t count = ROWS;

	assert_ok(store_imports(f->store, found, &count));
	return count;
}

static struct store_counts
counts(struct fixture *f)
{
	struct store_counts counts;

	assert_ok(store_counts(f->store, 0, &counts));
	return counts;
}

/* Takes back all that is left of it; how much there was to take away. */
static size_t
undo_all(struct fixture *f, int64_t import)
{
	struct store_imported rows[ROWS];
	size_t count = ROWS, gone_rows = 0;
	bool left = false;

	assert_ok(store_import_rows(f->store, import, rows, &count));
	assert_ok(store_begin(f->store));
	for (size_t i = 0; i < count; i++) {
		bool gone = false;

		assert_ok(store_import_undo(f->store, import, &rows[i], &gone));
		gone_rows += gone;
	}
	assert_ok(store_import_forget(f->store, import, ROWS, &left));
	assert_ok(store_commit(f->store));
	assert_false(left);
	return gone_rows;
}

static void
an_import_is_open_until_it_is_finished(void **state)
{
	struct fixture *f = *state;
	int64_t first = open_import(f), second = open_import(f);
	struct store_import import;

	assert_true(second > first);
	fixture_reopen(f);
	assert_int_equal(imports(f), 2);
	assert_ok(store_import(f->store, first, &import));
	assert_string_equal(import.who, "host:root");
	assert_string_equal(import.phc, "nobody's");
	assert_false(import.done);
	assert_ok(store_begin(f->store));
	assert_ok(store_import_finish(f->store, first));
	assert_err(store_import_finish(f->store, first), ERR_STORE_NONE);
	assert_err(store_import_finish(f->store, 999), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
	assert_ok(store_import(f->store, first, &import));
	assert_true(import.done);
	assert_err(store_import(f->store, 999, &import), ERR_STORE_NONE);
	assert_err(store_import_finish(f->store, second), ERR_FAILED); /* outside a turn */
}

static void
what_it_has_added_is_taken_back(void **state)
{
	struct fixture *f = *state;
	int64_t before = fixture_user(f, "alice"), import = open_import(f);
	int64_t bob = fixture_user(f, "bob"), bobs = fixture_device(f, bob);
	int64_t alices = fixture_device(f, before);
	struct account account;
	bool has = false;

	note(f, import, bob, 0);
	note(f, import, bob, bobs);
	note(f, import, before, alices);
	assert_ok(store_import_has(f->store, import, bob, &has));
	assert_true(has);
	assert_ok(store_import_has(f->store, import, 999, &has));
	assert_false(has);
	assert_int_equal(counts(f).people, 2);
	assert_int_equal(counts(f).with_2fa, 2);
	/* bob's authenticator has gone with bob */
	assert_int_equal(undo_all(f, import), 2);
	assert_int_equal(counts(f).people, 1);
	assert_int_equal(counts(f).with_2fa, 0);
	assert_err(store_user_by_id(f->store, bob, &account, NULL), ERR_STORE_NONE);
	assert_int_equal(fixture_account(f->store, before).devices, 0);
	assert_int_equal(imports(f), 0);
}

static void
another_authenticator_stays(void **state)
{
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), import = open_import(f), added;

	(void)fixture_device(f, user);
	added = fixture_device(f, user);
	note(f, import, user, added);
	assert_int_equal(undo_all(f, import), 1);
	assert_int_equal(fixture_account(f->store, user).devices, 1);
	assert_int_equal(counts(f).with_2fa, 1);
}

static void
who_has_signed_in_meanwhile_stays(void **state)
{
	struct fixture *f = *state;
	int64_t import = open_import(f), user = fixture_user(f, "bob");

	note(f, import, user, 0);
	assert_ok(store_begin(f->store));
	assert_ok(store_user_signed_in(f->store, user, 500, "local"));
	assert_ok(store_commit(f->store));
	assert_int_equal(undo_all(f, import), 0);
	assert_int_equal(counts(f).people, 1);
	assert_int_equal(imports(f), 0);
}

static void
who_was_removed_meanwhile_is_no_row(void **state)
{
	struct fixture *f = *state;
	int64_t import = open_import(f), user = fixture_user(f, "bob");
	struct store_imported rows[ROWS];
	size_t count = ROWS;

	note(f, import, user, 0);
	assert_ok(store_begin(f->store));
	assert_ok(store_user_remove(f->store, user));
	assert_ok(store_commit(f->store));
	assert_ok(store_import_rows(f->store, import, rows, &count));
	assert_int_equal(count, 0);
	assert_ok(store_begin(f->store));
	assert_err(store_import_note(f->store, import, user, 0), ERR_STORE_NONE);
	store_rollback(f->store);
}

static void
a_finished_one_is_forgotten_in_slices(void **state)
{
	struct fixture *f = *state;
	int64_t import = open_import(f);
	bool left = true;
	int rounds = 0;

	for (int i = 0; i < 5; i++)
		note(f, import, fixture_user(f, (const char *[]){ "a", "b", "c", "d", "e" }[i]), 0);
	for (; left; rounds++) {
		assert_int_equal(imports(f), 1);
		assert_ok(store_begin(f->store));
		assert_ok(store_import_forget(f->store, import, 2, &left));
		assert_ok(store_commit(f->store));
	}
	assert_int_equal(rounds, 3);
	assert_int_equal(imports(f), 0);
	assert_int_equal(counts(f).people, 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(an_import_is_open_until_it_is_finished),
		STORE_TEST(what_it_has_added_is_taken_back),
		STORE_TEST(another_authenticator_stays),
		STORE_TEST(who_has_signed_in_meanwhile_stays),
		STORE_TEST(who_was_removed_meanwhile_is_no_row),
		STORE_TEST(a_finished_one_is_forgotten_in_slices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
