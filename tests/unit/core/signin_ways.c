/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "signin_facts.h"

/* The ways home, and those that are closed, one event after the other. */

static bool
is_same(const struct signin *a, const struct signin *b)
{
	return a->door == b->door && a->password_passed == b->password_passed &&
	    a->code_passed == b->code_passed && a->signed_in == b->signed_in;
}

/* One line of a way: the event, the facts after it, and what comes of it. */
struct line {
	enum signin_event event;
	unsigned facts;
	enum signin_door door;
	unsigned effects;
};

enum { ON = 1, HAS = 2, MANDATORY = 4, DUE = 8, UNSAVED = 16, ALARMED = 32, DOUBTS = 64 };
enum { NOBODY = 128 };

static void
go(const struct line *lines, size_t count)
{
	struct signin now = signin_start();

	for (size_t i = 0; i < count; i++) {
		struct signin_facts facts = facts_of(lines[i].facts);
		unsigned effects = 0xffff;

		now = signin_next(now, lines[i].event, lines[i].facts == NOBODY ? NULL : &facts,
		    &effects);
		assert_int_equal(now.door, lines[i].door);
		assert_int_equal(effects, lines[i].effects);
	}
}

#define GO(...) \
	do { \
		static const struct line lines[] = { __VA_ARGS__ }; \
		go(lines, sizeof lines / sizeof lines[0]); \
	} while (0)

static void
the_ways_home(void **state)
{
	(void)state;
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS | MANDATORY, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS | MANDATORY, DOOR_HOME,
		EFFECT_CLEAR_CODE | EFFECT_SIGNED_IN },
	    { SIGNIN_END, ON | HAS | MANDATORY, DOOR_CLOSED, 0 });
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_RECOVERY_GOOD, ON | HAS, DOOR_HOME, EFFECT_CLEAR_CODE | EFFECT_SIGNED_IN });
	GO({ SIGNIN_PASSWORD_GOOD, ON, DOOR_HOME, EFFECT_CLEAR_PASSWORD | EFFECT_SIGNED_IN });
	/* The code comes before the new password, and a set never saved is shown again. */
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS | DUE | UNSAVED, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS | DUE | UNSAVED, DOOR_PASSWORD, EFFECT_CLEAR_CODE },
	    { SIGNIN_NEW_PASSWORD_BAD, ON | HAS | DUE | UNSAVED, DOOR_PASSWORD, 0 },
	    { SIGNIN_NEW_PASSWORD, ON | HAS | UNSAVED, DOOR_RECOVERY, 0 },
	    { SIGNIN_CODES_SAVED, ON | HAS, DOOR_HOME, EFFECT_SIGNED_IN });
	/* Someone new. */
	GO({ SIGNIN_PASSWORD_GOOD, ON | MANDATORY | DUE, DOOR_PASSWORD, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_NEW_PASSWORD, ON | MANDATORY, DOOR_CONFIGURE, 0 },
	    { SIGNIN_CONFIGURE_BAD, ON | MANDATORY, DOOR_CONFIGURE, EFFECT_COUNT_CODE },
	    { SIGNIN_REFUSED, ON | MANDATORY, DOOR_CONFIGURE, 0 },
	    { SIGNIN_CONFIGURED, ON | HAS | MANDATORY | UNSAVED, DOOR_RECOVERY, EFFECT_CLEAR_CODE },
	    { SIGNIN_CODES_SAVED, ON | HAS | MANDATORY, DOOR_HOME, EFFECT_SIGNED_IN });
}

static void
refusals_count_and_stay(void **state)
{
	(void)state;
	/* Nobody, and someone who is disabled: alike. */
	GO({ SIGNIN_PASSWORD_BAD, NOBODY, DOOR_NAME, EFFECT_COUNT_PASSWORD },
	    { SIGNIN_PASSWORD_BAD, HAS, DOOR_NAME, EFFECT_COUNT_PASSWORD },
	    { SIGNIN_PASSWORD_BAD, ON, DOOR_NAME, EFFECT_COUNT_PASSWORD },
	    { SIGNIN_REFUSED, NOBODY, DOOR_NAME, 0 }, { SIGNIN_REFUSED, HAS, DOOR_NAME, 0 },
	    { SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_BAD, ON | HAS, DOOR_CODE, EFFECT_COUNT_CODE },
	    { SIGNIN_RECOVERY_BAD, ON | HAS, DOOR_CODE, EFFECT_COUNT_CODE },
	    { SIGNIN_REFUSED, ON | HAS, DOOR_CODE, 0 },
	    { SIGNIN_CODE_GOOD, ON | HAS, DOOR_HOME, EFFECT_CLEAR_CODE | EFFECT_SIGNED_IN });
}

