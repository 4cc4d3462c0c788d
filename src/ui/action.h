/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actions are rows: name, key, label, rank, help. The key bar and the help screen are made from the
 * same rows that dispatch, so they cannot lie.
 */
#ifndef UI_ACTION_H
#define UI_ACTION_H

#include <stddef.h>

#include "ui/event.h"

enum { ACTION_RANK_ALWAYS = 100 }; /* Help and Esc never drop from the key bar */

struct ui_action {
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
action_count(const struct ui_action *actions);

/* The action of an event, or NULL. letters: whether letters are shortcuts now. */
const struct ui_action *
action_find(const struct ui_action *actions, const struct event *event, bool letters);

/* The key bar in columns: " Enter Sign in  c Copy  F1 Help", translated. buf always terminated. */
void
action_bar(const struct ui_action *actions, size_t columns, char *buf, size_t size);

/* One row of the key bar: "c Copy", translated. */
void
action_text(const struct ui_action *action, char *buf, size_t size);

/* For a bar of one row a line: whether rows 0 to count - 1 stand in it when only `lines` may. */
void
action_keep(const struct ui_action *actions, size_t count, size_t lines, bool *ret_keep);

#endif
