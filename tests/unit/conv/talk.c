/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The conversation without a terminal and without a keeper: answers from a list, and replies from
 * another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "conv/conv.h"
#include "wire/line.h"

enum { TOLD_SIZE = 65536 };

/* What the person answers, in turn: what must be asked, how, and the answer (NULL: leaves). */
struct answer {
	const char *asked;
	bool hidden;
	const char *typed;
};

/* What the keeper is asked, in turn, and what it says. */
struct reply {
	enum wire_op op;
	enum err err;
	enum signin_door door;
	int64_t wait;
};

struct stage {
	int ends[2];
	struct conv conv;
	const struct answer *answers;
	const struct reply *replies;
	char told[TOLD_SIZE];
	struct wire_request last; /* the last request, as it came */
	unsigned drops, draws;
	int64_t waited;
};

/* --- the person ---------------------------------------------------------------------- */

static enum err
ask(void *self, const char *prompt, bool hidden, char *buf, size_t size)
{
	struct stage *stage = self;
	const struct answer *answer = stage->answers++;

	assert_non_null(answer->asked);
	assert_string_equal(prompt, answer->asked);
	assert_int_equal(hidden, answer->hidden);
	if (answer->typed == NULL)
		return ERR_ENDED;
	if (strcmp(answer->typed, "(idle)") == 0)
		return ERR_LOCKED;
	assert_true(strlen(answer->typed) < size);
	memcpy(buf, answer->typed, strlen(answer->typed) + 1);
	return ERR_OK;
}

static void
tell(void *self, enum conv_kind kind, const char *text)
{
	struct stage *stage = self;
	size_t used = strlen(stage->told);

	(void)kind;
	assert_true(used + strlen(text) + 2 < sizeof stage->told);
	snprintf(stage->told + used, sizeof stage->told - used, "%s\n", text);
}

static void
drop(void *self)
{
	struct stage *stage = self;

	stage->drops++;
}

static void
draw(void *self, const char *uri, const char *uri_short)
{
	struct stage *stage = self;

	assert_string_equal(uri, "otpauth://whole");
	assert_string_equal(uri_short, "otpauth://short");
	stage->draws++;
}

/* --- the keeper ------------------------------------------------------------------------ */

static void
fill(const struct reply *reply, struct wire_reply *message)
{
	wire_reply_init(message, reply->op);
	message->err = reply->err;
	message->door = reply->door;
	message->wait = reply->wait;
	if (reply->err != ERR_OK)
		return;
	if (reply->op == WIRE_ENROL) {
		wire_put(message->u.enrol.key, sizeof message->u.enrol.key,
		    "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
		wire_put(message->u.enrol.uri, sizeof message->u.enrol.uri, "otpauth://whole");
		wire_put(message->u.enrol.uri_short, sizeof message->u.enrol.uri_short,
		    "otpauth://short");
	}
	if (reply->op == WIRE_PASSWORD || reply->op == WIRE_CODE)
		wire_put(message->u.signin.name, sizeof message->u.signin.name, "Alice");
	if (reply->op == WIRE_CODES)
		for (size_t i = 0; i < ACCOUNT_RECOVERY_CODES; i++)
			wire_put(message->u.codes.code[i], sizeof message->u.codes.code[i],
			    "ABCD-EFGH-2345-WXYZ");
}

/* The console waits: its request is there, and is answered. Replies that nobody asked for (NEWS,
 * and the end) come first. */
static enum err
wait(void *self, int64_t seconds)
{
	struct stage *stage = self;
	struct wire_reply message;

	if (seconds >= 0) {
		stage->waited += seconds;
		return ERR_OK;
	}
	fill(stage->replies, &message);
	if (stage->replies->op != WIRE_NEWS && stage->replies->op != WIRE_NO_OP) {
		assert_int_equal(line_receive_request(stage->ends[1], &stage->last), ERR_OK);
		assert_int_equal(stage->last.op, stage->replies->op);
	}
	stage->replies++;
	assert_int_equal(line_send_reply(stage->ends[1], &message), ERR_OK);
	return ERR_OK;
}

/* --- the stage -------------------------------------------------------------------------- */

static int
set_up(void **state)
{
	static struct stage stage;
	const struct conv_face face = { .self = &stage,
		.ask = ask,
		.tell = tell,
		.wait = wait,
		.drop = drop,
		.draw = draw };
	struct wire_hello_reply hello = { .idle_lock = 900, .console_name = "ProVconnect" };

	memset(&stage, 0, sizeof stage);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, stage.ends), 0);
	conv_open(&stage.conv, &face, stage.ends[0], &hello);
	*state = &stage;
	return 0;
}

static int
tear_down(void **state)
{
	struct stage *stage = *state;

	close(stage->ends[0]);
	close(stage->ends[1]);
	return 0;
}

static void
ends_with(struct stage *stage, enum err err)
{
	assert_int_equal(conv_doors(&stage->conv, false), err);
	assert_null(stage->answers->asked);
	assert_int_equal(stage->replies->op, WIRE_OP_COUNT);
}

