/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/policy.h"

static void
the_table_is_whole(void **state)
{
	static const char *const keys[SETTING_COUNT] = {
		"require-2fa",
		"console-name",
		"applications",
		"idle-lock",
		"invitation",
		"session-limit",
		"password-length",
		"pause-after",
		"welcome",
		"issuer-host",
		"require-2fa-roles",
		"audit-retention",
		"four-eyes",
		"require-ticket",
		"grace",
	};
	enum setting_id id;

	(void)state;
	for (unsigned i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = policy_setting((enum setting_id)i);

		assert_string_equal(setting->key, keys[i]);
		assert_true(strlen(setting->label) > 0);
		assert_true(strlen(setting->help) > 0);
		assert_true(setting->min <= setting->max);
		assert_int_equal(policy_find(keys[i], &id), ERR_OK);
		assert_int_equal(id, i);
	}
	assert_string_equal(policy_setting(SETTING_REQUIRE_2FA)->label,
	    "Require two-factor authentication for all users");
	id = SETTING_INVITATION;
	assert_int_equal(policy_find("require_2fa", &id), ERR_SETTING_UNKNOWN);
	assert_int_equal(policy_find("", &id), ERR_SETTING_UNKNOWN);
	assert_int_equal(id, SETTING_INVITATION);
}

static void
defaults_are_those_of_the_table(void **state)
{
	struct policy policy;
	char value[POLICY_VALUE_SIZE];

	(void)state;
	policy_default(&policy);
	assert_true(policy.require_2fa);
	assert_string_equal(policy.console_name, "ProVconnect");
	assert_string_equal(policy.applications,
	    "Authy, Google Authenticator, Microsoft Authenticator, LastPass Authenticator");
	assert_int_equal(policy.idle_lock, 900);
	assert_int_equal(policy.invitation, 72 * 3600);
	for (unsigned i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = policy_setting((enum setting_id)i);

		/* As text they come back, and are allowed. */
		policy_get(&policy, (enum setting_id)i, value);
		assert_string_equal(value, setting->value);
		assert_int_equal(policy_set(&policy, (enum setting_id)i, setting->value), ERR_OK);
		policy_get(&policy, (enum setting_id)i, value);
		assert_string_equal(value, setting->value);
	}
}

/* What is set, and what is read back; NULL where it is refused. */
struct trial {
	enum setting_id id;
	const char *typed;
	const char *got;
	enum err err;
};

static void
try(const struct trial *trials, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct policy policy, before;
		char value[POLICY_VALUE_SIZE];

		policy_default(&policy);
		policy_default(&before);
		assert_int_equal(policy_set(&policy, trials[i].id, trials[i].typed), trials[i].err);
		if (trials[i].err != ERR_OK) {
			assert_memory_equal(&policy, &before, sizeof policy);
			continue;
		}
		policy_get(&policy, trials[i].id, value);
		assert_string_equal(value, trials[i].got);
		assert_int_equal(policy_set(&policy, trials[i].id, value), ERR_OK);
	}
}

#define TRY(trials) try(trials, sizeof trials / sizeof trials[0])

static void
yes_and_no(void **state)
{
	static const struct trial trials[] = {
		{ SETTING_REQUIRE_2FA, "yes", "yes", ERR_OK },
		{ SETTING_REQUIRE_2FA, "no", "no", ERR_OK },
		{ SETTING_REQUIRE_2FA, " NO\n", "no", ERR_OK },
		{ SETTING_REQUIRE_2FA, "off", "no", ERR_OK },
		{ SETTING_REQUIRE_2FA, "on", "yes", ERR_OK },
		{ SETTING_REQUIRE_2FA, "false", "no", ERR_OK },
		{ SETTING_REQUIRE_2FA, "true", "yes", ERR_OK },
		{ SETTING_REQUIRE_2FA, "0", "no", ERR_OK },
		{ SETTING_REQUIRE_2FA, "1", "yes", ERR_OK },
		{ SETTING_REQUIRE_2FA, "", NULL, ERR_SETTING_VALUE },
		{ SETTING_REQUIRE_2FA, "n", NULL, ERR_SETTING_VALUE },
		{ SETTING_REQUIRE_2FA, "nope", NULL, ERR_SETTING_VALUE },
		{ SETTING_REQUIRE_2FA, "2", NULL, ERR_SETTING_VALUE },
	};

	(void)state;
	TRY(trials);
}

