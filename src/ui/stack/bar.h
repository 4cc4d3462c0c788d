/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows in force, and the key bar made from them. */
#ifndef UI_STACK_BAR_H
#define UI_STACK_BAR_H

#include "ui/stack/ui.h"

enum { UI_ROWS_MAX = 16, UI_ROW_HELP = 1000, UI_ROW_STOP, UI_ROW_BACK, UI_ROW_END };

/* The rows of the screen on top that it offers now, and F1 Help before Esc or ^C; ends with id 0.
 * Returns how many, without the end. */
size_t
ui_rows(const struct ui *ui, struct key_row rows[UI_ROWS_MAX]);

/* The same of any place in the stack. */
size_t
ui_rows_of(const struct ui *ui, size_t place, struct key_row rows[UI_ROWS_MAX]);

/* The key bar: one line, or one row a line where rect is higher; what does not fit drops, lowest
 * rank first. */
void
paint_bar(const struct ui *ui, struct rect rect);

#endif
