/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One setting that is a line of text, over screen_settings. */
#include "ui/screen/screens.h"
#include "ui/screen/settings.h"

enum {
	TIME_POINTS = 10, /* "2592000s", and room to correct it */
	ROLES_POINTS = 60 /* all of them */
};

struct setting_screen {
	struct form form;
	struct form_plan plan;
	struct settings *settings;
	enum setting_id id;
	char seen[POLICY_VALUE_SIZE]; /* what is stored, as it was when this opened */
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Keep"), 50,
	    N_("Keeps it in the list of settings, where it is saved later.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

/* Until it is known which setting it is. */
static const struct form_plan empty_plan = { .fields = 0 };

/* The longest that is typed. */
static size_t
points_of(const struct setting *setting)
{
	if (setting->type == SETTING_TEXT)
		return (size_t)setting->max;
	return setting->type == SETTING_ROLES ? ROLES_POINTS : TIME_POINTS;
}

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct setting_screen *screen = state;
	const struct settings_edit *edit = argument;
	enum err err;

	(void)ui;
	screen->settings = edit->settings;
	screen->id = edit->id;
	wire_put(screen->seen, sizeof screen->seen,
	    edits_seen(&edit->settings->edits, &edit->settings->view, edit->id));
	const struct setting *setting = policy_setting(screen->id);
	size_t points = points_of(setting);
	screen->plan = (struct form_plan){ .fields = 1,
		.buttons = 1,
		.field = { { setting->label, FIELD_TEXT, points } },
		.button = { N_("Keep") } };
	err = form_reopen(&screen->form, &screen->plan);
	return err == ERR_OK
	    ? field_set(&screen->form.field[0],
		  edits_value(&screen->settings->edits, &screen->settings->view, screen->id))
	    : err;
}

static void
keep(struct ui *ui, const struct setting_screen *screen)
{
	settings_keep(ui, screen->settings, screen->id, screen->seen,
	    field_text(&screen->form.field[0]));
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct setting_screen *screen = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		settings_told(ui, screen->settings, event->reply);
		return true;
	}
	bool used = parts_form(ui, &screen->form, event, &button);
	if (button == 0)
		keep(ui, screen);
	return used;
}

static void
act(struct ui *ui, void *state, int id)
{
	struct setting_screen *screen = state;

	if (id == PART_BACK)
		ui_pop(ui);
	else if (id == PART_ENTER && parts_enter(ui, &screen->form) == 0)
		keep(ui, screen);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct setting_screen *screen = state;
	struct page page = parts_page(ui, area);

	page_form(&page, &screen->form, NULL);
	page_text(&page, STYLE_DIM, _(policy_setting(screen->id)->help));
	if (policy_writing(screen->id) != NULL)
		page_text(&page, STYLE_DIM, _(policy_writing(screen->id)));
	if (screen->id == SETTING_CONSOLE_NAME)
		page_text(&page, STYLE_DIM,
		    _("New QR codes carry the new name; existing entries in applications keep the "
		      "old one."));
	return page.noted;
}

const struct screen screen_setting = {
	.name = "setting",
	.about = N_("Changes one setting for everyone on this console. It is saved with all other "
		    "changes, from the list."),
	.title = N_("Settings > General settings"),
	.least = ROLE_SUPER_ADMINISTRATOR,
	.state_size = sizeof(struct setting_screen),
	.plan = &empty_plan,
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
	.resume = settings_resume,
};
