/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/news.h"

#include <stdio.h>
#include <string.h>

#include "conv/when.h"
#include "core/words.h"
#include "core/source.h"
#include "core/text.h"

enum { FEW_CODES = 3, MINUTE = 60 };

void
news_last(const struct wire_user *user, int64_t now, char *buf, size_t size)
{
	char when[64], source[WIRE_SOURCE_SIZE];

	if (user->last_sign_in == 0) {
		(void)snprintf(buf, size, "%s", _("This is your first sign-in."));
		return;
	}
	when_put(user->last_sign_in, now, when, sizeof when);
	(void)text_show(user->last_source, strlen(user->last_source), source, sizeof source);
	if (strcmp(source, SOURCE_LOCAL_TEXT) == 0)
		(void)snprintf(buf, size, _("Last sign-in   %s, local"), when);
	else
		(void)snprintf(buf, size, _("Last sign-in   %s from %s"), when, source);
}

void
news_failures(const struct wire_user *user, char *buf, size_t size)
{
	uint32_t count = user->failures_since;

	if (count == 0 && user->last_sign_in == 0)
		buf[0] = '\0';
	else if (count == 0)
		(void)snprintf(buf, size, "%s", _("no failed attempts since"));
	else if (user->last_sign_in == 0)
		(void)snprintf(buf, size,
		    ngettext("%u failed attempt before it", "%u failed attempts before it", count),
		    count);
	else
		(void)snprintf(buf, size,
		    ngettext("%u failed attempt since", "%u failed attempts since", count), count);
}

void
news_recovery(const struct wire_user *user, int64_t used, char *buf, size_t size)
{
	uint32_t left = user->recovery_left;
	size_t length;

	buf[0] = '\0';
	/* Until new ones were made. */
	if ((int64_t)left <= used)
		(void)snprintf(buf, size,
		    ngettext("You signed in with a recovery code. %u is left.",
			"You signed in with a recovery code. %u are left.", left),
		    left);
	else if (user->has_2fa && left == 0)
		(void)snprintf(buf, size, "%s", _("No recovery code is left."));
	else if (user->has_2fa && left <= FEW_CODES)
		(void)snprintf(buf, size,
		    ngettext("Only %u recovery code is left.", "Only %u recovery codes are left.",
			left),
		    left);
	length = strlen(buf);
	if (length > 0 && left <= FEW_CODES)
		(void)snprintf(buf + length, size - length, " %s",
		    _("Make new ones in My account."));
}

void
news_skew(int64_t skew, char *buf, size_t size)
{
	long long off = skew < 0 ? -skew : skew;

	buf[0] = '\0';
	if (skew == 0)
		return;
	if (off < MINUTE)
		(void)snprintf(buf, size,
		    skew > 0
			? _("Your phone's clock is %lld s ahead: turn on its automatic time.")
			: _("Your phone's clock is %lld s behind: turn on its automatic time."),
		    off);
	else
		(void)snprintf(buf, size,
		    skew > 0
			? _("Your phone's clock is %lld min ahead: turn on its automatic time.")
			: _("Your phone's clock is %lld min behind: turn on its automatic time."),
		    (off + MINUTE / 2) / MINUTE);
}

void
news_mandatory(const struct wire_home_reply *home, char *buf, size_t size)
{
	buf[0] = '\0';
	if (!home->mandatory || home->user.has_2fa)
		return;
	(void)snprintf(buf, size, "%s",
	    home->everyone
		? _("Two-factor authentication is now required for all users: configure it in My "
		    "account, or at your next sign-in.")
		: _("Two-factor authentication is now required for your role: configure it in My "
		    "account, or at your next sign-in."));
}

void
news_more(const struct wire_home_reply *home, size_t shown, char *buf, size_t size)
{
	size_t more = home->notices > shown ? home->notices - shown : 0;

	buf[0] = '\0';
	if (more > 0 && shown == 0)
		(void)snprintf(buf, size,
		    ngettext("%zu thing happened that you have not read",
			"%zu things happened that you have not read", more),
		    more);
	else if (more > 0)
		(void)snprintf(buf, size,
		    ngettext("and %zu more in What happened", "and %zu more in What happened",
			more),
		    more);
}
