/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting a keeper. */
#ifndef CLIENT_START_H
#define CLIENT_START_H

#include "core/err.h"

/*
 * Runs `keeper --state directory --ready-fd 3` in a session of its own, with no other descriptor
 * and a short environment, and waits for what it says through the pipe that is its descriptor 3:
 * one byte, an enum err, 0 when it is ready. ERR_OK also when it ended without a word: another one
 * was first, or it died; only connecting tells. ERR_KEEPER_START: it could not be run, or has said
 * nothing for half a minute.
 */
MUST_CHECK enum err
start_keeper(const char *keeper, const char *directory);

/*
 * The short environment: what of our own the keeper's program may have. A NULL-terminated array, to
 * be freed; the strings stay where they are. NULL without memory.
 */
char **
start_environment(void);

#endif
