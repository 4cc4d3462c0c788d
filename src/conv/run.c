/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the table: what it opens with, its questions, its request, and what is asked again. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "client/host_clock.h"
#include "conv/inside.h"
#include "core/words.h"

const struct wire_reply *
run_shown(const struct run *run)
{
	return (const struct wire_reply *)(const void *)run->shown->bytes;
}

struct wire_request *
run_request(struct run *run)
{
	return (struct wire_request *)(void *)run->request->bytes;
}

/* --- what it opens with -------------------------------------------------------------- */

static enum err
keep_shown(struct run *run, const struct wire_reply *reply)
{
	struct secret *shown = NULL;
	enum err err = secret_from(reply, sizeof *reply, &shown);

	if (err != ERR_OK)
		return err;
	secret_free(run->shown);
	run->shown = shown;
	return ERR_OK;
}

/* What was shown before is told; or it is asked of the keeper first. Typed ahead, nothing can
 * confirm what was not seen. */
static enum err
open_row(struct run *run, const struct wire_reply *given)
{
	struct conv *conv = run->conv;
	struct wire_reply reply = { .op = WIRE_NO_OP };
	enum err err = ERR_OK;

	if (run->row->opens == WIRE_NO_OP)
		return ERR_OK;
	if (given != NULL)
		reply = *given;
	else
		err = conv_get(conv, run->row->opens, &reply);
	if (err == ERR_OK)
		err = (enum err)reply.err;
	if (err == ERR_OK)
		err = keep_shown(run, &reply);
	secret_wipe(&reply, sizeof reply);
	if (err != ERR_OK)
		return err;
	if (run->row == row_of(ROW_DOUBT)) {
		run_request(run)->u.judge.id = run_shown(run)->u.devices.device[0].id;
		run_request(run)->u.judge.ssh = run_shown(run)->u.devices.device[0].ssh;
		run->over = conv->door != DOOR_DOUBT; /* another line of theirs was faster */
	}
	show_reply(conv, run_shown(run));
	if (conv->face.drop != NULL)
		conv->face.drop(conv->face.self);
	return ERR_OK;
}

/* --- the answer ------------------------------------------------------------------------ */

static void
remember(struct conv *conv, const struct wire_reply *reply)
{
	const struct wire_signin_reply *signin = &reply->u.signin;

	if (reply->op < WIRE_FIRST_RUN || reply->op > WIRE_ACTIVATE || reply->op == WIRE_ENROL)
		return;
	if (signin->name[0] != '\0') {
		wire_put(conv->user, sizeof conv->user, signin->name);
		language_speak(&conv->language, signin->language);
		if (signin->password_least > TEXT_PASSWORD_MIN)
			conv->password_least = signin->password_least;
	}
	if (signin->skew != 0)
		conv->skew = signin->skew;
	if (signin->used_recovery)
		conv->recovery_left = signin->recovery_left;
}

/* The name is the SSH key's: it stands in the request from the beginning, and is never asked. */
static bool
is_fixed(const struct run *run)
{
	return run->row->sends == WIRE_PASSWORD && run->conv->fixed[0] != '\0';
}

static bool
is_asked(const struct run *run, size_t field)
{
	return field > 0 || !is_fixed(run);
}

/* Marks what is to be asked again; false if that would mend nothing. At a door there is nothing
 * else to do. */
static bool
mark_again(struct run *run, enum err err)
{
	bool any = false;

	for (size_t i = 0; i < row_fields(run->row); i++) {
		run->again[i] = is_asked(run, i) && take_is_about(run->row->field[i].take, err);
		any = any || run->again[i];
	}
	if (any || run->conv->door == DOOR_HOME)
		return any;
	for (size_t i = 0; i < row_fields(run->row); i++)
		run->again[i] = is_asked(run, i);
	return true;
}

/* Whether something that was typed was looked at: what is said of it then would mislead while the
 * keeper only asks for patience. */
static bool
was_judged(enum err err)
{
	return err != ERR_BUSY && err != ERR_PAUSED && err != ERR_CODE_LOCKED &&
	    err != ERR_CLOCK_BACK;
}

/* What will be typed anew need not wait for that in memory; a name is offered again. */
static void
forget_again(struct run *run)
{
	for (size_t i = 0; i < row_fields(run->row); i++) {
		const struct row_field *field = &run->row->field[i];
		char *place = run->again[i] && field->take != TAKE_NAME ? field_place(run, field)
									: NULL;

		if (place != NULL)
			secret_wipe(place, field->size);
	}
}

static void
refuse(struct run *run, const struct wire_reply *reply, enum signin_door before)
{
	struct conv *conv = run->conv;
	enum err err = (enum err)reply->err;

	/* At home another key would want another proof. */
	if (err == ERR_PENDING_GONE && conv->door == DOOR_HOME)
		err = ERR_STALE;
	conv_tell_err(conv, err, reply->wait);
	if (err == ERR_CODE_USED)
		conv->next_code = (int64_t)time(NULL) + reply->wait;
	if (was_judged(err) && !run->refused && run->row->refused != NULL)
		conv_tell(conv, CONV_TEXT, _(run->row->refused));
	if (was_judged(err) && !run->refused && run->row == row_of(ROW_CODE) && conv->clock_loose)
		conv_tell(conv, CONV_TEXT, _(host_clock_sentence));
	run->refused = run->refused || was_judged(err);
	/* Someone else set the console up; the key is gone; another door is asked for. */
	run->over = err == ERR_SET_UP || err == ERR_PENDING_GONE || err == ERR_STALE ||
	    conv->door != before || !mark_again(run, err);
	forget_again(run);
}

