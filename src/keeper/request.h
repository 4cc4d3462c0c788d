/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One request, answered inside the turn's transaction: who may ask it where, the handler, the
 * sign-in machine, its effects and the audit row. The table of handlers is in ops.c.
 */
#ifndef KEEPER_REQUEST_H
#define KEEPER_REQUEST_H

#include "core/err.h"
#include "keeper/keeper.h"

/*
 * A handler makes the change (inside a savepoint, undone if it returns an error), sets turn->event
 * for the machine and turn->row for the trail. It may set turn->deferred with session->starts (a
 * hash first; then `finish` is called with session->job), or turn->cut.
 */
typedef enum err (*request_handler)(struct turn *turn);

enum { REQUEST_NO_PERMISSION = -1 };

struct request_op {
	unsigned doors; /* OR of 1 << enum signin_door, where a person may ask */
	bool host;	/* the host may ask */
	int permission; /* enum permission, or REQUEST_NO_PERMISSION */
	request_handler handle;
	request_handler finish; /* after the hash; NULL where there is none */
};

/* The row of an op below WIRE_OP_COUNT; handle NULL where there is none. */
const struct request_op *
request_op(uint32_t op);

/*
 * Answers session->request: session->reply (or closing), session->after. ERR_OK also when the
 * answer is a refusal; else the whole turn is lost.
 */
MUST_CHECK enum err
request_answer(struct keeper *keeper, struct session *session, int64_t now);

/* Closes the lock of an idle session: session->after, and the audit row. */
MUST_CHECK enum err
request_lock(struct keeper *keeper, struct session *session, int64_t now);

/* The door facts of an account under a policy. */
struct signin_facts
request_facts(const struct account *account, const struct policy *policy);

/* All sessions of a person but the asking one end after this turn; configuring: only those that
 * show a pending key. ERR_BUSY if too many. */
MUST_CHECK enum err
request_end_others(struct turn *turn, int64_t user, bool configuring);

#endif
