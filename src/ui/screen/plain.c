/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether one is asked line by line, over My account. Turned on, it takes effect at once. */
#include "ui/screen/preference.h"
#include "ui/screen/screens.h"

enum { CHOOSE = PART_OWN };

enum { ON, OFF, ROWS };

static const char about[] = N_(
    "The console can ask you line by line instead of drawing screens: one question a line, nothing "
    "painted twice, no colour. That suits a screen reader or a braille display. Your choice holds "
    "wherever you sign in, once your password is accepted.");

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from on to off and back.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Save"), 50,
	    N_("Saves it for you. Turned on, the console goes on line by line.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

static struct preference_row
row_of(const struct preference *preference, size_t row)
{
	(void)preference;
	return row == ON ? (struct preference_row){ _("On"), _("one question a line, at once") }
			 : (struct preference_row){ _("Off"), _("screens") };
}

static void
fill(const struct preference *preference, struct wire_preferences_request *request)
{
	request->which = WIRE_PREFERS_PLAIN;
	request->plain = preference->list.chosen == ON;
}

static bool
hold(struct ui *ui, const struct preference *preference)
{
	if (preference->list.chosen == ON)
		ui_hand_over(ui);
	return preference->list.chosen != ON;
}

static const struct preference_way way = { about, row_of, fill, hold };

/* argument: the bool that the account has. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	const bool *plain = argument;

	(void)ui;
	preference_open(state, &way, ROWS, *plain ? ON : OFF);
	return ERR_OK;
}

const struct screen screen_plain = {
	.name = "plain",
	.about = about,
	.title = N_("My account > Plain text"),
	.state_size = sizeof(struct preference),
	.key_rows = key_rows,
	.enter = enter,
	.handle = preference_handle,
	.act = preference_act,
	.draw = preference_draw,
};
