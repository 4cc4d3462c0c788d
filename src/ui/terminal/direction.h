/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that runs from right to left, in rows whose places must hold (UAX 9). Pure. */
#ifndef UI_TERMINAL_DIRECTION_H
#define UI_TERMINAL_DIRECTION_H

#include <stdbool.h>

/* U+200E, which takes no column: what begins with it is laid out from left to right. */
#define DIRECTION_MARK "\xe2\x80\x8e"

/* Whether a character of it (valid UTF-8) is of a script that runs from right to left. */
bool
direction_turns(const char *text);

#endif
