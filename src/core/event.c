/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "core/audit.h"

static const char *const kinds[EVENT_KINDS] = {
	[EVENT_NONE] = "",
	[EVENT_REFUSED] = "refused",
	[EVENT_PAUSED] = "paused",
	[EVENT_ACCEPTED] = "accepted",
	[EVENT_ALARM] = "alarm",
};

static const char *const steps[EVENT_STEPS] = {
	[EVENT_AUTHORITY] = "authority",
	[EVENT_PASSWORD] = "password",
	[EVENT_CODE] = "code",
	[EVENT_RECOVERY] = "recovery-code",
	[EVENT_RESYNC] = "resynchronise",
	[EVENT_NEW_PASSWORD] = "new-password",
	[EVENT_CONFIGURE] = "configure",
	[EVENT_UNLOCK] = "unlock",
	[EVENT_MISPLACED] = "misplaced",
	[EVENT_HOME] = "home",
};

/* Of verbs that are not here it is EVENT_HOME. */
static const struct {
	enum audit_verb verb;
	enum event_step step;
} doors[] = {
	{ AUDIT_HELLO, EVENT_AUTHORITY },
	{ AUDIT_PASSWORD, EVENT_PASSWORD },
	{ AUDIT_CODE, EVENT_CODE },
	{ AUDIT_RECOVERY_CODE, EVENT_RECOVERY },
	{ AUDIT_RESYNCHRONISE, EVENT_RESYNC },
	{ AUDIT_NEW_PASSWORD, EVENT_NEW_PASSWORD },
	{ AUDIT_ENROL, EVENT_CONFIGURE },
	{ AUDIT_ACTIVATE, EVENT_CONFIGURE },
	{ AUDIT_CONFIGURE_LATER, EVENT_CONFIGURE },
	{ AUDIT_UNLOCK, EVENT_UNLOCK },
	{ AUDIT_MISPLACED, EVENT_MISPLACED },
};

/* Words of keeper/trail.c. At home a field that was filled in badly is nothing for a log. */
static const struct {
	const char *result;
	enum event_kind kind;
	bool home; /* also of who is signed in */
} reasons[EVENT_REASONS] = {
	[EVENT_WRONG] = { "wrong", EVENT_REFUSED, true },
	[EVENT_REPLAY] = { "replay", EVENT_REFUSED, true },
	[EVENT_DENIED] = { "denied", EVENT_REFUSED, true },
	[EVENT_FORM] = { "refused", EVENT_REFUSED, false },
	[EVENT_BUSY] = { "busy", EVENT_REFUSED, false },
	[EVENT_PAUSE] = { "paused", EVENT_PAUSED, true },
	[EVENT_LOCKED] = { "locked", EVENT_PAUSED, true },
};

/* What is told where it was done. */
static const struct {
	enum audit_verb verb;
	enum event_kind kind;
} done[] = {
	{ AUDIT_SIGN_IN, EVENT_ACCEPTED },
	{ AUDIT_NOT_ME, EVENT_ALARM },
};

static enum event_step
step_of(enum audit_verb verb)
{
	for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++)
		if (doors[i].verb == verb)
			return doors[i].step;
	return EVENT_HOME;
}

struct event
event_of(const char *action, const char *result)
{
	enum audit_verb verb = audit_find(action);
	struct event event = { .kind = EVENT_NONE, .step = step_of(verb) };

	for (size_t i = 0; strcmp(result, "ok") == 0 && i < sizeof done / sizeof done[0]; i++)
		if (done[i].verb == verb)
			event.kind = done[i].kind;
	for (int i = 0; i < EVENT_REASONS; i++)
		if (strcmp(reasons[i].result, result) == 0 &&
		    (event.step != EVENT_HOME || reasons[i].home)) {
			event.kind = reasons[i].kind;
			event.reason = (enum event_reason)i;
		}
	return event;
}

const char *
event_kind(enum event_kind kind)
{
	return kinds[kind];
}

const char *
event_step(enum event_step step)
{
	return steps[step];
}

const char *
event_reason(enum event_reason reason)
{
	return reasons[reason].result;
}
