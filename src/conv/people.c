/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/people.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "conv/when.h"
#include "core/permission.h"
#include "core/source.h"
#include "core/text.h"
#include "core/words.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, ME = 1, OTHER = 2 };

static void
show(const char *text, char *buf, size_t size)
{
	(void)text_show(text, strlen(text), buf, size);
}

/* --- how many ---------------------------------------------------------------------- */

void
people_counts(const struct wire_counts *counts, const char *between, char *buf, size_t size)
{
	char people[96], with[128], paused[96];

	(void)snprintf(people, sizeof people, ngettext("%u person", "%u people", counts->people),
	    counts->people);
	(void)snprintf(with, sizeof with,
	    ngettext("%u with two-factor authentication", "%u with two-factor authentication",
		counts->with_2fa),
	    counts->with_2fa);
	(void)snprintf(paused, sizeof paused, ngettext("%u paused", "%u paused", counts->paused),
	    counts->paused);
	if (counts->paused > 0)
		(void)snprintf(buf, size, "%s%s%s%s%s", people, between, with, between, paused);
	else
		(void)snprintf(buf, size, "%s%s%s", people, between, with);
}

/* --- one of them --------------------------------------------------------------------- */

/* How long something lasts: "4 min", "3 h", "2 d"; what has begun counts. */
static void
lasts(int64_t seconds, char *buf, size_t size)
{
	long long left = seconds > 0 ? seconds : 0;

	if (left > DAY)
		(void)snprintf(buf, size, _("%lld d"), (left + DAY - 1) / DAY);
	else if (left > HOUR)
		(void)snprintf(buf, size, _("%lld h"), (left + HOUR - 1) / HOUR);
	else
		(void)snprintf(buf, size, _("%lld min"), (left + MINUTE - 1) / MINUTE);
}

/* They have an invitation, or a password that somebody else chose. */
static void
due_state(const struct wire_user *user, int64_t now, char *buf, size_t size)
{
	char left[32];

	lasts(user->password_expires - now, left, sizeof left);
	if (user->password_expires == 0)
		(void)snprintf(buf, size, "%s", _("new password due"));
	else if (user->password_expires <= now)
		(void)snprintf(buf, size, "%s", _("invitation expired"));
	else
		(void)snprintf(buf, size, _("invited, %s left"), left);
}

void
people_state(const struct wire_user *user, int64_t now, char *buf, size_t size)
{
	char left[32];

	lasts(user->codes_paused - now, left, sizeof left);
	if (!user->enabled)
		(void)snprintf(buf, size, "%s", _("disabled"));
	else if (user->codes_paused == INT64_MAX)
		(void)snprintf(buf, size, "%s", _("to be unlocked"));
	else if (user->codes_paused > now)
		(void)snprintf(buf, size, _("paused, %s"), left);
	else if (user->here)
		(void)snprintf(buf, size, "%s", _("here now"));
	else if (user->password_due)
		due_state(user, now, buf, size);
	else
		(void)snprintf(buf, size, "-");
}

void
people_last(const struct wire_user *user, int64_t now, char *buf, size_t size)
{
	when_day(user->last_sign_in, now, buf, size);
}

/* --- its facts ------------------------------------------------------------------------- */

static void
fact_state(const struct wire_user *user, int64_t now, char *buf, size_t size)
{
	char when[64];

	when_put(user->password_expires, now, when, sizeof when);
	if (user->enabled && user->here)
		(void)snprintf(buf, size, "%s", _("here now"));
	else if (user->enabled && user->password_due && user->password_expires > now)
		(void)snprintf(buf, size, _("invited, until %s"), when);
	else if (user->enabled && user->password_due)
		due_state(user, now, buf, size);
	else
		(void)snprintf(buf, size, "%s", user->enabled ? _("enabled") : _("disabled"));
}

/* Of codes, or of passwords from somewhere. */
static void
fact_pause(const struct wire_user *user, int64_t now, char *buf, size_t size)
{
	char when[64];

	when_put(user->codes_paused != 0 ? user->codes_paused : user->paused_until, now, when,
	    sizeof when);
	if (user->codes_paused == INT64_MAX)
		(void)snprintf(buf, size, "%s", _("after 100 wrong codes, until unlocked"));
	else if (user->codes_paused > now)
		(void)snprintf(buf, size, _("after wrong codes, until %s"), when);
	else if (user->paused_until > now)
		(void)snprintf(buf, size, _("after wrong passwords, until %s"), when);
	else
		buf[0] = '\0';
}

