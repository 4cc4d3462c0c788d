/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings > General settings: whether two-factor authentication is required, and the other
 * settings of core/policy.def. */
#include <stdio.h>
#include <string.h>

#include "conv/edits.h"
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

/* Of a change that was refused: who else made what of it. */
static enum err
tell_meanwhile(struct plain *plain, const struct wire_settings_view_reply *seen, enum setting_id id)
{
	const struct wire_settings_view_reply *now;
	char sentence[EDITS_TEXT];
	struct wire_reply reply;
	enum err err = conv_get(&plain->conv, WIRE_SETTINGS_VIEW, &reply);

	if (err != ERR_OK || reply.err != ERR_OK)
		return err;
	now = &reply.u.settings_view;
	if (strcmp(now->value[id], seen->value[id]) == 0)
		return ERR_OK;
	edits_told(now, id, sentence, sizeof sentence);
	conv_tell(&plain->conv, CONV_WRONG, sentence);
	return ERR_OK;
}

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
	if (err == ERR_OK && asked.done && asked.reply.err == ERR_STALE)
		err = tell_meanwhile(plain, view, id);
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

/* Those that are decided alone are asked about at once, but for the roles: all else is kept. */
static enum err
change(struct plain *plain, const struct wire_settings_view_reply *view, struct edits *edits,
    enum setting_id id)
{
	char value[POLICY_VALUE_SIZE], seen[POLICY_VALUE_SIZE], help[CONV_TEXT_SIZE];
	enum err err;

	if (policy_setting(id)->type == SETTING_BOOL && policy_alone(id))
		return toggle(plain, view, id);
	if (id == SETTING_REQUIRE_2FA_ROLES && !view->mine)
		return toggle(plain, view, SETTING_REQUIRE_2FA);
	wire_put(seen, sizeof seen, edits_seen(edits, view, id));
	if (policy_setting(id)->type == SETTING_BOOL) {
		wire_put(value, sizeof value,
		    policy_yes_or_no(!policy_is_yes(edits_value(edits, view, id))));
		edits_put(edits, view, id, seen, value);
		return ERR_OK;
	}
	help_of(id, help, sizeof help);
	conv_tell(&plain->conv, CONV_TEXT, help);
	err = ask_value(plain, id, edits_value(edits, view, id), value);
	if (err == ERR_OK)
		edits_put(edits, view, id, seen, value);
	return err;
}

/* --- saving what was kept -------------------------------------------------------------- */

static bool
tell_overtaken(struct plain *plain, const struct wire_settings_view_reply *view,
    struct edits *edits)
{
	char sentence[EDITS_TEXT];

	if (!edits_overtaken(edits, view, sentence, sizeof sentence))
		return false;
	conv_tell(&plain->conv, CONV_WRONG, sentence);
	return true;
}

static void
tell_refused(struct plain *plain, const struct edits *edits, const struct wire_reply *reply)
{
	char sentence[EDITS_TEXT];
	enum setting_id id;

	if (reply->err != ERR_STALE &&
	    edits_refused(edits, (enum err)reply->err, reply->wait, &id, sentence, sizeof sentence))
		conv_tell(&plain->conv, CONV_WRONG, sentence);
}