static void
back_forgets_what_was_passed(void **state)
{
	struct signin_facts facts = facts_of(ON | HAS | DUE);
	struct signin now = signin_start(), start = signin_start();
	unsigned effects;

	(void)state;
	now = signin_next(now, SIGNIN_PASSWORD_GOOD, &facts, &effects);
	now = signin_next(now, SIGNIN_CODE_GOOD, &facts, &effects);
	assert_int_equal(now.door, DOOR_PASSWORD);
	now = signin_next(now, SIGNIN_BACK, NULL, &effects);
	assert_true(is_same(&now, &start));
	assert_int_equal(effects, EFFECT_FORGET);
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_BACK, ON | HAS, DOOR_NAME, EFFECT_FORGET },
	    { SIGNIN_CODE_GOOD, ON | HAS, DOOR_CLOSED, 0 });
	GO({ SIGNIN_PASSWORD_GOOD, ON | MANDATORY, DOOR_CONFIGURE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_BACK, NOBODY, DOOR_NAME, EFFECT_FORGET },
	    { SIGNIN_CONFIGURED, ON | HAS | MANDATORY, DOOR_CLOSED, 0 });
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS | UNSAVED, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS | UNSAVED, DOOR_RECOVERY, EFFECT_CLEAR_CODE },
	    { SIGNIN_BACK, ON | HAS | UNSAVED, DOOR_CLOSED, 0 });
}

static void
facts_that_change_between_doors(void **state)
{
	(void)state;
	/* Reset while the code is asked: whatever was typed, over. */
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON, DOOR_CLOSED, 0 });
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_BAD, ON, DOOR_CLOSED, EFFECT_COUNT_CODE });
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_REFUSED, ON | MANDATORY, DOOR_CLOSED, 0 });
	/* Reset after the code, before home. */
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS | DUE, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS | DUE, DOOR_PASSWORD, EFFECT_CLEAR_CODE },
	    { SIGNIN_NEW_PASSWORD, ON, DOOR_CLOSED, 0 });
	/* Disabled at any door. */
	GO({ SIGNIN_PASSWORD_GOOD, HAS, DOOR_CLOSED, 0 });
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, HAS, DOOR_CLOSED, 0 });
	/* Configured from another session: then a code is asked here. */
	GO({ SIGNIN_PASSWORD_GOOD, ON | MANDATORY, DOOR_CONFIGURE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CONFIGURE_BAD, ON | MANDATORY | HAS, DOOR_CODE, EFFECT_COUNT_CODE });
	/* It became mandatory at a later door; and optional, which lets no refusal in. */
	GO({ SIGNIN_PASSWORD_GOOD, ON | DUE, DOOR_PASSWORD, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_NEW_PASSWORD, ON | MANDATORY, DOOR_CONFIGURE, 0 },
	    { SIGNIN_CONFIGURE_BAD, ON, DOOR_CONFIGURE, EFFECT_COUNT_CODE },
	    { SIGNIN_REFUSED, ON, DOOR_CONFIGURE, 0 });
	/* Configured, says the event, and the store says no. */
	GO({ SIGNIN_PASSWORD_GOOD, ON | MANDATORY, DOOR_CONFIGURE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CONFIGURED, ON | MANDATORY, DOOR_CLOSED, 0 });
}

/* It was not me: home is shut until the authenticator and the codes are others; a line that drops
 * on the way goes on there, behind password and code. */
static void
it_was_not_me(void **state)
{
	(void)state;
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS, DOOR_HOME, EFFECT_CLEAR_CODE | EFFECT_SIGNED_IN },
	    { SIGNIN_NEW_PASSWORD, ON | HAS | UNSAVED | ALARMED, DOOR_CONFIGURE,
		EFFECT_CLEAR_CODE },
	    { SIGNIN_CONFIGURE_BAD, ON | HAS | UNSAVED | ALARMED, DOOR_CONFIGURE,
		EFFECT_COUNT_CODE },
	    { SIGNIN_CONFIGURED, ON | HAS | UNSAVED, DOOR_RECOVERY, EFFECT_CLEAR_CODE },
	    { SIGNIN_CODES_SAVED, ON | HAS, DOOR_HOME, 0 });
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS | UNSAVED | ALARMED, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS | UNSAVED | ALARMED, DOOR_CONFIGURE, EFFECT_CLEAR_CODE },
	    { SIGNIN_CONFIGURED, ON | HAS | UNSAVED, DOOR_RECOVERY, EFFECT_CLEAR_CODE });
	/* Without a second factor the new password is all of it. */
	GO({ SIGNIN_PASSWORD_GOOD, ON, DOOR_HOME, EFFECT_CLEAR_PASSWORD | EFFECT_SIGNED_IN },
	    { SIGNIN_NEW_PASSWORD, ON, DOOR_HOME, EFFECT_CLEAR_CODE });
}

