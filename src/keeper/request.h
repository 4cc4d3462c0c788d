/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One request, answered inside the turn's transaction: who may ask it where, at what price, the
 * handler, the sign-in machine, its effects and the audit row. Which requests there are: op/ops.c.
 */
#ifndef KEEPER_REQUEST_H
#define KEEPER_REQUEST_H

#include "core/audit.h"
#include "core/err.h"
#include "core/permission.h"
#include "keeper/keeper.h"

enum { REQUEST_NO_EVENT = -1, REQUEST_NO_PERMISSION = -1 };

/* What the audit row of a request says; AUDIT_NONE: no row. */
struct request_row {
	enum audit_verb verb;
	char target[TEXT_NAME_SIZE];
	char detail[TEXT_REASON_SIZE];
};

/* Whose pause became shorter, because the clock was set back. */
enum shortened { SHORTENED_NONE, SHORTENED_PASSWORD, SHORTENED_CODE };

struct request {
	struct keeper *keeper;
	const struct session *session;
	const struct request_op *op;
	const struct wire_request *message;
	const struct hash_job *job; /* back from its worker; NULL: none was needed, or not yet */
	int64_t now;		    /* Unix seconds */
	int64_t boot;		    /* seconds since boot */
	struct outcome *outcome;
	struct wire_reply *reply;    /* outcome->reply */
	struct session_state *state; /* outcome->after */
	struct actor actor;
	struct account account;	  /* of state->user, or of the name that was tried; id 0: none */
	struct account target;	  /* whom it is done to, where op->check found somebody */
	enum role reach;	  /* the highest role that it concerns: see PROOF_ADMINISTER */
	struct policy policy;	  /* read in this transaction */
	int event;		  /* enum signin_event for the machine, or REQUEST_NO_EVENT */
	char phc[STORE_PHC_SIZE]; /* of the account whose name was tried; "" where there is none */
	unsigned char name_hash[STORE_HASH_SIZE]; /* of the name that was tried, or one's own */
	struct request_row row;
	enum shortened shortened;
	struct throttle clamped_throttle; /* to this */
	int64_t device;			  /* whose code was accepted; 0: none was */
	bool prove;			  /* PROOF_AS_CHECKED: a proof is needed */
	bool hash_first;		  /* HASH_AS_CHECKED: a worker comes first */
	bool waits; /* it was not done: it waits for a second Super Administrator */
	bool slow;  /* refused since its source failed too often, whatever the name */
};

/*
 * A handler makes the change (inside a savepoint, undone if it returns an error), and sets
 * request->event for the machine and request->row for the trail.
 */
typedef enum err (*request_handler)(struct request *request);

/* Gives the job what is to be hashed or compared. */
typedef enum err (*request_prepare)(struct request *request, struct hash_job *job);

/* Re-authentication: a fresh code (without 2FA: the password) in the very request (DESIGN 3). */
enum proof {
	PROOF_NONE,
	PROOF_FRESH,	  /* each time */
	PROOF_AT_HOME,	  /* each time, but not while signing in */
	PROOF_AS_CHECKED, /* each time, where its check says so: request->prove */
	PROOF_REPLACE,	  /* each time; having signed in with a recovery code is one, once */
	PROOF_ADMINISTER  /* for operators one stands for five minutes; for all above each time */
};

/* Whether a worker is needed before the handler runs. */
enum hash_first {
	HASH_NEVER,
	HASH_ALWAYS,
	HASH_OLD_PASSWORD, /* and the old password in the message must be right */
	HASH_AS_CHECKED	   /* where its check says so: request->hash_first */
};

/* What it may cost before a door is passed: strangers have a budget (DESIGN 3). */
enum cost { COST_NOTHING, COST_ROW, COST_HASH };

/* Four eyes (DESIGN 8): what waits for a second Super Administrator where the setting says so. */
enum waits {
	WAITS_NEVER,
	WAITS_OTHERS, /* done to somebody else */
	WAITS_SUPER,  /* makes a Super Administrator */
	WAITS_OFF     /* switches "require-2fa" or "four-eyes" off */
};

/* Rows that a request locks at the beginning of its turn, in this order (DESIGN 11). */
enum locks {
	LOCKS_NOTHING = 0,
	LOCKS_SETTINGS = 1 << 0,
	LOCKS_SUPERS = 1 << 1, /* all Super Administrators: there is always one */
	LOCKS_ASKER = 1 << 2,
	LOCKS_TARGET = 1 << 3,
	LOCKS_COUNTS = 1 << 4 /* of the name and source that are tried */
};

struct request_op {
	unsigned doors; /* OR of 1 << enum signin_door, where a person may ask */
	bool host;	/* the host may ask */
	unsigned kinds; /* OR of 1 << enum wire_kind: other lines that may; a person's never is */
	int permission; /* enum permission, or REQUEST_NO_PERMISSION */
	enum proof proof;
	enum waits waits;
	enum err alone; /* waits: what only the host can do where nobody else could confirm */
	enum hash_first hash;
	enum audit_verb verb;
	bool quiet; /* a row only where it is refused */
	enum cost cost;
	unsigned locks;
	request_handler check;	 /* may it be done at all, and to whom; NULL: always */
	request_prepare prepare; /* the job's work; NULL: the proof is all of it */
	request_handler handle;	 /* NULL: there is no such request */
};

/* The row of an op; one without handler for what there is not. Static. */
const struct request_op *
request_op(uint32_t op);

/*
 * Answers session->request: session->outcome. ERR_OK also when the answer is a refusal; else the
 * whole turn is lost.
 */
MUST_CHECK enum err
request_answer(struct keeper *keeper, struct session *session, int64_t now);

/* Closes the lock of an idle session: session->outcome, and the audit row. */
MUST_CHECK enum err
request_lock(struct keeper *keeper, struct session *session, int64_t now);

#endif
