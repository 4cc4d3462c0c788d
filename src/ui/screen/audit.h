/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The audit log as it is read: a window of rows, newest first, that is filled as one goes to its
 * ends. What the keeper has read in a few milliseconds comes at once; it is asked again until the
 * screen is full, and any key stops that.
 */
#ifndef UI_SCREEN_AUDIT_H
#define UI_SCREEN_AUDIT_H

#include "ui/stack/frame.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"

enum { AUDIT_ROWS = 192 }; /* of the window: some pages of a high terminal */

/* What is typed in the line of filters, by the field that it stands in. */
enum audit_edit { AUDIT_EDIT_PERSON, AUDIT_EDIT_DAY, AUDIT_EDIT_WORD, AUDIT_EDIT_NOTHING };

/* Where the rows that are asked for stand: the window anew from either end of the trail, or what
 * comes before or after it. */
enum audit_way { AUDIT_NEWEST, AUDIT_OLDEST, AUDIT_NEWER, AUDIT_OLDER };

struct audit {
	struct form form;
	enum audit_edit editing;
	struct wire_audit_page_request asked; /* the filters */
	struct wire_audit_row row[AUDIT_ROWS];
	struct list list;     /* over the window */
	int64_t newer, older; /* where the window goes on */
	bool newest, oldest;  /* it does not */
	int64_t trail;	      /* the newest row of all when the window was begun */
	enum audit_way way;   /* of the request that is out */
	int move;	      /* of the choice, when its rows have come */
	bool have;	      /* the window was filled once */
	bool changed;	      /* the filters were, on a screen over this one */
	bool started;	      /* the window was cleared for this way */
};

/* Rows of the list that have room now. */
int
audit_height(const struct ui *ui, const struct audit *audit);

/* Fills the window anew. way: from which end. */
void
audit_begin(struct ui *ui, struct audit *audit, enum audit_way way);

/* Moves the choice; what the window has not is asked for. */
void
audit_move(struct ui *ui, struct audit *audit, int by);

/* The keeper's page. */
void
audit_take(struct ui *ui, struct audit *audit, const struct wire_reply *reply);

/* Whether anything is filtered. */
bool
audit_filtered(const struct audit *audit);

/* The screen's picture; as `draw` of screen.h. */
bool
audit_draw(const struct ui *ui, const void *state, struct rect area);

#endif
