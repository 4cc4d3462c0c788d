/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings > General settings: the box that makes two-factor authentication mandatory, and the
 * other settings of core/policy.def. */
#include "ui/screen/screens.h"
#include "ui/screen/enrolment.h"
#include "ui/screen/settings.h"

enum { CHOOSE = PART_OWN };

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one setting to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Change"), 50,
	    N_("Changes the setting; Enter or Space toggles a box.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to the start.") },
	{ .id = 0 },
};

/* --- life ------------------------------------------------------------------------- */

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct settings *settings = state;

	(void)argument;
	settings->list.count = SETTING_COUNT;
	ui_ask_plain(ui, WIRE_SETTINGS_VIEW, NULL);
	return ERR_OK;
}

static void
say_changed(struct ui *ui, const struct settings *settings)
{
	bool box = settings_chosen(settings) == SETTING_REQUIRE_2FA;
	bool on = policy_is_yes(settings->view.value[SETTING_REQUIRE_2FA]);

	if (!box)
		ui_say(ui, STYLE_GOOD, N_("Changed."));
	else if (on)
		ui_say(ui, STYLE_GOOD,
		    N_("Two-factor authentication is now mandatory for all users."));
	else
		ui_say(ui, STYLE_GOOD, N_("Two-factor authentication is now optional."));
}

static void
answered(struct ui *ui, struct settings *settings, const struct event *event)
{
	const struct wire_reply *reply = event->reply;

	if (reply->err == ERR_OK && reply->op == WIRE_ENROL) {
		enrolment_show(ui, event);
		return;
	}
	if (reply->err == ERR_OK) {
		settings_take(ui, settings, &reply->u.settings_view);
		if (reply->op == WIRE_SETTING_CHANGE)
			say_changed(ui, settings);
		return;
	}
	ui_say_err(ui, (enum err)reply->err, reply->wait);
	if (reply->op != WIRE_SETTINGS_VIEW)
		ui_ask_plain(ui, WIRE_SETTINGS_VIEW, NULL); /* as it is now */
}

/* --- changing ---------------------------------------------------------------------- */

/* A Super Administrator without 2FA must configure it first, to avoid a lockout.
 */
static void
toggle(struct ui *ui, const struct settings *settings, enum setting_id id)
{
	if (id == SETTING_REQUIRE_2FA && !settings->view.mine) {
		enrolment_ask(ui, N_("First configure your own two-factor authentication."));
		return;
	}
	settings_confirm(ui, settings, id,
	    policy_yes_or_no(!policy_is_yes(settings->view.value[id])));
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
		toggle(ui, settings, id);
		break;
	case SETTING_LIST:
		ui_push(ui, &screen_entries, &edit);
		break;
	case SETTING_TEXT:
	case SETTING_SECONDS:
	case SETTING_NUMBER:
	case SETTING_KEEP:
	case SETTING_ROLES:
		ui_push(ui, &screen_setting, &edit);
		break;
	}
}

static enum setting_type
chosen_type(const struct settings *settings)
{
	return policy_setting(settings_chosen(settings))->type;
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
	if (is_space(event) && chosen_type(settings) == SETTING_BOOL) {
		change(ui, settings);
		return true;
	}
	return list_handle(&settings->list, event, SETTING_COUNT);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct settings *settings = state;

	if (id == PART_ENTER)
		change(ui, settings);
	if (id == PART_BACK)
		ui_pop(ui);
}

const struct screen screen_settings = {
	.name = "settings",
	.about = N_("Settings for everyone on this console. Each change asks for a proof that it "
		    "is you, and is written to the audit log."),
	.title = N_("Settings > General settings"),
	.least = ROLE_SUPER_ADMINISTRATOR,
	.state_size = sizeof(struct settings),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = settings_draw,
	.resume = settings_resume,
};
