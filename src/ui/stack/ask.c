/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/ask.h"

#include <string.h>

#include "core/secret.h"
#include "ui/stack/say.h"
#include "wire/line.h"

enum { ALIVE_SECONDS = 15, TRIES = 10, WAIT_MOST = 5 /* seconds */ };

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

/* With growing delays, before "busy" is shown. */
bool
ui_ask_put_off(struct ui *ui, const struct wire_reply *reply)
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

	if (ui->ended || ui->awaited != WIRE_NO_OP || now - ui->last_sent < ALIVE_SECONDS ||
	    ui->last_key <= ui->last_sent)
		return;
	wire_request_init(&request, WIRE_ALIVE);
	dispatch(ui, &request);
}

void
ui_ask_plain(struct ui *ui, enum wire_op op, const char *busy)
{
	struct wire_request request;

	wire_request_init(&request, op);
	ui_ask(ui, &request, busy);
}

void
ui_ask_next(struct ui *ui)
{
	if (!ui->queued || ui->awaited != WIRE_NO_OP || ui->ended)
		return;
	ui->queued = false;
	ui->asker = ui->queue_asker;
	ui->waiting = true;
	dispatch(ui, &ui->queue);
}
