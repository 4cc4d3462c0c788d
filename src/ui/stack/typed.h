/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed while an answer is awaited. */
#ifndef UI_STACK_TYPED_H
#define UI_STACK_TYPED_H

#include "ui/stack/ui.h"

/* Keeps an event for after the answer; beyond UI_KEPT they are dropped. */
void
ui_keep(struct ui *ui, const struct event *event);

/* The oldest of what was kept, which is kept no longer. Returns false if there is nothing. */
bool
ui_take_kept(struct ui *ui, struct event *ret_event);

/* Forgets what was kept. */
void
ui_forget(struct ui *ui);

/* Forgets it, and what the terminal has sent and nobody has read. */
void
ui_drop_typed(struct ui *ui);

#endif
