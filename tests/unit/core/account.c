/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/account.h"

static void
a_language_is_what_gettext_calls_it(void **state)
{
	static const struct {
		const char *typed, *tag;
	} good[] = { { "", "" }, { "en", "en" }, { "fr", "fr" }, { "fil", "fil" },
		{ "pt_BR", "pt_BR" }, { "pt-BR", "pt_BR" }, { "fil_PH", "fil_PH" } };
	char tag[ACCOUNT_LANGUAGE_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		memset(tag, 'x', sizeof tag);
		assert_int_equal(account_language(good[i].typed, tag), ERR_OK);
		assert_string_equal(tag, good[i].tag);
		assert_int_equal(tag[sizeof tag - 1], 0);
	}
}

/* It stands in a variable of the environment, and so in the name of a file. */
static void
what_is_none_is_refused(void **state)
{
	static const char *const bad[] = { "f", "FR", "Fr", "fren", "fr_", "fr-", "fr_F", "fr_fr",
		"fr_FRA", "fr_FR.UTF-8", "fr:en", "fr ", " fr", "_FR", "-FR", "..", "/x", "f/",
		"fr/../x", "\xc3\xa9t", "C", "en@x", "fr\n" };
	char tag[ACCOUNT_LANGUAGE_SIZE] = "kept";

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (account_language(bad[i], tag) != ERR_LANGUAGE)
			fail_msg("\"%s\" is taken for a language", bad[i]);
	assert_string_equal(tag, "kept");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_language_is_what_gettext_calls_it),
		cmocka_unit_test(what_is_none_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
