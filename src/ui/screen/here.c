/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is here: each line that somebody has signed in on, what they do, and a word to them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conv/here.h"
#include "core/text.h"
#include "ui/screen/confirm.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN, SAY, SAY_ALL, AGAIN };

enum { HERE_MOST = 512 };

struct here_screen {
	struct list list;
	bool have;
	size_t count;
	struct wire_here here[HERE_MOST];
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one line to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("End session"), 50,
	    N_("Ends the session, and the command that runs in it; asks first.") },
	{ SAY, KEY_NONE_, 's', "s", N_("Say"), 45,
	    N_("Says something to this person: it stands on their terminal, and behind the end of "
	       "a command that runs there.") },
	{ SAY_ALL, KEY_NONE_, 'a', "a", N_("Say to all"), 44,
	    N_("Says something to all who are listed, but not to you.") },
	{ AGAIN, KEY_NONE_, 'r', "r", N_("Look again"), 30, N_("Shows who is here now.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to the start.") },
	{ .id = 0 },
};

/* --- the list ---------------------------------------------------------------------------- */

static void
ask_behind(struct ui *ui, int64_t after)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_HERE_LIST);
	request.u.here_page.after = after;
	ui_ask(ui, &request, NULL);
}

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	(void)state;
	(void)argument;
	ask_behind(ui, 0);
	return ERR_OK;
}

static void
resume(struct ui *ui, void *state)
{
	(void)state;
	ask_behind(ui, 0);
}

static void
take_page(struct ui *ui, struct here_screen *screen, const struct wire_here_page_reply *page)
{
	if (screen->have)
		screen->count = 0; /* it is read anew */
	screen->have = false;
	for (uint32_t i = 0; i < page->count && screen->count < HERE_MOST; i++)
		screen->here[screen->count++] = page->here[i];
	if (page->more && page->count > 0 && screen->count < HERE_MOST) {
		ask_behind(ui, screen->here[screen->count - 1].number);
		return;
	}
	screen->have = true;
	screen->list.count = screen->count;
	list_fit(&screen->list, screen->list.count);
}

static const struct wire_here *
chosen(const struct here_screen *screen)
{
	if (!screen->have || screen->list.chosen >= screen->count)
		return NULL;
	return &screen->here[screen->list.chosen];
}

/* --- ending, saying --------------------------------------------------------------------------- */

static void
end_chosen(struct ui *ui, const struct wire_here *here)
{
	struct confirm confirm = { .verb = N_("End session"),
		.by_code = ui->facts.has_2fa,
		.proven = ui_administering(ui) > 0,
		.typed = N_("Message"),
		.take = here_take };

	here_question(here, true, confirm.question, sizeof confirm.question);
	here_end_request(here, &confirm.request);
	confirm_open(ui, &confirm);
}

/* here: NULL for all. */
static void
say_to(struct ui *ui, const struct wire_here *here)
{
	struct confirm confirm = { .verb = N_("Say"),
		.proven = true,
		.typed = N_("Message"),
		.missing = ERR_FIELD_EMPTY,
		.take = here_take };

	here_say_question(here, confirm.question, sizeof confirm.question);
	here_say_request(here, &confirm.request);
	confirm_open(ui, &confirm);
}

/* --- answers --------------------------------------------------------------------------------- */

static void
answered(struct ui *ui, struct here_screen *screen, const struct wire_reply *reply)
{
	char text[UI_MESSAGE_SIZE];

	if (reply->err != ERR_OK) {
		ui_say_err(ui, (enum err)reply->err, reply->wait);
		if (reply->op != WIRE_HERE_LIST)
			ask_behind(ui, 0);
		return;
	}
	if (reply->op == WIRE_HERE_LIST) {
		take_page(ui, screen, &reply->u.here_page);
		return;
	}
	here_done(reply, text, sizeof text);
	ui_say_text(ui, STYLE_GOOD, text);
	ask_behind(ui, 0);
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct here_screen *screen = state;

	if (event->type == EVENT_REPLY) {
		answered(ui, screen, event->reply);
		return true;
	}
	return list_handle(&screen->list, event, screen->list.count);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct here_screen *screen = state;
	const struct wire_here *here = chosen(screen);

	if (id == PART_ENTER && here != NULL)
		end_chosen(ui, here);
	if (id == SAY && here != NULL)
		say_to(ui, here);
	if (id == SAY_ALL)
		say_to(ui, NULL);
	if (id == AGAIN)
		ask_behind(ui, 0);
	if (id == PART_BACK)
		ui_pop(ui);
}

/* One leaves one's own by signing out. */
static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct here_screen *screen = state;
	const struct wire_here *here = chosen(screen);

	(void)ui;
	if (id == CHOOSE)
		return screen->list.count > 1;
	if (id == PART_ENTER || id == SAY)
		return here != NULL && !here->own;
	return id != SAY_ALL || screen->count > 1;
}

/* --- drawing ------------------------------------------------------------------------------ */

static void
put_row(const struct ui *ui, const struct wire_here *here, char label[TEXT_NAME_SIZE],
    struct menu_row *row)
{
	(void)text_show(here->name, strlen(here->name), label, TEXT_NAME_SIZE);
	here_line(here, ui->clock(), row->text, sizeof row->text);
	row->label = label;
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct here_screen *screen = state;
	struct page page = parts_page(ui, area);
	struct menu_row *rows = calloc(HERE_MOST, sizeof *rows);
	char(*labels)[TEXT_NAME_SIZE] = calloc(HERE_MOST, sizeof *labels);

	if (rows != NULL && labels != NULL && screen->have) {
		for (size_t i = 0; i < screen->count; i++)
			put_row(ui, &screen->here[i], labels[i], &rows[i]);
		menu_draw(&page, rows, screen->count, screen->list.chosen);
		page_gap(&page);
		page_note(&page);
	}
	free(rows);
	free(labels);
	return page.noted;
}

const struct screen screen_here = {
	.name = "here",
	.least = ROLE_ADMINISTRATOR,
	.title = N_("Who is here"),
	.about = N_("Who is signed in, from where, since when, and what they do. An administrator "
		    "sees operators, and their own terminals."),
	.state_size = sizeof(struct here_screen),
	.key_rows = key_rows,
	.enter = enter,
	.resume = resume,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
};