static void
tell_configured(struct conv *conv)
{
	conv_tell(conv, CONV_GOOD,
	    _("Two-factor authentication is configured: each sign-in asks for a code now."));
}

/* The request as it is now; what was typed is kept until it is accepted. */
static enum err
send(struct run *run, struct wire_reply *reply)
{
	struct wire_request request = *run_request(run);
	enum signin_door before = run->conv->door;
	enum err err = conv_exchange(run->conv, &request, reply);

	if (err != ERR_OK)
		return err;
	if (reply->err != ERR_OK) {
		refuse(run, reply, before);
		return ERR_OK;
	}
	remember(run->conv, reply);
	if (reply->op == WIRE_ACTIVATE && reply->door == DOOR_RECOVERY)
		tell_configured(run->conv);
	run->over = true;
	return ERR_OK;
}

static void
tell_fixed(struct conv *conv)
{
	char name[TEXT_NAME_SIZE];

	(void)text_show(conv->fixed, strlen(conv->fixed), name, sizeof name);
	conv_tellf(conv, CONV_TEXT, _("User name: %s, by your SSH key"), name);
	conv_tell(conv, CONV_TEXT, _("Not you? Press Ctrl-C, and connect with another SSH key."));
}

static enum err
begin(struct run *run)
{
	const struct row *row = run->row;
	struct conv *conv = run->conv;
	enum err err = secret_new(sizeof(struct wire_request), &run->request);

	if (err != ERR_OK)
		return err;
	if (run->base != NULL)
		*run_request(run) = *run->base;
	else
		wire_request_init(run_request(run), row->sends);
	for (size_t i = 0; i < ROW_FIELDS; i++)
		run->again[i] = is_asked(run, i);
	if (row->field[0].take == TAKE_NAME)
		wire_put(field_place(run, &row->field[0]), row->field[0].size, conv->user);
	if (is_fixed(run))
		wire_put(field_place(run, &row->field[0]), row->field[0].size, conv->fixed);
	if (row->title != NULL)
		conv_tell(conv, CONV_TITLE, _(run->title != NULL ? run->title : row->title));
	if (row->text != NULL)
		conv_tell(conv, CONV_TEXT, _(row->text));
	if (is_fixed(run))
		tell_fixed(conv);
	return ERR_OK;
}

static enum err
run_row(struct run *run, const struct wire_reply *given, struct conv_asked *asked)
{
	enum err err = begin(run);

	if (err == ERR_OK)
		err = open_row(run, given);
	while (err == ERR_OK && !run->over) {
		err = field_ask_all(run);
		if (err == ERR_OK && !run->over) {
			asked->done = true;
			err = send(run, &asked->reply);
		}
	}
	if (run->gave_up)
		asked->done = false;
	secret_free(run->shown);
	secret_free(run->request);
	return err;
}

enum err
conv_row(struct conv *conv, enum row_id id, const struct wire_request *base,
    struct conv_asked *ret_asked)
{
	struct run run = { .conv = conv, .row = row_of(id), .base = base };

	memset(ret_asked, 0, sizeof *ret_asked);
	return run_row(&run, NULL, ret_asked);
}

/* --- at home ---------------------------------------------------------------------------- */

enum err
conv_prove(struct conv *conv, const char *question, struct wire_request *request,
    struct conv_asked *ret_asked)
{
	enum row_id id = conv->has_2fa ? ROW_PROVE : ROW_PROVE_PASSWORD;
	enum err err;

	conv_tell(conv, CONV_TEXT, question);
	do {
		conv->go = ROW_NONE;
		err = conv_row(conv, id, request, ret_asked);
		id = conv->go;
	} while (err == ERR_OK && id != ROW_NONE);
	secret_wipe(request, sizeof *request);
	return err;
}

/* Without a question no proof is needed. */
static enum err
ask_for_key(struct conv *conv, const char *question, struct wire_request *request,
    struct conv_asked *asked)
{
	enum err err;

	if (question != NULL)
		return conv_prove(conv, question, request, asked);
	memset(asked, 0, sizeof *asked);
	err = conv_exchange(conv, request, &asked->reply);
	asked->done = err == ERR_OK;
	if (err == ERR_OK && asked->reply.err != ERR_OK)
		conv_tell_err(conv, (enum err)asked->reply.err, asked->reply.wait);
	return err;
}

enum err
conv_enrol(struct conv *conv, const char *question, struct wire_request *request, bool *ret_done)
{
	struct run run = { .conv = conv, .row = row_of(ROW_CONFIGURE) };
	struct conv_asked asked;
	bool shown;
	const uint32_t op = request->op;
	enum err err = ask_for_key(conv, question, request, &asked);

	shown = err == ERR_OK && asked.done && asked.reply.err == ERR_OK;
	if (op == WIRE_DEVICE_ADD)
		run.title = N_("Add an authenticator");
	if (op == WIRE_DEVICE_REPLACE)
		run.title = N_("Replace an authenticator");
	if (shown) {
		conv->next_code = 0; /* of the new one no code is spent */
		err = run_row(&run, &asked.reply, &asked);
	}
	*ret_done = shown && err == ERR_OK && asked.done && asked.reply.err == ERR_OK;
	secret_wipe(&asked, sizeof asked);
	return err;
}

enum err
conv_configure(struct conv *conv, const char *what)
{
	struct wire_request request;
	char question[CONV_TEXT_SIZE];
	bool done;

	(void)snprintf(question, sizeof question, "%s %s", _(what),
	    _("Your password is needed, so that nobody else can do this at your terminal."));
	wire_request_init(&request, WIRE_ENROL);
	return conv_enrol(conv, question, &request, &done);
}