static void
fact_2fa(const struct wire_user *user, int64_t now, char *buf, size_t size)
{
	char when[64], codes[64];

	when_put(user->enrol_until, now, when, sizeof when);
	(void)snprintf(codes, sizeof codes,
	    ngettext("%u recovery code left", "%u recovery codes left", user->recovery_left),
	    user->recovery_left);
	if (user->has_2fa)
		(void)snprintf(buf, size,
		    ngettext("on, %u authenticator, %s", "on, %u authenticators, %s",
			user->devices),
		    user->devices, codes);
	else if (user->enrol_until > now)
		(void)snprintf(buf, size, _("off, may be configured until %s"), when);
	else
		(void)snprintf(buf, size, "%s", _("off"));
}

static void
fact_last(const struct wire_user *user, int64_t now, char *buf, size_t size)
{
	char when[64], source[WIRE_SOURCE_SIZE];

	when_put(user->last_sign_in, now, when, sizeof when);
	show(user->last_source, source, sizeof source);
	if (user->last_sign_in == 0)
		(void)snprintf(buf, size, "%s", _("never"));
	else if (strcmp(source, SOURCE_LOCAL_TEXT) == 0)
		(void)snprintf(buf, size, _("%s, local"), when);
	else
		(void)snprintf(buf, size, _("%s from %s"), when, source);
}

static void
fact_failures(const struct wire_user *user, int64_t now, char *buf, size_t size)
{
	(void)now;
	if (user->failures_since == 0)
		(void)snprintf(buf, size, "%s", _("none since then"));
	else
		(void)snprintf(buf, size,
		    ngettext("%u since then", "%u since then", user->failures_since),
		    user->failures_since);
}

static void
fact_role(const struct wire_user *user, int64_t now, char *buf, size_t size)
{
	(void)now;
	(void)snprintf(buf, size, "%s", _(role_title((enum role)user->role)));
}

static void
fact_added(const struct wire_user *user, int64_t now, char *buf, size_t size)
{
	when_day(user->created, now, buf, size);
}

/* One that has nothing to say is left out. */
static const struct {
	const char *label;
	void (*put)(const struct wire_user *user, int64_t now, char *buf, size_t size);
} facts[] = {
	{ N_("Role"), fact_role },
	{ N_("State"), fact_state },
	{ N_("Paused"), fact_pause },
	{ N_("Two-factor"), fact_2fa },
	{ N_("Last sign-in"), fact_last },
	{ N_("Failures"), fact_failures },
	{ N_("Added"), fact_added },
};

bool
people_fact(const struct wire_user *user, int64_t now, size_t number, char *label, char *text,
    size_t size)
{
	for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
		facts[i].put(user, now, text, size);
		if (text[0] == '\0' || number-- > 0)
			continue;
		(void)snprintf(label, size, "%s", _(facts[i].label));
		return true;
	}
	return false;
}

/* --- places and orders ------------------------------------------------------------------ */

void
people_place(const struct wire_user *user, struct wire_user_page_request *ret_page)
{
	wire_put(ret_page->after, sizeof ret_page->after, user->name);
	ret_page->sign_in = user->last_sign_in;
	ret_page->role = user->role;
	ret_page->standing = (uint8_t)people_standing(user->enabled, user->codes_paused != 0,
	    user->password_due);
}

const char *
people_order_label(enum people_order order)
{
	static const char *const labels[PEOPLE_ORDER_COUNT] = {
		[PEOPLE_BY_NAME] = N_("by name"),
		[PEOPLE_BY_ROLE] = N_("by role"),
		[PEOPLE_BY_STANDING] = N_("by state"),
		[PEOPLE_BY_SIGN_IN] = N_("by last sign-in"),
	};

	return labels[order < PEOPLE_ORDER_COUNT ? order : PEOPLE_BY_NAME];
}

/* --- new ones ------------------------------------------------------------------------------ */

size_t
people_roles(enum role asker, enum role list[ROLE_COUNT])
{
	const struct actor actor = { .role = asker, .user = ME };
	size_t count = 0;

	for (int role = 0; role < ROLE_COUNT; role++)
		if (permission_allows_on(&actor, PERMISSION_USER_ADD, OTHER, (enum role)role))
			list[count++] = (enum role)role;
	return count;
}

const char *
people_role_text(enum role role)
{
	static const char *const texts[ROLE_COUNT] = {
		[ROLE_OPERATOR] = N_("uses the console"),
		[ROLE_ADMINISTRATOR] = N_("adds, resets and unlocks operators"),
		[ROLE_SUPER_ADMINISTRATOR] = N_("everything, the settings too"),
	};

	return texts[role < ROLE_COUNT ? role : ROLE_OPERATOR];
}

void
people_add_question(const char *name, enum role role, char *buf, size_t size)
{
	char shown[TEXT_NAME_SIZE];

	show(name, shown, sizeof shown);
	(void)snprintf(buf, size, _("Add %s, with the role %s?"), shown, _(role_title(role)));
}
