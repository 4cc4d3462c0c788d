/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signed in: who, since when, what needs attention, and where to go. */
#include <stdio.h>
#include <string.h>

#include "core/permission.h"
#include "ui/list.h"
#include "ui/menu.h"
#include "ui/settings.h"

enum { CHOOSE = PART_OWN, SIGN_OUT };

enum { FEW_CODES = 3, MINUTE = 60, NAME_GAP = 3, BESIDE_GAP = 6, LINE = 2048 };

struct home {
	struct list list;
	bool have;
	struct wire_home_reply home;
};

static const struct ui_action actions[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one item to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Open"), 50, N_("Opens the item.") },
	{ SIGN_OUT, KEY_INTERRUPT, 0, "^C", N_("Sign out"), ACTION_RANK_ALWAYS, N_("Ends the console.") },
	{ .id = 0 },
};

/* --- the items ------------------------------------------------------------------ */

static void
tell_account(const struct home *home, char *buf, size_t size)
{
	const struct wire_user *user = &home->home.user;

	if (user->has_2fa)
		snprintf(buf, size, ngettext("two-factor authentication on, %u recovery code left",
		    "two-factor authentication on, %u recovery codes left", user->recovery_left), user->recovery_left);
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
open_account(struct ui *ui)
{
	ui_push(ui, &screen_account);
}

static void
open_settings(struct ui *ui)
{
	ui_push(ui, &screen_settings);
}

static void
sign_out(struct ui *ui)
{
	ui_end(ui, 0, ERR_OK, N_("Signed out."));
}

/* An item is offered to whom the keeper would let do what it leads to. */
struct item {
	const char *label;
	enum action action;
	void (*tell)(const struct home *home, char *buf, size_t size);
	void (*open)(struct ui *ui);
};

static const struct item items[] = {
	{ N_("My account"), ACTION_OWN_ACCOUNT, tell_account, open_account },
	{ N_("Settings"), ACTION_SETTINGS_WRITE, tell_settings, open_settings },
	{ N_("Sign out"), ACTION_OWN_ACCOUNT, tell_nothing, sign_out },
};

enum { ITEMS = sizeof items / sizeof *items };

/* The items for this person's role; returns how many. */
static size_t
offered(const struct home *home, const struct item *list[ITEMS])
{
	const struct actor actor = { .role = (enum role)home->home.user.role, .user = 1 };
	size_t count = 0;

	for (size_t i = 0; home->have && i < ITEMS; i++)
		if (permission_allows(&actor, items[i].action))
			list[count++] = &items[i];
	return count;
}

/* --- life ------------------------------------------------------------------------ */

static enum err
enter(struct ui *ui, void *state)
{
	(void)state;
	parts_ask(ui, WIRE_HOME, NULL);
	return ERR_OK;
}

static void
resume(struct ui *ui, void *state)
{
	(void)state;
	parts_ask(ui, WIRE_HOME, NULL);
}

/* The host's changes are told once by the keeper, and stay while this screen does. */
static void
take(struct ui *ui, struct home *home, const struct wire_home_reply *reply)
{
	struct wire_home_reply next = *reply;
	const struct item *list[ITEMS];

	if (home->have && reply->notices == 0) {
		next.notices = home->home.notices;
		memcpy(next.notice, home->home.notice, sizeof next.notice);
		memcpy(next.notice_time, home->home.notice_time, sizeof next.notice_time);
		memcpy(next.notice_action, home->home.notice_action, sizeof next.notice_action);
	}
	home->home = next;
	home->have = true;
	home->list.count = offered(home, list);
	list_fit(&home->list, home->list.count);
	ui->facts.has_2fa = next.user.has_2fa;
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
		list[home->list.chosen]->open(ui);
	if (id == SIGN_OUT)
		sign_out(ui);
}

/* --- what is said above the items -------------------------------------------------- */

/* At the first sign-in there is nothing that they could be since. */
static void
tell_failures(const struct wire_user *user, char *buf, size_t size)
{
	uint32_t count = user->failures_since;

	if (count == 0 && user->last_sign_in == 0)
		buf[0] = '\0';
	else if (count == 0)
		snprintf(buf, size, "%s", _("no failed attempts since"));
	else if (user->last_sign_in == 0)
		snprintf(buf, size, ngettext("%u failed attempt before it", "%u failed attempts before it", count), count);
	else
		snprintf(buf, size, ngettext("%u failed attempt since", "%u failed attempts since", count), count);
}

static void
tell_last(const struct ui *ui, const struct wire_user *user, char *buf, size_t size)
{
	char when[64], source[WIRE_SOURCE_SIZE];

	if (user->last_sign_in == 0) {
		snprintf(buf, size, "%s", _("This is your first sign-in."));
		return;
	}
	draw_time(user->last_sign_in, ui->clock(), when, sizeof when);
	text_show(user->last_source, strlen(user->last_source), source, sizeof source);
	snprintf(buf, size, _("Last sign-in   %s from %s"), when, source);
}

/* In one line, or two where it is narrow. */
static void
draw_last(struct page *page, const struct home *home)
{
	const struct wire_user *user = &home->home.user;
	enum style style = user->failures_since > 0 ? STYLE_ERROR : STYLE_PLAIN;
	char line[LINE], since[128];

	tell_last(page->ui, user, line, sizeof line);
	tell_failures(user, since, sizeof since);
	int used = (int)text_columns(line, strlen(line)), more = (int)text_columns(since, strlen(since));
	if (used + BESIDE_GAP + more <= page->room) {
		terminal_put(page->ui->terminal, page->rest.y, page->rest.x + used + BESIDE_GAP, more, style, since);
		page_line(page, STYLE_PLAIN, 0, line);
	} else {
		page_line(page, STYLE_PLAIN, 0, line);
		page_line(page, style, 0, since);
	}
	page_gap(page);
}

static void
draw_recovery(struct page *page, const struct home *home)
{
	const struct wire_user *user = &home->home.user;
	int64_t used = page->ui->facts.recovery_left;
	char line[LINE];

	if (used >= 0) {
		snprintf(line, sizeof line, ngettext("You signed in with a recovery code. %u is left.",
		    "You signed in with a recovery code. %u are left.", (unsigned long)used), (unsigned)used);
	} else if (user->has_2fa && user->recovery_left <= FEW_CODES) {
		snprintf(line, sizeof line, ngettext("Only %u recovery code is left.", "Only %u recovery codes are left.", user->recovery_left),
		    user->recovery_left);
		if (user->recovery_left == 0)
			snprintf(line, sizeof line, "%s", _("No recovery code is left."));
	} else {
		return;
	}
	page_text(page, STYLE_BOLD, line);
}

/* How far the phone is off, after a resynchronisation. */
static void
draw_skew(struct page *page)
{
	int64_t skew = page->ui->facts.skew;
	long long off = skew < 0 ? -skew : skew;
	char line[LINE];

	if (skew == 0)
		return;
	if (off < MINUTE)
		snprintf(line, sizeof line, skew > 0 ? _("Your phone's clock is %lld s ahead: let it set its time by itself.")
		    : _("Your phone's clock is %lld s behind: let it set its time by itself."), off);
	else
		snprintf(line, sizeof line, skew > 0 ? _("Your phone's clock is %lld min ahead: let it set its time by itself.")
		    : _("Your phone's clock is %lld min behind: let it set its time by itself."), (off + MINUTE / 2) / MINUTE);
	page_text(page, STYLE_BOLD, line);
}

/* What the host did, in words; what this version does not know, as it is. */
static void
tell_notice(const char *when, const char *action, const char *detail, char *buf, size_t size)
{
	char what[WIRE_ACTION_SIZE], value[POLICY_VALUE_SIZE];
	enum setting_id id;

	text_show(detail, strlen(detail), value, sizeof value);
	if (strcmp(action, "reset-2fa") == 0) {
		snprintf(buf, size, _("Two-factor authentication was reset %s, for %s"), when, value);
	} else if (policy_find(action, &id) != ERR_OK) {
		text_show(action, strlen(action), what, sizeof what);
		snprintf(buf, size, "%s %s: %s", when, what, value);
	} else if (id == SETTING_REQUIRE_2FA) {
		snprintf(buf, size, strcmp(detail, "yes") == 0 ? _("Two-factor authentication was made mandatory by the host %s.")
		    : _("Two-factor authentication was made optional by the host %s."), when);
	} else {
		settings_words(id, detail, value, sizeof value);
		snprintf(buf, size, _("%s was changed by the host %s, to “%s”."), _(policy_setting(id)->label), when, value);
	}
}

/* As many as leave room for the items, newest first. */
static void
draw_notices(struct page *page, const struct home *home)
{
	const struct wire_home_reply *reply = &home->home;
	size_t most = sizeof reply->notice / sizeof *reply->notice;

	for (size_t i = 0; i < reply->notices && i < most && page->rest.height > ITEMS + 1; i++) {
		char when[64], line[LINE];

		draw_time(reply->notice_time[i], page->ui->clock(), when, sizeof when);
		tell_notice(when, reply->notice_action[i], reply->notice[i], line, sizeof line);
		page_line(page, STYLE_BOLD, 0, line);
	}
	if (reply->notices > 0)
		page_gap(page);
}

/* Signed in without 2FA while it became mandatory: told on the screen. */
static void
draw_mandatory(struct page *page, const struct home *home)
{
	if (home->home.mandatory && !home->home.user.has_2fa)
		page_text(page, STYLE_BOLD,
		    _("Two-factor authentication is now required for all users: configure it in My account, or at your next sign-in."));
}

/* --- drawing ------------------------------------------------------------------------ */

static void
draw_items(struct page *page, const struct home *home)
{
	const struct item *list[ITEMS];
	struct menu_row rows[ITEMS];
	size_t count = offered(home, list);

	for (size_t i = 0; i < count; i++) {
		rows[i].label = _(list[i]->label);
		list[i]->tell(home, rows[i].text, sizeof rows[i].text);
	}
	menu_draw(page, rows, count, home->list.chosen);
}

static void
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct home *home = state;
	char who[TEXT_NAME_SIZE + 128];

	if (home->have)
		snprintf(who, sizeof who, "%s · %s", ui->facts.user, _(role_title((enum role)home->home.user.role)));
	else
		snprintf(who, sizeof who, "%s", ui->facts.user);
	parts_place(ui, area, who);
	area.y += 2;
	area.height -= 2;
	struct page page = page_open(ui, area);
	if (!home->have)
		return;
	draw_last(&page, home);
	draw_recovery(&page, home);
	draw_skew(&page);
	draw_mandatory(&page, home);
	draw_notices(&page, home);
	draw_items(&page, home);
}

const struct screen screen_home = {
	.name = "home", .state_size = sizeof(struct home), .actions = actions,
	.enter = enter, .handle = handle, .act = act, .draw = draw, .resume = resume,
};