/* One request of it. *ret_saved: it was done. */
static enum err
save_part(struct plain *plain, const struct wire_settings_view_reply *view, struct edits *edits,
    bool *ret_saved)
{
	char question[EDITS_TEXT];
	struct wire_request request;
	struct conv_asked asked;
	enum err err;

	*ret_saved = false;
	if (!edits_request(edits, view, &request))
		return ERR_OK;
	edits_question(&request.u.setting_change, view, question, sizeof question);
	err = conv_prove(&plain->conv, question, &request, &asked);
	if (err == ERR_OK && asked.done) {
		*ret_saved = asked.reply.err == ERR_OK;
		if (*ret_saved)
			edits_saved(edits);
		else
			tell_refused(plain, edits, &asked.reply);
	}
	secret_wipe(&asked, sizeof asked);
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

/* All of it, in one request or more; or what is in the way is told. */
static enum err
save(struct plain *plain, struct edits *edits, int *ret_choice)
{
	struct wire_settings_view_reply view;
	bool saved = true;
	enum err err = ERR_OK;

	while (err == ERR_OK && saved && edits_count(edits) > 0) {
		err = take(plain, &view, ret_choice);
		if (err != ERR_OK || *ret_choice == MENU_BACK ||
		    tell_overtaken(plain, &view, edits))
			return err;
		err = save_part(plain, &view, edits, &saved);
	}
	/* Why it was refused, if somebody was faster. */
	if (err == ERR_OK && !saved)
		err = take(plain, &view, ret_choice);
	if (err == ERR_OK && !saved && *ret_choice != MENU_BACK)
		(void)tell_overtaken(plain, &view, edits);
	if (err == ERR_OK && saved)
		conv_tell(&plain->conv, CONV_GOOD, _("Saved."));
	return err;
}

/* Leaving with something that is not saved. */
static enum err
leave(struct plain *plain, struct edits *edits, int *ret_choice)
{
	enum { SAVE, DISCARD, STAY, CHOICES };
	struct menu_row rows[CHOICES] = { [SAVE] = { .label = _("Save") },
		[DISCARD] = { .label = _("Discard") },
		[STAY] = { .label = _("Stay") } };
	unsigned long count = (unsigned long)edits_count(edits);
	int choice = STAY;
	enum err err;

	conv_tellf(&plain->conv, CONV_TITLE,
	    ngettext("%lu change is not saved. Save it before you leave?",
		"%lu changes are not saved. Save them before you leave?", count),
	    count);
	err = menu_ask(plain, rows, CHOICES, NULL, &choice);
	*ret_choice = 0;
	if (err == ERR_OK && choice == SAVE)
		err = save(plain, edits, ret_choice);
	if (err == ERR_OK && choice != STAY && (choice == DISCARD || edits_count(edits) == 0))
		*ret_choice = MENU_BACK;
	return err;
}

enum { WITHOUT = SETTING_COUNT, SAVE, ROWS };

struct listed {
	int what[ROWS]; /* a setting, or one of the above */
	int count;
	char label[SETTING_COUNT][512];
	struct menu_row row[ROWS];
};

static void
list_setting(const struct wire_settings_view_reply *view, const struct edits *edits,
    enum setting_id id, struct listed *listed)
{
	const char *label = _(policy_setting(id)->label);

	(void)snprintf(listed->label[id], sizeof listed->label[id],
	    edits->made[id] ? _("%s (not saved)") : "%s", label);
	listed->row[id].label = listed->label[id];
	setting_words(id, edits_value(edits, view, id), listed->row[id].text, MENU_TEXT);
	listed->what[id] = (int)id;
}

static void
list_all(const struct wire_settings_view_reply *view, const struct edits *edits,
    struct listed *listed)
{
	uint32_t without = view->people - view->with_2fa;
	unsigned long count = (unsigned long)edits_count(edits);

	for (int id = 0; id < SETTING_COUNT; id++)
		list_setting(view, edits, (enum setting_id)id, listed);
	listed->count = SETTING_COUNT;
	if (without > 0) {
		listed->row[listed->count].label = _("Without two-factor authentication");
		(void)snprintf(listed->row[listed->count].text, MENU_TEXT,
		    ngettext("%u person", "%u people", without), without);
		listed->what[listed->count++] = WITHOUT;
	}
	if (count > 0) {
		listed->row[listed->count].label = _("Save");
		(void)snprintf(listed->row[listed->count].text, MENU_TEXT,
		    ngettext("%lu change", "%lu changes", count), count);
		listed->what[listed->count++] = SAVE;
	}
}

static enum err
ask_once(struct plain *plain, struct edits *edits, int *ret_choice)
{
	struct wire_settings_view_reply view;
	struct listed listed = { .count = 0 };
	char standing[CONV_TEXT_SIZE];
	enum err err = take(plain, &view, ret_choice);

	if (err != ERR_OK || *ret_choice == MENU_BACK)
		return err;
	setting_standing(&view, standing, sizeof standing);
	list_all(&view, edits, &listed);
	conv_tell(&plain->conv, CONV_TITLE, _("Settings > General settings"));
	conv_tellf(&plain->conv, CONV_TEXT, _("Two-factor authentication: %s"), standing);
	err = menu_ask(plain, listed.row, listed.count, N_("Goes back to the start."), ret_choice);
	if (err != ERR_OK)
		return err;
	if (*ret_choice == MENU_BACK)
		return edits_count(edits) > 0 ? leave(plain, edits, ret_choice) : ERR_OK;
	if (listed.what[*ret_choice] == WITHOUT)
		return users_without_ask(plain);
	if (listed.what[*ret_choice] == SAVE)
		return save(plain, edits, ret_choice);
	return change(plain, &view, edits, (enum setting_id)listed.what[*ret_choice]);
}

enum err
settings_ask(struct plain *plain)
{
	struct edits edits = { .sent_count = 0 };
	int choice = 0;
	enum err err = ERR_OK;

	/* Whoever configured their own second factor here has recovery codes to save. */
	while (err == ERR_OK && choice != MENU_BACK) {
		err = ask_once(plain, &edits, &choice);
		if (err == ERR_OK)
			err = conv_doors(&plain->conv, false);
	}
	return err;
}
