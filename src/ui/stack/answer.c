/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/answer.h"

#include <stdio.h>
#include <string.h>

#include "client/behind.h"
#include "core/secret.h"
#include "core/text.h"
#include "core/words.h"
#include "ui/stack/ask.h"
#include "ui/stack/handle.h"
#include "ui/stack/say.h"
#include "ui/stack/stack.h"
#include "ui/stack/typed.h"

/* Handles what was kept, until a request goes out again. */
static void
replay(struct ui *ui)
{
	struct event event;

	while (!ui->waiting && !ui->ended && ui_take_kept(ui, &event))
		ui_handle(ui, &event);
	secret_wipe(&event, sizeof event);
}

static void
closed(struct ui *ui, const struct wire_reply *reply)
{
	ui_end(ui, 1, reply->err != ERR_OK ? (enum err)reply->err : ERR_ENDED, NULL);
}

/* The keeper locked first (this console was stopped, say): drop the request and show the lock. */
static bool
locked_meanwhile(struct ui *ui, const struct wire_reply *reply)
{
	if (reply->door != DOOR_LOCKED || ui->facts.door != DOOR_HOME)
		return false;
	ui_lock(ui);
	return true;
}

static void
note_role(struct ui *ui, const struct wire_reply *reply)
{
	if (reply->role > 0)
		ui_set_role(ui, (enum role)(reply->role - 1));
}

/* What stands before the key may be left now, or not any more. */
static void
note_optional(struct ui *ui, const struct wire_reply *reply)
{
	bool optional = reply->u.news.optional != 0;

	if (ui->facts.door != DOOR_CONFIGURE || reply->door != DOOR_CONFIGURE ||
	    ui->facts.optional == optional)
		return;
	ui->facts.optional = optional;
	ui_say(ui, STYLE_GOOD,
	    optional ? N_("Two-factor authentication is required no more. Press n to go on without "
			  "it, or configure it here.")
		     : N_("Two-factor authentication is required again: configure it here."));
}

/* Every answer says until when operators are changed without another code, by the keeper's clock.
 */
static void
note_administering(struct ui *ui, const struct wire_reply *reply)
{
	int64_t left = reply->administering - reply->now;

	ui->facts.administering = reply->administering != 0 && left > 0 ? ui->clock() + left : 0;
}

/* ^X, on whatever screen: it is nothing that the screen has asked for. */
static void
stopped(struct ui *ui, const struct wire_reply *reply)
{
	if (reply->err == ERR_OK)
		ui_say(ui, STYLE_GOOD,
		    N_("Administering has ended: the next change to an operator asks for a "
		       "code."));
	else
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	replay(ui);
}

/* To the screen that asked, and then what was typed for it meanwhile. */
static void
deliver(struct ui *ui, const struct event *event)
{
	struct ui_slot asker = ui->stack[ui->asker < ui->depth ? ui->asker : ui->depth - 1];

	if (event->reply->door == DOOR_CLOSED) {
		closed(ui, event->reply);
		return;
	}
	if (locked_meanwhile(ui, event->reply)) {
		ui_forget(ui);
		return;
	}
	if (event->reply->op == WIRE_ADMINISTER_END) {
		stopped(ui, event->reply);
		return;
	}
	if (asker.screen->drops_typed)
		ui_drop_typed(ui);
	asker.screen->handle(ui, asker.state, event);
	if (event->reply->err != ERR_OK)
		ui_forget(ui);
	ui_free_gone(ui);
	replay(ui);
}

/* Help that is open over the screen that asked makes way for the answer. It comes back where
 * nothing has changed that a person must see. */
void
ui_answer(struct ui *ui, const struct wire_reply *reply)
{
	const struct event event = { .type = EVENT_REPLY, .reply = reply };
	struct ui_slot help = { .screen = NULL }, below = { .screen = NULL };
	bool wanted;

	if (ui->ended || ui->depth == 0)
		return;
	note_administering(ui, reply);
	ui->waiting = ui->queued;
	ui->awaited = WIRE_NO_OP;
	if (ui->busy)
		ui_say_text(ui, STYLE_PLAIN, "");
	ui->fresh = false;
	if (ui->depth > ui->asker + 1 && ui_top(ui)->screen == ui->screens->help) {
		help = ui_lift(ui);
		below = *ui_top(ui);
	}
	deliver(ui, &event);
	wanted = reply->err == ERR_OK && ui->message[0] == '\0';
	if (help.screen != NULL)
		ui_lower(ui, &help, wanted ? &below : NULL);
	ui_free_gone(ui);
}

/* Somebody says something: it stands in the message line until the next key; where a command has
 * the terminal, behind its end. */
static void
said(struct ui *ui, const struct wire_said_reply *said)
{
	char who[TEXT_NAME_SIZE], text[WIRE_SAY_SIZE], line[UI_MESSAGE_SIZE];

	(void)text_show(said->who, strlen(said->who), who, sizeof who);
	(void)text_show(said->text, strlen(said->text), text, sizeof text);
	(void)snprintf(line, sizeof line, _("%s says: %s"), who, text);
	(void)snprintf(ui->unread, sizeof ui->unread, "%s", line);
	if (ui->away)
		(void)snprintf(ui->said_meanwhile, sizeof ui->said_meanwhile, "%s", line);
	else
		ui_say_text(ui, STYLE_BOLD, line);
}

void
ui_receive(struct ui *ui, const struct wire_reply *reply)
{
	if (reply->op == WIRE_NO_OP) {
		closed(ui, reply);
	} else if (reply->op == WIRE_NEWS && reply->u.news.trail) {
		ui->facts.trail_grew = true;
	} else if (reply->op == WIRE_NEWS) {
		if (reply->u.news.idle_lock > 0)
			ui->facts.idle_lock = reply->u.news.idle_lock;
		if (reply->u.news.lasts > 0)
			ui->ends = behind_ends(reply->u.news.lasts);
		note_role(ui, reply);
		note_optional(ui, reply);
		if (!locked_meanwhile(ui, reply))
			ui_resume(ui);
	} else if (reply->op == WIRE_SAID) {
		said(ui, &reply->u.said);
	} else if (reply->op != ui->awaited) {
		ui_end(ui, 1, ERR_PROTOCOL, NULL);
	} else if (ui_ask_put_off(ui, reply)) {
		return;
	} else if (reply->op == WIRE_ALIVE) {
		ui->awaited = WIRE_NO_OP;
		if (reply->door == DOOR_CLOSED)
			closed(ui, reply);
		else
			(void)locked_meanwhile(ui, reply);
	} else {
		ui_answer(ui, reply);
		note_role(ui, reply);
	}
	ui_ask_next(ui);
	if (ui->old && !ui->waiting)
		ui_resume(ui);
}
