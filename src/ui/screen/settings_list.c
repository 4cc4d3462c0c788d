/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings > General settings: the box that makes two-factor authentication mandatory, and the
 * other settings of core/policy.def. */
#include "ui/screen/enrolment.h"
#include "ui/screen/screens.h"
#include "ui/screen/settings.h"

enum { CHOOSE = PART_OWN, SAVE };

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one setting to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Change"), 50,
	    N_("Changes the setting; Enter or Space toggles a box.") },
	{ SAVE, KEY_NONE_, 's', "s", N_("Save"), 90, N_("Saves all that is marked *, at once.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to the start; asks, where something is not saved.") },
	{ .id = 0 },
};

/* --- life ------------------------------------------------------------------------- */

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct settings *settings = state;

	(void)argument;
	settings->list.count = settings_rows();
	ui_ask_plain(ui, WIRE_SETTINGS_VIEW, NULL);
	return ERR_OK;
}

static void
answered(struct ui *ui, struct settings *settings, const struct event *event)
{
	const struct wire_reply *reply = event->reply;

	if (reply->op == WIRE_SETTING_CHANGE) {
		settings_changed(ui, settings, reply);
	} else if (reply->err == ERR_OK && reply->op == WIRE_ENROL) {
		enrolment_show(ui, event);
	} else if (reply->err == ERR_OK) {
		settings_take(ui, settings, &reply->u.settings_view);
		settings_looked(ui, settings);
	} else {
		ui_say_err(ui, (enum err)reply->err, reply->wait);
		if (reply->op != WIRE_SETTINGS_VIEW)
			ui_ask_plain(ui, WIRE_SETTINGS_VIEW, NULL); /* as it is now */
	}
}

/* --- changing ---------------------------------------------------------------------- */

/* A Super Administrator without 2FA must configure it first, to avoid a lockout.
 */
static bool
configures_first(struct ui *ui, const struct settings *settings, enum setting_id id)
{
	if (settings->view.mine || (id != SETTING_REQUIRE_2FA && id != SETTING_REQUIRE_2FA_ROLES))
		return false;
	enrolment_ask(ui, N_("First configure your own two-factor authentication."));
	return true;
}

/* Those that are decided alone ask at once, but for the roles: they are ticked, then saved. */
static void
toggle(struct ui *ui, struct settings *settings)
{
	const struct settings_row row = settings_chosen_row(settings);
	const char *before = edits_value(&settings->edits, &settings->view, row.id);
	char value[POLICY_VALUE_SIZE];

	if (configures_first(ui, settings, row.id))
		return;
	if (row.id == SETTING_REQUIRE_2FA_ROLES)
		setting_role_toggle(before, row.role, value);
	else
		wire_put(value, sizeof value, policy_yes_or_no(!policy_is_yes(before)));
	if (policy_alone(row.id) && row.id != SETTING_REQUIRE_2FA_ROLES)
		settings_confirm(ui, settings, row.id, value);
	else
		edits_put(&settings->edits, &settings->view, row.id,
		    edits_seen(&settings->edits, &settings->view, row.id), value);
}

static void
change(struct ui *ui, struct settings *settings)
{
	enum setting_id id = settings_chosen(settings);
	const struct settings_edit edit = { settings, id };

	if (!settings->have)
		return;
	switch (policy_setting(id)->type) {
	case SETTING_BOOL:
	case SETTING_ROLES:
		toggle(ui, settings);
		break;
	case SETTING_LIST:
		ui_push(ui, &screen_entries, &edit);
		break;
	case SETTING_TEXT:
	case SETTING_SECONDS:
	case SETTING_NUMBER:
	case SETTING_KEEP:
	case SETTING_SPAN:
		ui_push(ui, &screen_setting, &edit);
		break;
	}
}

static bool
is_space(const struct event *event)
{
	return event->type == EVENT_TEXT && event->point == ' ' && !event->pasted;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct settings *settings = state;

	if (event->type == EVENT_REPLY) {
		answered(ui, settings, event);
		return true;
	}
	if (is_space(event) && settings_is_box(settings_chosen(settings))) {
		change(ui, settings);
		return true;
	}
	return list_handle(&settings->list, event, settings->list.count);
}

static void
back(struct ui *ui, struct settings *settings)
{
	if (edits_count(&settings->edits) > 0)
		ui_push(ui, &screen_unsaved, &settings);
	else
		ui_pop(ui);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct settings *settings = state;

	settings->leaving = false;
	if (id == PART_ENTER)
		change(ui, settings);
	if (id == SAVE)
		settings_save(ui, settings);
	if (id == PART_BACK)
		back(ui, settings);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct settings *settings = state;

	(void)ui;
	return id != SAVE || edits_count(&settings->edits) > 0;
}

const struct screen screen_settings = {
	.name = "settings",
	.about = N_("Settings for everyone on this console. What you change is marked * until you "
		    "save it: all of it at once, with one code. The first box and four eyes ask at "
		    "once, each with a code of its own; so do the roles, before the rest. Each "
		    "change is written to the audit log."),
	.title = N_("Settings > General settings"),
	.least = ROLE_SUPER_ADMINISTRATOR,
	.state_size = sizeof(struct settings),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = settings_draw,
	.resume = settings_resume,
};
