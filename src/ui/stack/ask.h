/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking the keeper: one request at a time, the next one queued, a busy keeper asked again. */
#ifndef UI_STACK_ASK_H
#define UI_STACK_ASK_H

#include "ui/stack/ui.h"

/* Sends a request; its content is wiped here. Its answer comes as EVENT_REPLY to the screen on top
 * then. Says `busy` (a message id) meanwhile, or nothing if it is NULL. */
void
ui_ask(struct ui *ui, struct wire_request *request, const char *busy);

/* The same for what has no content. */
void
ui_ask_plain(struct ui *ui, enum wire_op op, const char *busy);

/* Whether the keeper is too busy for the request that is out, which is then sent again later. */
bool
ui_ask_put_off(struct ui *ui, const struct wire_reply *reply);

/* Sends what the keeper was too busy for, when its time has come. */
void
ui_ask_again(struct ui *ui);

/* Sends what was queued, if nothing is awaited. */
void
ui_ask_next(struct ui *ui);

/* Tells the keeper that keys are pressed, if nothing else has for a while. */
void
ui_alive(struct ui *ui);

#endif
