/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/enrolment.h"

#include "ui/screen/screens.h"

#include <stdio.h>
#include <string.h>

#include "conv/device.h"
#include "ui/screen/confirm.h"

enum { SIGN_IN, COPY };

const struct form_plan enrolment_plan = {
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

/* --- asking for the key ------------------------------------------------------ */

/* By the password, for there are no two factors yet (DESIGN 3). */
void
enrolment_ask(struct ui *ui, const char *what)
{
	struct confirm confirm = { .verb = N_("Configure") };

	snprintf(confirm.question, sizeof confirm.question, "%s %s", _(what),
	    _("Your password is needed, so that nobody else can do this at your terminal."));
	wire_request_init(&confirm.request, WIRE_ENROL);
	confirm_open(ui, &confirm);
}

void
enrolment_show(struct ui *ui, const struct event *event)
{
	ui_push(ui, &screen_configure, event->reply);
}

void
enrolment_replace(struct ui *ui, const struct wire_account_reply *account, size_t device)
{
	struct confirm confirm = { .verb = N_("Replace"),
		.by_code = true,
		.next_code = account->next_code };

	wire_request_init(&confirm.request, WIRE_DEVICE_REPLACE);
	confirm.request.u.device.id = account->device[device].id;
	if (device_replaced_freely(account->replace_until, ui->clock())) {
		ui_ask(ui, &confirm.request, NULL);
		return;
	}
	device_question(DEVICE_REPLACE, account, device, confirm.question, sizeof confirm.question);
	confirm_open(ui, &confirm);
}

/* --- life ----------------------------------------------------------------------- */

void
enrolment_close(struct enrolment *enrolment)
{
	secret_free(enrolment->key);
	qr_free(enrolment->qr);
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
	enrolment->replaced = reply->replaced;
	device_name_put(reply->device, enrolment->device, sizeof enrolment->device);
	enrolment->copied = false;
	return ERR_OK;
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
	enrolment->expired = false;
}

enum err
enrolment_open(struct ui *ui, struct enrolment *enrolment, const struct wire_reply *given)
{
	enum err err;

	enrolment->shown_by = given != NULL ? given->op : WIRE_ENROL;
	enrolment->at_home = ui->facts.door == DOOR_HOME;
	err = form_reopen(&enrolment->form, enrolment->at_home ? &at_home : &enrolment_plan);
	if (err == ERR_OK && given != NULL)
		key_came(ui, enrolment, given);
	else if (err == ERR_OK)
		ui_ask_plain(ui, WIRE_ENROL, NULL);
	return err;
}

/* --- the code is answered --------------------------------------------------- */

/* The key as text may stand over it. */
static void
close_key(struct ui *ui, struct enrolment *enrolment)
{
	if (enrolment->as_text)
		ui_close_top(ui);
	enrolment->as_text = false;
}

static void
say_done(struct ui *ui, const struct enrolment *enrolment)
{
	char text[UI_MESSAGE_SIZE];

	if (enrolment->shown_by == WIRE_DEVICE_REPLACE)
		snprintf(text, sizeof text,
		    _("%s was replaced. Now delete the old %s entry from your application."),
		    enrolment->device, ui->facts.console_name);
	else
		snprintf(text, sizeof text, _("%s was added. Its codes work from now on."),
		    enrolment->device);
	ui_say_text(ui, STYLE_GOOD, text);
}

/* Closes the screens, and opens the recovery codes in their place where these are to be shown. */
static void
finish_at_home(struct ui *ui, struct enrolment *enrolment, enum signin_door door)
{
	close_key(ui, enrolment);
	if (door == DOOR_RECOVERY) {
		ui_close_top(ui);
		ui->facts.configured = enrolment->shown_by == WIRE_ENROL;
		ui_go_over(ui, door, &screen_codes);
		return;
	}
	ui_pop(ui);
	say_done(ui, enrolment);
}

/* At a door another key is shown; at home that would want another proof. */
static void
key_is_gone(struct ui *ui, struct enrolment *enrolment)
{
	if (enrolment->at_home) {
		close_key(ui, enrolment);
		ui_pop(ui);
		ui_say_err(ui, ERR_STALE, 0);
		return;
	}
	enrolment->expired = true;
	ui_ask_plain(ui, WIRE_ENROL, NULL);
}

static void
code_came(struct ui *ui, struct enrolment *enrolment, const struct wire_reply *reply)
{
	if (reply->err == ERR_OK && enrolment->at_home) {
		finish_at_home(ui, enrolment, (enum signin_door)reply->door);
		return;
	}
	if (reply->err == ERR_OK)
		ui->facts.configured = true;
	if (!ui_signin_reply(ui, reply) || reply->err == ERR_BUSY)
		return;
	form_refuse(&enrolment->form, 0, 1);
	if (reply->err == ERR_PENDING_GONE)
		key_is_gone(ui, enrolment);
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
	enrolment->copied = ui->facts.key_copied = true;
	enrolment->offered = false;
}

static void
clear(struct ui *ui, struct enrolment *enrolment)
{
	ui_copy_blank(ui);
	enrolment->copied = ui->facts.key_copied = false;
}

bool
enrolment_stays(struct ui *ui, struct enrolment *enrolment)
{
	if (!enrolment->copied || enrolment->offered)
		return false;
	enrolment->offered = true;
	ui_say(ui, STYLE_PLAIN,
	    N_("The key may still be in the clipboard. Press x to overwrite it, Esc to leave."));
	return true;
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
	if (id == ENROL_LATER && !enrolment_stays(ui, enrolment))
		ui_ask_plain(ui, WIRE_CONFIGURE_LATER, PART_BUSY);
}

bool
enrolment_offers(const struct ui *ui, const struct enrolment *enrolment, int id)
{
	if (id == PART_ENTER || id == ENROL_ACTIVATE)
		return (id == ENROL_ACTIVATE) == enrolment->at_home;
	if (id == ENROL_LATER)
		return ui->facts.optional && !enrolment->at_home;
	if (id == ENROL_CLEAR)
		return enrolment->copied;
	return true;
}
