/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signed in: who, since when, what needs attention, and where to go. */
#include "ui/screen/home.h"

#include <stdio.h>
#include <string.h>

#include "conv/people.h"
#include "core/permission.h"
#include "ui/screen/enrolment.h"
#include "ui/screen/screens.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN, HAPPENED, SIGN_OUT, NOT_ME };

struct home {
	struct list list;
	bool have;
	struct wire_home_reply home;
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one item to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Open"), 50, N_("Opens the item.") },
	{ NOT_ME, KEY_NONE_, 'w', "w", N_("It was not me"), 45,
	    N_("For a last sign-in that was not yours.") },
	{ HAPPENED, KEY_NONE_, 'h', "h", N_("What happened"), 45,
	    N_("What was done to your account, or to this console, and by whom.") },
	{ SIGN_OUT, KEY_INTERRUPT, 0, "^C", N_("Sign out"), KEY_ROW_ALWAYS,
	    N_("Ends the console.") },
	{ .id = 0 },
};

/* --- the items ------------------------------------------------------------------ */

static void
tell_account(const struct home *home, char *buf, size_t size)
{
	const struct wire_user *user = &home->home.user;

	if (user->has_2fa)
		snprintf(buf, size,
		    ngettext("two-factor authentication on, %u recovery code left",
			"two-factor authentication on, %u recovery codes left",
			user->recovery_left),
		    user->recovery_left);
	else
		snprintf(buf, size, "%s", _("two-factor authentication off: Enter to configure"));
}

static void
tell_nothing(const struct home *home, char *buf, size_t size)
{
	(void)home;
	(void)size;
	buf[0] = '\0';
}

static void
tell_settings(const struct home *home, char *buf, size_t size)
{
	(void)home;
	snprintf(buf, size, "%s", _("for everyone on this console"));
}

static void
tell_audit(const struct home *home, char *buf, size_t size)
{
	(void)home;
	snprintf(buf, size, "%s", _("who did what, and when"));
}

static void
open_account(struct ui *ui, const struct home *home)
{
	(void)home;
	ui_push(ui, &screen_account, NULL);
}

static void
tell_users(const struct home *home, char *buf, size_t size)
{
	people_counts(&home->home.counts, ", ", buf, size);
}

static void
open_users(struct ui *ui, const struct home *home)
{
	(void)home;
	ui_push(ui, &screen_users, NULL);
}

static void
open_audit(struct ui *ui, const struct home *home)
{
	(void)home;
	ui_push(ui, &screen_audit, NULL);
}

static void
open_settings(struct ui *ui, const struct home *home)
{
	(void)home;
	ui_push(ui, &screen_settings, NULL);
}

static void
tell_waiting(const struct home *home, char *buf, size_t size)
{
	uint32_t count = home->home.waiting;

	snprintf(buf, size,
	    ngettext("%u request for a second Super Administrator",
		"%u requests for a second Super Administrator", count),
	    count);
}

static void
open_waiting(struct ui *ui, const struct home *home)
{
	(void)home;
	ui_push(ui, &screen_waiting, NULL);
}

static bool
anything_waits(const struct home *home)
{
	return home->home.waiting > 0;
}

static void
sign_out(struct ui *ui, const struct home *home)
{
	(void)home;
	ui_end(ui, 0, ERR_OK, N_("Signed out."));
}

static void
tell_replace(const struct home *home, char *buf, size_t size)
{
	(void)home;
	snprintf(buf, size, "%s", _("by another one, on a new phone"));
}

/* Of several, My account shows which there are. */
static void
open_replace(struct ui *ui, const struct home *home)
{
	struct wire_account_reply account = { .device_count = 1,
		.replace_until = home->home.replace_until };

	account.device[0].id = home->home.replace;
	wire_put(account.device[0].name, sizeof account.device[0].name, home->home.replace_name);
	if (home->home.replace != 0) {
		enrolment_replace(ui, &account, 0);
		return;
	}
	ui_push(ui, &screen_account, NULL);
	ui_say(ui, STYLE_PLAIN, N_("Choose the authenticator that you want to replace."));
}

static void
tell_commands(const struct home *home, char *buf, size_t size)
{
	uint32_t count = home->home.commands;

	snprintf(buf, size, ngettext("%u that you may run", "%u that you may run", count), count);
}

static void
open_commands(struct ui *ui, const struct home *home)
{
	(void)home;
	ui_push(ui, &screen_commands, NULL);
}

static void
tell_here(const struct home *home, char *buf, size_t size)
{
	(void)home;
	(void)snprintf(buf, size, "%s", _("who is signed in now"));
}

static void
open_here(struct ui *ui, const struct home *home)
{
	(void)home;
	ui_push(ui, &screen_here, NULL);
}

static bool
any_commands(const struct home *home)
{
	return home->home.commands > 0;
}

static bool
always(const struct home *home)
{
	(void)home;
	return true;
}

static bool
came_by_recovery(const struct home *home)
{
	return home->home.replacing;
}

/* Shown only if permitted. */
struct item {
	const char *label;
	enum permission permission;
	void (*tell)(const struct home *home, char *buf, size_t size);
	void (*open)(struct ui *ui, const struct home *home);
	bool (*offered)(const struct home *home);
};

