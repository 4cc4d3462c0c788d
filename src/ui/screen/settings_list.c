/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings > General settings: the box that makes two-factor authentication mandatory, and the
 * other settings of core/policy.def. */
#include <stdio.h>

#include "conv/setting.h"
#include "ui/screen/screens.h"
#include "ui/screen/enrolment.h"
#include "ui/widget/menu.h"
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
	bool box = settings->list.chosen == SETTING_REQUIRE_2FA;
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
	enum setting_id id = (enum setting_id)settings->list.chosen;
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
		ui_push(ui, &screen_setting, &edit);
		break;
	}
}

static enum setting_type
chosen_type(const struct settings *settings)
{
	return policy_setting((enum setting_id)settings->list.chosen)->type;
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

/* --- drawing ------------------------------------------------------------------------- */

/* The box and its label, which is the setting. */
static struct menu_row
box_row(const struct settings *settings)
{
	bool on = policy_is_yes(settings->view.value[SETTING_REQUIRE_2FA]);

	return (struct menu_row){ .box = on ? "[x]" : "[ ]",
		.label = _(policy_setting(SETTING_REQUIRE_2FA)->label) };
}

/* It stands alone under its heading. */
static void
draw_box(struct page *page, const struct settings *settings)
{
	const struct menu_row row = box_row(settings);

	page_line(page, STYLE_BOLD, 0, _("Authentication security settings"));
	menu_draw(page, &row, 1, settings->list.chosen == SETTING_REQUIRE_2FA ? 0 : 1);
	page_gap(page);
}

/* Where the two parts have no room: all of them in one list that goes on. */
static void
draw_all(struct page *page, const struct settings *settings)
{
	struct menu_row rows[SETTING_COUNT] = { { .label = NULL } };

	for (size_t id = 0; id < SETTING_COUNT; id++) {
		rows[id].label = _(policy_setting((enum setting_id)id)->label);
		setting_words((enum setting_id)id, settings->view.value[id], rows[id].text,
		    sizeof rows[id].text);
	}
	rows[SETTING_REQUIRE_2FA] = box_row(settings);
	menu_draw(page, rows, SETTING_COUNT, settings->list.chosen);
}

static void
draw_others(struct page *page, const struct settings *settings)
{
	struct menu_row rows[SETTING_COUNT] = { { .label = NULL } };
	size_t count = 0, chosen = SETTING_COUNT;

	page_line(page, STYLE_BOLD, 0, _("This console"));
	for (size_t id = 0; id < SETTING_COUNT; id++) {
		if (id == SETTING_REQUIRE_2FA)
			continue;
		if (id == settings->list.chosen)
			chosen = count;
		rows[count].label = _(policy_setting((enum setting_id)id)->label);
		setting_words((enum setting_id)id, settings->view.value[id], rows[count].text,
		    sizeof rows[count].text);
		count++;
	}
	menu_draw(page, rows, count, chosen);
}

/* What the chosen setting does; of the box, what it does as it is now. */
static const char *
help_of(const struct settings *settings)
{
	enum setting_id id = (enum setting_id)settings->list.chosen;

	if (id == SETTING_REQUIRE_2FA && !policy_is_yes(settings->view.value[id]))
		return N_("Anyone without two-factor authentication signs in by password alone, "
			  "and may set it up in My account.");
	return policy_setting(id)->help;
}

/* The help of the chosen one below the list, or beside it where it is wide. */
static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct settings *settings = state;
	struct page page = parts_page(ui, area), beside;
	bool wide = page_beside(&page, area, &beside);

	if (!settings->have)
		return false;
	if (area.height >= SETTING_COUNT + 2) {
		draw_box(&page, settings);
		draw_others(&page, settings);
	} else {
		draw_all(&page, settings);
	}
	page_gap(&page);
	page_note(&page);
	if (page.noted)
		page_gap(&page);
	page_line(wide ? &beside : &page, STYLE_DIM, 0, _(help_of(settings)));
	return page.noted;
}

const struct screen screen_settings = {
	.name = "settings",
	.about = N_("Settings for everyone on this console. Each change asks for a proof that it "
		    "is you, and is written to the audit log."),
	.title = N_("Settings > General settings"),
	.state_size = sizeof(struct settings),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
	.resume = settings_resume,
};
