/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is left to do when the program is broken: the terminal's modes are given back. */
#ifndef PLAIN_CRASH_H
#define PLAIN_CRASH_H

#include <termios.h>

struct crash;

/* From now on a fatal signal sets these modes, and then does what it always does. NULL without
 * memory: then it does that alone. */
struct crash *
crash_arm(int fd, const struct termios *modes);

/* NULL is ignored. */
void
crash_disarm(struct crash *crash);

#endif
