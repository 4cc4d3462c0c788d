/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a key does on a screen: a row of key, label, rank and help. The key bar and the help screen
 * are made from the same rows that dispatch, so they cannot lie.
 */
#ifndef UI_WIDGET_KEY_ROW_H
#define UI_WIDGET_KEY_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/terminal/event.h"

enum { KEY_ROW_ALWAYS = 100 }; /* Help and Esc never drop from the key bar, nor does Enter */

/* Whose labels have room in a key bar. */
enum key_row_labels { KEY_ROW_LABELS_ALL, KEY_ROW_LABELS_ENTER, KEY_ROW_LABELS_NONE };

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

/*
 * Which of rows 0 to count - 1 stand in a key bar of so many columns, and with what labels: where
 * the rows that never drop have no room, their labels go first, Enter's last: that one may be cut.
 */
void
key_row_fit(const struct key_row *key_rows, size_t count, size_t columns, bool *ret_keep,
    enum key_row_labels *ret_labels);

/* The columns of a bar of the kept rows with these labels. */
size_t
key_row_columns(const struct key_row *key_rows, size_t count, const bool *keep,
    enum key_row_labels labels);

/* The label of a row in such a bar, translated; "" without one. */
const char *
key_row_label(const struct key_row *key_row, enum key_row_labels labels);

/* For a bar of one row a line: whether rows 0 to count - 1 stand in it when only `lines` may. */
void
key_row_keep(const struct key_row *key_rows, size_t count, size_t lines, bool *ret_keep);

#endif
