/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conversation at the doors. */
#include "talk_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
two_doors_lead_home(void **state)
{
	struct talk_stage *stage = *state;
	static const struct talk_answer answers[] = { { "User name: ", false, "alice" },
		{ "Password: ", true, "correct horse" }, { "6-digit code: ", false, "123 456" },
		{ NULL, false, NULL } };
	static const struct talk_reply replies[] = { { WIRE_PASSWORD, ERR_OK, DOOR_CODE, 0 },
		{ WIRE_CODE, ERR_OK, DOOR_HOME, 0 }, TALK_NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	talk_ends(stage, ERR_OK);
	assert_string_equal(stage->last.u.code.code, "123456");
	assert_string_equal(stage->conv.user, "Alice");
	assert_true(stage->conv.inside);
}

static void
only_what_was_refused_is_asked_again(void **state)
{
	struct talk_stage *stage = *state;
	static const struct talk_answer answers[] = { { "User name: ", false, "alexandra" },
		{ "Password: ", true, "wrong" }, { "User name [alexandra]: ", false, "alice" },
		{ "Password: ", true, "" }, { "Password: ", true, "b" },
		{ "User name [alice]: ", false, "" }, { "Password: ", true, "correct horse" },
		{ "6-digit code: ", false, "12345" }, { "6-digit code: ", false, "y" },
		{ "6-digit code: ", false, "123456" }, { "6-digit code: ", false, "?" },
		{ "6-digit code: ", false, NULL }, { NULL, false, NULL } };
	static const struct talk_reply replies[] = { { WIRE_PASSWORD, ERR_CREDENTIALS, DOOR_NAME,
							 0 },
		{ WIRE_PASSWORD, ERR_OK, DOOR_CODE, 0 },
		{ WIRE_CODE, ERR_CODE_WRONG, DOOR_CODE, 17 }, TALK_NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	talk_ends(stage, ERR_ENDED);
	talk_tells(stage, "User name or password is wrong.");
	talk_tells(stage, "This field is empty.");
	talk_tells(stage, "A code has 6 digits.");
	talk_tells(stage, "That code is wrong. New code in 17 s.");
	talk_tells(stage, "\ny: Uses two codes in a row");
	assert_false(stage->conv.inside);
}

/* The SSH key says whose it is: the name is told and not asked, and is in the request. */
static void
a_name_that_is_fixed_is_not_asked(void **state)
{
	struct talk_stage *stage = *state;
	static const struct talk_answer answers[] = { { "Password: ", true, "wrong" },
		{ "Password: ", true, "correct horse" }, { NULL, false, NULL } };
	static const struct talk_reply replies[] = { { WIRE_PASSWORD, ERR_CREDENTIALS, DOOR_NAME,
							 0 },
		{ WIRE_PASSWORD, ERR_OK, DOOR_HOME, 0 }, TALK_NO_MORE };

	wire_put(stage->conv.fixed, sizeof stage->conv.fixed, "alice");
	stage->answers = answers;
	stage->replies = replies;
	talk_ends(stage, ERR_OK);
	assert_string_equal(stage->last.u.password.name, "alice");
	talk_tells(stage, "User name: alice, by your SSH key");
	talk_tells(stage, "Not you? Press Ctrl-C");
}

static void
the_key_is_told_before_it_is_confirmed(void **state)
{
	struct talk_stage *stage = *state;
	static const struct talk_answer answers[] = { { "User name: ", false, "alice" },
		{ "Password: ", true, "correct horse" }, { "New password: ", true, "staple" },
		{ "Repeat password: ", true, "stable" }, { "Repeat password: ", true, "staple" },
		{ "6-digit code: ", false, "s" }, { "6-digit code: ", false, "q" },
		{ "6-digit code: ", false, "123456" }, { "6-digit code: ", false, "234567" },
		{ "Type yes when you have saved these codes: ", false, "y" },
		{ "Type yes when you have saved these codes: ", false, "yes" },
		{ NULL, false, NULL } };
	static const struct talk_reply replies[] = { { WIRE_PASSWORD, ERR_OK, DOOR_PASSWORD, 0 },
		{ WIRE_NEW_PASSWORD, ERR_OK, DOOR_CONFIGURE, 0 },
		{ WIRE_ENROL, ERR_OK, DOOR_CONFIGURE, 0 },
		{ WIRE_ACTIVATE, ERR_PENDING_GONE, DOOR_CONFIGURE, 0 },
		{ WIRE_ENROL, ERR_OK, DOOR_CONFIGURE, 0 },
		{ WIRE_ACTIVATE, ERR_OK, DOOR_RECOVERY, 0 },
		{ WIRE_CODES, ERR_OK, DOOR_RECOVERY, 0 },
		{ WIRE_CODES_SAVED, ERR_OK, DOOR_HOME, 0 }, TALK_NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	talk_ends(stage, ERR_OK);
	talk_tells(stage, "The two passwords differ.");
	talk_tells(stage, "\nJBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP\n");
	talk_tells(stage, "\nGroup 2 of 8: Y, 3, D, P\n");
	talk_tells(stage, "\nABCD-EFGH-2345-WXYZ\n");
	assert_int_equal(stage->draws, 1);
	assert_int_equal(stage->drops, 3); /* nothing typed ahead answers what was not seen */
}

static void
back_is_a_request_of_its_own(void **state)
{
	struct talk_stage *stage = *state;
	static const struct talk_answer answers[] = { { "User name: ", false, "alice" },
		{ "Password: ", true, "correct horse" }, { "6-digit code: ", false, "r" },
		{ "Recovery code: ", false, "b" }, { "6-digit code: ", false, "B" },
		{ "User name [Alice]: ", false, NULL }, { NULL, false, NULL } };
	static const struct talk_reply replies[] = { { WIRE_PASSWORD, ERR_OK, DOOR_CODE, 0 },
		{ WIRE_BACK, ERR_OK, DOOR_NAME, 0 }, TALK_NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	talk_ends(stage, ERR_ENDED);
}

static void
a_busy_keeper_is_asked_again(void **state)
{
	struct talk_stage *stage = *state;
	static const struct talk_answer answers[] = { { "User name: ", false, "alice" },
		{ "Password: ", true, "correct horse" }, { NULL, false, NULL } };
	static const struct talk_reply replies[] = { { WIRE_PASSWORD, ERR_BUSY, DOOR_NAME, 0 },
		{ WIRE_NEWS, ERR_OK, DOOR_NAME, 0 }, { WIRE_PASSWORD, ERR_BUSY, DOOR_NAME, 0 },
		{ WIRE_PASSWORD, ERR_OK, DOOR_HOME, 0 }, TALK_NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	talk_ends(stage, ERR_OK);
	assert_string_equal(stage->last.u.password.password, "correct horse");
	assert_int_equal(stage->waited, 1 + 2);
}

/* While it is paused nothing was wrong: resynchronising is not offered. */
static void
a_pause_is_no_verdict(void **state)
{
	struct talk_stage *stage = *state;
	static const struct talk_answer answers[] = { { "User name: ", false, "alice" },
		{ "Password: ", true, "correct horse" }, { "6-digit code: ", false, "123456" },
		{ "6-digit code: ", false, "y" }, { "6-digit code: ", false, NULL },
		{ NULL, false, NULL } };
	static const struct talk_reply replies[] = { { WIRE_PASSWORD, ERR_OK, DOOR_CODE, 0 },
		{ WIRE_CODE, ERR_PAUSED, DOOR_CODE, 27 }, TALK_NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	talk_ends(stage, ERR_ENDED);
	talk_tells(stage, "Too many attempts. Try again in 27 s.");
	assert_null(strstr(stage->told, "resynchronise"));
}

static void
the_end_says_why(void **state)
{
	struct talk_stage *stage = *state;
	static const struct talk_answer answers[] = { { "User name: ", false, "alice" },
		{ "Password: ", true, "correct horse" }, { NULL, false, NULL } };
	static const struct talk_reply replies[] = { { WIRE_NO_OP, ERR_CROWDED, DOOR_CLOSED, 0 },
		TALK_NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	talk_ends(stage, ERR_CROWDED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TALK(two_doors_lead_home),
		TALK(only_what_was_refused_is_asked_again),
		TALK(a_name_that_is_fixed_is_not_asked),
		TALK(the_key_is_told_before_it_is_confirmed),
		TALK(back_is_a_request_of_its_own),
		TALK(a_busy_keeper_is_asked_again),
		TALK(a_pause_is_no_verdict),
		TALK(the_end_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
