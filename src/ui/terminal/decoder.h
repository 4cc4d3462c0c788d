/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the bytes of a terminal to events (DESIGN 5.1). Pure: a byte at a time, time is an argument
 * (milliseconds of a clock that only goes forward).
 *
 * Silence ends sequences: an ESC alone is the key Esc after `escape` ms; of a longer sequence
 * nobody knows what it was to be, so it is dropped, a key's after a second, a string's after three,
 * and nothing of it is typed or pressed. Inside a paste nothing is ended by silence, and each ESC
 * begins anew, so that the mark of its end is never lost. The rest of an answer that is owed is
 * known however late it comes (answer.h), and is a report.
 */
#ifndef UI_TERMINAL_DECODER_H
#define UI_TERMINAL_DECODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/terminal/answer.h"
#include "ui/terminal/event.h"
#include "ui/terminal/sequence.h"
#include "ui/terminal/utf8.h"

enum { DECODER_EVENTS = ANSWER_HELD + 4, DECODER_ESCAPE_MS = 100 };

/* What a key of this type of terminal sends: ESC and more. */
struct decoder_key {
	unsigned char bytes[SEQUENCE_RAW];
	size_t length;
	enum key key;
};

/* All zeros is a good beginning, with .escape and .keys set where they are known. */
struct decoder {
	const struct decoder_key *keys; /* borrowed; they go before those that all terminals send */
	size_t key_count;
	int escape; /* ms */
	bool owed;  /* the terminal was asked, and has not answered; the caller keeps it true */
	struct sequence sequence;
	struct answer late; /* what silence ended may go on as an answer */
	struct utf8 utf8;
	bool pasting;
	bool alt;      /* Alt is held with the character that is being decoded */
	int64_t last;  /* when the last byte came */
	bool reported; /* the last byte ended a report of the terminal: .report; until the next */
	struct sequence report;
};

/* One byte that came at `now`. Writes up to DECODER_EVENTS events; returns how many. */
unsigned
decoder_feed(struct decoder *decoder, unsigned char byte, int64_t now,
    struct event events[DECODER_EVENTS]);

/* Nothing more had come at `now`. Returns as decoder_feed() does. */
unsigned
decoder_idle(struct decoder *decoder, int64_t now, struct event events[DECODER_EVENTS]);

/* Milliseconds from `now` on after which silence would be a key; -1 if it would not be one. */
int
decoder_wait(const struct decoder *decoder, int64_t now);

/* A person presses keys although the end of the paste has not come: it is over. */
unsigned
decoder_end_paste(struct decoder *decoder, struct event events[DECODER_EVENTS]);

/* Whether the beginning of a paste's end mark has come. */
bool
decoder_in_end_mark(const struct decoder *decoder);

#endif
