/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One thread, one poll: lines, finished hashes, signals. */
#ifndef KEEPER_LOOP_H
#define KEEPER_LOOP_H

#include "core/err.h"
#include "keeper/keeper.h"

struct notify;

/* Runs until SIGTERM, or until an embedded keeper has had no client for KEEPER_LINGER seconds: none
 * that said a good hello. Ends
 * every session. */
MUST_CHECK enum err
loop_run(struct keeper *keeper, struct notify *notify);

#endif