static void
configuring_from_home(void **state)
{
	(void)state;
	GO({ SIGNIN_PASSWORD_GOOD, ON, DOOR_HOME, EFFECT_CLEAR_PASSWORD | EFFECT_SIGNED_IN },
	    { SIGNIN_CONFIGURE_BAD, ON, DOOR_HOME, EFFECT_COUNT_CODE },
	    { SIGNIN_REFUSED, ON | HAS, DOOR_HOME, 0 },
	    { SIGNIN_CONFIGURED, ON | HAS | UNSAVED, DOOR_RECOVERY, EFFECT_CLEAR_CODE },
	    { SIGNIN_CODES_SAVED, ON | HAS, DOOR_HOME, 0 },
	    { SIGNIN_NEW_PASSWORD_BAD, ON | HAS, DOOR_CLOSED, 0 });
	GO({ SIGNIN_PASSWORD_GOOD, ON, DOOR_HOME, EFFECT_CLEAR_PASSWORD | EFFECT_SIGNED_IN },
	    { SIGNIN_CONFIGURE_BAD, 0, DOOR_CLOSED, EFFECT_COUNT_CODE });
	/* Deactivated at home with its code passed, then configured anew. */
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS, DOOR_HOME, EFFECT_CLEAR_CODE | EFFECT_SIGNED_IN },
	    { SIGNIN_CONFIGURE_BAD, ON, DOOR_HOME, EFFECT_COUNT_CODE },
	    { SIGNIN_CONFIGURED, ON | HAS, DOOR_HOME, EFFECT_CLEAR_CODE });
}

/* A fresh code or password at home authorises one request: it counts, and opens nothing. */
static void
proofs_at_home(void **state)
{
	(void)state;
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS, DOOR_HOME, EFFECT_CLEAR_CODE | EFFECT_SIGNED_IN },
	    { SIGNIN_CODE_BAD, ON | HAS, DOOR_HOME, EFFECT_COUNT_CODE },
	    { SIGNIN_RECOVERY_BAD, ON | HAS, DOOR_HOME, EFFECT_COUNT_CODE },
	    { SIGNIN_PASSWORD_BAD, ON | HAS, DOOR_HOME, EFFECT_COUNT_PASSWORD },
	    { SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_HOME, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS, DOOR_HOME, EFFECT_CLEAR_CODE },
	    { SIGNIN_RENEW, ON | HAS | UNSAVED, DOOR_RECOVERY, EFFECT_CLEAR_CODE },
	    { SIGNIN_CODES_SAVED, ON | HAS, DOOR_HOME, 0 },
	    { SIGNIN_CODE_GOOD, HAS, DOOR_CLOSED, 0 });
	/* No new codes for whoever has no 2FA. */
	GO({ SIGNIN_PASSWORD_GOOD, ON, DOOR_HOME, EFFECT_CLEAR_PASSWORD | EFFECT_SIGNED_IN },
	    { SIGNIN_RENEW, ON, DOOR_CLOSED, 0 });
}

/* After "it was not me": each authenticator that came since, and then home. None of it is passed by
 * a refusal, and going back leaves all of it to the next sign-in. */
static void
what_is_in_doubt_comes_before_home(void **state)
{
	(void)state;
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS | ALARMED | DOUBTS | UNSAVED, DOOR_CODE,
	       EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS | ALARMED | DOUBTS | UNSAVED, DOOR_CONFIGURE,
		EFFECT_CLEAR_CODE },
	    { SIGNIN_CONFIGURED, ON | HAS | DOUBTS | UNSAVED, DOOR_RECOVERY, EFFECT_CLEAR_CODE },
	    { SIGNIN_CODES_SAVED, ON | HAS | DOUBTS, DOOR_DOUBT, 0 },
	    { SIGNIN_REFUSED, ON | HAS | DOUBTS, DOOR_DOUBT, 0 },
	    { SIGNIN_REFUSED, ON | HAS, DOOR_DOUBT, 0 },
	    { SIGNIN_JUDGED, ON | HAS | DOUBTS, DOOR_DOUBT, 0 },
	    { SIGNIN_JUDGED, ON | HAS, DOOR_HOME, EFFECT_SIGNED_IN });
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS | DOUBTS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS | DOUBTS, DOOR_DOUBT, EFFECT_CLEAR_CODE },
	    { SIGNIN_BACK, ON | HAS | DOUBTS, DOOR_NAME, EFFECT_FORGET });
	/* What another line changed meanwhile: codes unsaved, or two factors gone. */
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS | DOUBTS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS | DOUBTS, DOOR_DOUBT, EFFECT_CLEAR_CODE },
	    { SIGNIN_JUDGED, ON | HAS | UNSAVED, DOOR_RECOVERY, 0 });
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS | DOUBTS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS | DOUBTS, DOOR_DOUBT, EFFECT_CLEAR_CODE },
	    { SIGNIN_JUDGED, ON, DOOR_CLOSED, 0 });
}

