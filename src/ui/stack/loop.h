/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loop: draw, wait, handle. One request to the keeper at a time; while its answer is awaited
 * the screen stays responsive (redraw, resize, ^C), says so, and what is typed is kept for after
 * the answer (dropped if it refuses).
 */
#ifndef UI_STACK_LOOP_H
#define UI_STACK_LOOP_H

#include "client/handover.h"
#include "ui/stack/ui.h"

enum { UI_HANDS_OVER = -1 }; /* no exit status */

/*
 * Runs the console on a connected line until it ends, and gives the terminal back; then prints the
 * last sentence on standard error (or "Signed out." on standard output). Returns the exit status:
 * with opening->remote the command's (run_status()), RUN_STATUS_NEVER where it never ran.
 * opening->why is not used; from its confine on nothing more is opened or connected to.
 *
 * UI_HANDS_OVER: the session goes on, its line and terminal are the caller's again, nothing is
 * awaited on either, and *ret_handover, which only then is filled, says where the person stands.
 * The signals stay held back: whoever goes on looks for them.
 */
int
ui_run(const struct ui_screens *screens, const struct opening *opening,
    struct handover *ret_handover);

#endif
