/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list in columns, one row a line, with a heading; the chosen row is an unbroken bar, the cursor
 * on its mark. Columns without room are left out, the least important first; a name that has no
 * room is cut, with an ellipsis. Pure, but for what it paints.
 */
#ifndef UI_WIDGET_COLUMNS_H
#define UI_WIDGET_COLUMNS_H

#include "ui/widget/page.h"

enum { COLUMNS_MOST = 6, COLUMNS_CELL = 288 };

struct column {
	const char *title; /* message id */
	int rank;	   /* the least is left out first */
	int least;	   /* columns it may be cut down to; 0: it is never cut */
	int usual;	   /* columns it takes where there is room, so that it stays where it is */
};

/* How they stand, by columns_plan(). */
struct columns {
	const struct column *column;
	size_t count;
	bool shown[COLUMNS_MOST];
	int width[COLUMNS_MOST];
};

/* What is in the cells of a row; translated, fit to be shown. */
struct columns_row {
	char cell[COLUMNS_MOST][COLUMNS_CELL];
};

/* Which of `count` columns stand in a page, and how wide, so that these rows have room. What is
 * left is the first one's. */
void
columns_plan(struct columns *columns, const struct page *page, const struct column *column,
    size_t count, const struct columns_row *rows, size_t rows_count);

/* The heading. */
void
columns_head(struct page *page, const struct columns *columns);

/* One row; chosen: as a bar, and the cursor on its mark. */
void
columns_put(struct page *page, const struct columns *columns, const struct columns_row *row,
    bool chosen);

#endif
