/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests and their answers, and what the keeper says unasked. */
#include <string.h>
#include <unistd.h>

#include "conv/conv.h"
#include "core/text.h"
#include "core/words.h"
#include "wire/line.h"

enum { TRIES = 10, WAIT_MOST = 5 /* seconds */ };

/* Told once, wherever it is heard. */
static void
note_role(struct conv *conv, const struct wire_reply *reply)
{
	if (reply->role != 0 && conv->role != 0 && reply->role != conv->role)
		conv_tellf(conv, CONV_NEWS, _("Your role was changed: you are now %s."),
		    _(role_title((enum role)(reply->role - 1))));
	if (reply->role != 0)
		conv->role = reply->role;
}

/* Every answer says until when, by the keeper's clock. */
static void
note_administering(struct conv *conv, const struct wire_reply *reply)
{
	int64_t left = reply->administering - reply->now;

	conv->administering = reply->administering != 0 && left > 0 ? conv_clock() + left : 0;
}

bool
conv_administering(const struct conv *conv)
{
	return conv->administering > conv_clock();
}

static enum err
note_door(struct conv *conv, const struct wire_reply *reply)
{
	note_role(conv, reply);
	if (reply->door != (uint32_t)conv->door)
		conv->optional = false;
	note_administering(conv, reply);
	conv->door = (enum signin_door)reply->door;
	conv->inside = conv->inside || conv->door == DOOR_HOME;
	if (conv->door == DOOR_CLOSED)
		return reply->err != ERR_OK ? (enum err)reply->err : ERR_ENDED;
	return ERR_OK;
}

/* Whether configuring, the door that one stands at, may be left. */
static void
note_optional(struct conv *conv, const struct wire_reply *news)
{
	bool optional = news->u.news.optional != 0;

	if (conv->door != DOOR_CONFIGURE || news->door != DOOR_CONFIGURE ||
	    conv->optional == optional)
		return;
	conv->optional = optional;
	conv_tell(conv, CONV_NEWS,
	    optional ? _("Two-factor authentication is required no more. Type n to go on without "
			 "it, or configure it here.")
		     : _("Two-factor authentication is required again: configure it here."));
}

/* Somebody says something to the person at this line. */
static void
tell_said(struct conv *conv, const struct wire_said_reply *said)
{
	char who[TEXT_NAME_SIZE], text[WIRE_SAY_SIZE];

	(void)text_show(said->who, strlen(said->who), who, sizeof who);
	(void)text_show(said->text, strlen(said->text), text, sizeof text);
	conv_tellf(conv, CONV_NEWS, _("%s says: %s"), who, text);
}

/* What the keeper says without having been asked. ERR_LOCKED: its lock has closed. */
static enum err
note_news(struct conv *conv, const struct wire_reply *reply)
{
	if (reply->op == WIRE_NO_OP)
		return reply->err != ERR_OK ? (enum err)reply->err : ERR_ENDED;
	if (reply->op == WIRE_SAID) {
		tell_said(conv, &reply->u.said);
		return ERR_OK;
	}
	if (reply->op != WIRE_NEWS)
		return ERR_PROTOCOL;
	if (reply->u.news.idle_lock > 0)
		conv->idle_lock = reply->u.news.idle_lock;
	if (reply->u.news.lasts > 0)
		conv->ends = conv_clock() + reply->u.news.lasts;
	note_role(conv, reply);
	note_optional(conv, reply);
	if (reply->door != DOOR_LOCKED)
		return ERR_OK;
	conv->door = DOOR_LOCKED;
	return ERR_LOCKED;
}

enum err
conv_hear(struct conv *conv)
{
	struct wire_reply reply;
	enum err err = line_receive_reply(conv->line, &reply);

	if (err == ERR_BUSY)
		return ERR_OK;
	if (err == ERR_OK)
		err = note_news(conv, &reply);
	secret_wipe(&reply, sizeof reply);
	return err;
}

static void
keep_passed(struct conv *conv, int passed)
{
	int before = conv_take_passed(conv);

	if (before >= 0)
		close(before);
	conv->passed = passed;
}

int
conv_take_passed(struct conv *conv)
{
	int passed = conv->passed;

	conv->passed = -1;
	return passed;
}

/* The answer to op. News that come before it do not take its place. */
static enum err
await(struct conv *conv, uint32_t op, struct wire_reply *ret_reply)
{
	int passed = -1;
	enum err err;

	for (;;) {
		err = conv->face.wait(conv->face.self, -1);
		if (err != ERR_OK)
			return err;
		err = line_receive_reply_with(conv->line, ret_reply, &passed);
		if (err == ERR_BUSY)
			continue;
		keep_passed(conv, passed);
		if (err != ERR_OK || ret_reply->op == op)
			return err;
		err = note_news(conv, ret_reply);
		if (err != ERR_OK && err != ERR_LOCKED)
			return err;
	}
}

static enum err
ask_once(struct conv *conv, const struct wire_request *request, struct wire_reply *ret_reply)
{
	enum err err = line_send_request(conv->line, request);

	/* A keeper that is gone may have said why. */
	if (err == ERR_OK || err == ERR_KEEPER_GONE)
		err = await(conv, request->op, ret_reply);
	return err;
}

enum err
conv_exchange(struct conv *conv, struct wire_request *request, struct wire_reply *ret_reply)
{
	bool was_home = conv->door == DOOR_HOME;
	enum err err;

	for (int tries = 1;; tries++) {
		err = ask_once(conv, request, ret_reply);
		if (err != ERR_OK || ret_reply->err != ERR_BUSY || ret_reply->door == DOOR_CLOSED ||
		    tries > TRIES)
			break;
		err = conv->face.wait(conv->face.self, tries < WAIT_MOST ? tries : WAIT_MOST);
		if (err != ERR_OK)
			break;
	}
	conv->last_asked = conv_clock();
	if (err == ERR_OK)
		err = note_door(conv, ret_reply);
	if (err == ERR_OK && was_home && conv->door == DOOR_LOCKED)
		err = ERR_LOCKED;
	secret_wipe(request, sizeof *request);
	return err;
}

enum err
conv_get(struct conv *conv, enum wire_op op, struct wire_reply *ret_reply)
{
	struct wire_request request;

	wire_request_init(&request, op);
	return conv_exchange(conv, &request, ret_reply);
}

enum err
conv_lock(struct conv *conv)
{
	struct wire_reply reply;
	enum err err;

	if (conv->door == DOOR_LOCKED) /* the keeper was first */
		return ERR_LOCKED;
	err = conv_get(conv, WIRE_LOCK, &reply);
	return err == ERR_OK ? (enum err)reply.err : err;
}
