/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether the whole trail holds. It is read in slices, each at a moment of its own, so that the
 * keeper beside may write, prune, and copy its log back; in a process of its own, for the keeper's
 * one thread has other things to do.
 */
#ifndef KEEPER_TRAIL_VERIFY_H
#define KEEPER_TRAIL_VERIFY_H

#include "auth/keyring.h"
#include "core/err.h"
#include "store/store_audit.h"

enum { TRAIL_SLICE = 4096 }; /* rows that are read at one moment */

/* Number and seal of a row, as they were told elsewhere (trail_log_head()). */
struct trail_anchor {
	int64_t id; /* 0: none */
	unsigned char mac[STORE_MAC_SIZE];
};

struct trail_reading {
	struct store *store; /* borrowed, as are the others */
	const struct keyring *ring;
	struct trail_anchor anchor;
	void (*tell)(void *context, int64_t done, int64_t all); /* after each slice; or NULL */
	void *context;
};

/* How far a trail holds. */
struct trail_verdict {
	int64_t rows;		  /* the last row that fits, from the first on */
	int64_t pruned;		  /* up to this row they are gone, by a checkpoint that fits */
	int64_t newest;		  /* time of row `rows`; 0 without any */
	struct trail_anchor last; /* of the row `rows` */
};

/*
 * Numbers without gaps from the first row, or from the checkpoint, on; each row's seal over the one
 * before, and the head over the last. ERR_AUDIT_BROKEN: the row after ret_verdict->rows is the
 * first that does not fit, or is missing. ERR_CHECKPOINT: its seal does not fit, so that nothing is
 * known. Where all of it holds, what the anchor says: ERR_ANCHOR_SHORT, ERR_ANCHOR_DIFFERS,
 * ERR_ANCHOR_PRUNED. *ret_verdict is set on failure too.
 */
MUST_CHECK enum err
trail_verify(const struct trail_reading *reading, struct trail_verdict *ret_verdict);

#endif
