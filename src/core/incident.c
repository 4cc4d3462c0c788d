/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/incident.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "core/audit.h"

static const char *const kinds[INCIDENT_KINDS] = {
	[INCIDENT_NONE] = "",
	[INCIDENT_REFUSED] = "refused",
	[INCIDENT_PAUSED] = "paused",
	[INCIDENT_ACCEPTED] = "accepted",
	[INCIDENT_ALARM] = "alarm",
};

static const char *const steps[INCIDENT_STEPS] = {
	[INCIDENT_AUTHORITY] = "authority",
	[INCIDENT_PASSWORD] = "password",
	[INCIDENT_CODE] = "code",
	[INCIDENT_RECOVERY] = "recovery-code",
	[INCIDENT_RESYNC] = "resynchronise",
	[INCIDENT_NEW_PASSWORD] = "new-password",
	[INCIDENT_CONFIGURE] = "configure",
	[INCIDENT_UNLOCK] = "unlock",
	[INCIDENT_MISPLACED] = "misplaced",
	[INCIDENT_TICKET] = "ticket",
	[INCIDENT_PAM] = "pam",
	[INCIDENT_HOME] = "home",
};

/* Of verbs that are not here it is INCIDENT_HOME. */
static const struct {
	enum audit_verb verb;
	enum incident_step step;
} doors[] = {
	{ AUDIT_HELLO, INCIDENT_AUTHORITY },
	{ AUDIT_PASSWORD, INCIDENT_PASSWORD },
	{ AUDIT_CODE, INCIDENT_CODE },
	{ AUDIT_RECOVERY_CODE, INCIDENT_RECOVERY },
	{ AUDIT_RESYNCHRONISE, INCIDENT_RESYNC },
	{ AUDIT_NEW_PASSWORD, INCIDENT_NEW_PASSWORD },
	{ AUDIT_ENROL, INCIDENT_CONFIGURE },
	{ AUDIT_ACTIVATE, INCIDENT_CONFIGURE },
	{ AUDIT_CONFIGURE_LATER, INCIDENT_CONFIGURE },
	{ AUDIT_UNLOCK, INCIDENT_UNLOCK },
	{ AUDIT_MISPLACED, INCIDENT_MISPLACED },
	{ AUDIT_TICKET, INCIDENT_TICKET },
	{ AUDIT_PAM_CODE, INCIDENT_PAM },
};

/* Words of keeper/trail.c. At home a field that was filled in badly is nothing for a log. */
static const struct {
	const char *result;
	enum incident_kind kind;
	bool home; /* also of who is signed in */
} reasons[INCIDENT_REASONS] = {
	[INCIDENT_WRONG] = { "wrong", INCIDENT_REFUSED, true },
	[INCIDENT_REPLAY] = { "replay", INCIDENT_REFUSED, true },
	[INCIDENT_DENIED] = { "denied", INCIDENT_REFUSED, true },
	[INCIDENT_FORM] = { "refused", INCIDENT_REFUSED, false },
	[INCIDENT_BUSY] = { "busy", INCIDENT_REFUSED, false },
	[INCIDENT_PAUSE] = { "paused", INCIDENT_PAUSED, true },
	[INCIDENT_LOCKED] = { "locked", INCIDENT_PAUSED, true },
};

/* What is told where it was done. */
static const struct {
	enum audit_verb verb;
	enum incident_kind kind;
} done[] = {
	{ AUDIT_SIGN_IN, INCIDENT_ACCEPTED },
	{ AUDIT_PAM_CODE, INCIDENT_ACCEPTED },
	{ AUDIT_NOT_ME, INCIDENT_ALARM },
};

static enum incident_step
step_of(enum audit_verb verb)
{
	for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++)
		if (doors[i].verb == verb)
			return doors[i].step;
	return INCIDENT_HOME;
}

struct incident
incident_of(const char *action, const char *result)
{
	enum audit_verb verb = audit_find(action);
	struct incident incident = { .kind = INCIDENT_NONE, .step = step_of(verb) };

	for (size_t i = 0; strcmp(result, "ok") == 0 && i < sizeof done / sizeof done[0]; i++)
		if (done[i].verb == verb)
			incident.kind = done[i].kind;
	for (int i = 0; i < INCIDENT_REASONS; i++)
		if (strcmp(reasons[i].result, result) == 0 &&
		    (incident.step != INCIDENT_HOME || reasons[i].home)) {
			incident.kind = reasons[i].kind;
			incident.reason = (enum incident_reason)i;
		}
	return incident;
}

const char *
incident_kind(enum incident_kind kind)
{
	return kinds[kind];
}

const char *
incident_step(enum incident_step step)
{
	return steps[step];
}

const char *
incident_reason(enum incident_reason reason)
{
	return reasons[reason].result;
}
