/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is left to do when the program is broken: the terminal is given back. */
#ifndef CLIENT_CRASH_H
#define CLIENT_CRASH_H

#include <stddef.h>
#include <termios.h>

enum { CRASH_BYTES = 256 };

struct crash;

/* How a terminal is given back: what is written to `out` first (nothing: length 0), then the modes
 * of `in`. Descriptors. */
struct crash_way {
	int in, out;
	struct termios modes;
	size_t length;
	char bytes[CRASH_BYTES];
};

/* From now on a fatal signal does that, and then what it always does. The way is copied. NULL
 * without memory: then it does what it always does alone. */
struct crash *
crash_arm(const struct crash_way *way);

/* NULL is ignored. */
void
crash_disarm(struct crash *crash);

#endif
