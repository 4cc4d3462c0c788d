/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A time as people type it. Pure, but for the time zone. */
#ifndef CONV_MOMENT_H
#define CONV_MOMENT_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

/* From `first` to `end` - 1, Unix seconds. */
struct moment {
	int64_t first, end;
};

/*
 * "2026-11-27" (that day), "2026-11-27T10:00" (that minute; also with a blank, and seconds),
 * "today", "yesterday", or how long ago: "90m", "2h", "3d", "1w" (that second). Local time; blanks
 * around it are dropped. ERR_TIME_FORMAT.
 */
MUST_CHECK enum err
moment_parse(const char *typed, int64_t now, struct moment *ret_moment);

/* The local day in which a time is. */
struct moment
moment_day(int64_t time);

/* "2026-11-27", local. */
void
moment_date(int64_t time, char *buf, size_t size);

/* "2026-11-27 10:00:31", local. */
void
moment_put(int64_t time, char *buf, size_t size);

#endif
