/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is new at home, each thing as a sentence: translated and fit to be shown. Pure, but for the
 * time zone. All terminate; "": there is nothing to say. now: Unix seconds. */
#ifndef CONV_NEWS_H
#define CONV_NEWS_H

#include <stddef.h>
#include <stdint.h>

#include "wire/wire.h"

/* The last sign-in, the one before this: when, and from where. */
void
news_last(const struct wire_user *user, int64_t now, char *buf, size_t size);

/* Failed attempts since; "" at the first sign-in without any. */
void
news_failures(const struct wire_user *user, char *buf, size_t size);

/* How many recovery codes are left, where that is few, or one was used (used: how many were left
 * then; -1: none was). */
void
news_recovery(const struct wire_user *user, int64_t used, char *buf, size_t size);

/* How many seconds the person's phone is ahead, or behind: told after a resynchronisation. */
void
news_skew(int64_t skew, char *buf, size_t size);

/* Two-factor authentication is required now, and this person has none. */
void
news_mandatory(const struct wire_home_reply *home, char *buf, size_t size);

/* How many unread notices there are besides the `shown` newest ones. */
void
news_more(const struct wire_home_reply *home, size_t shown, char *buf, size_t size);

#endif
