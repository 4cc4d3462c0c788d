/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading the trail in slices: a request goes through rows for a few milliseconds, and its answer
 * says where to go on. So a filter that finds one row in a million, or a reader who may see one in
 * a thousand, holds up nobody (DESIGN 4).
 */
#ifndef KEEPER_READER_H
#define KEEPER_READER_H

#include "keeper/request.h"
#include "store/store_audit.h"

/* Milliseconds that all readers of one turn have together: with a slice of pruning (prune.h) an
 * answer to somebody else still comes within 20. */
enum { READER_TURN = 5 };

/* Milliseconds of CLOCK_MONOTONIC. */
int64_t
reader_clock(void);

/* Whether the turn's time for reading is over; the first call of a turn begins it. */
bool
reader_is_over(struct keeper *keeper);

/*
 * Fills a page with the rows of a range that fit the request (WIRE_AUDIT_LIST) and that its asker
 * may read (core/audit.h), until it is full, the range is at its end, or the turn's time is over;
 * but at least some rows are looked at in each call.
 */
MUST_CHECK enum err
reader_page(struct request *request, const struct store_audit_range *range,
    struct wire_audit_page_reply *reply);

#endif
