/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recording, played on the terminal of a command line. */
#ifndef CLI_PLAYER_HERE_H
#define CLI_PLAYER_HERE_H

#include "core/err.h"

/* file: readable, from its first byte on; the caller closes it. The terminal is given back as it
 * was, on signals, too. ERR_PLAY_TERMINAL: standard input and output are not one. */
MUST_CHECK enum err
player_here(int file);

#endif
