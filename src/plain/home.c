/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signed in: who, since when, what needs attention, and where to go. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "conv/news.h"
#include "conv/notice.h"
#include "conv/people.h"
#include "core/permission.h"
#include "core/text.h"
#include "plain/inside.h"
#include "plain/menu.h"
#include "core/words.h"

/* --- the items ------------------------------------------------------------------ */

static void
text_account(const struct wire_home_reply *home, char *buf, size_t size)
{
	const struct wire_user *user = &home->user;

	if (user->has_2fa)
		(void)snprintf(buf, size,
		    ngettext("two-factor authentication on, %u recovery code left",
			"two-factor authentication on, %u recovery codes left",
			user->recovery_left),
		    user->recovery_left);
	else
		(void)snprintf(buf, size, "%s", _("two-factor authentication off"));
}

static void
text_audit(const struct wire_home_reply *home, char *buf, size_t size)
{
	(void)home;
	(void)snprintf(buf, size, "%s", _("who did what, and when"));
}

static void
text_users(const struct wire_home_reply *home, char *buf, size_t size)
{
	people_counts(&home->counts, ", ", buf, size);
}

static void
text_settings(const struct wire_home_reply *home, char *buf, size_t size)
{
	(void)home;
	(void)snprintf(buf, size, "%s", _("for everyone on this console"));
}

static void
text_here(const struct wire_home_reply *home, char *buf, size_t size)
{
	(void)home;
	(void)snprintf(buf, size, "%s", _("who is signed in now"));
}

static void
text_replace(const struct wire_home_reply *home, char *buf, size_t size)
{
	(void)home;
	(void)snprintf(buf, size, "%s", _("by another one, on a new phone"));
}

/* Of several, My account shows which there are. */
static enum err
replace(struct plain *plain)
{
	struct wire_account_reply account = { .device_count = 1,
		.replace_until = plain->home.replace_until };

	account.device[0].id = plain->home.replace;
	wire_put(account.device[0].name, sizeof account.device[0].name, plain->home.replace_name);
	if (plain->home.replace != 0)
		return device_replace(plain, &account, 0);
	conv_tell(&plain->conv, CONV_TEXT, _("Choose the authenticator that you want to replace."));
	return account_ask(plain);
}

static void
text_commands(const struct wire_home_reply *home, char *buf, size_t size)
{
	uint32_t count = home->commands;

	(void)snprintf(buf, size, ngettext("%u that you may run", "%u that you may run", count),
	    count);
}

static bool
any_commands(const struct wire_home_reply *home)
{
	return home->commands > 0;
}

static bool
to_replace(const struct wire_home_reply *home)
{
	return home->replacing;
}

static bool
anything_waits(const struct wire_home_reply *home)
{
	return home->waiting > 0;
}

static bool
signed_in_before(const struct wire_home_reply *home)
{
	return home->user.last_sign_in != 0;
}

static void
text_not_me(const struct wire_home_reply *home, char *buf, size_t size)
{
	(void)home;
	(void)snprintf(buf, size, "%s", _("for a last sign-in that was not yours"));
}

enum err
not_me_ask(struct plain *plain, int64_t row)
{
	struct wire_request request;
	struct conv_asked asked;
	enum err err;

	wire_request_init(&request, WIRE_NOT_ME);
	request.u.change_password.sign_in = row;
	err = conv_row(&plain->conv, ROW_NOT_ME, &request, &asked);
	if (err == ERR_OK && asked.done && asked.reply.err == ERR_OK)
		conv_tell(&plain->conv, CONV_GOOD,
		    _("Your password was changed. Your other sessions have ended."));
	secret_wipe(&asked, sizeof asked);
	return err;
}

static enum err
not_me(struct plain *plain)
{
	return not_me_ask(plain, 0);
}

static enum err
sign_out(struct plain *plain)
{
	plain->tty.left = true;
	return ERR_ENDED;
}

