/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the ui share. */
#ifndef UI_UI_INSIDE_H
#define UI_UI_INSIDE_H

#include "ui/ui.h"
#include "ui/words.h"

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

/* Drops what was typed ahead: what was kept, and what the terminal has sent. */
void
ui_drop_typed(struct ui *ui);

/* Keeps an event for after the answer; beyond UI_KEPT they are dropped. */
void
ui_keep(struct ui *ui, const struct event *event);

/* An answer to a screen's request has come. */
void
ui_answer(struct ui *ui, const struct event *event);

/* A message of the keeper, whatever it is about. */
void
ui_receive(struct ui *ui, const struct wire_reply *reply);

/* Sends what the keeper was too busy for, when its time has come. */
void
ui_ask_again(struct ui *ui);

/* Tells the keeper that keys are pressed, if nothing else has for a while. */
void
ui_alive(struct ui *ui);

/* Closes the lock over what is shown. */
void
ui_lock(struct ui *ui);

/* Lets the screen on top ask anew, if nothing is awaited. */
void
ui_resume(struct ui *ui);

/* Counts the seconds of the message down. */
void
ui_recount(struct ui *ui);

/* ^C, and ^D in an empty field. */
void
ui_leave(struct ui *ui);

#endif
