/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A column that is filled from the top down: text, and a form with its buttons. What is said about
 * the form stands right below the field or the button that has the focus (DESIGN 5.1).
 */
#ifndef UI_WIDGET_PAGE_H
#define UI_WIDGET_PAGE_H

#include "ui/widget/paint.h"

struct page {
	struct terminal *terminal; /* NULL: nothing is painted, only measured */
	struct rect rest;	   /* what is still free */
	int room;		   /* columns to the right edge */
	bool tight;		   /* no line is spent on looks */
	struct note note;	   /* what is to be said; without text: nothing */
	bool noted;		   /* it was, where it belongs */
};

/* At the left of an area, at most 72 columns wide. */
struct page
page_open(struct terminal *terminal, struct rect area, struct note note);

/* In the middle of an area, at most 56 columns wide: a door. */
struct page
page_block(struct terminal *terminal, struct rect area, struct note note);

/* From 110 columns on: a second column, right of one that page_open() made. Returns whether there
 * is room for it. */
bool
page_beside(const struct page *page, struct rect area, struct page *ret_beside);

/* What stands above row y is used up. */
void
page_advance(struct page *page, int y);

/* Keeps rows at the bottom from what follows. Returns what gives them back: page_release(). */
int
page_reserve(struct page *page, int rows);

void
page_release(struct page *page, int reserved);

/* An empty line, where there is room for any. */
void
page_gap(struct page *page);

/* Translated text, and a gap. */
void
page_text(struct page *page, enum style style, const char *text);

/* The same, cut so that `reserve` rows are left below it; without room for a line, nothing. */
void
page_intro(struct page *page, enum style style, const char *text, int reserve);

/* Translated text that far in, without a gap. */
void
page_line(struct page *page, enum style style, int indent, const char *text);

/* What is to be said and was not yet, as wide as the page, if there is room for all of it. */
void
page_note(struct page *page);

/* The same in a part of the page, from row y on. Returns the next free row. */
int
page_note_at(struct page *page, int y, int x, int columns);

/* Something else that is told with a mark, and no gap. */
void
page_marked(struct page *page, enum style style, const char *text);

/*
 * All fields of a form, one under another, a gap, the buttons, and a gap. beside: right of the
 * field for a code, or NULL. Where there is no room for all of it, as much as has room with what
 * has the focus, and marks that it goes on above or below.
 */
void
page_form(struct page *page, const struct form *form, const char *beside);

/* The rows that takes, without the last gap; at most those of the page. */
int
page_form_rows(const struct page *page, const struct form *form, const char *beside);

#endif
