/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/account.h"
#include "core/permission.h"

#define COUNT(array) (sizeof array / sizeof array[0])

static const enum permission host_permissions[] = {
	PERMISSION_USER_LIST,
	PERMISSION_USER_SHOW,
	PERMISSION_USER_ADD,
	PERMISSION_USER_DISABLE,
	PERMISSION_USER_ENABLE,
	PERMISSION_USER_UNLOCK,
	PERMISSION_USER_RESET,
	PERMISSION_USER_PASSWORD,
	PERMISSION_USER_END,
	PERMISSION_USER_SSH_KEYS,
	PERMISSION_USER_ROLE,
	PERMISSION_USER_REMOVE,
	PERMISSION_AUDIT_READ,
	PERMISSION_SETTINGS_READ,
	PERMISSION_SETTINGS_WRITE,
	PERMISSION_SESSION_LIST,
	PERMISSION_SESSION_SAY,
};
static const enum permission administrator_permissions[] = {
	PERMISSION_OWN_ACCOUNT,
	PERMISSION_USER_LIST,
	PERMISSION_USER_SHOW,
	PERMISSION_USER_ADD,
	PERMISSION_USER_DISABLE,
	PERMISSION_USER_ENABLE,
	PERMISSION_USER_UNLOCK,
	PERMISSION_USER_RESET,
	PERMISSION_USER_PASSWORD,
	PERMISSION_USER_END,
	PERMISSION_USER_SSH_KEYS,
	PERMISSION_AUDIT_READ,
	PERMISSION_COMMANDS,
	PERMISSION_RECORDING_PLAY,
	PERMISSION_SESSION_LIST,
	PERMISSION_SESSION_SAY,
};
static const enum permission operator_permissions[] = {
	PERMISSION_OWN_ACCOUNT,
	PERMISSION_COMMANDS,
};
/* What is done to people. */
static const enum permission managing[] = {
	PERMISSION_USER_ADD,
	PERMISSION_USER_DISABLE,
	PERMISSION_USER_ENABLE,
	PERMISSION_USER_UNLOCK,
	PERMISSION_USER_RESET,
	PERMISSION_USER_PASSWORD,
	PERMISSION_USER_END,
	PERMISSION_USER_SSH_KEYS,
	PERMISSION_USER_ROLE,
	PERMISSION_USER_REMOVE,
};

static const struct actor host = { true, 0, ROLE_OPERATOR };
static const struct actor super = { false, 7, ROLE_SUPER_ADMINISTRATOR };
static const struct actor administrator = { false, 7, ROLE_ADMINISTRATOR };
static const struct actor operator= { false, 7, ROLE_OPERATOR };

static bool
among(enum permission permission, const enum permission *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == permission)
			return true;
	return false;
}

static void
each_role_may_what_it_may(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PERMISSION_COUNT; i++) {
		enum permission permission = (enum permission)i;

		assert_int_equal(permission_allows(&host, permission),
		    among(permission, host_permissions, COUNT(host_permissions)));
		assert_true(permission_allows(&super, permission));
		assert_int_equal(permission_allows(&administrator, permission),
		    among(permission, administrator_permissions, COUNT(administrator_permissions)));
		assert_int_equal(permission_allows(&operator, permission),
		    among(permission, operator_permissions, COUNT(operator_permissions)));
	}
}

/* The whole of it, written as sentences rather than as a table. */
static bool
expected_on(const struct actor *actor, enum permission permission, int64_t user, enum role role)
{
	bool seen = permission == PERMISSION_USER_SHOW || permission == PERMISSION_RECORDING_PLAY ||
	    permission == PERMISSION_SESSION_SAY;

	if (!permission_allows(actor, permission))
		return false;
	if (permission == PERMISSION_OWN_ACCOUNT)
		return user == 7;
	if (seen && user == 7)
		return true;
	if (!seen && !among(permission, managing, COUNT(managing)))
		return true;
	if (actor->host)
		return true;
	if (user == 7)
		return false;
	return actor->role == ROLE_SUPER_ADMINISTRATOR || role == ROLE_OPERATOR;
}

static void
people_are_managed_from_above(void **state)
{
	static const struct actor *const actors[] = { &host, &super, &administrator, &operator};
	static const int64_t users[] = { 0, 7, 8 };

	(void)state;
	for (size_t a = 0; a < COUNT(actors); a++)
		for (unsigned i = 0; i < PERMISSION_COUNT; i++)
			for (size_t u = 0; u < COUNT(users); u++)
				for (unsigned r = 0; r < ROLE_COUNT; r++)
					assert_int_equal(permission_allows_on(actors[a],
							     (enum permission)i, users[u],
							     (enum role)r),
					    expected_on(actors[a], (enum permission)i, users[u],
						(enum role)r));
}

