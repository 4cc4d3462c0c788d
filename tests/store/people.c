/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: people. */
#include "fixture.h"
#include "store/store_device.h"
#include "store/store_user.h"

#include <stdio.h>
#include <string.h>

static void
what_is_added_is_found(void **state)
{
	struct fixture *f = *state;
	struct account in = { .name = "Élodie",
		.role = ROLE_SUPER_ADMINISTRATOR,
		.enabled = true,
		.password_due = true,
		.password_expires = 300,
		.enrol_until = 400,
		.created = 200,
		.devices = 9,
		.recovery_left = 9,
		.code_failures = 9,
		.failures_since = 9,
		.last_sign_in = 9,
		.recovery_saved = true,
		.language = "fr",
		.plain = true },
		       out, same;
	char phc[STORE_PHC_SIZE];
	int64_t id = 0;

	assert_ok(store_begin(f->store));
	assert_ok(store_user_add(f->store, &in, "élodie", "$argon2id$x", &id));
	assert_ok(store_commit(f->store));
	assert_true(id > 0);
	assert_ok(store_user_by_name(f->store, "élodie", &out, phc));
	assert_int_equal(out.id, id);
	assert_string_equal(out.name, "Élodie");
	assert_string_equal(phc, "$argon2id$x");
	assert_int_equal(out.role, ROLE_SUPER_ADMINISTRATOR);
	assert_true(out.enabled && out.password_due);
	assert_int_equal(out.password_expires, 300);
	assert_int_equal(out.enrol_until, 400);
	assert_int_equal(out.created, 200);
	/* What an account does not begin with is not taken from the caller. */
	assert_false(out.recovery_saved);
	assert_int_equal(out.devices + out.recovery_left + out.code_failures + out.failures_since,
	    0);
	assert_int_equal(out.last_sign_in + out.code_paused_until, 0);
	assert_string_equal(out.last_source, "");
	assert_string_equal(out.language, "");
	assert_false(out.plain);
	same = fixture_account(f->store, id);
	assert_string_equal(same.name, out.name);
}

static void
who_is_not_there_leaves_results_untouched(void **state)
{
	struct fixture *f = *state;
	struct account account = { .id = 42 };
	char phc[STORE_PHC_SIZE] = "kept";

	fixture_user(f, "alice");
	assert_err(store_user_by_name(f->store, "Alice", &account, phc), ERR_STORE_NONE);
	assert_err(store_user_by_name(f->store, "", &account, phc), ERR_STORE_NONE);
	assert_err(store_user_by_id(f->store, 999, &account, phc), ERR_STORE_NONE);
	assert_int_equal(account.id, 42);
	assert_string_equal(phc, "kept");
}

static void
the_longest_names_and_hashes_fit(void **state)
{
	struct fixture *f = *state;
	struct account account = { .enabled = true }, out;
	char fold[TEXT_FOLD_SIZE], phc[STORE_PHC_SIZE], read[STORE_PHC_SIZE],
	    source[TEXT_LABEL_SIZE];
	int64_t id = 0;

	memset(account.name, 'n', sizeof account.name - 1);
	memset(fold, 'f', sizeof fold - 1);
	fold[sizeof fold - 1] = '\0';
	memset(phc, 'p', sizeof phc - 1);
	phc[sizeof phc - 1] = '\0';
	memset(source, 's', sizeof source - 1);
	source[sizeof source - 1] = '\0';
	assert_ok(store_begin(f->store));
	assert_ok(store_user_add(f->store, &account, fold, phc, &id));
	assert_ok(store_user_signed_in(f->store, id, 5, source));
	assert_ok(store_commit(f->store));
	assert_ok(store_user_by_name(f->store, fold, &out, read));
	assert_string_equal(out.name, account.name);
	assert_string_equal(out.last_source, source);
	assert_string_equal(read, phc);
}

/* A hash that could not be read back is not stored. */
static void
a_hash_that_is_too_long_is_refused(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_user(f, "alice");
	char phc[STORE_PHC_SIZE + 1], read[STORE_PHC_SIZE];
	struct account account;

	memset(phc, 'p', sizeof phc - 1);
	phc[sizeof phc - 1] = '\0';
	assert_ok(store_begin(f->store));
	assert_err(store_user_set_password(f->store, id, phc, false, 0), ERR_FAILED);
	store_rollback(f->store);
	assert_ok(store_user_by_id(f->store, id, &account, read));
	assert_string_equal(read, "hash");
}

static void
a_fold_is_unique(void **state)
{
	struct fixture *f = *state;
	struct account account = { .name = "ALICE" };
	int64_t id = 42;

	fixture_user(f, "alice");
	assert_ok(store_begin(f->store));
	assert_err(store_user_add(f->store, &account, "alice", "hash", &id), ERR_STORE_EXISTS);
	assert_int_equal(id, 42);
	assert_ok(store_commit(f->store));
}

