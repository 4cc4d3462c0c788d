/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A vertical menu: label and text in two columns; the chosen item is marked. */
#ifndef UI_WIDGET_MENU_H
#define UI_WIDGET_MENU_H

#include "ui/widget/page.h"

enum { MENU_TEXT = 1024 };

struct menu_row {
	const char *heading;	  /* stands above it; or NULL */
	bool gap;		  /* and an empty line above that */
	const char *below;	  /* stands under the label of a row with a box; or NULL */
	const char *box;	  /* "[x]" or "[ ]", left of all lines of the label; or NULL */
	const char *label;	  /* translated, fit to be shown */
	char text[MENU_TEXT];	  /* likewise; may be empty */
	const struct form *field; /* the first field of it stands there instead; or NULL */
};

/* Draws rows at the top of the page, as many as fit, and puts the cursor on the chosen one; chosen
 * >= count: none is. */
void
menu_draw(struct page *page, const struct menu_row *rows, size_t count, size_t chosen);

/* The rows of all of it. */
int
menu_lines(const struct page *page, const struct menu_row *rows, size_t count);

/* The rows without which it would hide the chosen one, or that it goes on. */
int
menu_least(const struct page *page, const struct menu_row *rows, size_t count, size_t chosen);

#endif
