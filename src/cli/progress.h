/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a long command is: one line on a terminal, written over; nothing where there is none. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	const char *what; /* message id: "Sealing anew" */
	int64_t told;	  /* milliseconds of the monotonic clock at the last line */
	bool on, drawn;
};

/* what: borrowed. */
void
progress_begin(struct progress *progress, const char *what);

/* done of total; a line at most ten times a second. */
void
progress_tell(struct progress *progress, int64_t done, int64_t total);

/* Clears the line. */
void
progress_end(struct progress *progress);

#endif
