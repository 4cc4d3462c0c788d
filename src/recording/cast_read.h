/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a recording, read. They may have been altered: whatever cast.h does not write is refused
 * as a whole, and never more is written than its room. */
#ifndef RECORDING_CAST_READ_H
#define RECORDING_CAST_READ_H

#include <stdbool.h>

#include "recording/cast.h"

enum { CAST_TEXT_SIZE = 132 };

/* The first line, in texts of its own. What was too long has been cut by who wrote it. */
struct cast_about {
	unsigned rows, columns;
	int64_t began; /* Unix seconds */
	char title[CAST_TEXT_SIZE], term[CAST_TEXT_SIZE], run[CAST_TEXT_SIZE];
	char command[CAST_TEXT_SIZE], person[CAST_TEXT_SIZE], role[CAST_TEXT_SIZE];
	char source[CAST_TEXT_SIZE];
};

struct cast_event {
	int64_t at;  /* microseconds from the beginning */
	char code;   /* 'o': text was shown; 'r': another size; others: nothing for a player */
	size_t size; /* bytes of text */
	char text[CAST_EVENT_MAX];
};

/* line: size bytes, without the end of the line. False, and *ret untouched or in part filled, for
 * what is not of this form. */
bool
cast_read_head(const char *line, size_t size, struct cast_about *ret_about);

bool
cast_read_event(const char *line, size_t size, struct cast_event *ret_event);

/* "COLUMNSxROWS" of an event 'r'. */
bool
cast_read_size(const struct cast_event *event, unsigned *ret_rows, unsigned *ret_columns);

#endif
