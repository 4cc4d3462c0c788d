/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screens that are open, the one on top last. */
#ifndef UI_STACK_STACK_H
#define UI_STACK_STACK_H

#include "ui/stack/ui.h"

/* Opens a screen over this one. argument: what its enter reads, not kept; may be NULL. */
void
ui_push(struct ui *ui, const struct screen *screen, const void *argument);

/* Goes back to the screen below (never below the first). */
void
ui_pop(struct ui *ui);

/* As ui_pop(), for a screen that opens another one next: the one below does not ask anew. */
void
ui_close_top(struct ui *ui);

/* At home: what the keeper's door asks for stands over what is there, and goes back to it. */
void
ui_go_over(struct ui *ui, enum signin_door door, const struct screen *screen);

/* Replaces the whole stack by the screen of a door, or by another first screen. */
void
ui_enter_door(struct ui *ui, enum signin_door door);

void
ui_replace(struct ui *ui, const struct screen *screen);

/* Who is here has that role now: the title says so, and screens that it may not have are closed, at
 * once, or when the lock is opened. Says so where there was another one. */
void
ui_set_role(struct ui *ui, enum role role);

/* Closes the lock over what is shown. */
void
ui_lock(struct ui *ui);

/* Gives an event to the screen on top. Returns whether it was used. */
bool
ui_give(struct ui *ui, const struct event *event);

/* Lets the screen on top ask anew, as soon as nothing is awaited. */
void
ui_resume(struct ui *ui);

/* The form that takes the keys now, of the screen on top. NULL: none. */
struct form *
ui_form(struct ui *ui);

/* --- for the way of events ------------------------------------------------- */

/* The place of the screen on top; there is always one while the console has not ended. */
struct ui_slot *
ui_top(struct ui *ui);

/* Takes the screen on top off, to be lowered again; there are at least two. */
struct ui_slot
ui_lift(struct ui *ui);

/* Puts it on again where the screen below is still on top; else, and where below is NULL, it is
 * freed. */
void
ui_lower(struct ui *ui, struct ui_slot *slot, const struct ui_slot *below);

/* Frees the screens that were left: after the event that left them. */
void
ui_free_gone(struct ui *ui);

/* Leaves and frees all screens, and wipes what the console holds. */
void
ui_close(struct ui *ui);

#endif
