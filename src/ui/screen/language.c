/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's own language, over My account: each in its own words. */
#include <stdio.h>
#include <string.h>

#include "client/language.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN };

enum { TERMINAL, ROWS_MAX = LANGUAGE_MOST + 1 }; /* the first row is the terminal's */

struct language_screen {
	struct list list;
	size_t now; /* the row that was chosen before; list.count: one that is not installed */
	struct language_name names[LANGUAGE_MOST];
};

static const char about[] = N_(
    "The language this console uses for you, once your password is accepted.");

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one language to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Save"), 50,
	    N_("Saves this language for you and switches to it.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

static const char *
tag_of(const struct language_screen *screen, size_t row)
{
	return row == TERMINAL ? "" : screen->names[row - 1].tag;
}

/* argument: the tag that the account has. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct language_screen *screen = state;

	screen->list.count = 1 + language_list(&ui->language, screen->names);
	screen->now = 0;
	while (
	    screen->now < screen->list.count && strcmp(tag_of(screen, screen->now), argument) != 0)
		screen->now++;
	screen->list.chosen = screen->now < screen->list.count ? screen->now : TERMINAL;
	return ERR_OK;
}

static void
save(struct ui *ui, const struct language_screen *screen)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_PREFERENCES);
	request.u.preferences.which = WIRE_PREFERS_LANGUAGE;
	wire_put(request.u.preferences.language, sizeof request.u.preferences.language,
	    tag_of(screen, screen->list.chosen));
	ui_ask(ui, &request, NULL);
}

static void
saved(struct ui *ui, const struct language_screen *screen)
{
	language_speak(&ui->language, tag_of(screen, screen->list.chosen));
	ui_pop(ui);
	ui_say(ui, STYLE_GOOD, N_("Saved. It is used wherever you sign in."));
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct language_screen *screen = state;

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
	const struct language_screen *screen = state;
	struct menu_row rows[ROWS_MAX] = { { .label = NULL } };
	struct page page = parts_page(ui, area);

	for (size_t i = 0; i < screen->list.count; i++) {
		rows[i].label = i == TERMINAL ? _("As the terminal says")
					      : screen->names[i - 1].name;
		snprintf(rows[i].text, sizeof rows[i].text, "%s",
		    i == screen->now ? _("chosen now") : "");
	}
	page_intro(&page, STYLE_PLAIN, _(about),
	    menu_least(&page, rows, screen->list.count, screen->list.chosen));
	menu_draw(&page, rows, screen->list.count, screen->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_language = {
	.name = "language",
	.about = about,
	.title = N_("My account > Language"),
	.state_size = sizeof(struct language_screen),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
};
