/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/settings.h"

#include <stdio.h>
#include <string.h>

#include "conv/setting.h"
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

/* --- the question ---------------------------------------------------------------- */

static const char *
verb_of(enum setting_id id, bool on)
{
	if (id != SETTING_REQUIRE_2FA)
		return N_("Change");
	return on ? N_("Make mandatory") : N_("Make optional");
}

void
settings_confirm(struct ui *ui, const struct settings *settings, enum setting_id id,
    const char *value)
{
	struct confirm confirm = { .by_code = settings->view.mine,
		.next_code = settings->view.next_code };

	confirm.verb = verb_of(id, policy_is_yes(value));
	setting_question(&settings->view, id, value, confirm.question, sizeof confirm.question);
	setting_request(&settings->view, id, value, &confirm.request);
	confirm_open(ui, &confirm);
}

void
settings_save(struct ui *ui, const struct settings *settings, enum setting_id id, const char *typed)
{
	char value[POLICY_VALUE_SIZE], refusal[POLICY_REFUSAL_SIZE];
	enum err err = setting_check(id, typed, value);

	if (err != ERR_OK) {
		setting_refusal(id, err, refusal);
		ui_say_text(ui, STYLE_ERROR, refusal);
		return;
	}
	ui_close_top(ui);
	if (strcmp(value, settings->view.value[id]) != 0)
		settings_confirm(ui, settings, id, value);
}
