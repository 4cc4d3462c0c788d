/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conversation goes on where screens were, at the door that is next. */
#include "talk_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct handover
handover(enum signin_door door)
{
	struct handover handover = { .door = door,
		.user = "Alice",
		.idle_lock = 60,
		.skew = -90,
		.recovery_left = 7,
		.next_code = 1234 };

	language_open(&handover.language);
	return handover;
}

/* The door that the keeper named is the next, and no other. */
static void
it_goes_on_where_the_screens_were(void **state)
{
	struct talk_stage *stage = *state;
	const struct handover from = handover(DOOR_CODE);
	static const struct talk_answer answers[] = { { "6-digit code: ", false, "111111" },
		{ "6-digit code: ", false, "123456" }, { NULL, false, NULL } };
	static const struct talk_reply replies[] = { { WIRE_CODE, ERR_CODE_WRONG, DOOR_CODE, 0 },
		{ WIRE_CODE, ERR_OK, DOOR_HOME, 0 }, TALK_NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	conv_go_on(&stage->conv, &from);
	assert_false(stage->conv.inside);
	talk_ends(stage, ERR_OK);
	assert_true(stage->conv.inside);
	assert_string_equal(stage->conv.user, "Alice");
	assert_int_equal(stage->conv.idle_lock, 60);
	assert_int_equal(stage->conv.skew, -90);
	assert_int_equal(stage->conv.recovery_left, 7);
	assert_int_equal(stage->conv.next_code, 1234);
}

/* At home nothing is asked before. */
static void
it_goes_on_at_each_door(void **state)
{
	struct talk_stage *stage = *state;
	static const struct {
		enum signin_door door;
		enum err err;
		struct talk_answer answers[2];
		struct talk_reply replies[2];
	} cases[] = {
		{ DOOR_PASSWORD, ERR_ENDED, { { "New password: ", true, NULL } },
		    { TALK_NO_MORE } },
		{ DOOR_CONFIGURE, ERR_ENDED, { { "6-digit code: ", false, NULL } },
		    { { WIRE_ENROL, ERR_OK, DOOR_CONFIGURE, 0 }, TALK_NO_MORE } },
		{ DOOR_RECOVERY, ERR_ENDED,
		    { { "Type yes when you have saved these codes: ", false, NULL } },
		    { { WIRE_CODES, ERR_OK, DOOR_RECOVERY, 0 }, TALK_NO_MORE } },
		{ DOOR_DOUBT, ERR_ENDED, { { "Type keep or remove: ", false, NULL } },
		    { { WIRE_DOUBTED, ERR_OK, DOOR_DOUBT, 0 }, TALK_NO_MORE } },
		{ DOOR_HOME, ERR_OK, { { NULL, false, NULL } }, { TALK_NO_MORE } },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct handover from = handover(cases[i].door);

		stage->answers = cases[i].answers;
		stage->replies = cases[i].replies;
		conv_go_on(&stage->conv, &from);
		talk_ends(stage, cases[i].err);
		assert_int_equal(stage->conv.inside, cases[i].err == ERR_OK);
	}
}

/* Each is kept or removed, in these words, until none is left. */
static void
what_is_in_doubt_is_kept_or_removed(void **state)
{
	struct talk_stage *stage = *state;
	static const struct talk_answer answers[] = { { "Type keep or remove: ", false, "k" },
		{ "Type keep or remove: ", false, "Keep" },
		{ "Type keep or remove: ", false, "remove" }, { NULL, false, NULL } };
	static const struct talk_reply replies[] = { { WIRE_DOUBTED, ERR_OK, DOOR_DOUBT, 0 },
		{ WIRE_JUDGE, ERR_OK, DOOR_DOUBT, 0 }, { WIRE_DOUBTED, ERR_OK, DOOR_DOUBT, 0 },
		{ WIRE_JUDGE, ERR_STALE, DOOR_DOUBT, 0 }, { WIRE_DOUBTED, ERR_OK, DOOR_HOME, 0 },
		TALK_NO_MORE };
	const struct handover from = handover(DOOR_DOUBT);

	stage->answers = answers;
	stage->replies = replies;
	conv_go_on(&stage->conv, &from);
	talk_ends(stage, ERR_OK);
	assert_false(stage->last.u.judge.keep);
	talk_tells(stage, "Is this yours?");
	talk_tells(stage, "Keep it only if you know it and have it.");
	assert_true(stage->conv.inside);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TALK(it_goes_on_where_the_screens_were),
		TALK(it_goes_on_at_each_door),
		TALK(what_is_in_doubt_is_kept_or_removed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
