/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A setting is known by its row alone: with the four rows more of
 * tests/unit/cli/sixth/core/policy.def, each value is shown and checked by its type.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "conv/setting.h"

static void
a_value_is_shown_by_its_type(void **state)
{
	static const struct {
		enum setting_id id;
		const char *value, *words;
	} rows[] = {
		{ SETTING_SIXTH, "20s", "20 seconds" },
		{ SETTING_SIXTH, "2h", "2 hours" },
		{ SETTING_IDLE_LOCK, "15m", "15 minutes" },
		{ SETTING_INVITATION, "72h", "72 hours" },
		{ SETTING_SEVENTH, "no", "no" },
		{ SETTING_SEVENTH, "yes", "yes" },
		{ SETTING_EIGHTH, "a, b", "a, b" },
		{ SETTING_NINTH, "x", "x" },
	};
	char words[POLICY_VALUE_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		setting_words(rows[i].id, rows[i].value, words, sizeof words);
		assert_string_equal(words, rows[i].words);
	}
}

static void
what_is_typed_is_checked_by_its_row(void **state)
{
	char value[POLICY_VALUE_SIZE];

	(void)state;
	assert_int_equal(setting_check(SETTING_SIXTH, "120", value), ERR_OK);
	assert_string_equal(value, "2m");
	assert_int_equal(setting_check(SETTING_SIXTH, "8d", value), ERR_SETTING_VALUE);
	assert_int_equal(setting_check(SETTING_SEVENTH, "on", value), ERR_OK);
	assert_string_equal(value, "yes");
	assert_int_equal(setting_check(SETTING_EIGHTH, "a", value), ERR_SETTING_VALUE);
	assert_int_equal(setting_check(SETTING_NINTH, "abcde", value), ERR_FIELD_LONG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_shown_by_its_type),
		cmocka_unit_test(what_is_typed_is_checked_by_its_row),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
