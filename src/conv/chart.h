/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sign-ins and refusals by day or by hour, put together from the keeper's answers. Pure, but for
 * the time zone. */
#ifndef CONV_CHART_H
#define CONV_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/wire.h"

enum {
	CHART_DAYS = 14,
	CHART_SOURCES = 512, /* that are counted at once */
	CHART_TOP = 5
};

struct chart {
	struct wire_audit_chart_request asked; /* the next request: slots and where to go on */
	int64_t sign_ins[WIRE_CHART_SLOTS], refusals[WIRE_CHART_SLOTS];
	int64_t read, left;
	int64_t begins; /* time of the oldest row of the trail; 0: none, or not known yet */
	bool done;
	struct wire_chart_source source[CHART_SOURCES];
	size_t count;
	int64_t missed; /* at most so many refusals are missing from each source's number */
};

/* The last CHART_DAYS days in local time, up to that of `now`; nothing is counted yet. */
void
chart_days(struct chart *chart, int64_t now);

/* The hours of the local day in which a time is: 24, or 23 or 25 where a clock is set. */
void
chart_hours(struct chart *chart, int64_t time);

/* What is to be asked next. */
void
chart_ask(const struct chart *chart, struct wire_request *request);

/*
 * Adds an answer. Where there are more sources than have room, those with the fewest refusals give
 * way (Misra and Gries 1982): whoever has more than a CHART_SOURCES-th of all is still there, with
 * `missed` less at most.
 */
void
chart_take(struct chart *chart, const struct wire_audit_chart_reply *reply);

/* Percent of the rows that were gone through. */
int
chart_progress(const struct chart *chart);

/* The sources with most refusals, the first of them first; by name where they have as many. Returns
 * how many there are. */
size_t
chart_top(const struct chart *chart, const struct wire_chart_source *ret_top[CHART_TOP]);

/* The greatest of the slots' numbers, and their sum. */
int64_t
chart_most(const int64_t *numbers, size_t count);

int64_t
chart_sum(const int64_t *numbers, size_t count);

/* Whether no row of the slot is there any more, or was yet. */
bool
chart_before(const struct chart *chart, size_t slot);

/* "today", "Tu 2026-11-24", translated; of hours: "14:00 - 15:00". */
void
chart_slot_name(const struct chart *chart, size_t slot, int64_t now, char *buf, size_t size);

/* "Tu", translated; of hours "". Static. */
const char *
chart_weekday(const struct chart *chart, size_t slot);

/* The day of the month, or the hour. */
int
chart_number(const struct chart *chart, size_t slot);

/* "Tu 2026-11-24: 132 sign-ins, 4 refusals", translated. */
void
chart_slot_says(const struct chart *chart, size_t slot, int64_t now, char *buf, size_t size);

#endif
