/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is old goes, by slices, each in a transaction of its own between two turns: failures that
 * nobody came back to, sources where nobody signs in any more, keys that were never confirmed,
 * notices that were read; and rows of the trail, as ordered (`audit prune`) or as the setting
 * audit-retention has it.
 *
 * By age means by a time that is trusted (clock_trust, core/clock.h), so that a clock that is ahead
 * for a day takes nothing young with it. What still guards stays, however old: a pause that runs, a
 * window within its hour, a source within the days in which it is trusted, a spent step always.
 * What is counted beside the chain needs no pruning: it is summed up in a minute (budget.h). An
 * invitation that is over stays as well: it is the person. A notice that somebody whom it concerns
 * has not read stays, however old.
 */
#ifndef KEEPER_PRUNE_H
#define KEEPER_PRUNE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "store/store_prune.h"

struct keeper;

enum {
	PRUNE_FIRST_MS = 1000,	      /* after the start */
	PRUNE_EVERY_MS = 3600 * 1000, /* looked whether something is due */
	PRUNE_GAP_MS = 20,	      /* between two slices: for people */
	PRUNE_SLICE_MS = 12,	      /* that a slice may take, with its commit */
	PRUNE_LEAST = 16,	      /* rows a slice */
	PRUNE_MOST = 256, /* a row is in pages of three indexes, and all go through the log */
	PRUNE_DAY = 86400
};

struct prune {
	int64_t next;  /* milliseconds since boot of the next slice; 0: at the first look */
	int64_t rows;  /* that a slice looks at now: as many as fit into its time */
	bool trail;    /* rows of the trail may be due */
	bool sweeping; /* through the tables: */
	enum store_prune at;
	int64_t after;	 /* the place in it */
	int64_t trusted; /* Unix seconds that ages are counted from */
};

/* How old what a table holds must be, in seconds. */
int64_t
prune_age(enum store_prune what);

/* Milliseconds until prune_run() has something to do. */
int64_t
prune_wait(const struct prune *prune, int64_t ms);

/*
 * One slice, if one is due; now: Unix seconds, ms: since boot. Outside a turn. What fails is tried
 * again after a minute, and harms nobody. Nothing on a disk that is full: the log would need room.
 */
void
prune_run(struct keeper *keeper, int64_t now, int64_t ms);

/*
 * In a turn: rows of the trail that are older than `until` are to go; an earlier order that reaches
 * further stays. ERR_CHECKPOINT: the checkpoint was altered.
 */
MUST_CHECK enum err
prune_order(struct keeper *keeper, int64_t until);

/* Soon, since there is something. It is a hint, and harmless where its turn is lost: a slice looks
 * for itself. */
void
prune_hurry(struct prune *prune);

/* How many rows a slice takes, after one that took so long. Pure. */
int64_t
prune_fit(int64_t rows, int64_t took);

#endif
