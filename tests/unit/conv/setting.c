/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of settings as people read them and as they type them. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "conv/setting.h"

static void
values_are_words(void **state)
{
	static const struct {
		enum setting_id id;
		const char *value, *words;
	} cases[] = {
		{ SETTING_REQUIRE_2FA, "yes", "yes" },
		{ SETTING_REQUIRE_2FA, "no", "no" },
		{ SETTING_IDLE_LOCK, "15m", "15 minutes" },
		{ SETTING_IDLE_LOCK, "1m", "1 minute" },
		{ SETTING_IDLE_LOCK, "90s", "90 seconds" },
		{ SETTING_IDLE_LOCK, "61s", "61 seconds" },
		{ SETTING_INVITATION, "1h", "1 hour" },
		{ SETTING_INVITATION, "72h", "72 hours" },
		{ SETTING_INVITATION, "90m", "90 minutes" },
		{ SETTING_CONSOLE_NAME, "100 %s", "100 %s" },
		{ SETTING_APPLICATIONS, "Authy, Aegis", "Authy, Aegis" },
		/* what no keeper sends is shown, but does no harm */
		{ SETTING_IDLE_LOCK, "soon", "soon" },
		{ SETTING_CONSOLE_NAME, "a\033[31mb\xe2\x80\xae", "a?[31mb?" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char words[POLICY_VALUE_SIZE];

		setting_words(cases[i].id, cases[i].value, words, sizeof words);
		assert_string_equal(words, cases[i].words);
	}
}

static void
what_is_typed_is_checked(void **state)
{
	static const struct {
		enum setting_id id;
		const char *typed;
		enum err err;
		const char *value;
	} cases[] = {
		{ SETTING_IDLE_LOCK, " 1800 ", ERR_OK, "30m" },
		{ SETTING_IDLE_LOCK, "59s", ERR_SETTING_VALUE, "" },
		{ SETTING_CONSOLE_NAME, "  R&D 100 %  ", ERR_OK, "R&D 100 %" },
		{ SETTING_CONSOLE_NAME, "R&D: 100 %", ERR_ISSUER_COLON, "" },
		{ SETTING_CONSOLE_NAME, "   ", ERR_FIELD_EMPTY, "" },
		{ SETTING_CONSOLE_NAME, "123456789012345678901234567890123", ERR_FIELD_LONG, "" },
		{ SETTING_CONSOLE_NAME,
		    "a\xe2\x80\x8b"
		    "b",
		    ERR_FIELD_CONTROL, "" },
		{ SETTING_CONSOLE_NAME,
		    "a\xe2\x80\xae"
		    "b",
		    ERR_FIELD_CONTROL, "" },
		{ SETTING_CONSOLE_NAME, "a\tb", ERR_FIELD_CONTROL, "" },
		{ SETTING_APPLICATIONS, "Authy ,  Aegis", ERR_OK, "Authy, Aegis" },
		{ SETTING_APPLICATIONS, "", ERR_SETTING_VALUE, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char value[POLICY_VALUE_SIZE] = "";

		assert_int_equal(setting_check(cases[i].id, cases[i].typed, value), cases[i].err);
		assert_string_equal(value, cases[i].value);
	}
}

/* Who has none is named: the first by name, and how many more there are. */
static void
the_question_names_who_has_none(void **state)
{
	struct wire_settings_view_reply view = { .people = 7, .with_2fa = 4 };
	char question[2048];

	(void)state;
	for (int id = 0; id < SETTING_COUNT; id++)
		wire_put(view.value[id], sizeof view.value[id],
		    policy_setting((enum setting_id)id)->value);
	setting_question(&view, SETTING_REQUIRE_2FA, "no", question, sizeof question);
	assert_null(strstr(question, "Without it"));
	wire_put(view.without[0], sizeof view.without[0], "alice");
	wire_put(view.without[1], sizeof view.without[1], "b\x1b[31mruno");
	wire_put(view.without[2], sizeof view.without[2], "chloe");
	setting_question(&view, SETTING_REQUIRE_2FA, "no", question, sizeof question);
	assert_non_null(strstr(question, "Without it: alice, b"));
	assert_non_null(strstr(question, "runo, chloe."));
	assert_null(strchr(question, '\x1b'));
	view.people = 9;
	setting_question(&view, SETTING_REQUIRE_2FA, "yes", question, sizeof question);
	assert_non_null(strstr(question, ", chloe and 2 more."));
	/* Nobody, whatever the names say. */
	view.people = 4;
	setting_question(&view, SETTING_REQUIRE_2FA, "yes", question, sizeof question);
	assert_null(strstr(question, "Without it"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_words),
		cmocka_unit_test(what_is_typed_is_checked),
		cmocka_unit_test(the_question_names_who_has_none),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
