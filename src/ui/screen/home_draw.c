/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/home.h"

#include <stdio.h>
#include <string.h>

#include "core/audit.h"
#include "core/source.h"
#include "ui/screen/settings.h"
#include "ui/widget/draw.h"

enum { FEW_CODES = 3, MINUTE = 60, LINE = 2048 };

/* No failures line at the first sign-in. */
static void
tell_failures(const struct wire_user *user, char *buf, size_t size)
{
	uint32_t count = user->failures_since;

	if (count == 0 && user->last_sign_in == 0)
		buf[0] = '\0';
	else if (count == 0)
		snprintf(buf, size, "%s", _("no failed attempts since"));
	else if (user->last_sign_in == 0)
		snprintf(buf, size,
		    ngettext("%u failed attempt before it", "%u failed attempts before it", count),
		    count);
	else
		snprintf(buf, size,
		    ngettext("%u failed attempt since", "%u failed attempts since", count), count);
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
	if (strcmp(source, SOURCE_LOCAL_TEXT) == 0)
		snprintf(buf, size, _("Last sign-in   %s, local"), when);
	else
		snprintf(buf, size, _("Last sign-in   %s from %s"), when, source);
}

static void
draw_last(const struct ui *ui, struct page *page, const struct wire_home_reply *home)
{
	const struct wire_user *user = &home->user;
	char line[LINE], since[128];

	tell_last(ui, user, line, sizeof line);
	tell_failures(user, since, sizeof since);
	page_line(page, STYLE_PLAIN, 0, line);
	if (user->failures_since > 0)
		page_marked(page, STYLE_ERROR, since);
	else if (since[0] != '\0')
		page_line(page, STYLE_DIM, 0, since);
	page_gap(page);
}

static void
draw_recovery(const struct ui *ui, struct page *page, const struct wire_home_reply *home)
{
	const struct wire_user *user = &home->user;
	char line[LINE];

	/* Until new ones were made. */
	if ((int64_t)user->recovery_left <= ui->facts.recovery_left) {
		snprintf(line, sizeof line,
		    ngettext("You signed in with a recovery code. %u is left.",
			"You signed in with a recovery code. %u are left.", user->recovery_left),
		    user->recovery_left);
	} else if (user->has_2fa && user->recovery_left <= FEW_CODES) {
		snprintf(line, sizeof line,
		    ngettext("Only %u recovery code is left.", "Only %u recovery codes are left.",
			user->recovery_left),
		    user->recovery_left);
		if (user->recovery_left == 0)
			snprintf(line, sizeof line, "%s", _("No recovery code is left."));
	} else {
		return;
	}
	page_marked(page, STYLE_ERROR, line);
}

/* How far the phone is off, after a resynchronisation. */
static void
draw_skew(const struct ui *ui, struct page *page)
{
	int64_t skew = ui->facts.skew;
	long long off = skew < 0 ? -skew : skew;
	char line[LINE];

	if (skew == 0)
		return;
	if (off < MINUTE)
		snprintf(line, sizeof line,
		    skew > 0
			? _("Your phone's clock is %lld s ahead: let it set its time by itself.")
			: _("Your phone's clock is %lld s behind: let it set its time by itself."),
		    off);
	else
		snprintf(line, sizeof line,
		    skew > 0
			? _("Your phone's clock is %lld min ahead: let it set its time by itself.")
			: _("Your phone's clock is %lld min behind: let it set its time by "
			    "itself."),
		    (off + MINUTE / 2) / MINUTE);
	page_marked(page, STYLE_ERROR, line);
}

/* A change by the host as a sentence; an unknown one is shown raw. */
static void
tell_notice(const char *when, const char *verb, const char *detail, char *buf, size_t size)
{
	char what[WIRE_ACTION_SIZE], value[POLICY_VALUE_SIZE];
	enum setting_id id;

	text_show(detail, strlen(detail), value, sizeof value);
	if (strcmp(verb, audit_name(AUDIT_RESET_2FA)) == 0) {
		snprintf(buf, size, _("Two-factor authentication was reset %s, for %s"), when,
		    value);
	} else if (policy_find(verb, &id) != ERR_OK) {
		text_show(verb, strlen(verb), what, sizeof what);
		snprintf(buf, size, "%s %s: %s", when, what, value);
	} else if (id == SETTING_REQUIRE_2FA) {
		snprintf(buf, size,
		    policy_is_yes(detail)
			? _("Two-factor authentication was made mandatory by the host %s.")
			: _("Two-factor authentication was made optional by the host %s."),
		    when);
	} else {
		settings_words(id, detail, value, sizeof value);
		snprintf(buf, size, _("%s was changed by the host %s, to “%s”."),
		    _(policy_setting(id)->label), when, value);
	}
}

/* As many as leave room for the items, newest first. */
static void
draw_notices(const struct ui *ui, struct page *page, const struct wire_home_reply *home, int items)
{
	size_t most = sizeof home->notice / sizeof *home->notice;

	for (size_t i = 0; i < home->notices && i < most && page->rest.height > items + 1; i++) {
		char when[64], line[LINE];

		draw_time(home->notice_time[i], ui->clock(), when, sizeof when);
		tell_notice(when, home->notice_action[i], home->notice[i], line, sizeof line);
		page_marked(page, STYLE_GOOD, line);
	}
}

/* Signed in without 2FA while it became mandatory: told on the screen. */
static void
draw_mandatory(struct page *page, const struct wire_home_reply *home)
{
	if (!home->mandatory || home->user.has_2fa)
		return;
	page_marked(page, STYLE_ERROR,
	    _("Two-factor authentication is now required for all users: configure it in My "
	      "account, or at your next sign-in."));
}

void
home_draw_news(const struct ui *ui, struct page *page, const struct wire_home_reply *home,
    int items)
{
	int top;

	draw_last(ui, page, home);
	top = page->rest.y;
	draw_recovery(ui, page, home);
	draw_skew(ui, page);
	draw_mandatory(page, home);
	draw_notices(ui, page, home, items);
	if (page->rest.y > top)
		page_gap(page);
}
