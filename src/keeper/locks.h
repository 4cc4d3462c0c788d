/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a turn locks before it reads (DESIGN 11): what the table of requests (op/ops.c) says of each
 * of its requests.
 */
#ifndef KEEPER_LOCKS_H
#define KEEPER_LOCKS_H

#include "keeper/keeper.h"
#include "store/store_lock.h"

/*
 * Locks for these sessions, within a turn that has just begun; flags: STORE_LOCK_... besides.
 * Nothing to do where no other keeper changes the store. ERR_MEMORY, and as store_lock().
 */
MUST_CHECK enum err
locks_take(struct keeper *keeper, struct session *const *sessions, size_t count, unsigned flags);

#endif
