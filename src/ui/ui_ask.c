/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One request at a time; keys typed meanwhile are kept. */
#include "ui/ui_inside.h"

#include <string.h>

#include "core/secret.h"
#include "wire/line.h"

enum { ALIVE_SECONDS = 15, DROP_MAX = 65536, TRIES = 10, WAIT_MOST = 5 /* seconds */ };

/* --- asking -------------------------------------------------------------------- */

/* Sends and wipes. A keeper that is gone is noticed by the loop, which first reads why. */
static void
send_off(struct ui *ui, struct wire_request *request)
{
	enum err err = ERR_OK;

	ui->last_sent = terminal_clock();
	if (request->op != WIRE_ALIVE) {
		ui->last_asked = ui->last_sent;
		ui->warned = false;
	}
	if (ui->line >= 0)
		err = line_send_request(ui->line, request);
	secret_wipe(request, sizeof *request);
	if (err != ERR_OK && err != ERR_KEEPER_GONE)
		ui_end(ui, 1, err, NULL);
}

/* What went out is kept until its answer is there, for the keeper may be too busy to give one. */
static void
dispatch(struct ui *ui, struct wire_request *request)
{
	ui->awaited = request->op;
	ui->tries = 0;
	ui->again_at = 0;
	ui->again = *request;
	send_off(ui, request);
}

/* Retries a busy keeper with growing delays before "busy" is shown. Returns whether it will retry.
 */
static bool
put_off(struct ui *ui, const struct wire_reply *reply)
{
	if (reply->err == ERR_BUSY && reply->door != DOOR_CLOSED && ui->tries < TRIES) {
		ui->tries++;
		ui->again_at = terminal_clock() + (ui->tries < WAIT_MOST ? ui->tries : WAIT_MOST);
		return true;
	}
	secret_wipe(&ui->again, sizeof ui->again);
	return false;
}

void
ui_ask_again(struct ui *ui)
{
	struct wire_request request;

	if (ui->again_at == 0 || terminal_clock() < ui->again_at)
		return;
	ui->again_at = 0;
	request = ui->again;
	send_off(ui, &request);
}

void
ui_ask(struct ui *ui, struct wire_request *request, const char *busy)
{
	ui->asked.version = request->version;
	ui->asked.op = request->op;
	ui->waiting = true;
	if (busy != NULL) {
		ui_say(ui, STYLE_PLAIN, busy);
		ui->busy = true;
	}
	if (ui->awaited == WIRE_NO_OP || ui->awaited == WIRE_ALIVE)
		ui->asker = ui->depth - 1;
	if (ui->awaited == WIRE_NO_OP) {
		dispatch(ui, request);
		return;
	}
	ui->queue = *request;
	ui->queue_asker = ui->depth - 1;
	ui->queued = true;
	secret_wipe(request, sizeof *request);
}

void
ui_alive(struct ui *ui)
{
	struct wire_request request;
	int64_t now = terminal_clock();

	if (ui->awaited != WIRE_NO_OP || now - ui->last_sent < ALIVE_SECONDS ||
	    ui->last_key <= ui->last_sent)
		return;
	wire_request_init(&request, WIRE_ALIVE);
	dispatch(ui, &request);
}

/* --- what is typed while an answer is awaited ------------------------------------ */

static void
forget(struct ui *ui)
{
	secret_wipe(ui->kept, sizeof ui->kept);
	ui->kept_count = 0;
}

void
ui_drop_typed(struct ui *ui)
{
	struct event event = { .type = EVENT_NONE };

	forget(ui);
	for (size_t i = 0; i < DROP_MAX; i++) {
		if (terminal_read(ui->terminal, &event) != ERR_OK || event.type == EVENT_NONE)
			return;
		if (event.type == EVENT_KEY && event.key == KEY_INTERRUPT)
			ui_leave(ui);
	}
}

void
ui_keep(struct ui *ui, const struct event *event)
{
	if (ui->kept_count < UI_KEPT)
		ui->kept[ui->kept_count++] = *event;
}

/* Handles what was kept, until a request goes out again. */
static void
replay(struct ui *ui)
{
	struct event event;

	while (ui->kept_count > 0 && !ui->waiting && !ui->ended) {
		event = ui->kept[0];
		ui->kept_count--;
		memmove(&ui->kept[0], &ui->kept[1], ui->kept_count * sizeof ui->kept[0]);
		secret_wipe(&ui->kept[ui->kept_count], sizeof ui->kept[0]);
		ui_handle(ui, &event);
	}
	secret_wipe(&event, sizeof event);
}

/* --- answers ---------------------------------------------------------------------- */

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
		forget(ui);
		return;
	}
	if (asker.screen->drops_typed)
		ui_drop_typed(ui);
	asker.screen->handle(ui, asker.state, event);
	if (event->reply->err != ERR_OK)
		forget(ui);
	ui_free_gone(ui);
	replay(ui);
}

/* Help that is open over the screen that asked makes way for the answer. It comes back where
 * nothing has changed that a person must see. */
void
ui_answer(struct ui *ui, const struct event *event)
{
	struct ui_slot help = { .screen = NULL }, below = { .screen = NULL };
	bool wanted;

	ui->waiting = ui->queued;
	ui->awaited = WIRE_NO_OP;
	if (ui->busy)
		ui_say_text(ui, STYLE_PLAIN, "");
	ui->fresh = false;
	if (ui->depth > ui->asker + 1 && ui_top(ui)->screen == &screen_help) {
		help = ui_lift(ui);
		below = *ui_top(ui);
	}
	deliver(ui, event);
	wanted = event->reply->err == ERR_OK && ui->message[0] == '\0';
	if (help.screen != NULL)
		ui_lower(ui, &help, wanted ? &below : NULL);
}

/* The queue goes out as soon as nothing is awaited. */
static void
send_queue(struct ui *ui)
{
	if (!ui->queued || ui->awaited != WIRE_NO_OP || ui->ended)
		return;
	ui->queued = false;
	ui->asker = ui->queue_asker;
	ui->waiting = true;
	dispatch(ui, &ui->queue);
}

void
ui_receive(struct ui *ui, const struct wire_reply *reply)
{
	struct event event = { .type = EVENT_REPLY, .reply = reply };

	if (reply->op == WIRE_NO_OP) {
		closed(ui, reply);
	} else if (reply->op == WIRE_NEWS) {
		if (reply->u.news.idle_lock > 0)
			ui->facts.idle_lock = reply->u.news.idle_lock;
		if (!locked_meanwhile(ui, reply))
			ui_resume(ui);
	} else if (reply->op != ui->awaited) {
		ui_end(ui, 1, ERR_PROTOCOL, NULL);
	} else if (put_off(ui, reply)) {
		return;
	} else if (reply->op == WIRE_ALIVE) {
		ui->awaited = WIRE_NO_OP;
		if (reply->door == DOOR_CLOSED)
			closed(ui, reply);
		else
			(void)locked_meanwhile(ui, reply);
	} else {
		ui_handle(ui, &event);
	}
	send_queue(ui);
	if (ui->old && !ui->waiting)
		ui_resume(ui);
}
