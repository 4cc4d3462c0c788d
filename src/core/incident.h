/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which rows of the audit trail the host's log is told, and what it calls them (DESIGN 9): who was
 * refused at which door and why, who signed in. Whoever watches many hosts is woken up by these,
 * and reads the rest in the trail. The words are those of a filter: append, never change one. Pure.
 */
#ifndef CORE_INCIDENT_H
#define CORE_INCIDENT_H

#include <stdint.h>

enum incident_kind {
	INCIDENT_NONE,	  /* the trail alone has it */
	INCIDENT_REFUSED, /* an attempt that failed */
	INCIDENT_PAUSED, /* one that was not looked at: earlier ones of somebody failed too often */
	INCIDENT_ACCEPTED, /* a full sign-in */
	INCIDENT_ALARM,	   /* a person says that a sign-in was not theirs */
	INCIDENT_KINDS
};

/* Where it happened. */
enum incident_step {
	INCIDENT_AUTHORITY, /* of the host, asked for by who has none */
	INCIDENT_PASSWORD,
	INCIDENT_CODE,
	INCIDENT_RECOVERY,
	INCIDENT_RESYNC,
	INCIDENT_NEW_PASSWORD,
	INCIDENT_CONFIGURE,
	INCIDENT_UNLOCK,
	INCIDENT_MISPLACED, /* what does not belong to its door */
	INCIDENT_TICKET,    /* that a console brought along */
	INCIDENT_PAM,	    /* the code for a UNIX account, asked for by the PAM module */
	INCIDENT_HOME,	    /* a proof, or a permission, of who is signed in */
	INCIDENT_STEPS
};

enum incident_reason {
	INCIDENT_WRONG,
	INCIDENT_REPLAY,
	INCIDENT_DENIED,
	INCIDENT_FORM, /* it could not be what was asked for */
	INCIDENT_BUSY,
	INCIDENT_PAUSE,
	INCIDENT_LOCKED,
	INCIDENT_REASONS
};

struct incident {
	enum incident_kind kind;
	enum incident_step step;     /* of a refusal or a pause */
	enum incident_reason reason; /* likewise */
};

/* What a row of that action and result is to the log. */
struct incident
incident_of(const char *action, const char *result);

/* "refused", "password", "wrong" ...: one word in small letters. Static. */
const char *
incident_kind(enum incident_kind kind);

const char *
incident_step(enum incident_step step);

const char *
incident_reason(enum incident_reason reason);

#endif