static void
is_told(const struct stage *stage, const char *text)
{
	if (strstr(stage->told, text) == NULL)
		fail_msg("\"%s\" is not in:\n%s", text, stage->told);
}

#define NO_MORE \
	{ \
		.op = WIRE_OP_COUNT \
	}

/* --- stories ------------------------------------------------------------------------------ */

static void
two_doors_lead_home(void **state)
{
	struct stage *stage = *state;
	static const struct answer answers[] = { { "User name: ", false, "alice" },
		{ "Password: ", true, "correct horse" }, { "6-digit code: ", false, "123 456" },
		{ NULL, false, NULL } };
	static const struct reply replies[] = { { WIRE_PASSWORD, ERR_OK, DOOR_CODE, 0 },
		{ WIRE_CODE, ERR_OK, DOOR_HOME, 0 }, NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	ends_with(stage, ERR_OK);
	assert_string_equal(stage->last.u.code.code, "123456");
	assert_string_equal(stage->conv.user, "Alice");
	assert_true(stage->conv.inside);
}

static void
only_what_was_refused_is_asked_again(void **state)
{
	struct stage *stage = *state;
	static const struct answer answers[] = { { "User name: ", false, "alexandra" },
		{ "Password: ", true, "wrong" }, { "User name [alexandra]: ", false, "alice" },
		{ "Password: ", true, "" }, { "Password: ", true, "b" },
		{ "User name [alice]: ", false, "" }, { "Password: ", true, "correct horse" },
		{ "6-digit code: ", false, "12345" }, { "6-digit code: ", false, "y" },
		{ "6-digit code: ", false, "123456" }, { "6-digit code: ", false, "?" },
		{ "6-digit code: ", false, NULL }, { NULL, false, NULL } };
	static const struct reply replies[] = { { WIRE_PASSWORD, ERR_CREDENTIALS, DOOR_NAME, 0 },
		{ WIRE_PASSWORD, ERR_OK, DOOR_CODE, 0 },
		{ WIRE_CODE, ERR_CODE_WRONG, DOOR_CODE, 17 }, NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	ends_with(stage, ERR_ENDED);
	is_told(stage, "User name or password is wrong.");
	is_told(stage, "This field is empty.");
	is_told(stage, "A code has 6 digits.");
	is_told(stage, "That code is wrong. New code in 17 s.");
	is_told(stage, "\ny: Uses two codes in a row");
	assert_false(stage->conv.inside);
}

static void
the_key_is_told_before_it_is_confirmed(void **state)
{
	struct stage *stage = *state;
	static const struct answer answers[] = { { "User name: ", false, "alice" },
		{ "Password: ", true, "correct horse" }, { "New password: ", true, "staple" },
		{ "Repeat password: ", true, "stable" }, { "Repeat password: ", true, "staple" },
		{ "6-digit code: ", false, "s" }, { "6-digit code: ", false, "q" },
		{ "6-digit code: ", false, "123456" }, { "6-digit code: ", false, "234567" },
		{ "Type yes when you have saved these codes: ", false, "y" },
		{ "Type yes when you have saved these codes: ", false, "yes" },
		{ NULL, false, NULL } };
	static const struct reply replies[] = { { WIRE_PASSWORD, ERR_OK, DOOR_PASSWORD, 0 },
		{ WIRE_NEW_PASSWORD, ERR_OK, DOOR_CONFIGURE, 0 },
		{ WIRE_ENROL, ERR_OK, DOOR_CONFIGURE, 0 },
		{ WIRE_ACTIVATE, ERR_PENDING_GONE, DOOR_CONFIGURE, 0 },
		{ WIRE_ENROL, ERR_OK, DOOR_CONFIGURE, 0 },
		{ WIRE_ACTIVATE, ERR_OK, DOOR_RECOVERY, 0 },
		{ WIRE_CODES, ERR_OK, DOOR_RECOVERY, 0 },
		{ WIRE_CODES_SAVED, ERR_OK, DOOR_HOME, 0 }, NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	ends_with(stage, ERR_OK);
	is_told(stage, "The two passwords differ.");
	is_told(stage, "\nJBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP\n");
	is_told(stage, "\nGroup 2 of 8: Y, 3, D, P\n");
	is_told(stage, "\nABCD-EFGH-2345-WXYZ\n");
	assert_int_equal(stage->draws, 1);
	assert_int_equal(stage->drops, 3); /* nothing typed ahead answers what was not seen */
}

static void
back_is_a_request_of_its_own(void **state)
{
	struct stage *stage = *state;
	static const struct answer answers[] = { { "User name: ", false, "alice" },
		{ "Password: ", true, "correct horse" }, { "6-digit code: ", false, "r" },
		{ "Recovery code: ", false, "b" }, { "6-digit code: ", false, "B" },
		{ "User name [Alice]: ", false, NULL }, { NULL, false, NULL } };
	static const struct reply replies[] = { { WIRE_PASSWORD, ERR_OK, DOOR_CODE, 0 },
		{ WIRE_BACK, ERR_OK, DOOR_NAME, 0 }, NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	ends_with(stage, ERR_ENDED);
}

static void
a_busy_keeper_is_asked_again(void **state)
{
	struct stage *stage = *state;
	static const struct answer answers[] = { { "User name: ", false, "alice" },
		{ "Password: ", true, "correct horse" }, { NULL, false, NULL } };
	static const struct reply replies[] = { { WIRE_PASSWORD, ERR_BUSY, DOOR_NAME, 0 },
		{ WIRE_NEWS, ERR_OK, DOOR_NAME, 0 }, { WIRE_PASSWORD, ERR_BUSY, DOOR_NAME, 0 },
		{ WIRE_PASSWORD, ERR_OK, DOOR_HOME, 0 }, NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	ends_with(stage, ERR_OK);
	assert_string_equal(stage->last.u.password.password, "correct horse");
	assert_int_equal(stage->waited, 1 + 2);
}

/* While it is paused nothing was wrong: resynchronising is not offered. */
static void
a_pause_is_no_verdict(void **state)
{
	struct stage *stage = *state;
	static const struct answer answers[] = { { "User name: ", false, "alice" },
		{ "Password: ", true, "correct horse" }, { "6-digit code: ", false, "123456" },
		{ "6-digit code: ", false, "y" }, { "6-digit code: ", false, NULL },
		{ NULL, false, NULL } };
	static const struct reply replies[] = { { WIRE_PASSWORD, ERR_OK, DOOR_CODE, 0 },
		{ WIRE_CODE, ERR_PAUSED, DOOR_CODE, 27 }, NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	ends_with(stage, ERR_ENDED);
	is_told(stage, "Too many attempts. Try again in 27 s.");
	assert_null(strstr(stage->told, "resynchronise"));
}

static void
the_end_says_why(void **state)
{
	struct stage *stage = *state;
	static const struct answer answers[] = { { "User name: ", false, "alice" },
		{ "Password: ", true, "correct horse" }, { NULL, false, NULL } };
	static const struct reply replies[] = { { WIRE_NO_OP, ERR_CROWDED, DOOR_CLOSED, 0 },
		NO_MORE };

	stage->answers = answers;
	stage->replies = replies;
	ends_with(stage, ERR_CROWDED);
}

/* --- at home -------------------------------------------------------------------------------- */

static void
an_idle_question_is_asked_again_behind_the_lock(void **state)
{
	struct stage *stage = *state;
	static const struct answer answers[] = { { "Number: ", false, "(idle)" },
		{ "6-digit code: ", false, "r" }, { "Recovery code: ", false, "ABCD" },
		{ "Number: ", false, "7" }, { NULL, false, NULL } };
	static const struct reply replies[] = { { WIRE_LOCK, ERR_OK, DOOR_LOCKED, 0 },
		{ WIRE_UNLOCK, ERR_OK, DOOR_HOME, 0 }, NO_MORE };
	const struct conv_question question = { .prompt = "Number", .help = "" };
	char answer[CONV_ANSWER_SIZE];

	stage->answers = answers;
	stage->replies = replies;
	stage->conv.door = DOOR_HOME;
	stage->conv.inside = stage->conv.has_2fa = true;
	assert_int_equal(conv_question(&stage->conv, &question, answer), ERR_OK);
	assert_string_equal(answer, "7");
	assert_string_equal(stage->last.u.proof.proof.recovery, "ABCD");
	is_told(stage, "Locked");
}

static void
a_proof_goes_into_its_request(void **state)
{
	struct stage *stage = *state;
	static const struct answer answers[] = { { "6-digit code: ", false, "123456" },
		{ "6-digit code: ", false, "234567" }, { NULL, false, NULL } };
	static const struct reply replies[] = { { WIRE_DEACTIVATE, ERR_CODE_WRONG, DOOR_HOME, 17 },
		{ WIRE_DEACTIVATE, ERR_MANDATORY, DOOR_HOME, 0 }, NO_MORE };
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
	is_told(stage, "Really?");
	is_told(stage, "it cannot be deactivated");
}

static void
a_proof_that_is_not_given_sends_nothing(void **state)
{
	struct stage *stage = *state;
	static const struct answer answers[] = { { "Password: ", true, "b" },
		{ NULL, false, NULL } };
	static const struct reply replies[] = { NO_MORE };
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

#define STORY(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORY(two_doors_lead_home),
		STORY(only_what_was_refused_is_asked_again),
		STORY(the_key_is_told_before_it_is_confirmed),
		STORY(back_is_a_request_of_its_own),
		STORY(a_busy_keeper_is_asked_again),
		STORY(a_pause_is_no_verdict),
		STORY(the_end_says_why),
		STORY(an_idle_question_is_asked_again_behind_the_lock),
		STORY(a_proof_goes_into_its_request),
		STORY(a_proof_that_is_not_given_sends_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
