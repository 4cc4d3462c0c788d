/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal of a run: a pty whose master nobody but the runner has, so that no command can type
 * at another's, nor into the console (TIOCSTI; DESIGN 10). */
#ifndef RUNNER_TERMINAL_H
#define RUNNER_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "core/err.h"

/* As root: /dev/pts becomes one of this process and its children alone. ERR_SYSTEM where that
 * cannot be: then nothing is to run. */
MUST_CHECK enum err
terminal_own_devpts(void);

/* A pair, of that size; the slave is that user's. Both are close-on-exec; the master does not
 * block. The caller closes them. */
MUST_CHECK enum err
terminal_open(uint16_t rows, uint16_t columns, uid_t owner, int *ret_master, int *ret_slave);

void
terminal_resize(int master, uint16_t rows, uint16_t columns);

/* In the child: its session's terminal, and its standard input, output and error. */
bool
terminal_take(int slave);

#endif
