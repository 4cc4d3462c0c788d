/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts every screen draws with (DESIGN 5.4). */
#ifndef UI_WIDGET_PAINT_H
#define UI_WIDGET_PAINT_H

#include "ui/terminal/terminal.h"
#include "ui/widget/form.h"

/* Title line: what (translated) left, who right; bold. */
void
paint_title(struct terminal *terminal, struct rect area, const char *title, const char *right);

/* Wrapped text from rect's first row down, in its width and height; returns the next free row. */
int
paint_text(struct terminal *terminal, struct rect rect, enum style style, const char *text);

/* One field of a form as "label   [ text ]", the label in label_columns; sets the cursor if
 * focused. inner: columns between the brackets. */
void
paint_field(struct terminal *terminal, const struct form *form, size_t index, int y, int x,
    int label_columns, int inner);

/* The same as "label [123456]", with room for all it holds and no blank. */
void
paint_tight_field(struct terminal *terminal, const struct form *form, size_t index, int y, int x,
    int label_columns);

/* The buttons of a form from first on, in one row from x: "[ Sign in ]    [ Use a recovery code ]";
 * sets the cursor if one is focused. Returns columns used. */
int
paint_buttons(struct terminal *terminal, const struct form *form, size_t first, size_t count, int y,
    int x);

#endif