static void
the_cases_that_matter_most(void **state)
{
	(void)state;
	assert_true(permission_allows_on(&administrator, PERMISSION_USER_RESET, 8, ROLE_OPERATOR));
	assert_false(
	    permission_allows_on(&administrator, PERMISSION_USER_RESET, 8, ROLE_ADMINISTRATOR));
	assert_false(permission_allows_on(&administrator, PERMISSION_USER_RESET, 8,
	    ROLE_SUPER_ADMINISTRATOR));
	assert_false(
	    permission_allows_on(&administrator, PERMISSION_USER_ADD, 0, ROLE_SUPER_ADMINISTRATOR));
	assert_false(
	    permission_allows_on(&super, PERMISSION_USER_RESET, 7, ROLE_SUPER_ADMINISTRATOR));
	assert_false(
	    permission_allows_on(&super, PERMISSION_USER_ROLE, 7, ROLE_SUPER_ADMINISTRATOR));
	assert_true(
	    permission_allows_on(&super, PERMISSION_USER_ROLE, 8, ROLE_SUPER_ADMINISTRATOR));
	assert_true(
	    permission_allows_on(&host, PERMISSION_USER_RESET, 8, ROLE_SUPER_ADMINISTRATOR));
	assert_true(permission_allows_on(&operator, PERMISSION_OWN_ACCOUNT, 7, ROLE_OPERATOR));
	assert_false(permission_allows_on(&operator, PERMISSION_OWN_ACCOUNT, 8, ROLE_OPERATOR));
	assert_false(permission_allows_on(&super, PERMISSION_OWN_ACCOUNT, 8, ROLE_OPERATOR));
	assert_false(permission_allows(&administrator, PERMISSION_SETTINGS_READ));
}

/* An administrator is shown no list of those who are above operators. */
static void
a_list_is_of_those_who_are_managed(void **state)
{
	const struct actor strange = { false, 7, ROLE_COUNT };

	(void)state;
	assert_int_equal(permission_sees(&host), (1 << ROLE_COUNT) - 1);
	assert_int_equal(permission_sees(&super), (1 << ROLE_COUNT) - 1);
	assert_int_equal(permission_sees(&administrator), 1 << ROLE_OPERATOR);
	assert_int_equal(permission_sees(&operator), 0);
	assert_int_equal(permission_sees(&strange), 0);
}

static void
numbers_out_of_range_are_refused(void **state)
{
	const struct actor strange = { false, 7, ROLE_COUNT };
	const struct actor below = { false, 7, (enum role) - 1 };

	(void)state;
	assert_false(permission_allows(&super, PERMISSION_COUNT));
	assert_false(permission_allows(&host, (enum permission) - 1));
	for (unsigned i = 0; i < PERMISSION_COUNT; i++) {
		assert_false(permission_allows(&strange, (enum permission)i));
		assert_false(permission_allows(&below, (enum permission)i));
	}
	assert_false(permission_allows_on(&super, PERMISSION_USER_ADD, 0, ROLE_COUNT));
	assert_false(permission_allows_on(&host, PERMISSION_USER_ADD, 0, (enum role) - 1));
}

static void
roles_have_words_and_titles(void **state)
{
	enum role role = ROLE_COUNT;

	(void)state;
	assert_string_equal(role_word(ROLE_OPERATOR), "operator");
	assert_string_equal(role_word(ROLE_ADMINISTRATOR), "administrator");
	assert_string_equal(role_word(ROLE_SUPER_ADMINISTRATOR), "super-administrator");
	assert_string_equal(role_title(ROLE_SUPER_ADMINISTRATOR), "Super Administrator");
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		assert_int_equal(role_from_word(role_word((enum role)i), &role), ERR_OK);
		assert_int_equal(role, i);
	}
	role = ROLE_COUNT;
	assert_int_equal(role_from_word("Operator", &role), ERR_ROLE_UNKNOWN);
	assert_int_equal(role_from_word("", &role), ERR_ROLE_UNKNOWN);
	assert_int_equal(role_from_word("operators", &role), ERR_ROLE_UNKNOWN);
	assert_int_equal(role, ROLE_COUNT);
	/* Neither is a role that could be read back. */
	assert_int_equal(role_from_word(role_word(ROLE_COUNT), &role), ERR_ROLE_UNKNOWN);
	assert_true(strlen(role_title((enum role) - 1)) > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_role_may_what_it_may),
		cmocka_unit_test(people_are_managed_from_above),
		cmocka_unit_test(the_cases_that_matter_most),
		cmocka_unit_test(a_list_is_of_those_who_are_managed),
		cmocka_unit_test(numbers_out_of_range_are_refused),
		cmocka_unit_test(roles_have_words_and_titles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
