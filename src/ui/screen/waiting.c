/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a second Super Administrator: confirmed, refused, or withdrawn by who asked. */
#include <stdio.h>
#include <string.h>

#include "conv/waiting.h"
#include "ui/screen/screens.h"
#include "ui/screen/users.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN, REFUSE, WITHDRAW, MORE };

struct waiting {
	struct list list;
	bool have;
	struct wire_waiting_page_reply page;
	struct wire_waiting asked; /* what the dialog above is about */
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one request to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Confirm"), 60,
	    N_("Asks for a proof, then does what was asked for.") },
	{ REFUSE, KEY_NONE_, 'f', "f", N_("Refuse"), 55,
	    N_("Asks for a proof; then it is not done.") },
	{ WITHDRAW, KEY_NONE_, 'w', "w", N_("Withdraw"), 55,
	    N_("Takes back what you asked for yourself.") },
	{ MORE, KEY_NONE_, 'n', "n", N_("Next page"), 30, N_("Shows the requests behind these.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to the start.") },
	{ .id = 0 },
};

/* --- asking the keeper ------------------------------------------------------------------ */

static void
ask_page(struct ui *ui, int64_t after)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_WAITING_LIST);
	request.u.waiting_page.after = after;
	ui_ask(ui, &request, NULL);
}

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	(void)state;
	(void)argument;
	ask_page(ui, 0);
	return ERR_OK;
}

static void
resume(struct ui *ui, void *state)
{
	(void)state;
	ask_page(ui, 0);
}

static const struct wire_waiting *
chosen(const struct waiting *waiting)
{
	if (!waiting->have || waiting->list.chosen >= waiting->page.count)
		return NULL;
	return &waiting->page.row[waiting->list.chosen];
}

static void
open_dialog(struct ui *ui, struct waiting *waiting, bool confirm)
{
	const struct wire_waiting *row = chosen(waiting);
	struct confirm dialog = { .by_code = ui->facts.has_2fa,
		.next_code = waiting->page.next_code };

	if (row == NULL)
		return;
	waiting->asked = *row;
	dialog.verb = waiting_verb(row, confirm);
	waiting_question(row, confirm, ui->clock(), dialog.question, sizeof dialog.question);
	waiting_request(row, confirm, &dialog.request);
	confirm_open(ui, &dialog);
}

/* It is made now, and shown to who confirms, as to who invites; the list is asked for behind it. */
static void
invited(struct ui *ui, const struct waiting *waiting, const struct wire_user_add_reply *made)
{
	const struct invited invited = { waiting->asked.name, made->invitation, made->expires,
		_("Confirmed and done.") };

	ui_push(ui, &screen_invitation, &invited);
}

static void
answered(struct ui *ui, struct waiting *waiting, const struct wire_reply *reply)
{
	char text[UI_MESSAGE_SIZE];

	if (reply->err != ERR_OK) {
		ui_say_err(ui, (enum err)reply->err, reply->wait);
		if (reply->op != WIRE_WAITING_LIST)
			ask_page(ui, 0);
		return;
	}
	if (reply->op == WIRE_WAITING_LIST) {
		waiting->page = reply->u.waiting_page;
		waiting->have = true;
		waiting->list.count = waiting->page.count;
		list_fit(&waiting->list, waiting->list.count);
		return;
	}
	if (reply->op == WIRE_WAITING_CONFIRM && reply->u.user_add.invitation[0] != '\0') {
		invited(ui, waiting, &reply->u.user_add);
		return;
	}
	waiting_done(&waiting->asked, reply, text, sizeof text);
	ui_say_text(ui, STYLE_GOOD, text);
	ask_page(ui, 0);
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct waiting *waiting = state;

	if (event->type == EVENT_REPLY) {
		answered(ui, waiting, event->reply);
		return true;
	}
	return list_handle(&waiting->list, event, waiting->list.count);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct waiting *waiting = state;

	if (id == PART_ENTER)
		open_dialog(ui, waiting, true);
	if (id == REFUSE || id == WITHDRAW)
		open_dialog(ui, waiting, false);
	if (id == MORE && waiting->page.count > 0)
		ask_page(ui, waiting->page.row[waiting->page.count - 1].id);
	if (id == PART_BACK)
		ui_pop(ui);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct waiting *waiting = state;
	const struct wire_waiting *row = chosen(waiting);

	(void)ui;
	if (id == PART_ENTER || id == REFUSE)
		return row != NULL && row->second;
	if (id == WITHDRAW)
		return row != NULL && row->mine;
	if (id == CHOOSE)
		return waiting->list.count > 1;
	return id != MORE || (waiting->have && waiting->page.more);
}

/* --- drawing ------------------------------------------------------------------------------ */

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct waiting *waiting = state;
	struct page page = parts_page(ui, area);
	struct menu_row rows[WIRE_WAITING_PAGE] = { { .label = NULL } };
	char words[WIRE_WAITING_PAGE][MENU_TEXT];

	if (!waiting->have)
		return false;
	if (waiting->page.count == 0)
		page_text(&page, STYLE_PLAIN, _("Nothing waits for a second Super Administrator."));
	for (size_t i = 0; i < waiting->page.count; i++) {
		waiting_words(&waiting->page.row[i], words[i], sizeof words[i]);
		rows[i].label = words[i];
		waiting_asked(&waiting->page.row[i], ui->clock(), rows[i].text,
		    sizeof rows[i].text);
	}
	menu_draw(&page, rows, waiting->page.count, waiting->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_waiting = {
	.name = "waiting",
	.least = ROLE_SUPER_ADMINISTRATOR,
	.about = N_("What one Super Administrator asked for and another has to confirm. Whoever "
		    "asked, or is concerned, cannot confirm it. What nobody confirms within 24 "
		    "hours is not done."),
	.title = N_("Waiting for a second Super Administrator"),
	.state_size = sizeof(struct waiting),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
	.resume = resume,
};
