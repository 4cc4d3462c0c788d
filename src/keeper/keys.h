/* SPDX-License-Identifier: GPL-3.0-or-later */
/* console.key and the ring it wraps: made once, checked at each start (DESIGN 3, "Secrets at
 * rest"). */
#ifndef KEEPER_KEYS_H
#define KEEPER_KEYS_H

#include "auth/keyring.h"
#include "core/err.h"
#include "store/store.h"

/*
 * Opens the database and the ring of a state directory, making what is not there: the key first,
 * then schema and key id. A key without a schema is finished; a key id without its key is
 * ERR_KEY_MISSING, another key ERR_KEY_WRONG. A rotation that was cut off is finished if the
 * database names console.key.new, else undone. ERR_STORE_MISSING: this console was set up, and its
 * database is not there (mark.h). The caller owns both results.
 */
MUST_CHECK enum err
keys_open(int directory, struct store **ret_store, struct keyring **ret_ring);

/* The same for a store that is told; the directory is for the keys alone then. */
MUST_CHECK enum err
keys_open_at(int directory, const struct store_at *at, struct store **ret_store,
    struct keyring **ret_ring);

/*
 * The ring of a store that store_inspect() opened; nothing is made. ERR_KEY_MISSING, ERR_KEY_WRONG;
 * ERR_NOT_SET_UP if the database asks for no key yet; ERR_STATE_... if the file is not as it must
 * be. The caller owns the result.
 */
MUST_CHECK enum err
keys_inspect(int directory, struct store *store, struct keyring **ret_ring);

/* Whether an open file of the state is as it must be: regular, ours, one link, closed to others.
 * ERR_STATE_... if it is not. */
MUST_CHECK enum err
keys_check_file(int fd);

/*
 * Opens a file of the state for reading and checks it so. ERR_STORE_NONE if it is not there,
 * ERR_STATE_... if it is not as it must be.
 */
MUST_CHECK enum err
keys_open_file(int directory, const char *name, int *ret_fd);

/* All keys of a store into an empty ring that unwraps them. */
MUST_CHECK enum err
keys_load(struct store *store, struct keyring *ring);

#endif
