/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether this host's clock keeps time: codes are judged by it. */
#ifndef CLIENT_HOST_CLOCK_H
#define CLIENT_HOST_CLOCK_H

#include <stdbool.h>

/* What adjtimex(2) returned, and its status: whether the kernel says that nothing synchronises the
 * clock. False where it says nothing (state < 0). */
bool
host_clock_says_loose(int state, int status);

/* The same of the running kernel. The walls do not let it ask: to be called before they stand. */
bool
host_clock_is_loose(void);

/* What a person is told of it after a code that was refused: a message id. */
extern const char host_clock_sentence[];

#endif
