/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the clock brings: ticks where a screen wants them, and the end of a door that is left
 * idle (DESIGN 2). */
#ifndef UI_STACK_CLOCK_H
#define UI_STACK_CLOCK_H

#include "ui/stack/ui.h"

/* Milliseconds until the loop must look at the clock (tick, idle limit), or -1: only when something
 * happens. */
int
ui_timeout(const struct ui *ui);

/* Locks the console: from then on the keeper takes nothing but a proof. */
void
ui_lock_now(struct ui *ui);

/* What the clock brings: a tick, the warning, the end of an idle door. */
void
ui_wake(struct ui *ui);

#endif
