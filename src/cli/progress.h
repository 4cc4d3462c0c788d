/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a long command is, as a bar on standard error where that is a terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
	const char *what; /* message id: "Sealing anew" */
	FILE *out;	  /* a terminal, or NULL: nothing is drawn */
	int64_t drawn;	  /* milliseconds since boot; 0: nothing is on the screen */
	size_t columns;	  /* of the terminal */
};

/* what: borrowed. Nothing is drawn before the first tell. */
void
progress_begin(struct progress *progress, const char *what);

/* done of all, at most ten times a second; a line of its own that is overwritten. It has the form
 * of struct examination's tell: context is a struct progress. */
void
progress_tell(void *context, int64_t done, int64_t all);

/* Takes the bar away. */
void
progress_end(struct progress *progress);

/*
 * The bar as text, `columns` wide at most: "Sealing anew:  50 % [#####.....] 12345 of 24690".
 * Returns its bytes. Pure.
 */
size_t
progress_bar(const char *what, int64_t done, int64_t all, size_t columns, char *buf, size_t size);

#endif
