/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laying out text in columns: wrapping, cutting, grouping. Pure, no curses. */
#ifndef UI_WIDGET_DRAW_H
#define UI_WIDGET_DRAW_H

#include <stddef.h>
#include <stdint.h>

/* One wrapped line: bytes [start, start + length) of the text, and its columns. */
struct draw_line {
	size_t start, length, columns;
};

/* Columns of valid UTF-8 text. */
int
draw_columns(const char *text);

/*
 * Wraps valid UTF-8 text at blanks into lines of at most columns (a longer word is cut); '\n' ends
 * a line. Writes at most max lines; returns how many the text needs, which can be more.
 */
size_t
draw_wrap(const char *text, size_t columns, struct draw_line *lines, size_t max);

/* Cuts text to columns, ending in "..." (U+2026 where utf8) if something was cut: behind a word,
 * but where the first one is too long. Always terminates. */
void
draw_cut(const char *text, size_t columns, int utf8, char *buf, size_t size);

/* The same for text that goes on after this: always ends in the mark, behind a word. */
void
draw_cut_word(const char *text, size_t columns, int utf8, char *buf, size_t size);

/* "JBSWY3DP" -> "JBSW Y3DP": groups of four by blanks, per_line groups and then '\n'; 0: one line.
 */
void
draw_groups(const char *key, size_t per_line, char *buf, size_t size);

/* "next code in 12 s", while the present one is spent until next_code (0: it is not); else "new
 * code in 12 s". Unix seconds. Returns buf. */
const char *
draw_code_time(int64_t now, int64_t next_code, char *buf, size_t size);

#endif
