/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/setting.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/words.h"
#include "core/text.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

/* --- values ------------------------------------------------------------------------ */

static void
time_words(unsigned long seconds, char *buf, size_t size)
{
	if (seconds % HOUR == 0)
		(void)snprintf(buf, size, ngettext("%lu hour", "%lu hours", seconds / HOUR),
		    seconds / HOUR);
	else if (seconds % MINUTE == 0)
		(void)snprintf(buf, size, ngettext("%lu minute", "%lu minutes", seconds / MINUTE),
		    seconds / MINUTE);
	else
		(void)snprintf(buf, size, ngettext("%lu second", "%lu seconds", seconds), seconds);
}

static void
keep_words(unsigned long seconds, const char *zero, char *buf, size_t size)
{
	if (seconds == 0)
		(void)snprintf(buf, size, "%s", zero);
	else if (seconds % DAY == 0)
		(void)snprintf(buf, size, ngettext("%lu day", "%lu days", seconds / DAY),
		    seconds / DAY);
	else
		time_words(seconds, buf, size);
}

/* Those of the value, in their titles; as they are stored where that cannot be read. */
static bool
roles_words(enum setting_id id, const char *value, char *buf, size_t size)
{
	struct policy policy;
	size_t used = 0;

	policy_default(&policy);
	if (policy_load(&policy, id, value) != ERR_OK)
		return false;
	(void)snprintf(buf, size, "%s", _("no role"));
	for (int role = 0; role < ROLE_COUNT && used < size; role++) {
		if ((policy.require_2fa_roles & (1u << role)) == 0)
			continue;
		(void)snprintf(buf + used, size - used, "%s%s", used > 0 ? ", " : "",
		    _(role_title((enum role)role)));
		used = strlen(buf);
	}
	return true;
}

void
setting_words(enum setting_id id, const char *value, char *buf, size_t size)
{
	int64_t seconds;

	switch (policy_setting(id)->type) {
	case SETTING_BOOL:
		(void)snprintf(buf, size, "%s", policy_is_yes(value) ? _("yes") : _("no"));
		return;
	case SETTING_SECONDS:
		if (!policy_seconds(value, &seconds))
			break;
		time_words((unsigned long)seconds, buf, size);
		return;
	case SETTING_KEEP:
	case SETTING_SPAN:
		if (!policy_seconds(value, &seconds))
			break;
		keep_words((unsigned long)seconds,
		    policy_setting(id)->type == SETTING_KEEP ? _("for ever") : _("none"), buf,
		    size);
		return;
	case SETTING_ROLES:
		if (!roles_words(id, value, buf, size))
			break;
		return;
	case SETTING_TEXT:
		if (value[0] != '\0')
			break;
		(void)snprintf(buf, size, "%s", _("none"));
		return;
	case SETTING_LIST:
	case SETTING_NUMBER:
		break;
	}
	(void)text_show(value, strlen(value), buf, size);
}

enum err
setting_check(enum setting_id id, const char *typed, char ret_value[POLICY_VALUE_SIZE])
{
	struct policy policy;
	enum err err;

	policy_default(&policy);
	err = policy_set(&policy, id, typed);
	if (err == ERR_OK)
		policy_get(&policy, id, ret_value);
	return err;
}

void
setting_refusal(enum setting_id id, enum err err, char buf[POLICY_REFUSAL_SIZE])
{
	if (err == ERR_SETTING_VALUE)
		policy_refusal_fill(_(policy_refusal(id)), id, buf);
	else
		err_fill(_(err_sentence(err)), 0, buf, POLICY_REFUSAL_SIZE);
}

/* --- the questions ------------------------------------------------------------------- */

/* Sentences are joined by blanks. */
static void
add(char *buf, size_t size, const char *sentence)
{
	size_t used = strlen(buf);

	(void)snprintf(buf + used, size - used, "%s%s", used > 0 ? " " : "", sentence);
}

/* A sentence about a count, in its plural form; about none, it is left out. */
static void
add_count(char *buf, size_t size, const char *sentence, uint32_t count)
{
	char text[512];
	const char *mark = strstr(sentence, "%u");

	if (count == 0)
		return;
	if (mark == NULL)
		(void)snprintf(text, sizeof text, "%s", sentence);
	else
		(void)snprintf(text, sizeof text, "%.*s%u%s", (int)(mark - sentence), sentence,
		    count, mark + 2);
	add(buf, size, text);
}