/* Told only if permitted. */
static const struct item {
	const char *label;
	enum permission permission;
	void (*text)(const struct wire_home_reply *home, char *buf, size_t size);
	enum err (*open)(struct plain *plain);
	bool (*shown)(const struct wire_home_reply *home); /* NULL: always */
} items[] = {
	{ N_("Commands"), PERMISSION_COMMANDS, text_commands, commands_ask, any_commands },
	{ N_("Replace your authenticator"), PERMISSION_OWN_ACCOUNT, text_replace, replace,
	    to_replace },
	{ N_("My account"), PERMISSION_OWN_ACCOUNT, text_account, account_ask, NULL },
	{ N_("Users"), PERMISSION_USER_LIST, text_users, users_ask, NULL },
	{ N_("Audit log"), PERMISSION_AUDIT_READ, text_audit, audit_ask, NULL },
	{ N_("Settings"), PERMISSION_SETTINGS_WRITE, text_settings, settings_ask, NULL },
	{ N_("Who is here"), PERMISSION_SESSION_LIST, text_here, here_ask, NULL },
	{ N_("Waiting"), PERMISSION_USER_LIST, NULL, waiting_ask, anything_waits },
	{ N_("Sign out"), PERMISSION_OWN_ACCOUNT, NULL, sign_out, NULL },
	{ N_("It was not me"), PERMISSION_OWN_ACCOUNT, text_not_me, not_me, signed_in_before },
};

enum { ITEMS = sizeof items / sizeof *items };

/* The items for this person's role; returns how many. */
static int
offered(const struct plain *plain, const struct item *list[ITEMS], struct menu_row rows[ITEMS])
{
	const struct actor actor = { .role = (enum role)plain->home.user.role, .user = 1 };
	int count = 0;

	for (size_t i = 0; i < ITEMS; i++) {
		if (!permission_allows(&actor, items[i].permission) ||
		    (items[i].shown != NULL && !items[i].shown(&plain->home)))
			continue;
		rows[count].label = _(items[i].label);
		rows[count].text[0] = '\0';
		if (items[i].text != NULL)
			items[i].text(&plain->home, rows[count].text, MENU_TEXT);
		list[count++] = &items[i];
	}
	return count;
}

/* --- home ------------------------------------------------------------------------- */

enum err
home_take(struct plain *plain)
{
	struct wire_reply reply;
	enum err err = conv_get(&plain->conv, WIRE_HOME, &reply);

	if (err == ERR_OK)
		err = (enum err)reply.err;
	if (err != ERR_OK)
		return err;
	plain->home = reply.u.home;
	plain->conv.has_2fa = plain->home.user.has_2fa;
	if (plain->home.idle_lock > 0)
		plain->conv.idle_lock = plain->home.idle_lock;
	return ERR_OK;
}

static void
tell_text(struct plain *plain, const char *text)
{
	if (text[0] != '\0')
		conv_tell(&plain->conv, CONV_TEXT, text);
}

/* Once a session: what was before it, and what came of its own sign-in. */
static void
tell_last(struct plain *plain, int64_t now)
{
	const struct wire_user *user = &plain->home.user;
	char text[CONV_TEXT_SIZE];

	if (plain->told)
		return;
	plain->told = true;
	news_last(user, now, text, sizeof text);
	tell_text(plain, text);
	news_failures(user, text, sizeof text);
	tell_text(plain, text);
	news_recovery(user, plain->conv.recovery_left, text, sizeof text);
	tell_text(plain, text);
	news_skew(plain->conv.skew, text, sizeof text);
	tell_text(plain, text);
}

/* The newest of what was not read yet, and how many more there are. */
static void
tell_news(struct plain *plain, int64_t now)
{
	const struct wire_home_reply *home = &plain->home;
	char text[CONV_TEXT_SIZE];
	size_t i = 0;

	news_mandatory(home, text, sizeof text);
	tell_text(plain, text);
	for (; i < home->notices && i < WIRE_NOTICES; i++) {
		notice_line(&home->notice[i], now, text, sizeof text);
		tell_text(plain, text);
	}
	news_more(home, i, text, sizeof text);
	tell_text(plain, text);
}

static void
tell_head(struct plain *plain)
{
	int64_t now = (int64_t)time(NULL);
	char name[TEXT_NAME_SIZE];

	(void)text_show(plain->home.user.name, strlen(plain->home.user.name), name, sizeof name);
	conv_tellf(&plain->conv, CONV_TITLE, "%s · %s", name,
	    _(role_title((enum role)plain->home.user.role)));
	tell_last(plain, now);
	tell_news(plain, now);
}

enum err
home_ask(struct plain *plain)
{
	const struct item *list[ITEMS];
	struct menu_row rows[ITEMS];
	int choice = 0;
	enum err err = home_take(plain);

	if (err != ERR_OK)
		return err;
	tell_head(plain);
	err = menu_ask(plain, rows, offered(plain, list, rows), NULL, &choice);
	return err == ERR_OK ? list[choice]->open(plain) : err;
}
