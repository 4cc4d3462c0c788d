/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every step of the sign-in does with its answer. */
#ifndef UI_STACK_SIGNIN_H
#define UI_STACK_SIGNIN_H

#include "ui/stack/ui.h"

/*
 * Keeps facts, says the error, hands the person over to be asked line by line (ui_hand_over()), or
 * enters the door of the reply if it is another. Returns whether
 * the reply was an error (the screen then clears what was refused).
 */
bool
ui_signin_reply(struct ui *ui, const struct wire_reply *reply);

#endif
