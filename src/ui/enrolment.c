/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/enrolment.h"

#include <stdio.h>
#include <string.h>

enum { SIGN_IN, COPY };

static const struct form_plan at_door = {
	.fields = 1,
	.buttons = 2,
	.field = { { N_("6-digit code"), FIELD_CODE, 6 } },
	.button = { N_("Sign in"), N_("Copy secret key to clipboard") },
};

static const struct form_plan at_home = {
	.fields = 1,
	.buttons = 2,
	.field = { { N_("6-digit code"), FIELD_CODE, 6 } },
	.button = { N_("Activate"), N_("Copy secret key to clipboard") },
};

static void
ask_key(struct ui *ui, bool fresh)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_ENROL);
	request.u.enrol.fresh = fresh;
	ui_ask(ui, &request, NULL);
}

enum err
enrolment_open(struct ui *ui, struct enrolment *enrolment)
{
	enrolment->at_home = ui->facts.door == DOOR_HOME;
	enum err err = form_open(&enrolment->form, enrolment->at_home ? &at_home : &at_door);
	if (err == ERR_OK)
		ask_key(ui, false);
	return err;
}

void
enrolment_close(struct enrolment *enrolment)
{
	secret_free(enrolment->key);
	qr_free(enrolment->qr);
	form_close(&enrolment->form);
	enrolment->key = NULL;
	enrolment->qr = NULL;
}

/* --- the key arrives ------------------------------------------------------- */

static enum err
take_key(struct enrolment *enrolment, const struct wire_enrol_reply *reply)
{
	struct secret *key = NULL;
	struct qr *qr = NULL;
	enum err err = qr_new(reply->uri, reply->uri_short, &qr);

	if (err == ERR_OK)
		err = secret_from(reply->key, strlen(reply->key), &key);
	if (err != ERR_OK) {
		qr_free(qr);
		return err;
	}
	qr_free(enrolment->qr);
	secret_free(enrolment->key);
	enrolment->qr = qr;
	enrolment->key = key;
	text_show(reply->issuer, strlen(reply->issuer), enrolment->issuer,
	    sizeof enrolment->issuer);
	text_show(reply->account, strlen(reply->account), enrolment->account,
	    sizeof enrolment->account);
	enrolment->resumed = reply->resumed;
	enrolment->copied = false;
	return ERR_OK;
}

static void
say_began(struct ui *ui, int64_t began)
{
	char when[64], text[UI_MESSAGE_SIZE];

	draw_time(began, ui->clock(), when, sizeof when);
	snprintf(text, sizeof text, _("This key was begun %s. Press n for a new one."), when);
	ui_say(ui, STYLE_PLAIN, text);
}

static void
key_came(struct ui *ui, struct enrolment *enrolment, const struct wire_reply *reply)
{
	enum err err = (enum err)reply->err;

	if (err == ERR_OK)
		err = take_key(enrolment, &reply->u.enrol);
	if (err != ERR_OK)
		ui_say_err(ui, err, reply->wait);
	else if (enrolment->expired)
		ui_say_err(ui, ERR_PENDING_GONE, 0);
	else if (enrolment->resumed)
		say_began(ui, reply->u.enrol.began);
	enrolment->expired = false;
}

/* --- the code is answered --------------------------------------------------- */

/* Closes the screens and opens the recovery codes in their place. The state is freed by this. */
static void
finish_at_home(struct ui *ui, enum signin_door door)
{
	const struct screen *top = ui->stack[ui->depth - 1].screen;

	if (top == &screen_key)
		ui_close_top(ui);
	ui_close_top(ui);
	ui_go_over(ui, door, &screen_codes);
}

static void
code_came(struct ui *ui, struct enrolment *enrolment, const struct wire_reply *reply)
{
	if (reply->err == ERR_OK && enrolment->at_home) {
		finish_at_home(ui, (enum signin_door)reply->door);
		return;
	}
	if (!ui_signin_reply(ui, reply) || reply->err == ERR_BUSY)
		return;
	parts_refuse(&enrolment->form, 0, 1);
	if (reply->err != ERR_PENDING_GONE)
		return;
	enrolment->expired = true;
	ask_key(ui, false);
}

static void
answered(struct ui *ui, struct enrolment *enrolment, const struct wire_reply *reply)
{
	if (reply->op == WIRE_ENROL)
		key_came(ui, enrolment, reply);
	else if (reply->op == WIRE_ACTIVATE)
		code_came(ui, enrolment, reply);
	else
		ui_signin_reply(ui, reply);
}

/* --- what is typed ----------------------------------------------------------- */

static void
copy(struct ui *ui, struct enrolment *enrolment)
{
	if (enrolment->key == NULL)
		return;
	ui_copy(ui, (const char *)enrolment->key->bytes);
	enrolment->copied = true;
}

/* One blank overwrites the clipboard: that works wherever copying does, tmux included. */
static void
clear(struct ui *ui, struct enrolment *enrolment)
{
	ui_copy(ui, " ");
	ui_say(ui, STYLE_PLAIN, N_("The clipboard was overwritten with one blank."));
	enrolment->copied = false;
}

static void
pressed(struct ui *ui, struct enrolment *enrolment, size_t button)
{
	struct wire_request request;

	if (button == COPY)
		copy(ui, enrolment);
	if (button != SIGN_IN || enrolment->key == NULL)
		return;
	wire_request_init(&request, WIRE_ACTIVATE);
	wire_put(request.u.activate.code, sizeof request.u.activate.code,
	    field_text(&enrolment->form.field[0]));
	ui_ask(ui, &request, PART_BUSY);
}

bool
enrolment_handle(struct ui *ui, struct enrolment *enrolment, const struct event *event)
{
	size_t button;

	if (event->type == EVENT_REPLY) {
		answered(ui, enrolment, event->reply);
		return true;
	}
	bool used = parts_form(ui, &enrolment->form, event, &button);
	pressed(ui, enrolment, button);
	return used;
}

void
enrolment_act(struct ui *ui, struct enrolment *enrolment, int id)
{
	if (id == PART_ENTER || id == ENROL_ACTIVATE)
		pressed(ui, enrolment, parts_enter(ui, &enrolment->form));
	if (id == ENROL_COPY)
		copy(ui, enrolment);
	if (id == ENROL_CLEAR)
		clear(ui, enrolment);
	if (id == ENROL_NEW)
		ask_key(ui, true);
}

bool
enrolment_offers(const struct enrolment *enrolment, int id)
{
	if (id == PART_ENTER || id == ENROL_ACTIVATE)
		return (id == ENROL_ACTIVATE) == enrolment->at_home;
	if (id == ENROL_CLEAR)
		return enrolment->copied;
	if (id == ENROL_NEW)
		return enrolment->resumed;
	return true;
}

struct enrolment *
enrolment_below(const struct ui *ui)
{
	for (size_t i = ui->depth; i > 0; i--)
		if (ui->stack[i - 1].screen == &screen_configure)
			return ui->stack[i - 1].state;
	return NULL;
}
