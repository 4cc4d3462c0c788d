/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's own language, over My account: each in its own words. */
#include <string.h>

#include "client/language.h"
#include "ui/screen/preference.h"
#include "ui/screen/screens.h"

enum { CHOOSE = PART_OWN };

enum { TERMINAL }; /* the first row is the terminal's */

struct language_screen {
	struct preference preference; /* now: list.count for one that is not installed */
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

/* The first member is the whole. */
static const struct language_screen *
whole(const struct preference *preference)
{
	return (const struct language_screen *)preference;
}

static const char *
tag_of(const struct language_screen *screen, size_t row)
{
	return row == TERMINAL ? "" : screen->names[row - 1].tag;
}

static struct preference_row
row_of(const struct preference *preference, size_t row)
{
	return (struct preference_row){ row == TERMINAL ? _("As the terminal says")
							: whole(preference)->names[row - 1].name,
		"" };
}

static void
fill(const struct preference *preference, struct wire_preferences_request *request)
{
	request->which = WIRE_PREFERS_LANGUAGE;
	wire_put(request->language, sizeof request->language,
	    tag_of(whole(preference), preference->list.chosen));
}

static bool
hold(struct ui *ui, const struct preference *preference)
{
	language_speak(&ui->language, tag_of(whole(preference), preference->list.chosen));
	return true;
}

static const struct preference_way way = { about, row_of, fill, hold };

/* argument: the tag that the account has. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct language_screen *screen = state;
	size_t rows = 1 + language_list(&ui->language, screen->names), now = 0;

	while (now < rows && strcmp(tag_of(screen, now), argument) != 0)
		now++;
	preference_open(&screen->preference, &way, rows, now);
	return ERR_OK;
}

const struct screen screen_language = {
	.name = "language",
	.about = about,
	.title = N_("My account > Language"),
	.state_size = sizeof(struct language_screen),
	.key_rows = key_rows,
	.enter = enter,
	.handle = preference_handle,
	.act = preference_act,
	.draw = preference_draw,
};
