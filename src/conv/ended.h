/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a command ended, as a sentence. Pure. */
#ifndef CONV_ENDED_H
#define CONV_ENDED_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/run.h"

enum { ENDED_SIZE = 512 };

/* In one sentence, translated and fit to be shown; over->value of RUN_ENDED: enum err, why, or 0.
 * Returns whether all is well: it exited with status 0. */
bool
ended_put(const char *name, const struct run_over *over, char *buf, size_t size);

#endif
