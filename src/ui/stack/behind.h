/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command behind the doors has the terminal of the screens (client/behind.h). */
#ifndef UI_STACK_BEHIND_H
#define UI_STACK_BEHIND_H

#include <signal.h>

#include "ui/stack/ui.h"

/* What the loop does for a command while it waits: signals, and the keeper's messages. */
struct behind_loop {
	void (*signals)(struct ui *ui);
	void (*keeper)(struct ui *ui);
	bool (*resized)(void); /* whether the terminal was, since it was asked last */
};

/* Lends the terminal until the command is over, and takes it back. pump: closed here. How it ended
 * is in ui->over. An error: the terminal is gone. */
MUST_CHECK enum err
ui_go_behind(struct ui *ui, int pump, const struct behind_loop *loop, const sigset_t *mask);

#endif
