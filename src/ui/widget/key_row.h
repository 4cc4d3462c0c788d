/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a key does on a screen: a row of key, label, rank and help. The key bar and the help screen
 * are made from the same rows that dispatch, so they cannot lie.
 */
#ifndef UI_KEY_ROW_H
#define UI_KEY_ROW_H

#include <stddef.h>

#include "ui/terminal/event.h"

enum {
	KEY_ROW_ALWAYS = 100
}; /* Help and Esc never drop from the key bar, Enter before them alone */

struct key_row {
	int id;	      /* the screen's own number; 0 ends a table */
	enum key key; /* or KEY_NONE_ and: */
	char letter;  /* lower case; matched whatever the case; never inside a paste; not in text
			 fields */
	const char *key_label; /* message id: "Enter", "c", "F1", "Esc" */
	const char *label;     /* message id: "Copy" */
	int rank; /* what does not fit in the key bar drops, lowest first; below 0: only in the help
		   */
	const char *help; /* message id: a sentence for the help screen */
};

/* How many rows stand before the one with id 0; NULL has none. */
size_t
key_row_count(const struct key_row *key_rows);

/* The row of an event, or NULL. letters: whether letters are shortcuts now. */
const struct key_row *
key_row_find(const struct key_row *key_rows, const struct event *event, bool letters);

/* The key bar in columns: " Enter Sign in  c Copy  F1 Help", translated. buf always terminated. */
void
key_row_bar(const struct key_row *key_rows, size_t columns, char *buf, size_t size);

/* One row of the key bar: "c Copy", translated. */
void
key_row_text(const struct key_row *row, char *buf, size_t size);

/* For a bar of one row a line: whether rows 0 to count - 1 stand in it when only `lines` may. */
void
key_row_keep(const struct key_row *key_rows, size_t count, size_t lines, bool *ret_keep);

#endif
