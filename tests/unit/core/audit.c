/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/audit.h"

/* What stands in a trail, in JSON and in scripts: one word, that a filter can be given. */
static void
every_verb_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int verb = AUDIT_NONE + 1; verb < AUDIT_VERB_COUNT; verb++) {
		const char *name = audit_name((enum audit_verb)verb);

		assert_non_null(name);
		assert_in_range(strlen(name), 1, AUDIT_NAME_SIZE - 1);
		assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-"),
		    strlen(name));
		assert_int_equal(audit_find(name), verb);
	}
}

static void
every_verb_says_what_was_done_and_who_reads_it(void **state)
{
	(void)state;
	for (int verb = AUDIT_NONE + 1; verb < AUDIT_VERB_COUNT; verb++) {
		assert_true(strlen(audit_says((enum audit_verb)verb)) > 5);
		assert_in_range(strlen(audit_brief((enum audit_verb)verb)), 4, 21);
		assert_in_range(audit_reader((enum audit_verb)verb), ROLE_ADMINISTRATOR,
		    ROLE_SUPER_ADMINISTRATOR);
	}
}

static void
what_is_done_to_the_whole_console_is_for_super_administrators(void **state)
{
	(void)state;
	assert_int_equal(audit_reader(AUDIT_SETTING), ROLE_SUPER_ADMINISTRATOR);
	assert_int_equal(audit_reader(AUDIT_INIT), ROLE_SUPER_ADMINISTRATOR);
	assert_int_equal(audit_reader(AUDIT_SIGN_IN), ROLE_ADMINISTRATOR);
	assert_int_equal(audit_reader(AUDIT_RESET_2FA), ROLE_ADMINISTRATOR);
}

static void
what_a_sign_in_does_is_daily(void **state)
{
	int daily = 0;

	(void)state;
	for (int verb = 0; verb < AUDIT_VERB_COUNT; verb++)
		daily += audit_is_daily((enum audit_verb)verb);
	assert_int_equal(daily, 4);
	assert_true(audit_is_daily(AUDIT_SIGN_IN));
	assert_false(audit_is_daily(AUDIT_NONE));
}

static void
a_sum_says_how_many(void **state)
{
	(void)state;
	assert_int_equal(audit_more("and 4812 more"), 4812);
	assert_int_equal(audit_more("and 1000000000 more"), 1000000000);
	assert_int_equal(audit_more("and 1000000001 more"), 0);
	assert_int_equal(audit_more("and 99999999999999999999 more"), 0);
	assert_int_equal(audit_more("and -5 more"), 0);
	assert_int_equal(audit_more("and 5"), 0);
	assert_int_equal(audit_more("and 5 more and more"), 0);
	assert_int_equal(audit_more("and  more"), 0);
	assert_int_equal(audit_more(""), 0);
}

/* Each pair, for each role. */
static void
an_administrator_reads_rows_of_operators_and_their_own(void **state)
{
	(void)state;
	for (int who = AUDIT_NOBODY; who <= AUDIT_ABOVE; who++)
		for (int target = AUDIT_NOBODY; target <= AUDIT_ABOVE; target++) {
			enum audit_person w = (enum audit_person)who, t = (enum audit_person)target;
			bool theirs = who == AUDIT_SELF || who == AUDIT_OPERATOR ||
			    target == AUDIT_SELF || target == AUDIT_OPERATOR;

			assert_int_equal(audit_may_read(ROLE_ADMINISTRATOR, AUDIT_SIGN_IN, w, t),
			    theirs);
			assert_false(audit_may_read(ROLE_ADMINISTRATOR, AUDIT_SETTING, w, t));
			assert_false(audit_may_read(ROLE_ADMINISTRATOR, AUDIT_NONE, w, t));
			assert_true(audit_may_read(ROLE_SUPER_ADMINISTRATOR, AUDIT_SETTING, w, t));
			assert_true(audit_may_read(ROLE_SUPER_ADMINISTRATOR, AUDIT_NONE, w, t));
			assert_false(audit_may_read(ROLE_OPERATOR, AUDIT_SIGN_IN, w, t));
			assert_false(audit_may_read(ROLE_COUNT, AUDIT_SIGN_IN, w, t));
		}
}

static void
a_name_of_another_version_is_none(void **state)
{
	(void)state;
	assert_int_equal(audit_find("USER_RESET"), AUDIT_NONE);
	assert_int_equal(audit_find(""), AUDIT_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_verb_has_a_name_of_its_own),
		cmocka_unit_test(every_verb_says_what_was_done_and_who_reads_it),
		cmocka_unit_test(what_is_done_to_the_whole_console_is_for_super_administrators),
		cmocka_unit_test(what_a_sign_in_does_is_daily),
		cmocka_unit_test(a_sum_says_how_many),
		cmocka_unit_test(an_administrator_reads_rows_of_operators_and_their_own),
		cmocka_unit_test(a_name_of_another_version_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
