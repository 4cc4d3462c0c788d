/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When people ran commands, and whose recordings there are (store.h says what holds for every
 * question). */
#ifndef STORE_STORE_RUN_H
#define STORE_STORE_RUN_H

#include "store/store.h"

/* The person ran that command now, Unix seconds. */
MUST_CHECK enum err
store_command_ran(struct store *store, int64_t user, const char *command, int64_t now);

/* When last; ERR_STORE_NONE: never. */
MUST_CHECK enum err
store_command_last(struct store *store, int64_t user, const char *command, int64_t *ret_last);

/* A recording of a run began; user 0: nobody has that name. The same one again changes nothing. */
MUST_CHECK enum err
store_recording_add(struct store *store, const char *id, int64_t user, int64_t now);

/* Whose it is. ERR_STORE_NONE: there is none of that run. */
MUST_CHECK enum err
store_recording_user(struct store *store, const char *id, int64_t *ret_user);

/* Forgets those that began before that. */
MUST_CHECK enum err
store_recording_prune(struct store *store, int64_t before);

#endif
