/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of what the keeper sends. */
#ifndef UI_STACK_ANSWER_H
#define UI_STACK_ANSWER_H

#include "ui/stack/ui.h"

/* A message of the keeper, whatever it is about. */
void
ui_receive(struct ui *ui, const struct wire_reply *reply);

/* The answer to the request that is out: to the screen that asked. */
void
ui_answer(struct ui *ui, const struct wire_reply *reply);

#endif