static void
seconds_with_units_and_limits(void **state)
{
	static const struct trial trials[] = {
		{ SETTING_IDLE_LOCK, "60", "1m", ERR_OK },
		{ SETTING_IDLE_LOCK, "59", NULL, ERR_SETTING_VALUE },
		{ SETTING_IDLE_LOCK, "90s", "90s", ERR_OK },
		{ SETTING_IDLE_LOCK, "90", "90s", ERR_OK },
		{ SETTING_IDLE_LOCK, "30M", "30m", ERR_OK },
		{ SETTING_IDLE_LOCK, "60m", "1h", ERR_OK },
		{ SETTING_IDLE_LOCK, "12h", "12h", ERR_OK },
		{ SETTING_IDLE_LOCK, "43201", NULL, ERR_SETTING_VALUE },
		{ SETTING_IDLE_LOCK, "13h", NULL, ERR_SETTING_VALUE },
		{ SETTING_INVITATION, "1h", "1h", ERR_OK },
		{ SETTING_INVITATION, "59m", NULL, ERR_SETTING_VALUE },
		{ SETTING_INVITATION, "3d", "72h", ERR_OK },
		{ SETTING_INVITATION, "30d", "720h", ERR_OK },
		{ SETTING_INVITATION, "31d", NULL, ERR_SETTING_VALUE },
		{ SETTING_INVITATION, "h", NULL, ERR_SETTING_VALUE },
		{ SETTING_INVITATION, "", NULL, ERR_SETTING_VALUE },
		{ SETTING_INVITATION, "-1h", NULL, ERR_SETTING_VALUE },
		{ SETTING_INVITATION, "+2h", NULL, ERR_SETTING_VALUE },
		{ SETTING_INVITATION, "1.5h", NULL, ERR_SETTING_VALUE },
		{ SETTING_INVITATION, "2 h", NULL, ERR_SETTING_VALUE },
		{ SETTING_INVITATION, "2w", NULL, ERR_SETTING_VALUE },
		{ SETTING_INVITATION, "2hh", NULL, ERR_SETTING_VALUE },
		{ SETTING_INVITATION, "999999999d", NULL, ERR_SETTING_VALUE },
		/* 2^64 + 3600: nothing wraps round. */
		{ SETTING_INVITATION, "18446744073709555216", NULL, ERR_SETTING_VALUE },
		{ SETTING_INVITATION, "\xd9\xa2h", NULL, ERR_SETTING_VALUE },
	};

	(void)state;
	TRY(trials);
}

#define TEN(x) x x x x x x x x x x
#define POINTS_32(x) TEN(x) TEN(x) TEN(x) x x
#define POINTS_40(x) TEN(x) TEN(x) TEN(x) TEN(x)

static void
the_console_has_a_name(void **state)
{
	static const struct trial trials[] = {
		{ SETTING_CONSOLE_NAME, "srv1", "srv1", ERR_OK },
		{ SETTING_CONSOLE_NAME, "  Caf\xc3\xa9, A & B 100%  ", "Caf\xc3\xa9, A & B 100%",
		    ERR_OK },
		{ SETTING_CONSOLE_NAME, "Cafe\xcc\x81", "Caf\xc3\xa9", ERR_OK },
		{ SETTING_CONSOLE_NAME, POINTS_32("\xf0\x9f\x98\x80"),
		    POINTS_32("\xf0\x9f\x98\x80"), ERR_OK },
		{ SETTING_CONSOLE_NAME, POINTS_32("a") "a", NULL, ERR_FIELD_LONG },
		{ SETTING_CONSOLE_NAME, "", NULL, ERR_FIELD_EMPTY },
		{ SETTING_CONSOLE_NAME, "  ", NULL, ERR_FIELD_EMPTY },
		{ SETTING_CONSOLE_NAME, "a\033[31mb", NULL, ERR_FIELD_CONTROL },
		{ SETTING_CONSOLE_NAME,
		    "a\xe2\x80\xae"
		    "b",
		    NULL, ERR_FIELD_CONTROL },
		{ SETTING_CONSOLE_NAME, "a\xff", NULL, ERR_FIELD_UTF8 },
		{ SETTING_CONSOLE_NAME, "srv1: night", NULL, ERR_ISSUER_COLON },
		{ SETTING_CONSOLE_NAME, ":", NULL, ERR_ISSUER_COLON },
	};

	(void)state;
	TRY(trials);
}

