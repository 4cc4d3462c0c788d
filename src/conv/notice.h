/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A notice in words: translated and fit to be shown. Pure, but for the time zone. Both
 * terminate. */
#ifndef CONV_NOTICE_H
#define CONV_NOTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/wire.h"

enum { NOTICE_TEXT = 2048 };

/* Who, as the trail has it: "dana", "the host (root)"; an administrator, where it has no name. */
void
notice_who(const char *who, char *buf, size_t size);

/* What was done, by whom, to whom, and why: "Your two-factor authentication was reset by dana: lost
 * phone". */
void
notice_words(const struct wire_notice *notice, char *buf, size_t size);

/* When; and of what somebody did to their own account from where, for it may have been somebody
 * else: "today 15:03, from 10.0.0.7". */
void
notice_when(const struct wire_notice *notice, int64_t now, char *buf, size_t size);

/* Which notices among the first `count` of a page have been read by having been shown, sign-ins
 * being none; false: none of them is new. Pure. */
bool
notice_read(const struct wire_notice *notices, size_t count,
    struct wire_notices_read_request *ret_read);

/* Where the next page begins, behind the first `count` of this one, which began at *from. Pure. */
void
notice_next(const struct wire_notices_request *from, const struct wire_notice *notices,
    size_t count, struct wire_notices_request *ret_next);

/* Both in one line: "... (today 15:03)". */
void
notice_line(const struct wire_notice *notice, int64_t now, char *buf, size_t size);

#endif
