/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keyring while it is renewed, and what is sealed under its keys (store.h says what holds for
 * every question, and has the keyring itself).
 */
#ifndef STORE_STORE_KEY_H
#define STORE_STORE_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/store.h"
#include "store/store_device.h"

/* An id that no key ever had. */
MUST_CHECK enum err
store_key_next(struct store *store, int64_t *ret_id);

/* Another wrapping of a key. ERR_STORE_NONE, also of one that was dropped. */
MUST_CHECK enum err
store_key_wrap(struct store *store, int64_t id, const unsigned char wrapped[STORE_WRAPPED_SIZE]);

/* The key goes; its id stays used. */
MUST_CHECK enum err
store_key_drop(struct store *store, int64_t id);

/* A sealed value where it stands. */
struct store_at_rest {
	bool pending; /* of a pending key, else of an authenticator */
	int64_t id;   /* of its row */
	int64_t user;
	struct store_sealed secret;
};

/* Up to *io_count values that are sealed under a key before `newest`. */
MUST_CHECK enum err
store_at_rest(struct store *store, int64_t newest, struct store_at_rest *values, size_t *io_count);

/* How many these are. */
MUST_CHECK enum err
store_at_rest_count(struct store *store, int64_t newest, int64_t *ret_count);

/* The same value sealed anew. ERR_STORE_NONE if its row has gone. */
MUST_CHECK enum err
store_at_rest_put(struct store *store, const struct store_at_rest *value);

#endif
