/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rest of an answer that a slow line cut behind its ESC, or further on, so late that the
 * beginning was already taken for a key or dropped. While an answer is owed (CPR: ESC [ row ;
 * column R; DA1: ESC [ ? numbers c; a colour: ESC ] numbers ; rgb:), what may be its rest is held,
 * however long it takes, and is typed as soon as it turns out to be none. Pure.
 */
#ifndef UI_TERMINAL_ANSWER_H
#define UI_TERMINAL_ANSWER_H

#include <stddef.h>

#include "ui/terminal/sequence.h"

enum { ANSWER_HELD = 64 /* bytes; the longest DA1 known has 40 */ };

enum answer_found {
	ANSWER_NONE, /* the byte is of no answer; nor was what is held */
	ANSWER_MORE, /* held: it may be of one */
	ANSWER_WHOLE /* it ended one: .sequence */
};

/* All zeros is a good beginning. */
struct answer {
	struct sequence sequence; /* with its beginning; at ground: none can come */
	unsigned char held[ANSWER_HELD];
	size_t count; /* of them */
};

/* `begun` was given up for silence: its rest may come, if it may be an answer's beginning. What
 * was held before is forgotten. */
void
answer_begin(struct answer *answer, const struct sequence *begun);

/* After ANSWER_NONE the caller types .held, then uses the byte as if nothing had been begun; after
 * ANSWER_WHOLE it reads .sequence; after either it calls answer_reset(). */
enum answer_found
answer_feed(struct answer *answer, unsigned char byte);

/* No answer can come; wipes what was held, which may have been typed. */
void
answer_reset(struct answer *answer);

#endif
