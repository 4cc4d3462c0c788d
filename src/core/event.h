/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which rows of the audit trail the host's log is told, and what it calls them (DESIGN 9): who was
 * refused at which door and why, who signed in. Whoever watches many hosts is woken up by these,
 * and reads the rest in the trail. The words are those of a filter: append, never change one. Pure.
 */
#ifndef CORE_EVENT_H
#define CORE_EVENT_H

#include <stdint.h>

enum event_kind {
	EVENT_NONE,	/* the trail alone has it */
	EVENT_REFUSED,	/* an attempt that failed */
	EVENT_PAUSED,	/* one that was not looked at: earlier ones of somebody failed too often */
	EVENT_ACCEPTED, /* a full sign-in */
	EVENT_ALARM,	/* a person says that a sign-in was not theirs */
	EVENT_KINDS
};

/* Where it happened. */
enum event_step {
	EVENT_AUTHORITY, /* of the host, asked for by who has none */
	EVENT_PASSWORD,
	EVENT_CODE,
	EVENT_RECOVERY,
	EVENT_RESYNC,
	EVENT_NEW_PASSWORD,
	EVENT_CONFIGURE,
	EVENT_UNLOCK,
	EVENT_MISPLACED, /* what does not belong to its door */
	EVENT_HOME,	 /* a proof, or a permission, of who is signed in */
	EVENT_STEPS
};

enum event_reason {
	EVENT_WRONG,
	EVENT_REPLAY,
	EVENT_DENIED,
	EVENT_FORM, /* it could not be what was asked for */
	EVENT_BUSY,
	EVENT_PAUSE,
	EVENT_LOCKED,
	EVENT_REASONS
};

struct event {
	enum event_kind kind;
	enum event_step step;	  /* of a refusal or a pause */
	enum event_reason reason; /* likewise */
};

/* What a row of that action and result is to the log. */
struct event
event_of(const char *action, const char *result);

/* "refused", "password", "wrong" ...: one word in small letters. Static. */
const char *
event_kind(enum event_kind kind);

const char *
event_step(enum event_step step);

const char *
event_reason(enum event_reason reason);

#endif
