/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conversation at home: the lock, and proofs. */
#include "talk_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
an_idle_question_is_asked_again_behind_the_lock(void **state)
{
	struct talk_stage *stage = *state;
	static const struct talk_answer answers[] = { { "Number: ", false, "(idle)" },
		{ "6-digit code: ", false, "r" }, { "Recovery code: ", false, "ABCD" },
		{ "Number: ", false, "7" }, { NULL, false, NULL } };
	static const struct talk_reply replies[] = { { WIRE_LOCK, ERR_OK, DOOR_LOCKED, 0 },
		{ WIRE_UNLOCK, ERR_OK, DOOR_HOME, 0 }, TALK_NO_MORE };
	const struct conv_question question = { .prompt = "Number", .help = "" };
	char answer[CONV_ANSWER_SIZE];

	stage->answers = answers;
	stage->replies = replies;
	stage->conv.door = DOOR_HOME;
	stage->conv.inside = stage->conv.has_2fa = true;
	assert_int_equal(conv_question(&stage->conv, &question, answer), ERR_OK);
	assert_string_equal(answer, "7");
	assert_string_equal(stage->last.u.proof.proof.recovery, "ABCD");
	talk_tells(stage, "Locked");
}

static void
a_proof_goes_into_its_request(void **state)
{
	struct talk_stage *stage = *state;
	static const struct talk_answer answers[] = { { "6-digit code: ", false, "123456" },
		{ "6-digit code: ", false, "234567" }, { NULL, false, NULL } };
	static const struct talk_reply replies[] = { { WIRE_DEACTIVATE, ERR_CODE_WRONG, DOOR_HOME,
							 17 },
		{ WIRE_DEACTIVATE, ERR_MANDATORY, DOOR_HOME, 0 }, TALK_NO_MORE };
	struct wire_request request;
	struct conv_asked asked;

	stage->answers = answers;
	stage->replies = replies;
	stage->conv.door = DOOR_HOME;
	stage->conv.inside = stage->conv.has_2fa = true;
	wire_request_init(&request, WIRE_DEACTIVATE);
	assert_int_equal(conv_prove(&stage->conv, "Really?", &request, &asked), ERR_OK);
	assert_true(asked.done);
	assert_int_equal(asked.reply.err, ERR_MANDATORY);
	assert_string_equal(stage->last.u.proof.proof.code, "234567");
	talk_tells(stage, "Really?");
	talk_tells(stage, "it cannot be deactivated");
}

static void
a_proof_that_is_not_given_sends_nothing(void **state)
{
	struct talk_stage *stage = *state;
	static const struct talk_answer answers[] = { { "Password: ", true, "b" },
		{ NULL, false, NULL } };
	static const struct talk_reply replies[] = { TALK_NO_MORE };
	struct wire_request request;
	struct conv_asked asked;

	stage->answers = answers;
	stage->replies = replies;
	stage->conv.door = DOOR_HOME;
	stage->conv.inside = true;
	wire_request_init(&request, WIRE_DEACTIVATE);
	assert_int_equal(conv_prove(&stage->conv, "Really?", &request, &asked), ERR_OK);
	assert_false(asked.done);
	assert_int_equal(stage->conv.door, DOOR_HOME);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TALK(an_idle_question_is_asked_again_behind_the_lock),
		TALK(a_proof_goes_into_its_request),
		TALK(a_proof_that_is_not_given_sends_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
