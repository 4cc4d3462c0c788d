/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A column that is filled from the top down: text, and a form with its buttons. */
#ifndef UI_WIDGET_PAGE_H
#define UI_WIDGET_PAGE_H

#include "ui/widget/paint.h"

/* Columns of the widest label of a form, translated. */
int
parts_label_columns(const struct form *form);

/* Columns of a button, translated, with its brackets. */
int
parts_button_columns(const struct form *form, size_t button);

/* Columns between the brackets of a field. */
int
parts_inner(enum field_kind kind, int room);

/* What is left of a screen's area: a column of at most 72, from the top down. */
struct page {
	struct terminal *terminal;
	struct rect rest;
	int room; /* columns to the right edge */
	bool tight;
};

struct page
page_open(struct terminal *terminal, struct rect area);

/* An empty line, where there is room for any. */
void
page_gap(struct page *page);

/* Translated text, and a gap. */
void
page_text(struct page *page, enum style style, const char *text);

/* Translated text that far in, without a gap. */
void
page_line(struct page *page, enum style style, int indent, const char *text);

/* All fields of a form, one under another, a gap, the buttons, and a gap. beside: right of the
 * field for a code, or NULL. */
void
page_form(struct page *page, const struct form *form, const char *beside);

/* The rows that takes, without the last gap. */
int
page_form_rows(const struct page *page, const struct form *form, const char *beside);

#endif
