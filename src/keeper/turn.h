/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A turn: whatever is ready, answered in one transaction, and only then sent. */
#ifndef KEEPER_TURN_H
#define KEEPER_TURN_H

#include "keeper/keeper.h"

/*
 * One turn over the sessions that are ready, at most 256. It never waits, and it does not come back
 * for what it made ready: between two turns there is always a poll (DESIGN 4).
 */
void
turn_run(struct keeper *keeper);

/* Whether something is ready: then the poll before the next turn must not wait. */
bool
turn_waits(const struct keeper *keeper);

#endif
