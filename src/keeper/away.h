/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * While the database that several hosts share is away (DESIGN 11): what is told of it, and what
 * goes on without it.
 */
#ifndef KEEPER_AWAY_H
#define KEEPER_AWAY_H

#include "keeper/keeper.h"
#include "keeper/request.h"

enum { AWAY_TRY_MS = 1000 }; /* between two tries to reach it */

/* Looks whether it is there. The host's log is told when it goes away, with the reason, a few times
 * when there is another reason why it still is, and when it is back, with how long that was. boot:
 * seconds since boot. */
void
away_follow(struct keeper *keeper, int64_t boot);

/*
 * Answers a request that was lost for ERR_STORE_AWAY and needs nothing of the store: the host's
 * hello, and its numbers. False: this is none of them, and nothing was done.
 */
bool
away_answer(struct keeper *keeper, struct session *session, int64_t now);

/* Their handlers (op/hello.c, op/metrics.c): of the host's line alone, else ERR_STORE_AWAY. */
MUST_CHECK enum err
op_hello_away(struct request *request);
MUST_CHECK enum err
op_metrics_away(struct request *request);

#endif
