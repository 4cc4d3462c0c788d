/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recording is a text of lines, asciicast v2 (asciinema/asciinema, doc/asciicast-v2.md): a first
 * one that says what it is, then one for what was shown, and when. What is written here is read
 * here, too; asciinema plays it. Bytes that are no UTF-8 are shown as U+FFFD: a recording has the
 * text and not the bytes.
 */
#ifndef RECORDING_CAST_H
#define RECORDING_CAST_H

#include <stddef.h>
#include <stdint.h>

#include "core/text.h"

enum {
	CAST_BYTES_MAX = 32768, /* of one event */
	CAST_HEAD_MAX = 8192,	/* bytes of the first line */
	CAST_HELD = 4,		/* of a character that is not whole yet */
	CAST_EVENT_MAX = TEXT_JSON_MOST(CAST_BYTES_MAX + CAST_HELD) + 64,
	CAST_SIZE_MOST = 4096 /* rows, columns */
};

#define CAST_SECOND INT64_C(1000000) /* times are in microseconds from the beginning */

/* What the first line says. Texts of any bytes, not NULL. */
struct cast_head {
	unsigned rows, columns;
	int64_t began; /* Unix seconds */
	const char *title, *term, *run, *command, *person, *role, *source;
};

/* The beginning of a character whose rest has not come. */
struct cast_writer {
	char held[CAST_HELD];
	size_t held_size;
};

/* Each writes one line with its end into out, which has room for the most; returns its bytes. */
size_t
cast_head(const struct cast_head *head, char out[CAST_HEAD_MAX]);

/* What was shown: size bytes, CAST_BYTES_MAX at most. 0 where no whole character has come. */
size_t
cast_shown(struct cast_writer *writer, int64_t at, const char *bytes, size_t size,
    char out[CAST_EVENT_MAX]);

/* What is left of a character that will not become whole; 0 where nothing is. */
size_t
cast_rest(struct cast_writer *writer, int64_t at, char out[CAST_EVENT_MAX]);

/* The terminal has another size from then on. */
size_t
cast_size(int64_t at, unsigned rows, unsigned columns, char out[CAST_EVENT_MAX]);

#endif
