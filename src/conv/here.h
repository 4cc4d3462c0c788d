/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who is here, in words, and what is sent to end a session or to say something: for screens and for
 * plain text. All that is written is translated and fit to be shown. Pure, but for the time zone.
 * now: Unix seconds.
 */
#ifndef CONV_HERE_H
#define CONV_HERE_H

#include <stddef.h>
#include <stdint.h>

#include "wire/wire.h"

enum { HERE_LINE = 4 * WIRE_SOURCE_SIZE + 256, HERE_QUESTION = 4 * TEXT_NAME_SIZE + 512 };

/* What they do: "this terminal", "runs NAME", "locked", "idle for 5 min", "at work". */
void
here_doing(const struct wire_here *here, char *buf, size_t size);

/* All but the name, on a screen: "Operator, local, today 09:12, at work". */
void
here_line(const struct wire_here *here, int64_t now, char *buf, size_t size);

/* The same for one who hears it, and idle beside all that it may go with: "Operator, local, since
 * today 09:12, runs backup, idle for 5 min". */
void
here_spoken(const struct wire_here *here, int64_t now, char *buf, size_t size);

/* The question before a session is ended. message: it goes on about what can be typed with it. */
void
here_question(const struct wire_here *here, bool message, char *buf, size_t size);

/* The line before something is said. here: NULL for all. */
void
here_say_question(const struct wire_here *here, char *buf, size_t size);

/* The requests, all but what is typed and the proof. here: NULL for all. */
void
here_end_request(const struct wire_here *here, struct wire_request *ret_request);

void
here_say_request(const struct wire_here *here, struct wire_request *ret_request);

/*
 * Puts what was typed into the request of either. ERR_SAY_LONG: it has no room; ERR_FIELD_EMPTY:
 * nothing was typed, and there is nothing to say. An end may go without a word.
 */
MUST_CHECK enum err
here_take(struct wire_request *request, const char *typed);

/* What came of it: of an end, or on how many terminals it stands. */
void
here_done(const struct wire_reply *reply, char *buf, size_t size);

#endif
