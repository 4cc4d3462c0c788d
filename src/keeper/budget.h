/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows that strangers may make in the trail (DESIGN 3). Of the refusals of one name and source
 * that count nowhere else, the first is a row; the others are counted beside the chain, and one row
 * sums them up when their minute is over, or when the keeper leaves. They change nothing, so they
 * write nothing: a keeper that is killed forgets how many of them its last minute had. Rows of
 * unknown names are at most 600 a minute; what is beyond them is counted likewise. A row in the
 * chain is never rewritten.
 */
#ifndef KEEPER_BUDGET_H
#define KEEPER_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "store/store_guess.h"

struct keeper;
struct request;

enum {
	BUDGET_MINUTE = 60,
	BUDGET_UNKNOWN_ROWS = 600, /* a minute: the burst, and what comes back meanwhile */
	BUDGET_BURST = BUDGET_UNKNOWN_ROWS / 2,
	BUDGET_KINDS = 128, /* that are counted in memory; what is beyond them, in the store */
	BUDGET_REFILL = BUDGET_BURST / BUDGET_MINUTE /* a second */
};

/* Refusals of one kind since its first one, which has its row and its place in the store. */
struct budget_tally {
	struct store_refusal row; /* its key, source and action; count: since then */
	bool used;
	bool kept; /* its first refusal is committed */
};

struct budget {
	int64_t at;	/* Unix seconds of the last row of an unknown name */
	int64_t taken;	/* of the burst, then */
	int64_t sum_at; /* seconds since boot of the next summing up; 0: nothing is counted */
	struct budget_tally tally[BUDGET_KINDS];
};

/*
 * Whether the row of a request with that verdict is written; if not, it was counted. In the
 * request's transaction, whose end is told by budget_settle(). A lost turn has still used up what
 * it took of the minute: that is the safe side.
 */
MUST_CHECK enum err
budget_row(struct request *request, enum err verdict, const char *who, bool *ret_write);

/* The turn was committed, or lost: then what it began to count is not counted, and its next refusal
 * is a first one again. */
void
budget_settle(struct budget *budget, bool committed);

/* Whether something is to be summed up now; boot: session_clock(). */
bool
budget_due(const struct budget *budget, int64_t boot);

/* In a transaction: sums up what is older than a minute, or (all) everything. */
MUST_CHECK enum err
budget_sum(struct keeper *keeper, int64_t now, bool all);

#endif
