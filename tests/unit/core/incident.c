/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of the trail is to the host's log, and the words that filters know. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/audit.h"
#include "core/incident.h"

static const struct {
	enum audit_verb verb;
	const char *result, *kind, *step, *reason;
} rows[] = {
	{ AUDIT_PASSWORD, "wrong", "refused", "password", "wrong" },
	{ AUDIT_CODE, "wrong", "refused", "code", "wrong" },
	{ AUDIT_CODE, "replay", "refused", "code", "replay" },
	{ AUDIT_CODE, "refused", "refused", "code", "refused" },
	{ AUDIT_PASSWORD, "busy", "refused", "password", "busy" },
	{ AUDIT_PASSWORD, "paused", "paused", "password", "paused" },
	{ AUDIT_CODE, "locked", "paused", "code", "locked" },
	{ AUDIT_RECOVERY_CODE, "wrong", "refused", "recovery-code", "wrong" },
	{ AUDIT_RESYNCHRONISE, "wrong", "refused", "resynchronise", "wrong" },
	{ AUDIT_NEW_PASSWORD, "refused", "refused", "new-password", "refused" },
	{ AUDIT_ENROL, "busy", "refused", "configure", "busy" },
	{ AUDIT_ACTIVATE, "wrong", "refused", "configure", "wrong" },
	{ AUDIT_CONFIGURE_LATER, "denied", "refused", "configure", "denied" },
	{ AUDIT_HELLO, "denied", "refused", "authority", "denied" },
	{ AUDIT_MISPLACED, "denied", "refused", "misplaced", "denied" },
	{ AUDIT_TICKET, "wrong", "refused", "ticket", "wrong" },
	{ AUDIT_PAM_CODE, "replay", "refused", "pam", "replay" },
	{ AUDIT_UNLOCK, "wrong", "refused", "unlock", "wrong" },
	{ AUDIT_DEVICE_ADD, "wrong", "refused", "home", "wrong" },
	{ AUDIT_USER_LIST, "denied", "refused", "home", "denied" },
	{ AUDIT_DEVICE_REMOVE, "locked", "paused", "home", "locked" },
};

static void
what_was_refused_is_told_with_door_and_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct incident incident = incident_of(audit_name(rows[i].verb), rows[i].result);

		assert_string_equal(incident_kind(incident.kind), rows[i].kind);
		assert_string_equal(incident_step(incident.step), rows[i].step);
		assert_string_equal(incident_reason(incident.reason), rows[i].reason);
	}
}

/* A bad field at home, a right password, what was changed: the trail has it. */
static void
the_rest_is_the_trails_alone(void **state)
{
	static const struct {
		const char *action, *result;
	} others[] = { { "device-add", "refused" }, { "user-list", "busy" }, { "password", "ok" },
		{ "code", "ok" }, { "sign-out", "ok" }, { "sign-out", "ended" },
		{ "setting", "ok" }, { "import", "undone" }, { "", "ok" }, { "password", "" } };

	(void)state;
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		assert_int_equal(incident_of(others[i].action, others[i].result).kind,
		    INCIDENT_NONE);
}

static void
a_sign_in_and_an_alarm_are_told(void **state)
{
	(void)state;
	assert_int_equal(incident_of("sign-in", "ok").kind, INCIDENT_ACCEPTED);
	assert_int_equal(incident_of("pam-code", "ok").kind, INCIDENT_ACCEPTED);
	assert_int_equal(incident_of("pam-code", "ok").step, INCIDENT_PAM);
	assert_int_equal(incident_of("ticket", "ok").kind, INCIDENT_NONE);
	assert_int_equal(incident_of("not-me", "ok").kind, INCIDENT_ALARM);
	assert_int_equal(incident_of("not-me", "wrong").kind, INCIDENT_REFUSED);
}

/* A filter matches [a-z-]+, and a label of metrics is not escaped. */
static void
every_word_is_one_in_small_letters_and_its_own(void **state)
{
	(void)state;
	for (int i = INCIDENT_NONE + 1; i < INCIDENT_KINDS; i++)
		assert_int_equal(strspn(incident_kind((enum incident_kind)i),
				     "abcdefghijklmnopqrstuvwxyz-"),
		    strlen(incident_kind((enum incident_kind)i)));
	for (int i = 0; i < INCIDENT_STEPS; i++) {
		const char *word = incident_step((enum incident_step)i);

		assert_in_range(strlen(word), 3, 20);
		assert_int_equal(strspn(word, "abcdefghijklmnopqrstuvwxyz-"), strlen(word));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(word, incident_step((enum incident_step)k));
	}
	for (int i = 0; i < INCIDENT_REASONS; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(incident_reason((enum incident_reason)i),
			    incident_reason((enum incident_reason)k));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_refused_is_told_with_door_and_reason),
		cmocka_unit_test(the_rest_is_the_trails_alone),
		cmocka_unit_test(a_sign_in_and_an_alarm_are_told),
		cmocka_unit_test(every_word_is_one_in_small_letters_and_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
