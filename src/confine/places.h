/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the two programs may read and write, as tables of places; the rest is shut. */
#ifndef CONFINE_PLACES_H
#define CONFINE_PLACES_H

#include <stdbool.h>

#include "core/err.h"

/* Whether libraries were put before our own (LD_PRELOAD), which open files of theirs. Never true
 * where the program has more rights than who started it. */
bool
places_preloaded(void);

/* Confines this thread, by Landlock of that version (1 or more). */
MUST_CHECK enum err
places_confine_console(int version);

/* The same; `directory` is the open state directory; network: it may connect by TCP. */
MUST_CHECK enum err
places_confine_keeper(int version, int directory, bool network);

#endif
