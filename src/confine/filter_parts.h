/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All numbers of calls, in parts: what the tables say of each. A kernel asks a new filter about
 * every number there is (it remembers those that are always allowed, since 5.11); with a comparison
 * a row that takes as long as all else behind the walls together, with parts to be searched by
 * halves it does not show.
 */
#ifndef CONFINE_FILTER_PARTS_H
#define CONFINE_FILTER_PARTS_H

#include "confine/filter.h"

enum filter_kind {
	FILTER_UNNAMED, /* no row */
	FILTER_ALLOWED, /* rows, and none that looks at arguments or refuses */
	FILTER_TESTED	/* other rows: all of them are gone through, in their order */
};

struct filter_part {
	uint32_t from; /* up to where the next begins; the first is 0, the last has no end */
	enum filter_kind kind;
};

enum { FILTER_PARTS_MAX = 512 };

/* In order, neighbours of two kinds, one at least. Returns how many; 0: more than there is room
 * for. */
size_t
filter_parts(const struct filter_table *const *tables, size_t count,
    struct filter_part parts[FILTER_PARTS_MAX]);

#endif
