/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other people in words, and what may be done to them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "conv/people.h"

enum { NOW = 1795521600 }; /* 2026-11-24 12:00 UTC */

static struct wire_user
somebody(enum role role)
{
	struct wire_user user = { .role = (uint8_t)role, .enabled = 1, .created = NOW - 90000 };

	wire_put(user.name, sizeof user.name, "Zo\xc3\xab");
	return user;
}

static void
assert_state(struct wire_user user, const char *want)
{
	char buf[PEOPLE_LINE];

	people_state(&user, NOW, buf, sizeof buf);
	assert_string_equal(buf, want);
}

static void
a_state_is_what_needs_attention_first(void **state)
{
	struct wire_user user = somebody(ROLE_OPERATOR);

	(void)state;
	assert_state(user, "-");
	user.password_due = 1;
	assert_state(user, "new password due");
	user.password_expires = NOW + 49 * 3600;
	assert_state(user, "invited, 3 d left");
	user.password_expires = NOW + 3601;
	assert_state(user, "invited, 2 h left");
	user.password_expires = NOW + 61;
	assert_state(user, "invited, 2 min left");
	user.password_expires = NOW;
	assert_state(user, "invitation expired");
	user.here = 1;
	assert_state(user, "here now");
	user.codes_paused = NOW + 240;
	assert_state(user, "paused, 4 min");
	user.codes_paused = INT64_MAX;
	assert_state(user, "to be unlocked");
	user.enabled = 0;
	assert_state(user, "disabled");
}

static void
numbers_are_told_with_their_words(void **state)
{
	struct wire_counts counts = { .people = 12, .with_2fa = 9, .paused = 1 };
	char buf[PEOPLE_LINE];

	(void)state;
	people_counts(&counts, ", ", buf, sizeof buf);
	assert_string_equal(buf, "12 people, 9 with two-factor authentication, 1 paused");
	counts = (struct wire_counts){ .people = 1 };
	people_counts(&counts, " - ", buf, sizeof buf);
	assert_string_equal(buf, "1 person - 0 with two-factor authentication");
}

/* A name is shown, never believed. */
static void
what_a_name_holds_does_no_harm(void **state)
{
	struct wire_user user = somebody(ROLE_OPERATOR);
	char buf[PEOPLE_LINE];

	(void)state;
	wire_put(user.name, sizeof user.name, "%s%n\x1b[2J");
	people_question(PEOPLE_UNLOCK, &user, ROLE_OPERATOR, buf, sizeof buf);
	assert_non_null(strstr(buf, "%s%n?[2J"));
	people_done(PEOPLE_ROLE, &user, ROLE_ADMINISTRATOR, buf, sizeof buf);
	assert_non_null(strstr(buf, "%s%n?[2J has another role now: Administrator."));
}

static bool
offered(enum role asker, const struct wire_user *user, enum people_action action)
{
	enum people_action list[PEOPLE_ACTIONS];
	size_t count = people_actions(asker, user, list);

	for (size_t i = 0; i < count; i++)
		if (list[i] == action)
			return true;
	return false;
}

static void
only_what_the_asker_may_do_is_offered(void **state)
{
	struct wire_user low = somebody(ROLE_OPERATOR), high = somebody(ROLE_ADMINISTRATOR);
	enum people_action list[PEOPLE_ACTIONS];

	(void)state;
	assert_int_equal(people_actions(ROLE_OPERATOR, &low, list), 0);
	assert_int_equal(people_actions(ROLE_ADMINISTRATOR, &high, list), 0);
	assert_true(offered(ROLE_ADMINISTRATOR, &low, PEOPLE_RESET));
	assert_true(offered(ROLE_ADMINISTRATOR, &low, PEOPLE_DISABLE));
	assert_false(offered(ROLE_ADMINISTRATOR, &low, PEOPLE_ROLE));
	assert_false(offered(ROLE_ADMINISTRATOR, &low, PEOPLE_REMOVE));
	assert_true(offered(ROLE_SUPER_ADMINISTRATOR, &high, PEOPLE_REMOVE));
	assert_false(offered(ROLE_SUPER_ADMINISTRATOR, &low, PEOPLE_END));
	assert_false(offered(ROLE_SUPER_ADMINISTRATOR, &low, PEOPLE_ENABLE));
	low.here = 1;
	low.enabled = 0;
	assert_true(offered(ROLE_SUPER_ADMINISTRATOR, &low, PEOPLE_END));
	assert_true(offered(ROLE_SUPER_ADMINISTRATOR, &low, PEOPLE_ENABLE));
	assert_false(offered(ROLE_SUPER_ADMINISTRATOR, &low, PEOPLE_DISABLE));
}

