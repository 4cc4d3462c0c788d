/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coming back from a command, which may leave a terminal in any state (DESIGN 10). */
#ifndef CLIENT_FENCE_H
#define CLIENT_FENCE_H

#include <stdbool.h>

#include "core/err.h"

/*
 * Undoes on the terminal `out` whatever a command has begun, then drops what came from it: answers
 * that are still under way, and what was typed at the command. ansi: it speaks ESC [, and is asked
 * where its cursor is, at two places that no command can foresee, so that what comes before the
 * answers is known to be the command's; without it nothing is asked. Where they do not come it
 * takes 300 ms of silence, a second within an answer that came by half, and five in all. The cursor
 * stays where it was. ERR_TERMINAL: it takes nothing.
 */
MUST_CHECK enum err
fence_undo(int in, int out, bool ansi);

#endif
