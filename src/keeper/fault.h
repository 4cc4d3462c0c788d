/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What goes wrong while the keeper runs: which name it has by a second look, and what the system's
 * log is told of it.
 */
#ifndef KEEPER_FAULT_H
#define KEEPER_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

enum {
	FAULT_KINDS = 16,	 /* at most, of errors that the log is told of */
	FAULT_INTERVAL = 60,	 /* seconds between two lines of one kind */
	FAULT_LOOK_MS = 80,	 /* that a second look may take: SIGTERM is heard within 100 */
	FAULT_LOOK_INTERVAL = 60 /* seconds for which a second look holds that found nothing */
};

struct fault_tally {
	int64_t told; /* seconds since boot of its last line; 0: none */
	int64_t more; /* since then */
};

/* Whether a line is due, after *ret_more that were not told since the last; else one more is not
 * told. boot: seconds since boot. */
bool
fault_due(struct fault_tally *tally, int64_t boot, int64_t *ret_more);

struct fault {
	struct fault_tally tally[FAULT_KINDS];
	bool wrong;	/* the log was told, and not yet that it works again */
	bool fresh;	/* something went wrong in the turn at hand */
	enum err look;	/* what the last second look said; ERR_OK: there was none */
	int64_t looked; /* seconds since boot */
};

/* Whether an error is the system's, and nobody's mistake. */
bool
fault_is(enum err err);

/*
 * The error by its true name: ERR_STORE_SUSPECT becomes what a second look at the database finds
 * (store/inspect.h), which is taken once a minute at most; damage that was found once stays found.
 * Any other error is itself. directory: of the state; boot: seconds since boot.
 */
enum err
fault_name(struct fault *fault, int directory, enum err err, int64_t boot);

/* Tells the system's log of an error that is the system's and nobody's mistake: a line of each kind
 * at once, then one a minute at most, with how many there were between. Others are not told. */
void
fault_note(struct fault *fault, enum err err, int64_t boot);

/* What became of a turn: an error is noted; the first turn in which nothing went wrong any more is
 * told as well. */
void
fault_settle(struct fault *fault, enum err err, int64_t boot);

#endif
