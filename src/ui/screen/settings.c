/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/settings.h"

#include <stdio.h>
#include <string.h>

#include "ui/screen/confirm.h"

void
settings_take(struct ui *ui, struct settings *settings, const struct wire_settings_view_reply *view)
{
	struct policy policy;

	settings->view = *view;
	settings->have = true;
	ui->facts.has_2fa = view->mine;
	policy_default(&policy);
	for (int id = 0; id < SETTING_COUNT; id++)
		if (policy_load(&policy, (enum setting_id)id, view->value[id]) != ERR_OK)
			return;
	snprintf(ui->facts.console_name, sizeof ui->facts.console_name, "%s", policy.console_name);
	snprintf(ui->facts.applications, sizeof ui->facts.applications, "%s", policy.applications);
	ui->facts.idle_lock = policy.idle_lock;
}

void
settings_told(struct ui *ui, struct settings *settings, const struct wire_reply *reply)
{
	if (reply->err == ERR_OK)
		settings_take(ui, settings, &reply->u.settings_view);
	else
		ui_say_err(ui, (enum err)reply->err, reply->wait);
}

void
settings_resume(struct ui *ui, void *state)
{
	(void)state;
	ui_ask_plain(ui, WIRE_SETTINGS_VIEW, NULL);
}

/* --- one at once ------------------------------------------------------------------- */

static const char *
verb_of(enum setting_id id, bool on)
{
	if (id != SETTING_REQUIRE_2FA)
		return N_("Change");
	return on ? N_("Make mandatory") : N_("Make optional");
}

/* Who has none can be listed from its dialog, if there is anybody. */
static bool
lists_without(const struct settings *settings, enum setting_id id)
{
	return (id == SETTING_REQUIRE_2FA || id == SETTING_REQUIRE_2FA_ROLES) &&
	    settings->view.people > settings->view.with_2fa;
}

void
settings_confirm(struct ui *ui, struct settings *settings, enum setting_id id, const char *value)
{
	struct confirm confirm = { .by_code = settings->view.mine,
		.without = lists_without(settings, id),
		.next_code = settings->view.next_code };

	confirm.verb = verb_of(id, policy_is_yes(value));
	setting_question(&settings->view, id, value, confirm.question, sizeof confirm.question);
	setting_request(&settings->view, id, value, &confirm.request);
	edits_not_sent(&settings->edits);
	settings->saving = false;
	settings->asking = true;
	settings->asked = id;
	wire_put(settings->seen, sizeof settings->seen, settings->view.value[id]);
	confirm_open(ui, &confirm);
}

/* --- what is kept, and saved ---------------------------------------------------------- */

void
settings_keep(struct ui *ui, struct settings *settings, enum setting_id id, const char *seen,
    const char *typed)
{
	char value[POLICY_VALUE_SIZE], refusal[POLICY_REFUSAL_SIZE];
	enum err err = setting_check(id, typed, value);

	if (err != ERR_OK) {
		setting_refusal(id, err, refusal);
		ui_say_text(ui, STYLE_ERROR, refusal);
		return;
	}
	edits_put(&settings->edits, &settings->view, id, seen, value);
	ui_close_top(ui);
	if (settings->edits.made[id])
		ui_say(ui, STYLE_PLAIN, N_("Not saved yet: s saves all changes at once."));
}

bool
settings_overtaken(struct ui *ui, struct settings *settings)
{
	char sentence[EDITS_TEXT];

	if (!edits_overtaken(&settings->edits, &settings->view, sentence, sizeof sentence))
		return false;
	settings->leaving = false;
	ui_say_text(ui, STYLE_ERROR, sentence);
	return true;
}

void
settings_looked(struct ui *ui, struct settings *settings)
{
	char sentence[EDITS_TEXT];

	if (settings->saving)
		settings_overtaken(ui, settings);
	if (settings->asking &&
	    strcmp(settings->view.value[settings->asked], settings->seen) != 0) {
		edits_told(&settings->view, settings->asked, sentence, sizeof sentence);
		ui_say_text(ui, STYLE_ERROR, sentence);
	}
	settings->saving = settings->asking = false;
}

void
settings_save(struct ui *ui, struct settings *settings)
{
	struct confirm confirm = { .verb = N_("Save"),
		.by_code = settings->view.mine,
		.next_code = settings->view.next_code };
	const struct wire_setting_change_request *change = &confirm.request.u.setting_change;

	if (settings_overtaken(ui, settings) ||
	    !edits_request(&settings->edits, &settings->view, &confirm.request))
		return;
	confirm.without = lists_without(settings, (enum setting_id)change->edit[0].id);
	edits_question(change, &settings->view, confirm.question, sizeof confirm.question);
	edits_question_brief(change, confirm.brief, sizeof confirm.brief);
	settings->saving = true;
	settings->asking = false;
	confirm_open(ui, &confirm);
}

/* What stood alone was saved, and the rest is asked for; or all is. */
static void
saved(struct ui *ui, struct settings *settings)
{
	edits_saved(&settings->edits);
	settings->saving = false;
	ui_say(ui, STYLE_GOOD, N_("Saved."));
	if (edits_count(&settings->edits) > 0)
		settings_save(ui, settings);
	else if (settings->leaving)
		ui_pop(ui);
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

/* Names the setting that it is about; what was typed stays. */
static void
refused(struct ui *ui, struct settings *settings, const struct wire_reply *reply)
{
	char sentence[EDITS_TEXT];
	enum setting_id id;

	settings->leaving = false;
	if (reply->err != ERR_STALE &&
	    edits_refused(&settings->edits, (enum err)reply->err, reply->wait, &id, sentence,
		sizeof sentence)) {
		settings_choose(settings, id);
		ui_say_text(ui, STYLE_ERROR, sentence);
	} else {
		ui_say_err(ui, (enum err)reply->err, 0);
	}
	ui_ask_plain(ui, WIRE_SETTINGS_VIEW, NULL); /* as it is now */
}

void
settings_changed(struct ui *ui, struct settings *settings, const struct wire_reply *reply)
{
	if (reply->err != ERR_OK) {
		refused(ui, settings, reply);
		return;
	}
	settings_take(ui, settings, &reply->u.settings_view);
	if (settings->saving)
		saved(ui, settings);
	else
		say_changed(ui, settings);
	settings->asking = false;
}
