/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Four eyes (DESIGN 8): a dangerous request is kept until a second Super Administrator confirms it,
 * and is then checked and done anew, as if its asker asked for it at that moment. Which requests
 * wait is a column of the table of requests. No secret is kept: of a typed password only its hash;
 * an invitation is made when it is confirmed, and shown to who confirms.
 */
#ifndef KEEPER_WAITING_H
#define KEEPER_WAITING_H

#include "keeper/request.h"
#include "store/store_waiting.h"

/* Whether a request that was checked and proved is kept instead of done. The host stands above it.
 */
bool
waiting_needed(const struct request *request);

/* Keeps it: request->waits. The op's `alone` where nobody could confirm it; ERR_WAITS_ALREADY,
 * ERR_WAITS_FULL. */
MUST_CHECK enum err
waiting_ask(struct request *request);

/* One that waits and whose time is not over; ERR_WAITING_GONE. */
MUST_CHECK enum err
waiting_find(struct request *request, int64_t id, struct store_waiting *ret_waiting);

/* The op that an action names; WIRE_NO_OP for none that waits. */
enum wire_op
waiting_op(const char *action);

/* The steps of what was asked for, in the name of who asked. */
enum waiting_step { WAITING_CHECK, WAITING_PREPARE, WAITING_DO };

struct waiting_run {
	enum waiting_step step;
	const struct store_waiting *waiting;
	struct request_row row;		   /* what the change is in the trail */
	struct wire_user_add_reply answer; /* an invitation, if one was made; else all zero */
};

/*
 * Checked in full: who asked is still enabled, of that generation, and may; the person is still the
 * same; the change is still one. What it leads to goes into the outcome of `request`. A worker's
 * `job` (NULL where nothing is hashed) is filled by WAITING_PREPARE and read by WAITING_DO.
 */
MUST_CHECK enum err
waiting_run(struct request *request, struct waiting_run *run, struct hash_job *job);

/* Removes what nobody confirmed in time, or who asked for it no longer may; a row of the trail
 * each. Some at a time. */
MUST_CHECK enum err
waiting_expire(struct request *request);

#endif
