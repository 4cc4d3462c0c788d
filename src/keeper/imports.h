/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What becomes of imports (op/import.c) when their line has closed, or the keeper was killed: what
 * one that was not finished has added is taken back, what a finished one has written down about
 * itself is forgotten. In slices: a turn of this is as short as any.
 */
#ifndef KEEPER_IMPORTS_H
#define KEEPER_IMPORTS_H

#include "core/err.h"
#include "keeper/keeper.h"

/* At the start: whether a keeper before has left something to do. */
MUST_CHECK enum err
imports_start(struct keeper *keeper);

/* Something has to be done, as soon as can be. */
void
imports_wake(struct keeper *keeper);

/* Whether a slice is due. boot: seconds since boot. */
bool
imports_due(const struct keeper *keeper, int64_t boot);

/*
 * One slice, inside the turn's transaction, with a row of the trail for each person. A slice that
 * fails, or for which there is no room on the disk, changes nothing and is tried again later: only
 * what loses the turn is a failure.
 */
MUST_CHECK enum err
imports_slice(struct keeper *keeper, int64_t now);

#endif
