/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times in words. Pure, but for the time zone. */
#ifndef CONV_WHEN_H
#define CONV_WHEN_H

#include <stddef.h>
#include <stdint.h>

/*
 * A time in words, translated, relative to now in local time: "today 17:03", "yesterday 17:03",
 * "2026-11-02 17:03"; 0: "never".
 */
void
when_put(int64_t when, int64_t now, char *buf, size_t size);

/* The same by the day, but for today: "today 17:03", "yesterday", "2026-11-02"; 0: "never". */
void
when_day(int64_t when, int64_t now, char *buf, size_t size);

#endif
