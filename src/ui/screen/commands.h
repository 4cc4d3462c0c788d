/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the list of commands, and the one that was asked for over SSH, have in common. */
#ifndef UI_SCREEN_COMMANDS_H
#define UI_SCREEN_COMMANDS_H

#include "ui/stack/ui.h"

/* Those behind that name are asked for; "": from the first on. */
void
commands_ask_behind(struct ui *ui, const char *after);

/* Runs it, after a question where its file says so, or where it is recorded. next_code: as the page
 * of the list said. */
void
commands_run(struct ui *ui, const struct wire_command *command, int64_t next_code);

/* The keeper has let it run: it gets the terminal. */
void
commands_begin(struct ui *ui, const struct wire_run_reply *run);

#endif