/* One from before colons were refused is read as it is, and the other settings can be changed. */
static void
a_stored_name_with_a_colon_is_read(void **state)
{
	char value[POLICY_VALUE_SIZE];
	struct policy policy;

	(void)state;
	policy_default(&policy);
	assert_int_equal(policy_load(&policy, SETTING_CONSOLE_NAME, "srv1: night"), ERR_OK);
	assert_string_equal(policy.console_name, "srv1: night");
	assert_int_equal(policy_set(&policy, SETTING_IDLE_LOCK, "1h"), ERR_OK);
	policy_get(&policy, SETTING_CONSOLE_NAME, value);
	assert_string_equal(value, "srv1: night");
	assert_int_equal(policy_load(&policy, SETTING_IDLE_LOCK, "1s"), ERR_SETTING_VALUE);
}

static void
values_are_read_as_text(void **state)
{
	const char *rest = " Authy ,,Aegis", *entry;
	int64_t seconds = 7;
	size_t length;

	(void)state;
	assert_true(policy_is_yes("yes") && policy_is_yes(" On "));
	assert_false(policy_is_yes("no") || policy_is_yes("") || policy_is_yes("yess"));
	assert_string_equal(policy_yes_or_no(true), "yes");
	assert_string_equal(policy_yes_or_no(false), "no");
	assert_true(policy_seconds("3d", &seconds));
	assert_int_equal(seconds, 3 * 86400);
	assert_false(policy_seconds("soon", &seconds));
	assert_int_equal(seconds, 3 * 86400);
	entry = policy_entry(&rest, &length);
	assert_int_equal(length, 5);
	assert_memory_equal(entry, "Authy", 5);
	assert_non_null(policy_entry(&rest, &length));
	assert_int_equal(length, 0);
	entry = policy_entry(&rest, &length);
	assert_int_equal(length, 5);
	assert_memory_equal(entry, "Aegis", 5);
	assert_null(policy_entry(&rest, &length));
}

/* A screen edits a list entry by entry: what it is for says nothing of a line of commas. */
static void
how_a_line_is_written(void **state)
{
	(void)state;
	for (int id = 0; id < SETTING_COUNT; id++) {
		const char *writing = policy_writing((enum setting_id)id);

		assert_null(strstr(policy_setting((enum setting_id)id)->help, "comma"));
		switch (policy_setting((enum setting_id)id)->type) {
		case SETTING_LIST:
			assert_string_equal(writing, "Separate the entries by commas.");
			break;
		case SETTING_KEEP:
		case SETTING_SPAN:
		case SETTING_ROLES:
			assert_non_null(writing);
			break;
		case SETTING_TEXT:
			assert_true((writing != NULL) == (id == SETTING_WELCOME));
			break;
		case SETTING_BOOL:
		case SETTING_SECONDS:
		case SETTING_NUMBER:
			assert_null(writing);
			break;
		}
	}
}

static void
a_refusal_says_the_limits(void **state)
{
	static const struct {
		enum setting_id id;
		const char *says;
	} rows[] = {
		{ SETTING_REQUIRE_2FA, "Not a valid value: give yes or no." },
		{ SETTING_IDLE_LOCK, "Not a valid duration: give 1m to 12h." },
		{ SETTING_INVITATION, "Not a valid duration: give 1h to 30d." },
		{ SETTING_APPLICATIONS,
		    "Not a valid list: give 1 to 8 entries, separated by commas." },
		{ SETTING_CONSOLE_NAME, "Not a valid text: give 1 to 32 characters." },
	};
	char says[POLICY_REFUSAL_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		policy_refusal_fill(policy_refusal(rows[i].id), rows[i].id, says);
		assert_string_equal(says, rows[i].says);
	}
	/* A translation may be longer, or have lost its marks. */
	policy_refusal_fill("Nein.", SETTING_IDLE_LOCK, says);
	assert_string_equal(says, "Nein.");
}

