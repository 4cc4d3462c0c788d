/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/settings.h"

#include <stdio.h>
#include <string.h>

#include "ui/screen/confirm.h"

enum { MINUTE = 60, HOUR = 3600 };

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

/* Why settings_check() refused: for ERR_SETTING_VALUE, what the setting allows. */
static void
say_wrong(struct ui *ui, enum setting_id id, enum err err)
{
	char sentence[POLICY_REFUSAL_SIZE];

	if (err != ERR_SETTING_VALUE) {
		ui_say_err(ui, err, 0);
		return;
	}
	policy_refusal_fill(_(policy_refusal(id)), id, sentence);
	ui_say_text(ui, STYLE_ERROR, sentence);
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

/* --- values as people read them ------------------------------------------------------ */

static void
time_words(unsigned long seconds, char *buf, size_t size)
{
	if (seconds % HOUR == 0)
		snprintf(buf, size, ngettext("%lu hour", "%lu hours", seconds / HOUR),
		    seconds / HOUR);
	else if (seconds % MINUTE == 0)
		snprintf(buf, size, ngettext("%lu minute", "%lu minutes", seconds / MINUTE),
		    seconds / MINUTE);
	else
		snprintf(buf, size, ngettext("%lu second", "%lu seconds", seconds), seconds);
}

void
settings_words(enum setting_id id, const char *value, char *buf, size_t size)
{
	int64_t seconds;

	switch (policy_setting(id)->type) {
	case SETTING_BOOL:
		snprintf(buf, size, "%s", policy_is_yes(value) ? _("yes") : _("no"));
		return;
	case SETTING_SECONDS:
		if (!policy_seconds(value, &seconds))
			break;
		time_words((unsigned long)seconds, buf, size);
		return;
	case SETTING_TEXT:
	case SETTING_LIST:
		break;
	}
	text_show(value, strlen(value), buf, size);
}

/* --- the questions ---------------------------------------------------------------- */

/* Sentences are joined by blanks; each has the plural form of its count, and a count of 0 is left
 * out. */
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

	if (count == 0)
		return;
	if (mark == NULL)
		snprintf(text, sizeof text, "%s", sentence);
	else
		snprintf(text, sizeof text, "%.*s%u%s", (int)(mark - sentence), sentence, count,
		    mark + 2);
	add(buf, size, text);
}

static void
ask_optional(const struct wire_settings_view_reply *view, char *buf, size_t size)
{
	uint32_t without = view->people - view->with_2fa;

	add(buf, size, _("Make two-factor authentication optional?"));
	add(buf, size,
	    _("We strongly advise against this: it reduces the security of access to this "
	      "console."));
	if (view->people == 1) {
		add(buf, size,
		    _("It affects you alone: you keep it, are still asked for a code, and may "
		      "deactivate it."));
		return;
	}
	add_count(buf, size,
	    ngettext("It affects %u person.", "It affects all %u people.", view->people),
	    view->people);
	add_count(buf, size,
	    ngettext("%u has it: that person keeps it, is still asked for a code, and may "
		     "deactivate it.",
		"%u have it: they keep it, are still asked for a code, and may deactivate it.",
		view->with_2fa),
	    view->with_2fa);
	add_count(buf, size,
	    ngettext("%u has none: that person will not be asked to configure it, but still can in "
		     "My account.",
		"%u have none: they will not be asked to configure it, but still can in My "
		"account.",
		without),
	    without);
}

static void
ask_mandatory(const struct wire_settings_view_reply *view, char *buf, size_t size)
{
	uint32_t without = view->people - view->with_2fa;

	add(buf, size, _("Make two-factor authentication mandatory?"));
	if (view->people == 1) {
		add(buf, size, _("It affects you alone: you can no longer deactivate it."));
		return;
	}
	add_count(buf, size,
	    ngettext("It affects %u person.", "It affects all %u people.", view->people),
	    view->people);
	add_count(buf, size,
	    ngettext("%u has it, and can no longer deactivate it.",
		"%u have it, and can no longer deactivate it.", view->with_2fa),
	    view->with_2fa);
	add_count(buf, size,
	    ngettext("%u will be asked to configure it at the next sign-in.",
		"%u will be asked to configure it at their next sign-in.", without),
	    without);
}

static void
ask_other(enum setting_id id, const char *before, const char *value, char *buf, size_t size)
{
	char line[2 * POLICY_VALUE_SIZE + 256], from[POLICY_VALUE_SIZE], to[POLICY_VALUE_SIZE];
	const struct setting *setting = policy_setting(id);

	settings_words(id, before, from, sizeof from);
	settings_words(id, value, to, sizeof to);
	if (setting->type == SETTING_LIST)
		snprintf(line, sizeof line, _("%s: change them to %s?"), _(setting->label), to);
	else if (setting->type == SETTING_TEXT)
		snprintf(line, sizeof line, _("%s: change it from “%s” to “%s”?"),
		    _(setting->label), from, to);
	else
		snprintf(line, sizeof line, _("%s: change it from %s to %s?"), _(setting->label),
		    from, to);
	add(buf, size, line);
	if (id == SETTING_CONSOLE_NAME)
		add(buf, size,
		    _("New QR codes carry the new name; existing entries in applications keep the "
		      "old one."));
}

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
	struct wire_setting_change_request *change = &confirm.request.u.setting_change;
	const char *before = settings->view.value[id];
	bool on = policy_is_yes(value);

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

void
settings_save(struct ui *ui, const struct settings *settings, enum setting_id id, const char *typed)
{
	char value[POLICY_VALUE_SIZE];
	enum err err = settings_check(id, typed, value);

	if (err != ERR_OK) {
		say_wrong(ui, id, err);
		return;
	}
	ui_close_top(ui);
	if (strcmp(value, settings->view.value[id]) != 0)
		settings_confirm(ui, settings, id, value);
}