static const struct item items[] = {
	{ N_("Commands"), PERMISSION_COMMANDS, tell_commands, open_commands, any_commands },
	{ N_("Replace your authenticator"), PERMISSION_OWN_ACCOUNT, tell_replace, open_replace,
	    came_by_recovery },
	{ N_("My account"), PERMISSION_OWN_ACCOUNT, tell_account, open_account, always },
	{ N_("Users"), PERMISSION_USER_LIST, tell_users, open_users, always },
	{ N_("Audit log"), PERMISSION_AUDIT_READ, tell_audit, open_audit, always },
	{ N_("Settings"), PERMISSION_SETTINGS_WRITE, tell_settings, open_settings, always },
	{ N_("Who is here"), PERMISSION_SESSION_LIST, tell_here, open_here, always },
	{ N_("Waiting"), PERMISSION_USER_LIST, tell_waiting, open_waiting, anything_waits },
	{ N_("Sign out"), PERMISSION_OWN_ACCOUNT, tell_nothing, sign_out, always },
};

enum { ITEMS = sizeof items / sizeof *items };

/* The items for this person's role; returns how many. */
static size_t
offered(const struct home *home, const struct item *list[ITEMS])
{
	const struct actor actor = { .role = (enum role)home->home.user.role, .user = 1 };
	size_t count = 0;

	for (size_t i = 0; home->have && i < ITEMS; i++)
		if (permission_allows(&actor, items[i].permission) && items[i].offered(home))
			list[count++] = &items[i];
	return count;
}

/* --- life ------------------------------------------------------------------------ */

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	(void)state;
	(void)argument;
	ui_ask_plain(ui, WIRE_HOME, NULL);
	return ERR_OK;
}

static void
resume(struct ui *ui, void *state)
{
	(void)state;
	ui_ask_plain(ui, WIRE_HOME, NULL);
}

void
home_note(struct ui *ui, const struct wire_home_reply *reply)
{
	ui->facts.has_2fa = reply->user.has_2fa;
	ui->facts.role = (enum role)reply->user.role;
	ui->facts.role_known = reply->user.role < ROLE_COUNT;
	if (reply->idle_lock > 0)
		ui->facts.idle_lock = reply->idle_lock;
}

static void
take(struct ui *ui, struct home *home, const struct wire_home_reply *reply)
{
	const struct item *list[ITEMS];

	home->home = *reply;
	home->have = true;
	home->list.count = offered(home, list);
	list_fit(&home->list, home->list.count);
	home_note(ui, reply);
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct home *home = state;

	if (event->type == EVENT_REPLY) {
		if (event->reply->err != ERR_OK)
			ui_say_err(ui, (enum err)event->reply->err, event->reply->wait);
		else if (event->reply->op == WIRE_HOME)
			take(ui, home, &event->reply->u.home);
		else if (event->reply->op == WIRE_DEVICE_REPLACE)
			enrolment_show(ui, event);
		return true;
	}
	if (event->type == EVENT_KEY && event->key == KEY_ESC)
		return true;
	return list_handle(&home->list, event, home->list.count);
}

static void
act(struct ui *ui, void *state, int id)
{
	const struct home *home = state;
	const struct item *list[ITEMS];
	size_t count = offered(home, list);

	if (id == PART_ENTER && home->list.chosen < count)
		list[home->list.chosen]->open(ui, home);
	if (id == NOT_ME)
		ui_push(ui, &screen_not_me, NULL);
	if (id == HAPPENED)
		ui_push(ui, &screen_happened, NULL);
	if (id == SIGN_OUT)
		sign_out(ui, home);
}

/* There is none before the first. */
static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct home *home = state;

	(void)ui;
	return id != NOT_ME || (home->have && home->home.user.last_sign_in != 0);
}

/* --- drawing ------------------------------------------------------------------------ */

static size_t
menu_rows(const struct home *home, struct menu_row rows[ITEMS])
{
	const struct item *list[ITEMS];
	size_t count = offered(home, list);

	for (size_t i = 0; i < count; i++) {
		rows[i].label = _(list[i]->label);
		list[i]->tell(home, rows[i].text, sizeof rows[i].text);
	}
	return count;
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct home *home = state;
	struct page page = parts_page(ui, area);
	struct menu_row rows[ITEMS] = { { .label = NULL } };

	if (!home->have)
		return false;
	size_t count = menu_rows(home, rows);
	int least = menu_least(&page, rows, count, home->list.chosen);
	int reserved = page_reserve(&page, least);
	/* Who has no commands has a line more. */
	home_draw_news(ui, &page, &home->home, (any_commands(home) ? ITEMS : ITEMS - 1) - least);
	page_release(&page, reserved);
	menu_draw(&page, rows, count, home->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_home = {
	.name = "home",
	.about = N_("The start, once you are signed in. The lines at the top say when you were "
		    "here last, and whether anybody failed to sign in as you since. Below them is "
		    "what your role may do."),
	.state_size = sizeof(struct home),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
	.resume = resume,
};