static void
a_locked_session(void **state)
{
	(void)state;
	/* By a code, or by the password and then the code. It is no second sign-in. */
	GO({ SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_CODE_GOOD, ON | HAS, DOOR_HOME, EFFECT_CLEAR_CODE | EFFECT_SIGNED_IN },
	    { SIGNIN_LOCK, ON | HAS, DOOR_LOCKED, 0 },
	    { SIGNIN_CODE_BAD, ON | HAS, DOOR_LOCKED, EFFECT_COUNT_CODE },
	    { SIGNIN_REFUSED, ON | HAS, DOOR_LOCKED, 0 },
	    { SIGNIN_CODE_GOOD, ON | HAS, DOOR_HOME, EFFECT_CLEAR_CODE },
	    { SIGNIN_LOCK, ON | HAS, DOOR_LOCKED, 0 },
	    { SIGNIN_PASSWORD_BAD, ON | HAS, DOOR_LOCKED, EFFECT_COUNT_PASSWORD },
	    { SIGNIN_PASSWORD_GOOD, ON | HAS, DOOR_CODE, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_RECOVERY_GOOD, ON | HAS, DOOR_HOME, EFFECT_CLEAR_CODE });
	/* Without 2FA by the password; where it became mandatory, it is configured first. */
	GO({ SIGNIN_PASSWORD_GOOD, ON, DOOR_HOME, EFFECT_CLEAR_PASSWORD | EFFECT_SIGNED_IN },
	    { SIGNIN_LOCK, ON, DOOR_LOCKED, 0 },
	    { SIGNIN_PASSWORD_GOOD, ON, DOOR_HOME, EFFECT_CLEAR_PASSWORD },
	    { SIGNIN_LOCK, ON | MANDATORY, DOOR_LOCKED, 0 },
	    { SIGNIN_PASSWORD_GOOD, ON | MANDATORY, DOOR_CONFIGURE, EFFECT_CLEAR_PASSWORD });
	/* Nothing else opens it. */
	GO({ SIGNIN_PASSWORD_GOOD, ON, DOOR_HOME, EFFECT_CLEAR_PASSWORD | EFFECT_SIGNED_IN },
	    { SIGNIN_LOCK, ON, DOOR_LOCKED, 0 }, { SIGNIN_BACK, ON, DOOR_CLOSED, 0 });
	GO({ SIGNIN_PASSWORD_GOOD, ON, DOOR_HOME, EFFECT_CLEAR_PASSWORD | EFFECT_SIGNED_IN },
	    { SIGNIN_LOCK, ON, DOOR_LOCKED, 0 }, { SIGNIN_PASSWORD_GOOD, 0, DOOR_CLOSED, 0 });
}

static void
doors_left_idle(void **state)
{
	(void)state;
	assert_int_equal(signin_idle_limit(DOOR_NAME), 120);
	assert_int_equal(signin_idle_limit(DOOR_CODE), 120);
	assert_int_equal(signin_idle_limit(DOOR_PASSWORD), 900);
	assert_int_equal(signin_idle_limit(DOOR_CONFIGURE), 900);
	assert_int_equal(signin_idle_limit(DOOR_RECOVERY), 900);
	assert_int_equal(signin_idle_limit(DOOR_DOUBT), 900);
	assert_int_equal(signin_idle_limit(DOOR_HOME), 0);
	assert_int_equal(signin_idle_limit(DOOR_CLOSED), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_ways_home),
		cmocka_unit_test(refusals_count_and_stay),
		cmocka_unit_test(what_is_in_doubt_comes_before_home),
		cmocka_unit_test(back_forgets_what_was_passed),
		cmocka_unit_test(facts_that_change_between_doors),
		cmocka_unit_test(it_was_not_me),
		cmocka_unit_test(configuring_from_home),
		cmocka_unit_test(proofs_at_home),
		cmocka_unit_test(a_locked_session),
		cmocka_unit_test(doors_left_idle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
