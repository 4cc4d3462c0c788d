/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings > General settings: whether two-factor authentication is required, and the other
 * settings of core/policy.def. */
#include <stdio.h>
#include <string.h>

#include "conv/setting.h"
#include "plain/inside.h"
#include "plain/menu.h"
#include "core/words.h"

/* --- the keeper's answer ----------------------------------------------------------- */

/* This console's own name, applications and idle lock follow at once. */
static void
follow(struct plain *plain, const struct wire_settings_view_reply *view)
{
	struct conv *conv = &plain->conv;
	struct policy policy;

	conv->has_2fa = view->mine;
	conv->next_code = view->next_code;
	policy_default(&policy);
	for (int id = 0; id < SETTING_COUNT; id++)
		if (policy_load(&policy, (enum setting_id)id, view->value[id]) != ERR_OK)
			return;
	wire_put(conv->console_name, sizeof conv->console_name, policy.console_name);
	wire_put(conv->applications, sizeof conv->applications, policy.applications);
	conv->idle_lock = policy.idle_lock;
}

static void
tell_changed(struct plain *plain, enum setting_id id, const char *value)
{
	if (id != SETTING_REQUIRE_2FA)
		conv_tell(&plain->conv, CONV_GOOD, _("Changed."));
	else if (policy_is_yes(value))
		conv_tell(&plain->conv, CONV_GOOD,
		    _("Two-factor authentication is now mandatory for all users."));
	else
		conv_tell(&plain->conv, CONV_GOOD, _("Two-factor authentication is now optional."));
}

/* --- changing one ---------------------------------------------------------------------- */

static enum err
confirm(struct plain *plain, const struct wire_settings_view_reply *view, enum setting_id id,
    const char *value)
{
	char question[CONV_TEXT_SIZE];
	struct wire_request request;
	struct conv_asked asked;
	enum err err;

	setting_question(view, id, value, question, sizeof question);
	setting_request(view, id, value, &request);
	err = conv_prove(&plain->conv, question, &request, &asked);
	if (err == ERR_OK && asked.done && asked.reply.err == ERR_OK)
		tell_changed(plain, id, value);
	secret_wipe(&asked, sizeof asked);
	return err;
}

/* Who has no second factor configures it first, or would be locked out. */
static enum err
toggle(struct plain *plain, const struct wire_settings_view_reply *view, enum setting_id id)
{
	bool on = policy_is_yes(view->value[id]);

	if (id == SETTING_REQUIRE_2FA && !view->mine)
		return conv_configure(&plain->conv,
		    N_("First configure your own two-factor authentication."));
	return confirm(plain, view, id, policy_yes_or_no(!on));
}

/* What it is for, and how it is typed. */
static void
help_of(enum setting_id id, char *buf, size_t size)
{
	const char *writing = policy_writing(id);

	(void)snprintf(buf, size, "%s%s%s", _(policy_setting(id)->help), writing != NULL ? " " : "",
	    writing != NULL ? _(writing) : "");
}

/* Asks for the value until it is one, or Enter alone keeps it as it is. */
static enum err
ask_value(struct plain *plain, enum setting_id id, const char *before,
    char value[POLICY_VALUE_SIZE])
{
	const struct setting *setting = policy_setting(id);
	char answer[CONV_ANSWER_SIZE], refusal[POLICY_REFUSAL_SIZE];
	char about[CONV_TEXT_SIZE / 2], help[CONV_TEXT_SIZE];
	const struct conv_question question = { .prompt = _(setting->label),
		.kept = before,
		.help = help };
	enum err err, wrong = ERR_FAILED;

	help_of(id, about, sizeof about);
	(void)snprintf(help, sizeof help, "%s\n%s", about, _("Enter alone keeps it as it is."));
	wire_put(value, POLICY_VALUE_SIZE, before);
	do {
		err = conv_question(&plain->conv, &question, answer);
		if (err != ERR_OK || answer[0] == '\0')
			break;
		wrong = setting_check(id, answer, value);
		if (wrong != ERR_OK) {
			setting_refusal(id, wrong, refusal);
			conv_tell(&plain->conv, CONV_WRONG, refusal);
		}
	} while (wrong != ERR_OK);
	secret_wipe(answer, sizeof answer); /* whatever was typed there by mistake */
	return err;
}

static enum err
change(struct plain *plain, const struct wire_settings_view_reply *view, enum setting_id id)
{
	char value[POLICY_VALUE_SIZE], help[CONV_TEXT_SIZE];
	enum err err;

	if (policy_setting(id)->type == SETTING_BOOL)
		return toggle(plain, view, id);
	help_of(id, help, sizeof help);
	conv_tell(&plain->conv, CONV_TEXT, help);
	err = ask_value(plain, id, view->value[id], value);
	if (err == ERR_OK && strcmp(value, view->value[id]) != 0)
		err = confirm(plain, view, id, value);
	return err;
}

/* --- the list ----------------------------------------------------------------------------- */

/* What was refused is told, and left. */
static enum err
take(struct plain *plain, struct wire_settings_view_reply *view, int *ret_choice)
{
	struct wire_reply reply;
	enum err err = conv_get(&plain->conv, WIRE_SETTINGS_VIEW, &reply);

	if (err == ERR_OK && reply.err != ERR_OK) {
		conv_tell_err(&plain->conv, (enum err)reply.err, reply.wait);
		*ret_choice = MENU_BACK;
	}
	if (err != ERR_OK || reply.err != ERR_OK)
		return err;
	*view = reply.u.settings_view;
	follow(plain, view);
	return ERR_OK;
}

static enum err
ask_once(struct plain *plain, int *ret_choice)
{
	struct wire_settings_view_reply view;
	struct menu_row rows[SETTING_COUNT];
	enum err err = take(plain, &view, ret_choice);

	if (err != ERR_OK || *ret_choice == MENU_BACK)
		return err;
	conv_tell(&plain->conv, CONV_TITLE, _("Settings > General settings"));
	for (int id = 0; id < SETTING_COUNT; id++) {
		rows[id].label = _(policy_setting((enum setting_id)id)->label);
		setting_words((enum setting_id)id, view.value[id], rows[id].text, MENU_TEXT);
	}
	err = menu_ask(plain, rows, SETTING_COUNT, N_("Goes back to the start."), ret_choice);
	if (err == ERR_OK && *ret_choice != MENU_BACK)
		err = change(plain, &view, (enum setting_id) * ret_choice);
	return err;
}

enum err
settings_ask(struct plain *plain)
{
	int choice = 0;
	enum err err = ERR_OK;

	/* Whoever configured their own second factor here has recovery codes to save. */
	while (err == ERR_OK && choice != MENU_BACK) {
		err = ask_once(plain, &choice);
		if (err == ERR_OK)
			err = conv_doors(&plain->conv, false);
	}
	return err;
}
