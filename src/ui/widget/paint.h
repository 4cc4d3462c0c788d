/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts every screen draws with (DESIGN 5.4). */
#ifndef UI_WIDGET_PAINT_H
#define UI_WIDGET_PAINT_H

#include "ui/terminal/terminal.h"
#include "ui/widget/form.h"

/* Wrapped text from rect's first row down, in its width and height; returns the next free row. What
 * does not fit is cut at a word, with an ellipsis. */
int
paint_text(struct terminal *terminal, struct rect rect, enum style style, const char *text);

/* What is said about something, translated, and how: STYLE_ERROR, STYLE_GOOD, or plain. */
struct note {
	enum style style;
	const char *text; /* NULL or "": nothing */
};

/* The rows that a note takes in so many columns; 0 without text. */
int
paint_note_rows(const struct note *note, int columns);

/* A note behind its mark (an exclamation mark: wrong; a check mark: done), wrapped beside it.
 * Returns the next free row. */
int
paint_note(struct terminal *terminal, struct rect rect, const struct note *note);

/* Columns of the widest label of a form, translated. */
int
paint_label_columns(const struct form *form);

/* Columns of a field's area, at most room. */
int
paint_area_columns(enum field_kind kind, int room);

/* What was typed into a field, on the first row of area; sets the cursor if it has the focus. What
 * is left of the area is in the accent then. */
void
paint_area(struct terminal *terminal, const struct form *form, size_t index, struct rect area);

/* One field of a form as "label   ________", the area behind label_columns and so wide; sets the
 * cursor if focused. Its label is bold then, and what is left of its area in the accent. */
void
paint_field(struct terminal *terminal, const struct form *form, size_t index, int y, int x,
    int label_columns, int area_columns);

/* The rows that buttons of a form take in so many columns. */
int
paint_button_rows(const struct form *form, size_t first, size_t count, int columns);

/*
 * The buttons of a form from first on: "[ Sign in ]    [ Use a recovery code ]"; one that has no
 * room goes to the next row, and one that is wider than rect is wrapped. Sets the cursor if one is
 * focused. Returns the next free row.
 */
int
paint_buttons(struct terminal *terminal, const struct form *form, size_t first, size_t count,
    struct rect rect);

#endif
