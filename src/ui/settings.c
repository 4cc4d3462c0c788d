/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings.h"

#include <stdio.h>
#include <string.h>

#include "ui/confirm.h"

struct settings *
settings_below(const struct ui *ui)
{
	for (size_t i = ui->depth; i > 0; i--)
		if (ui->stack[i - 1].screen == &screen_settings)
			return ui->stack[i - 1].state;
	return NULL;
}

enum err
settings_check(enum setting_id id, const char *typed, char ret_value[POLICY_VALUE_SIZE])
{
	struct policy policy;
	enum err err;

	policy_default(&policy);
	err = policy_set(&policy, id, typed);
	if (err == ERR_OK)
		policy_get(&policy, id, ret_value);
	return err;
}

/* --- the questions ---------------------------------------------------------------- */

/* Sentences about people stand one after another, each in the form that its number wants. */
static void
add(char *buf, size_t size, const char *sentence)
{
	size_t used = strlen(buf);

	snprintf(buf + used, size - used, "%s%s", used > 0 ? " " : "", sentence);
}

static void
add_count(char *buf, size_t size, const char *sentence, uint32_t count)
{
	char text[256];
	const char *mark = strstr(sentence, "%u");

	if (mark == NULL)
		snprintf(text, sizeof text, "%s", sentence);
	else
		snprintf(text, sizeof text, "%.*s%u%s", (int)(mark - sentence), sentence, count, mark + 2);
	add(buf, size, text);
}

static void
ask_optional(const struct wire_settings_view_reply *view, char *buf, size_t size)
{
	uint32_t without = view->people - view->with_2fa;

	add(buf, size, _("Make two-factor authentication optional?"));
	add(buf, size, _("We strongly advise against this: it reduces the security of access to this console."));
	add_count(buf, size, ngettext("It affects the only person.", "It affects all %u people.", view->people), view->people);
	add_count(buf, size, ngettext("%u has it: that person keeps it, is still asked for a code, and may deactivate it.",
	    "%u have it: they keep it, are still asked for a code, and may deactivate it.", view->with_2fa), view->with_2fa);
	add_count(buf, size, ngettext("%u has none: that person will not be asked to configure it, but still can in My account.",
	    "%u have none: they will not be asked to configure it, but still can in My account.", without), without);
}

static void
ask_mandatory(const struct wire_settings_view_reply *view, char *buf, size_t size)
{
	uint32_t without = view->people - view->with_2fa;

	add(buf, size, _("Make two-factor authentication mandatory?"));
	add_count(buf, size, ngettext("It affects the only person.", "It affects all %u people.", view->people), view->people);
	add_count(buf, size, ngettext("%u will be asked to configure it at the next sign-in.",
	    "%u will be asked to configure it at their next sign-in.", without), without);
}

static void
ask_other(enum setting_id id, const char *before, const char *value, char *buf, size_t size)
{
	const struct setting *setting = policy_setting(id);
	char line[CONFIRM_QUESTION_SIZE];

	snprintf(line, sizeof line, _("%s: change it from %s to %s?"), _(setting->label), before, value);
	add(buf, size, line);
	if (id == SETTING_CONSOLE_NAME)
		add(buf, size, _("New QR codes carry the new name; entries that exist in applications keep the old one."));
}

static const char *
verb_of(enum setting_id id, bool on)
{
	if (id != SETTING_REQUIRE_2FA)
		return N_("Change");
	return on ? N_("Make mandatory") : N_("Make optional");
}

void
settings_confirm(struct ui *ui, const struct settings *settings, enum setting_id id, const char *value)
{
	struct confirm confirm = { .by_code = settings->view.mine, .next_code = settings->view.next_code };
	struct wire_setting_change_request *change = &confirm.request.u.setting_change;
	const char *before = settings->view.value[id];
	bool on = strcmp(value, "yes") == 0;

	confirm.verb = verb_of(id, on);
	if (id != SETTING_REQUIRE_2FA)
		ask_other(id, before, value, confirm.question, sizeof confirm.question);
	else if (on)
		ask_mandatory(&settings->view, confirm.question, sizeof confirm.question);
	else
		ask_optional(&settings->view, confirm.question, sizeof confirm.question);
	wire_request_init(&confirm.request, WIRE_SETTING_CHANGE);
	change->id = id;
	wire_put(change->value, sizeof change->value, value);
	change->seen.people = settings->view.people;
	change->seen.with_2fa = settings->view.with_2fa;
	wire_put(change->seen.value, sizeof change->seen.value, before);
	confirm_open(ui, &confirm);
}
