/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signed in: who, since when, what needs attention, and where to go. */
#include <stdio.h>
#include <string.h>

#include "ui/list.h"
#include "ui/parts.h"

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
open_account(struct ui *ui)
{
	ui_push(ui, &screen_account);
}

static void
sign_out(struct ui *ui)
{
	ui_end(ui, 0, ERR_OK, N_("Signed out."));
}

struct item {
	const char *label;
	void (*tell)(const struct home *home, char *buf, size_t size);
	void (*open)(struct ui *ui);
};

static const struct item items[] = {
	{ N_("My account"), tell_account, open_account },
	{ N_("Sign out"), tell_nothing, sign_out },
};

enum { ITEMS = sizeof items / sizeof *items };

/* --- life ------------------------------------------------------------------------ */

static enum err
enter(struct ui *ui, void *state)
{
	struct home *home = state;

	home->list.count = ITEMS;
	parts_ask(ui, WIRE_HOME, NULL);
	return ERR_OK;
}

/* The host's changes are told once by the keeper, and stay while this screen does. */
static void
take(struct home *home, const struct wire_home_reply *reply)
{
	struct wire_home_reply next = *reply;

	if (home->have && reply->notices == 0) {
		next.notices = home->home.notices;
		memcpy(next.notice, home->home.notice, sizeof next.notice);
		memcpy(next.notice_time, home->home.notice_time, sizeof next.notice_time);
		memcpy(next.notice_action, home->home.notice_action, sizeof next.notice_action);
	}
	home->home = next;
	home->have = true;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct home *home = state;

	if (event->type == EVENT_REPLY) {
		if (event->reply->err != ERR_OK)
			ui_say_err(ui, (enum err)event->reply->err, event->reply->wait);
		else if (event->reply->op == WIRE_HOME)
			take(home, &event->reply->u.home);
		return true;
	}
	if (event->type == EVENT_KEY && event->key == KEY_ESC)
		return true;
	return list_handle(&home->list, event, ITEMS);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct home *home = state;

	if (id == PART_ENTER)
		items[home->list.chosen].open(ui);
	if (id == SIGN_OUT)
		sign_out(ui);
}

/* --- what is said above the items -------------------------------------------------- */

static void
draw_last(struct page *page, const struct home *home)
{
	const struct wire_user *user = &home->home.user;
	char when[64], source[WIRE_SOURCE_SIZE], line[LINE], since[128];

	draw_time(user->last_sign_in, page->ui->clock(), when, sizeof when);
	text_show(user->last_source, strlen(user->last_source), source, sizeof source);
	if (user->last_sign_in == 0)
		snprintf(line, sizeof line, "%s   %s", _("Last sign-in"), when);
	else
		snprintf(line, sizeof line, _("Last sign-in   %s from %s"), when, source);
	snprintf(since, sizeof since, "%s", _("no failed attempts since"));
	if (user->failures_since > 0)
		snprintf(since, sizeof since, ngettext("%u failed attempt since", "%u failed attempts since", user->failures_since),
		    user->failures_since);
	enum style style = user->failures_since > 0 ? STYLE_ERROR : STYLE_PLAIN;
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

static void
draw_notices(struct page *page, const struct home *home)
{
	const struct wire_home_reply *reply = &home->home;
	size_t most = sizeof reply->notice / sizeof *reply->notice;

	for (size_t i = 0; i < reply->notices && i < most; i++) {
		char when[64], what[WIRE_ACTION_SIZE], data[POLICY_VALUE_SIZE], line[LINE];
		draw_time(reply->notice_time[i], page->ui->clock(), when, sizeof when);
		text_show(reply->notice_action[i], strlen(reply->notice_action[i]), what, sizeof what);
		text_show(reply->notice[i], strlen(reply->notice[i]), data, sizeof data);
		snprintf(line, sizeof line, _("Changed by the host %s: %s is now %s"), when, what, data);
		page_line(page, STYLE_BOLD, 0, line);
	}
	if (reply->notices > 0)
		page_gap(page);
}

/* --- drawing ------------------------------------------------------------------------ */

static int
label_columns(void)
{
	size_t widest = 0;

	for (size_t i = 0; i < ITEMS; i++) {
		size_t columns = text_columns(_(items[i].label), strlen(_(items[i].label)));
		if (columns > widest)
			widest = columns;
	}
	return (int)widest;
}

/* The mark, the label, and what there is to say about it, in its own column. */
static void
draw_items(struct page *page, const struct home *home)
{
	int labels = label_columns();

	for (size_t i = 0; i < ITEMS; i++) {
		bool chosen = i == home->list.chosen;
		struct rect row = page->rest;
		char text[LINE];
		if (chosen) {
			terminal_put(page->ui->terminal, row.y, row.x - 2, 1, STYLE_FOCUS, "›");
			terminal_cursor(page->ui->terminal, row.y, row.x);
		}
		terminal_put(page->ui->terminal, row.y, row.x, labels, chosen ? STYLE_FOCUS : STYLE_PLAIN, _(items[i].label));
		items[i].tell(home, text, sizeof text);
		if (text[0] == '\0')
			page_line(page, STYLE_PLAIN, 0, " ");
		else
			page_line(page, STYLE_PLAIN, labels + NAME_GAP, text);
	}
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
	draw_notices(&page, home);
	draw_items(&page, home);
}

const struct screen screen_home = {
	.name = "home", .state_size = sizeof(struct home), .actions = actions,
	.enter = enter, .handle = handle, .act = act, .draw = draw,
};
