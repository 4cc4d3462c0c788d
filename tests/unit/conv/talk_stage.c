/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "talk_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "wire/line.h"

/* --- the person ---------------------------------------------------------------------- */

static enum err
ask(void *self, const char *prompt, bool hidden, char *buf, size_t size)
{
	struct talk_stage *stage = self;
	const struct talk_answer *answer = stage->answers++;

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
	struct talk_stage *stage = self;
	size_t used = strlen(stage->told);

	(void)kind;
	assert_true(used + strlen(text) + 2 < sizeof stage->told);
	snprintf(stage->told + used, sizeof stage->told - used, "%s\n", text);
}

static void
drop(void *self)
{
	struct talk_stage *stage = self;

	stage->drops++;
}

static void
draw(void *self, const char *uri, const char *uri_short)
{
	struct talk_stage *stage = self;

	assert_string_equal(uri, "otpauth://whole");
	assert_string_equal(uri_short, "otpauth://short");
	stage->draws++;
}

/* --- the keeper ------------------------------------------------------------------------ */

static void
fill(const struct talk_reply *reply, struct wire_reply *message)
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
	struct talk_stage *stage = self;
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

int
talk_open(void **state)
{
	static struct talk_stage stage;
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

int
talk_close(void **state)
{
	struct talk_stage *stage = *state;

	close(stage->ends[0]);
	close(stage->ends[1]);
	return 0;
}

void
talk_ends(struct talk_stage *stage, enum err err)
{
	assert_int_equal(conv_doors(&stage->conv, false), err);
	assert_null(stage->answers->asked);
	assert_int_equal(stage->replies->op, WIRE_OP_COUNT);
}

void
talk_tells(const struct talk_stage *stage, const char *text)
{
	if (strstr(stage->told, text) == NULL)
		fail_msg("\"%s\" is not in:\n%s", text, stage->told);
}
