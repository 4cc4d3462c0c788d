/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings that are numbers, roles, or for ever, and the decisions that rest on them. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/policy.h"
#include "core/throttle.h"

enum { NOW = 1700000000 };

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

/* Fifteen where it is all that guards the account (NIST SP 800-63B-4, 3.1.1.2). */
static void
how_long_a_password_must_be(void **state)
{
	struct policy policy;

	(void)state;
	policy_default(&policy);
	assert_int_equal(policy_password_least(&policy, ROLE_OPERATOR, false), 12);
	assert_int_equal(policy_set(&policy, SETTING_REQUIRE_2FA, "no"), ERR_OK);
	assert_int_equal(policy_password_least(&policy, ROLE_OPERATOR, false), 15);
	assert_int_equal(policy_password_least(&policy, ROLE_OPERATOR, true), 12);
	assert_int_equal(policy_set(&policy, SETTING_REQUIRE_2FA_ROLES, "operator"), ERR_OK);
	assert_int_equal(policy_password_least(&policy, ROLE_OPERATOR, false), 12);
	assert_int_equal(policy_password_least(&policy, ROLE_ADMINISTRATOR, false), 15);
	assert_int_equal(policy_set(&policy, SETTING_PASSWORD_LENGTH, "20"), ERR_OK);
	assert_int_equal(policy_password_least(&policy, ROLE_OPERATOR, false), 20);
	assert_int_equal(policy_password_least(&policy, ROLE_ADMINISTRATOR, false), 20);
}

static void
numbers_roles_and_for_ever(void **state)
{
	static const struct trial trials[] = {
		{ SETTING_PASSWORD_LENGTH, "12", "12", ERR_OK },
		{ SETTING_PASSWORD_LENGTH, " 64 ", "64", ERR_OK },
		{ SETTING_PASSWORD_LENGTH, "11", NULL, ERR_SETTING_VALUE },
		{ SETTING_PASSWORD_LENGTH, "65", NULL, ERR_SETTING_VALUE },
		{ SETTING_PASSWORD_LENGTH, "20s", NULL, ERR_SETTING_VALUE },
		{ SETTING_PASSWORD_LENGTH, "", NULL, ERR_SETTING_VALUE },
		{ SETTING_PAUSE_AFTER, "3", "3", ERR_OK },
		{ SETTING_PAUSE_AFTER, "10", "10", ERR_OK },
		{ SETTING_PAUSE_AFTER, "2", NULL, ERR_SETTING_VALUE },
		{ SETTING_PAUSE_AFTER, "11", NULL, ERR_SETTING_VALUE },
		{ SETTING_PAUSE_AFTER, "0", NULL, ERR_SETTING_VALUE },
		{ SETTING_SESSION_LIMIT, "15m", "15m", ERR_OK },
		{ SETTING_SESSION_LIMIT, "24h", "24h", ERR_OK },
		{ SETTING_SESSION_LIMIT, "14m", NULL, ERR_SETTING_VALUE },
		{ SETTING_SESSION_LIMIT, "25h", NULL, ERR_SETTING_VALUE },
		{ SETTING_AUDIT_RETENTION, "0", "0", ERR_OK },
		{ SETTING_AUDIT_RETENTION, "365d", "365d", ERR_OK },
		{ SETTING_AUDIT_RETENTION, "23h", NULL, ERR_SETTING_VALUE },
		{ SETTING_AUDIT_RETENTION, "36501d", NULL, ERR_SETTING_VALUE },
		{ SETTING_REQUIRE_2FA_ROLES, "", "", ERR_OK },
		{ SETTING_REQUIRE_2FA_ROLES, "none", "", ERR_OK },
		{ SETTING_REQUIRE_2FA_ROLES, "super-administrator , Administrator",
		    "administrator, super-administrator", ERR_OK },
		{ SETTING_REQUIRE_2FA_ROLES, "operator,operator", "operator", ERR_OK },
		{ SETTING_REQUIRE_2FA_ROLES, "operator,", NULL, ERR_SETTING_VALUE },
		{ SETTING_REQUIRE_2FA_ROLES, "root", NULL, ERR_SETTING_VALUE },
		{ SETTING_WELCOME, "", "", ERR_OK },
		{ SETTING_WELCOME, "NONE", "", ERR_OK },
		{ SETTING_WELCOME, "All use is recorded.", "All use is recorded.", ERR_OK },
		{ SETTING_WELCOME, "a\x1b[31mb", NULL, ERR_FIELD_CONTROL },
	};

	(void)state;
	TRY(trials);
}

/* The setting acts on what was counted before it was changed. */
static void
the_first_pause_comes_when_it_is_set_to(void **state)
{
	struct throttle throttle = { 0, 0 };

	(void)state;
	for (uint32_t n = 1; n <= 9; n++) {
		throttle_fail(&throttle, 10, NOW);
		assert_int_equal(throttle_wait(&throttle, 10, NOW), 0);
	}
	assert_int_equal(throttle_room(&throttle, 10), 1);
	/* Lowered: the tenth is the eighth with a pause. */
	throttle_fail(&throttle, 3, NOW);
	assert_int_equal(throttle_wait(&throttle, 3, NOW), 900);
	throttle = (struct throttle){ 2, 0 };
	throttle_fail(&throttle, 3, NOW);
	assert_int_equal(throttle_wait(&throttle, 3, NOW), 30);
	/* Raised: what it no longer pauses for is over. */
	assert_int_equal(throttle_wait(&throttle, 5, NOW), 0);
	assert_int_equal(throttle_room(&throttle, 5), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(how_long_a_password_must_be),
		cmocka_unit_test(numbers_roles_and_for_ever),
		cmocka_unit_test(the_first_pause_comes_when_it_is_set_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
