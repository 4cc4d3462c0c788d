/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before screen_settings is left with something that is not saved. */
#include <stdio.h>

#include "ui/screen/dialog.h"
#include "ui/screen/screens.h"
#include "ui/screen/settings.h"

enum { SAVE, DISCARD, STAY };

struct unsaved {
	struct form form;
	struct settings *settings; /* of the screen below */
};

static const struct form_plan plan = {
	.fields = 0,
	.buttons = 3,
	.button = { N_("Save"), N_("Discard"), N_("Stay") },
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Press"), 50,
	    N_("Presses the button: saves and goes back, discards the changes and goes back, or "
	       "stays.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Stay"), KEY_ROW_ALWAYS,
	    N_("Stays in the settings; nothing is lost.") },
	{ .id = 0 },
};

/* argument: struct settings **. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct unsaved *screen = state;
	struct settings *const *settings = argument;

	(void)ui;
	screen->settings = *settings;
	return ERR_OK;
}

static void
pressed(struct ui *ui, const struct unsaved *screen, size_t button)
{
	struct settings *settings = screen->settings;

	if (button > STAY)
		return;
	ui_close_top(ui);
	if (button == SAVE) {
		settings->leaving = true;
		settings_save(ui, settings);
	}
	if (button == DISCARD)
		ui_pop(ui);
	if (button == STAY)
		settings_resume(ui, settings);
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct unsaved *screen = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		settings_told(ui, screen->settings, event->reply);
		return true;
	}
	bool used = parts_form(ui, &screen->form, event, &button);
	pressed(ui, screen, button);
	return used;
}

static void
act(struct ui *ui, void *state, int id)
{
	struct unsaved *screen = state;

	if (id == PART_ENTER)
		pressed(ui, screen, parts_enter(ui, &screen->form));
	if (id == PART_BACK)
		pressed(ui, screen, STAY);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct unsaved *screen = state;
	unsigned long count = (unsigned long)edits_count(&screen->settings->edits);
	char question[256];
	const struct dialog dialog = { .question = question, .form = &screen->form };

	snprintf(question, sizeof question,
	    ngettext("%lu change is not saved. Save it before you leave?",
		"%lu changes are not saved. Save them before you leave?", count),
	    count);
	return dialog_draw(ui, &dialog, area);
}

const struct screen screen_unsaved = {
	.name = "unsaved",
	.about = N_("You changed settings and have not saved them. Nothing is changed on this "
		    "console before you save."),
	.title = N_("Settings > General settings"),
	.least = ROLE_SUPER_ADMINISTRATOR,
	.state_size = sizeof(struct unsaved),
	.plan = &plan,
	.key_rows = key_rows,
	.dialog = true,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
	.resume = settings_resume,
};
