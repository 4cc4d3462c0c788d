/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether one is asked line by line, over My account. Turned on, it takes effect at once. */
#include <stdio.h>

#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN };

enum { ON, OFF, ROWS };

struct plain_screen {
	struct list list;
	size_t now; /* the row that was chosen before */
};

static const char about[] = N_(
    "The console can ask you line by line instead of drawing screens: one question a line, nothing "
    "painted twice, no colour. That suits a screen reader or a braille display. Your choice holds "
    "wherever you sign in, once your password is accepted.");

static const struct {
	const char *label, *text;
} words[ROWS] = {
	[ON] = { N_("On"), N_("one question a line, at once") },
	[OFF] = { N_("Off"), N_("screens") },
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from on to off and back.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Save"), 50,
	    N_("Saves it for you. Turned on, the console goes on line by line.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

/* argument: the bool that the account has. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct plain_screen *screen = state;
	const bool *plain = argument;

	(void)ui;
	screen->list.count = ROWS;
	screen->now = screen->list.chosen = *plain ? ON : OFF;
	return ERR_OK;
}

static void
save(struct ui *ui, const struct plain_screen *screen)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_PREFERENCES);
	request.u.preferences.which = WIRE_PREFERS_PLAIN;
	request.u.preferences.plain = screen->list.chosen == ON;
	ui_ask(ui, &request, NULL);
}

static void
saved(struct ui *ui, const struct plain_screen *screen)
{
	if (screen->list.chosen == ON) {
		ui_hand_over(ui);
		return;
	}
	ui_pop(ui);
	ui_say(ui, STYLE_GOOD, N_("Saved. It is used wherever you sign in."));
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct plain_screen *screen = state;

	if (event->type != EVENT_REPLY)
		return list_handle(&screen->list, event, screen->list.count);
	if (event->reply->err == ERR_OK)
		saved(ui, screen);
	else
		ui_say_err(ui, (enum err)event->reply->err, event->reply->wait);
	return true;
}

static void
act(struct ui *ui, void *state, int id)
{
	if (id == PART_ENTER)
		save(ui, state);
	if (id == PART_BACK)
		ui_pop(ui);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct plain_screen *screen = state;
	struct menu_row rows[ROWS] = { { .label = NULL } };
	struct page page = parts_page(ui, area);

	for (size_t i = 0; i < ROWS; i++) {
		rows[i].label = _(words[i].label);
		snprintf(rows[i].text, sizeof rows[i].text, "%s",
		    i == screen->now ? _("chosen now") : _(words[i].text));
	}
	page_intro(&page, STYLE_PLAIN, _(about),
	    menu_least(&page, rows, ROWS, screen->list.chosen));
	menu_draw(&page, rows, ROWS, screen->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_plain = {
	.name = "plain",
	.about = about,
	.title = N_("My account > Plain text"),
	.state_size = sizeof(struct plain_screen),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
};
