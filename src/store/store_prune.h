/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is old, and goes by slices (store.h says what holds for every question). */
#ifndef STORE_STORE_PRUNE_H
#define STORE_STORE_PRUNE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/clock.h"
#include "store/store.h"

enum store_prune {
	STORE_PRUNE_THROTTLE, /* failures of a name and source, whose pause is over */
	STORE_PRUNE_HOUR,     /* windows of a name or source */
	STORE_PRUNE_SOURCE,   /* where people signed in */
	STORE_PRUNE_PENDING,  /* keys that were shown, and never confirmed */
	STORE_PRUNE_NOTICE,   /* notices that everyone whom they concern has read */
	STORE_PRUNE_COUNT
};

/*
 * Looks at some rows behind the place *io_after (0: from the beginning), by their numbers, and
 * removes those that are older than `before`. The place moves on; *ret_more: something lies behind
 * it. *ret_gone: how many were removed.
 */
MUST_CHECK enum err
store_prune(struct store *store, enum store_prune what, int64_t rows, int64_t before,
    int64_t *io_after, bool *ret_more, int64_t *ret_gone);

/* All zero before the first. */
MUST_CHECK enum err
store_trust(struct store *store, struct clock_trust *ret_trust);

MUST_CHECK enum err
store_trust_put(struct store *store, const struct clock_trust *trust);

#endif