static void
every_action_has_its_request(void **state)
{
	struct wire_user user = somebody(ROLE_OPERATOR);
	struct wire_request request;

	(void)state;
	for (int i = 0; i < PEOPLE_ACTIONS; i++) {
		people_request((enum people_action)i, &user, ROLE_ADMINISTRATOR, &request);
		assert_non_null(wire_request_proof(&request));
		assert_true(strlen(people_action_label((enum people_action)i)) > 0);
		assert_true(strlen(people_action_verb((enum people_action)i)) > 0);
	}
	people_request(PEOPLE_ENABLE, &user, ROLE_OPERATOR, &request);
	assert_int_equal(request.op, WIRE_USER_ENABLE);
	assert_true(request.u.user_enable.enabled);
	people_request(PEOPLE_DISABLE, &user, ROLE_OPERATOR, &request);
	assert_false(request.u.user_enable.enabled);
	assert_string_equal(request.u.user_enable.name, user.name);
	people_request(PEOPLE_INVITE, &user, ROLE_OPERATOR, &request);
	assert_int_equal(request.op, WIRE_USER_PASSWORD);
	assert_true(request.u.user_add.invite);
	people_request(PEOPLE_ROLE, &user, ROLE_ADMINISTRATOR, &request);
	assert_int_equal(request.u.user_role.role, ROLE_ADMINISTRATOR);
}

static void
what_must_be_typed_is(void **state)
{
	struct wire_user user = somebody(ROLE_OPERATOR);
	struct wire_request request;

	(void)state;
	people_request(PEOPLE_RESET, &user, ROLE_OPERATOR, &request);
	assert_int_equal(people_take(PEOPLE_RESET, "  ", &request), ERR_REASON_MISSING);
	assert_int_equal(people_take(PEOPLE_RESET, "lost", &request), ERR_OK);
	assert_string_equal(request.u.user_reset.reason, "lost");
	people_request(PEOPLE_REMOVE, &user, ROLE_OPERATOR, &request);
	assert_int_equal(people_take(PEOPLE_REMOVE, "Zoe", &request), ERR_NAME_DIFFERS);
	assert_int_equal(people_take(PEOPLE_REMOVE, "", &request), ERR_NAME_DIFFERS);
	assert_int_equal(people_take(PEOPLE_REMOVE, " zo\xc3\xab ", &request), ERR_OK);
	assert_string_equal(request.u.user_remove.name, user.name);
}

static void
roles_that_may_be_given(void **state)
{
	enum role list[ROLE_COUNT];

	(void)state;
	assert_int_equal(people_roles(ROLE_OPERATOR, list), 0);
	assert_int_equal(people_roles(ROLE_ADMINISTRATOR, list), 1);
	assert_int_equal(list[0], ROLE_OPERATOR);
	assert_int_equal(people_roles(ROLE_SUPER_ADMINISTRATOR, list), 3);
}

static void
facts_without_a_word_are_left_out(void **state)
{
	struct wire_user user = somebody(ROLE_OPERATOR);
	char label[PEOPLE_LINE], text[PEOPLE_LINE];
	size_t count = 0;

	(void)state;
	while (people_fact(&user, NOW, count, label, text, sizeof text)) {
		assert_string_not_equal(label, "Paused");
		assert_true(strlen(text) > 0);
		count++;
	}
	user.paused_until = NOW + 30;
	assert_true(people_fact(&user, NOW, count, label, text, sizeof text));
	assert_false(people_fact(&user, NOW, count + 1, label, text, sizeof text));
}

static int
utc(void **state)
{
	(void)state;
	(void)setenv("TZ", "UTC", 1);
	tzset();
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_state_is_what_needs_attention_first),
		cmocka_unit_test(numbers_are_told_with_their_words),
		cmocka_unit_test(what_a_name_holds_does_no_harm),
		cmocka_unit_test(only_what_the_asker_may_do_is_offered),
		cmocka_unit_test(every_action_has_its_request),
		cmocka_unit_test(what_must_be_typed_is),
		cmocka_unit_test(roles_that_may_be_given),
		cmocka_unit_test(facts_without_a_word_are_left_out),
	};

	return cmocka_run_group_tests(tests, utc, NULL);
}