static void
ids_never_come_back(void **state)
{
	struct fixture *f = *state;
	int64_t first = fixture_user(f, "alice"), second;

	assert_ok(store_begin(f->store));
	assert_ok(store_user_remove(f->store, first));
	assert_ok(store_commit(f->store));
	fixture_reopen(f);
	second = fixture_user(f, "alice");
	assert_true(second > first);
	assert_ok(store_begin(f->store));
	assert_ok(store_user_remove(f->store, second));
	assert_err(store_user_remove(f->store, second), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
	assert_true(fixture_user(f, "bob") > second);
}

static void
each_change_changes_its_own(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_user(f, "alice"), other = fixture_user(f, "bob");
	const struct throttle throttle = { .failures = 7, .paused_until = 900 };
	struct account account;
	char phc[STORE_PHC_SIZE];

	assert_ok(store_begin(f->store));
	assert_ok(store_user_enable(f->store, id, false));
	assert_ok(store_user_set_role(f->store, id, ROLE_ADMINISTRATOR));
	assert_ok(store_user_set_password(f->store, id, "new", true, 500));
	assert_ok(store_user_set_enrol_until(f->store, id, 600));
	assert_ok(store_user_set_code(f->store, id, &throttle));
	assert_ok(store_user_set_language(f->store, id, "pt_BR"));
	assert_ok(store_user_set_plain(f->store, id, true));
	assert_ok(store_commit(f->store));
	assert_ok(store_user_by_id(f->store, id, &account, phc));
	assert_false(account.enabled);
	assert_int_equal(account.role, ROLE_ADMINISTRATOR);
	assert_string_equal(phc, "new");
	assert_true(account.password_due);
	assert_int_equal(account.password_expires, 500);
	assert_int_equal(account.enrol_until, 600);
	assert_int_equal(account.code_failures, 7);
	assert_int_equal(account.code_paused_until, 900);
	assert_string_equal(account.language, "pt_BR");
	assert_true(account.plain);
	account = fixture_account(f->store, other);
	assert_true(account.enabled && !account.password_due && account.role == ROLE_OPERATOR);
	assert_int_equal(account.password_expires + account.enrol_until + account.code_failures, 0);
	assert_string_equal(account.language, "");
	assert_false(account.plain);
}

/* It is kept, is part of each answer about that person, and can be given up again. */
static void
a_language_is_kept_until_another_is_chosen(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_user(f, "alice");
	const struct store_people all = { .roles = 1u << ROLE_OPERATOR, .begins = "" };
	struct account page[1];
	size_t count = 1;

	assert_ok(store_begin(f->store));
	assert_ok(store_user_set_language(f->store, id, "fil_PH"));
	assert_ok(store_commit(f->store));
	fixture_reopen(f);
	assert_string_equal(fixture_account(f->store, id).language, "fil_PH");
	assert_ok(store_user_page(f->store, &all, page, &count));
	assert_string_equal(page[0].language, "fil_PH");
	assert_ok(store_begin(f->store));
	assert_err(store_user_set_language(f->store, id, "too_long"), ERR_FAILED);
	assert_ok(store_user_set_language(f->store, id, ""));
	assert_ok(store_commit(f->store));
	assert_string_equal(fixture_account(f->store, id).language, "");
}

/* Likewise; and neither of the two touches the other. */
static void
plain_text_is_kept_until_it_is_given_up(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_user(f, "alice");
	const struct store_people all = { .roles = 1u << ROLE_OPERATOR, .begins = "" };
	struct account page[1];
	size_t count = 1;

	assert_ok(store_begin(f->store));
	assert_ok(store_user_set_language(f->store, id, "fr"));
	assert_ok(store_user_set_plain(f->store, id, true));
	assert_ok(store_commit(f->store));
	fixture_reopen(f);
	assert_true(fixture_account(f->store, id).plain);
	assert_string_equal(fixture_account(f->store, id).language, "fr");
	assert_ok(store_user_page(f->store, &all, page, &count));
	assert_true(page[0].plain);
	assert_ok(store_begin(f->store));
	assert_ok(store_user_set_language(f->store, id, "en"));
	assert_ok(store_commit(f->store));
	assert_true(fixture_account(f->store, id).plain);
	assert_ok(store_begin(f->store));
	assert_ok(store_user_set_plain(f->store, id, false));
	assert_ok(store_commit(f->store));
	assert_false(fixture_account(f->store, id).plain);
	assert_string_equal(fixture_account(f->store, id).language, "en");
}

static void
who_is_not_there_cannot_be_changed(void **state)
{
	struct fixture *f = *state;

	assert_ok(store_begin(f->store));
	assert_err(store_user_enable(f->store, 9, true), ERR_STORE_NONE);
	assert_err(store_user_set_role(f->store, 9, ROLE_OPERATOR), ERR_STORE_NONE);
	assert_err(store_user_set_password(f->store, 9, "x", true, 0), ERR_STORE_NONE);
	assert_err(store_user_set_enrol_until(f->store, 9, 0), ERR_STORE_NONE);
	assert_err(store_user_set_language(f->store, 9, "fr"), ERR_STORE_NONE);
	assert_err(store_user_set_plain(f->store, 9, true), ERR_STORE_NONE);
	assert_ok(store_commit(f->store));
}

/* What a turn counts for somebody whom it has read may be refused when it is committed. */
static void
nothing_is_counted_for_who_is_not_there(void **state)
{
	struct fixture *f = *state;
	const struct throttle throttle = { 0 };
	enum err err;

	for (int i = 0; i < 4; i++) {
		assert_ok(store_begin(f->store));
		err = i == 0 ? store_user_signed_in(f->store, 9, 1, "s")
		    : i == 1 ? store_user_failed(f->store, 9)
		    : i == 2 ? store_user_failures_told(f->store, 9)
			     : store_user_set_code(f->store, 9, &throttle);
		if (err == ERR_OK)
			err = store_commit(f->store);
		assert_int_not_equal(err, ERR_OK);
		store_rollback(f->store);
	}
}

static void
a_rehash_replaces_only_the_hash_it_was_made_of(void **state)
{
	struct fixture *f = *state;
	int64_t id = fixture_user(f, "alice");
	struct account account;
	char phc[STORE_PHC_SIZE];

	assert_ok(store_begin(f->store));
	assert_ok(store_user_rehash(f->store, id, "hash", "stronger"));
	assert_ok(store_user_rehash(f->store, id, "hash", "late"));
	assert_ok(store_commit(f->store));
	assert_ok(store_user_by_id(f->store, id, &account, phc));
	assert_string_equal(phc, "stronger");
}

static void
failures_count_until_a_sign_in(void **state)
{
	struct fixture *f = *state;
	const struct throttle throttle = { .failures = 5, .paused_until = 99 };
	int64_t id = fixture_user(f, "alice");
	struct account account;

	assert_ok(store_begin(f->store));
	assert_ok(store_user_failed(f->store, id));
	assert_ok(store_user_code_failed(f->store, id, &throttle));
	account = fixture_account(f->store, id);
	assert_int_equal(account.failures_since, 2);
	assert_int_equal(account.code_failures, 5);
	assert_int_equal(account.code_paused_until, 99);
	assert_ok(store_user_signed_in(f->store, id, 777, "10.0.0.7"));
	assert_ok(store_commit(f->store));
	account = fixture_account(f->store, id);
	assert_int_equal(account.failures_since, 0);
	assert_int_equal(account.last_sign_in, 777);
	assert_string_equal(account.last_source, "10.0.0.7");
}

static void
counts_are_of_everybody(void **state)
{
	struct fixture *f = *state;
	int64_t ids[4];
	const struct throttle paused = { .failures = 5, .paused_until = 100 };
	struct store_counts counts;

	for (int i = 0; i < 4; i++) {
		char name[8];

		snprintf(name, sizeof name, "u%d", i);
		ids[i] = fixture_user(f, name);
	}
	fixture_device(f, ids[0]);
	fixture_device(f, ids[0]);
	fixture_device(f, ids[1]);
	assert_ok(store_begin(f->store));
	assert_ok(store_user_set_role(f->store, ids[0], ROLE_SUPER_ADMINISTRATOR));
	assert_ok(store_user_set_role(f->store, ids[1], ROLE_SUPER_ADMINISTRATOR));
	assert_ok(store_user_set_role(f->store, ids[2], ROLE_ADMINISTRATOR));
	assert_ok(store_user_enable(f->store, ids[1], false));
	assert_ok(store_user_set_code(f->store, ids[2], &paused));
	assert_ok(store_counts(f->store, 99, &counts));
	assert_int_equal(counts.people, 4);
	assert_int_equal(counts.with_2fa, 2);
	assert_int_equal(counts.supers, 1);
	assert_int_equal(counts.paused, 1);
	assert_ok(store_user_remove(f->store, ids[0]));
	assert_ok(store_devices_remove(f->store, ids[1]));
	assert_ok(store_devices_remove(f->store, ids[3]));
	assert_ok(store_counts(f->store, 100, &counts));
	assert_int_equal(counts.people, 3);
	assert_int_equal(counts.with_2fa, 0);
	assert_int_equal(counts.supers, 0);
	assert_int_equal(counts.paused, 0);
	assert_ok(store_commit(f->store));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(what_is_added_is_found),
		STORE_TEST(who_is_not_there_leaves_results_untouched),
		STORE_TEST(the_longest_names_and_hashes_fit),
		STORE_TEST(a_hash_that_is_too_long_is_refused),
		STORE_TEST(a_fold_is_unique),
		STORE_TEST(ids_never_come_back),
		STORE_TEST(each_change_changes_its_own),
		STORE_TEST(a_language_is_kept_until_another_is_chosen),
		STORE_TEST(plain_text_is_kept_until_it_is_given_up),
		STORE_TEST(who_is_not_there_cannot_be_changed),
		STORE_TEST(nothing_is_counted_for_who_is_not_there),
		STORE_TEST(a_rehash_replaces_only_the_hash_it_was_made_of),
		STORE_TEST(failures_count_until_a_sign_in),
		STORE_TEST(counts_are_of_everybody),
	};

	return cmocka_run_group_tests_name("store people", tests, NULL, NULL);
}
