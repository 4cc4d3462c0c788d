/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screens have in common: feeding their form, and laying out a column of text, fields and
 * buttons. */
#ifndef UI_PARTS_H
#define UI_PARTS_H

#include "ui/ui.h"
#include "ui/words.h"

/* The ids of rows that many screens have; a screen's own start behind them. */
enum { PART_ENTER = 1, PART_BACK, PART_OWN };

#define PART_BUSY N_("Checking…")
#define PART_GOOD_PASSWORD \
	N_("A good password has at least 12 characters. A short sentence that only you would say " \
	   "is easy to keep and hard to guess.")

/*
 * Gives an event to a form, and says why a character was refused or what is missing: an empty
 * field, or a code of fewer than six digits, is never sent. Returns whether the event was used.
 * *ret_button: the button that was pressed, if nothing that it needs is missing; else
 * FORM_BUTTONS_MAX.
 */
bool
parts_form(struct ui *ui, struct form *form, const struct event *event, size_t *ret_button);

/* The same with Enter: for the row PART_ENTER. */
size_t
parts_enter(struct ui *ui, struct form *form);

/* Clears fields from first on and focuses the first: they were refused. */
void
parts_refuse(struct form *form, size_t first, size_t count);

/* Whether two passwords are the same; else clears the second, focuses it and says so. */
bool
parts_repeated(struct ui *ui, struct form *form, size_t password, size_t repeat);

/* Asks what has no content. */
void
parts_ask(struct ui *ui, enum wire_op op, const char *busy);

/* Columns of the widest label of a form, translated. */
int
parts_label_columns(const struct form *form);

/* Columns of a button, translated, with its brackets. */
int
parts_button_columns(const struct form *form, size_t button);

/* Columns between the brackets of a field. */
int
parts_inner(enum field_kind kind, int room);

/* A title line of the console's name and host, and what stands right (translated). */
void
parts_place(const struct ui *ui, struct rect area, const char *right);

/* What is left of a screen's area: a column of at most 72, from the top down. */
struct page {
	const struct ui *ui;
	struct rect rest;
	int room; /* columns to the right edge */
	bool tight;
};

struct page
page_open(const struct ui *ui, struct rect area);

/* An empty line, where there is room for any. */
void
page_gap(struct page *page);

/* Translated text, and a gap. */
void
page_text(struct page *page, enum style style, const char *text);

/* Translated text that far in, without a gap. */
void
page_line(struct page *page, enum style style, int indent, const char *text);

/* "next code in 12 s", while the present one is spent until next_code (0: it is not); else "new
 * code in 12 s". Returns buf. */
const char *
parts_code_time(const struct ui *ui, int64_t next_code, char *buf, size_t size);

/* All fields of a form, one under another, a gap, the buttons, and a gap. beside: right of the
 * field for a code, or NULL. */
void
page_form(struct page *page, const struct form *form, const char *beside);

/* The rows that takes, without the last gap. */
int
page_form_rows(const struct page *page, const struct form *form, const char *beside);

#endif