/* Who has none: the first by name, and how many more. */
static void
add_names(const struct wire_settings_view_reply *view, char *buf, size_t size)
{
	uint32_t without = view->people - view->with_2fa, named = 0;
	char names[WIRE_WITHOUT * (TEXT_NAME_SIZE + 2)] = "", name[TEXT_NAME_SIZE];
	char line[sizeof names + 128];
	size_t used = 0;

	while (named < WIRE_WITHOUT && named < without && view->without[named][0] != '\0') {
		(void)text_show(view->without[named], strlen(view->without[named]), name,
		    sizeof name);
		(void)snprintf(names + used, sizeof names - used, "%s%s", used > 0 ? ", " : "",
		    name);
		used = strlen(names);
		named++;
	}
	if (named == 0)
		return;
	if (named == without)
		(void)snprintf(line, sizeof line, _("Without it: %s."), names);
	else
		(void)snprintf(line, sizeof line,
		    ngettext("Without it: %s and %u more.", "Without it: %s and %u more.",
			without - named),
		    names, without - named);
	add(buf, size, line);
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
	add_names(view, buf, size);
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
	add_names(view, buf, size);
}

static void
ask_other(enum setting_id id, const char *before, const char *value, char *buf, size_t size)
{
	char line[2 * POLICY_VALUE_SIZE + 256], from[POLICY_VALUE_SIZE], to[POLICY_VALUE_SIZE];
	const struct setting *setting = policy_setting(id);

	setting_words(id, before, from, sizeof from);
	setting_words(id, value, to, sizeof to);
	if (setting->type == SETTING_LIST)
		(void)snprintf(line, sizeof line, _("%s: change them to %s?"), _(setting->label),
		    to);
	else if (setting->type == SETTING_TEXT)
		(void)snprintf(line, sizeof line, _("%s: change it from “%s” to “%s”?"),
		    _(setting->label), from, to);
	else
		(void)snprintf(line, sizeof line, _("%s: change it from %s to %s?"),
		    _(setting->label), from, to);
	add(buf, size, line);
	if (id == SETTING_CONSOLE_NAME)
		add(buf, size,
		    _("New QR codes carry the new name; existing entries in applications keep the "
		      "old one."));
}

void
setting_question(const struct wire_settings_view_reply *view, enum setting_id id, const char *value,
    char *buf, size_t size)
{
	buf[0] = '\0';
	if (id == SETTING_REQUIRE_2FA_ROLES)
		setting_roles_question(view, value, buf, size);
	else if (id != SETTING_REQUIRE_2FA)
		ask_other(id, view->value[id], value, buf, size);
	else if (policy_is_yes(value))
		ask_mandatory(view, buf, size);
	else
		ask_optional(view, buf, size);
}

void
setting_request_add(struct wire_setting_change_request *change, enum setting_id id,
    const char *seen, const char *value)
{
	struct wire_edit *edit = &change->edit[change->count++];

	edit->id = id;
	wire_put(edit->seen, sizeof edit->seen, seen);
	wire_put(edit->value, sizeof edit->value, value);
}

bool
setting_unchanged(const struct wire_setting_change_request *change,
    const struct wire_settings_view_reply *view)
{
	for (uint32_t i = 0; i < change->count; i++) {
		const struct wire_edit *edit = &change->edit[i];

		if (strcmp(edit->seen, view->value[edit->id]) != 0)
			return false;
		if (edit->id == SETTING_REQUIRE_2FA &&
		    (change->people != view->people || change->with_2fa != view->with_2fa))
			return false;
	}
	return true;
}

void
setting_request(const struct wire_settings_view_reply *view, enum setting_id id, const char *value,
    struct wire_request *ret_request)
{
	struct wire_setting_change_request *change = &ret_request->u.setting_change;

	wire_request_init(ret_request, WIRE_SETTING_CHANGE);
	change->people = view->people;
	change->with_2fa = view->with_2fa;
	setting_request_add(change, id, view->value[id], value);
}
