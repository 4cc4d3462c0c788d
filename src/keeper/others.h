/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the keepers of other hosts changed, where several share one database (DESIGN 11). */
#ifndef KEEPER_OTHERS_H
#define KEEPER_OTHERS_H

#include "keeper/keeper.h"

enum { OTHERS_MS = 500, OTHERS_LIFE_MS = 10000, OTHERS_MOST = 64 };

/*
 * Looks whether another keeper changed something that concerns who is signed in here, at most each
 * OTHERS_MS: whose account was disabled, removed or reset is signed out; all others' screens are
 * told to look anew. It asks instead of being told (LISTEN): what is asked for is never lost, and
 * no sign-in waits for a lock that all NOTIFYs take. now: milliseconds since boot.
 */
void
others_follow(struct keeper *keeper, int64_t now);

/* Hourly: a row in this node's chain says how far each other node's goes, and by what seal (DESIGN
 * 11): whoever owns the database cannot cut a whole chain unseen. A failure is tried again at the
 * next hour. */
void
others_witness(struct keeper *keeper, int64_t now);

/* Milliseconds until it looks again, or gives its next sign of life; -1: never. */
int
others_next(const struct keeper *keeper, int64_t now);

#endif