static void
the_box_is_for_every_role(void **state)
{
	struct policy policy;

	(void)state;
	policy_default(&policy);
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		assert_true(policy_requires(&policy, (enum role)role));
	assert_int_equal(policy_set(&policy, SETTING_REQUIRE_2FA, "no"), ERR_OK);
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		assert_false(policy_requires(&policy, (enum role)role));
	assert_int_equal(policy_set(&policy, SETTING_REQUIRE_2FA_ROLES, "administrator"), ERR_OK);
	assert_false(policy_requires(&policy, ROLE_OPERATOR));
	assert_true(policy_requires(&policy, ROLE_ADMINISTRATOR));
	assert_false(policy_requires(&policy, ROLE_SUPER_ADMINISTRATOR));
	assert_false(policy_requires_all(&policy));
	assert_int_equal(policy_set(&policy, SETTING_REQUIRE_2FA_ROLES,
			     "operator, administrator, super-administrator"),
	    ERR_OK);
	assert_true(policy_requires_all(&policy));
	assert_int_equal(policy_set(&policy, SETTING_REQUIRE_2FA_ROLES, "administrator"), ERR_OK);
	/* The box is for all, whatever the roles say. */
	assert_int_equal(policy_set(&policy, SETTING_REQUIRE_2FA, "yes"), ERR_OK);
	assert_true(policy_requires(&policy, ROLE_OPERATOR));
	assert_true(policy_requires_all(&policy));
}

static void
a_list_of_applications(void **state)
{
	static const struct trial trials[] = {
		{ SETTING_APPLICATIONS, "Authy", "Authy", ERR_OK },
		{ SETTING_APPLICATIONS, " Authy ,Aegis,  FreeOTP+ ", "Authy, Aegis, FreeOTP+",
		    ERR_OK },
		{ SETTING_APPLICATIONS, "a,b,c,d,e,f,g,h", "a, b, c, d, e, f, g, h", ERR_OK },
		{ SETTING_APPLICATIONS, "a,b,c,d,e,f,g,h,i", NULL, ERR_SETTING_VALUE },
		{ SETTING_APPLICATIONS, "", NULL, ERR_SETTING_VALUE },
		{ SETTING_APPLICATIONS, "a,,b", NULL, ERR_SETTING_VALUE },
		{ SETTING_APPLICATIONS, "a,", NULL, ERR_SETTING_VALUE },
		{ SETTING_APPLICATIONS, ",a", NULL, ERR_SETTING_VALUE },
		{ SETTING_APPLICATIONS, POINTS_40("a"), POINTS_40("a"), ERR_OK },
		{ SETTING_APPLICATIONS, POINTS_40("a") "a", NULL, ERR_FIELD_LONG },
		/* Each entry is short enough, all of them are not. */
		{ SETTING_APPLICATIONS,
		    POINTS_40("\xf0\x9f\x98\x80") "," POINTS_40("\xf0\x9f\x98\x80") "," POINTS_40(
			"\xf0\x9f\x98\x80") "," POINTS_40("\xf0\x9f\x98\x80"),
		    NULL, ERR_FIELD_LONG },
		{ SETTING_APPLICATIONS, "a,b\nc", NULL, ERR_FIELD_CONTROL },
		{ SETTING_APPLICATIONS, "a,\xc3", NULL, ERR_FIELD_UTF8 },
	};

	(void)state;
	TRY(trials);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_whole),
		cmocka_unit_test(defaults_are_those_of_the_table),
		cmocka_unit_test(yes_and_no),
		cmocka_unit_test(seconds_with_units_and_limits),
		cmocka_unit_test(the_console_has_a_name),
		cmocka_unit_test(a_list_of_applications),
		cmocka_unit_test(a_stored_name_with_a_colon_is_read),
		cmocka_unit_test(values_are_read_as_text),
		cmocka_unit_test(how_a_line_is_written),
		cmocka_unit_test(a_refusal_says_the_limits),
		cmocka_unit_test(the_box_is_for_every_role),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
