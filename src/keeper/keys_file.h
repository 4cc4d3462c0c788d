/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * console.key, and console.key.new beside it, which exists while a key is made or replaced: written
 * whole, synced, then named by the database, and only then renamed. Part of keys.h. A key's secret
 * has room for KEY_SIZE + 1 bytes.
 */
#ifndef KEEPER_KEYS_FILE_H
#define KEEPER_KEYS_FILE_H

#include <stdbool.h>

#include "auth/keyring.h"
#include "core/err.h"

extern const char keys_file_name[], keys_file_beside[];

/* console.key as it is. ERR_STORE_NONE, ERR_KEY_WRONG for another length, ERR_STATE_... */
MUST_CHECK enum err
keys_file_read(int directory, struct secret *key);

/*
 * The key that the database names: console.key, or the one beside it (*ret_beside), whose rotation
 * ended before it was renamed. ERR_KEY_MISSING, ERR_KEY_WRONG, ERR_STATE_...
 */
MUST_CHECK enum err
keys_file_matching(int directory, const unsigned char id[KEY_ID_SIZE], struct secret *key,
    bool *ret_beside);

/* Writes a key as a file of that name, in place of one that is there, and syncs it; its name is not
 * synced. */
MUST_CHECK enum err
keys_file_write(int directory, const char *name, const struct secret *key);

/* A new random key, as console.key. */
MUST_CHECK enum err
keys_file_make(int directory, struct secret *key);

/*
 * The key for a rotation, beside console.key and synced with its name: one that is there whole is
 * taken, since a commit that nobody knows the end of may have named it (ERR_STORE_UNSURE).
 */
MUST_CHECK enum err
keys_file_make_beside(int directory, struct secret *key);

/* The one beside becomes console.key, and the name is synced. */
MUST_CHECK enum err
keys_file_in_place(int directory);

/* Removes the one beside, if there is one: no database names it. */
MUST_CHECK enum err
keys_file_forget(int directory);

bool
keys_file_is_beside(int directory);

MUST_CHECK enum err
keys_file_sync(int directory);

#endif
