/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The way of what the terminal and the clock bring (screen.h). */
#ifndef UI_STACK_HANDLE_H
#define UI_STACK_HANDLE_H

#include "ui/stack/ui.h"

/* Any event but EVENT_REPLY, which is answer.h's. */
void
ui_handle(struct ui *ui, const struct event *event);

#endif
