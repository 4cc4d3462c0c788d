/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A command behind the doors: it has the terminal, and the console passes bytes both ways and keeps
 * none. Meanwhile the keeper is heard: a session that ends or locks ends the command (DESIGN 10).
 */
#ifndef UI_STACK_BEHIND_H
#define UI_STACK_BEHIND_H

#include <signal.h>

#include "ui/stack/ui.h"
#include "wire/run.h"

/* What the loop does for a command while it waits: signals, and the keeper's messages. */
struct behind_face {
	void (*signals)(struct ui *ui);
	void (*keeper)(struct ui *ui);
	bool (*resized)(void); /* whether the terminal was, since it was asked last */
};

/* Lends the terminal until the command is over, and takes it back. pump: closed here. How it ended
 * is in *ret_over; RUN_ENDED where the console itself ended it. An error: the terminal is gone. */
MUST_CHECK enum err
behind_run(struct ui *ui, int pump, const struct behind_face *face, const sigset_t *mask,
    struct run_over *ret_over);

#endif
