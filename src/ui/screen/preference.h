/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One of one's preferences, over My account: rows of which one is chosen, and is saved for oneself.
 * The screens of each share this; each begins its state with a struct preference, and has these
 * functions for its own but `enter`.
 */
#ifndef UI_SCREEN_PREFERENCE_H
#define UI_SCREEN_PREFERENCE_H

#include "client/language.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"

enum { PREFERENCE_ROWS = LANGUAGE_MOST + 1 };

struct preference {
	const struct preference_way *way;
	struct list list;
	size_t now; /* the row that was chosen before; list.count: none of them */
};

/* A row as it is shown, in the language of whoever reads it. */
struct preference_row {
	const char *label, *text;
};

/* What each does in its own way. */
struct preference_way {
	const char *about; /* message id */
	struct preference_row (*row)(const struct preference *preference, size_t row);
	/* The chosen row, into a request that is all zero but its op. */
	void (*fill)(const struct preference *preference, struct wire_preferences_request *request);
	/* It was saved, and holds. Returns whether the screen goes back, and says so. */
	bool (*hold)(struct ui *ui, const struct preference *preference);
};

/* For a screen's `enter`: so many rows, at most PREFERENCE_ROWS; now: as above. */
void
preference_open(struct preference *preference, const struct preference_way *way, size_t rows,
    size_t now);

bool
preference_handle(struct ui *ui, void *state, const struct event *event);

void
preference_act(struct ui *ui, void *state, int id);

bool
preference_draw(const struct ui *ui, const void *state, struct rect area);

#endif
