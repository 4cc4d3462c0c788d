/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text in lines that fit: broken at blanks, never inside a word. */
#ifndef CLI_WRAP_H
#define CLI_WRAP_H

#include <stddef.h>
#include <stdio.h>

enum { WRAP_COLUMNS = 80 };

/* The columns of the terminal that `out` is; 0 if it is none: what is piped is never broken. */
size_t
wrap_terminal(FILE *out);

/* The columns for prose on `out`: the terminal's, WRAP_COLUMNS at most and where there is none. */
size_t
wrap_prose(FILE *out);

/*
 * How many bytes of text make its first line of at most `columns`, without the blank at its end;
 * *ret_next: where the next line begins. A word that is longer is a line of its own.
 */
size_t
wrap_line(const char *text, size_t columns, size_t *ret_next);

/* The text in lines, and a newline. The first begins where the cursor is, taken to be column
 * `indent`; the others are indented by as much. */
void
wrap_put(FILE *out, const char *text, size_t indent, size_t columns);

#endif
