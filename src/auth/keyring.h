/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The independent random keys behind everything: seal, pepper, recovery, audit. Each is a row
 * of the store, with an id that is never reused, wrapped (AES-256-GCM) under console.key, which
 * does nothing else.
 */
#ifndef AUTH_KEYRING_H
#define AUTH_KEYRING_H

#include <stdint.h>

#include "core/err.h"
#include "core/secret.h"

/* Stored: append, never reorder. */
enum key_purpose { KEY_SEAL = 1, KEY_PEPPER, KEY_RECOVERY, KEY_AUDIT, KEY_PURPOSE_END };

enum {
	KEY_SIZE = 32,
	KEY_ID_SIZE = 16, /* of console.key: which file a database belongs to */
	KEY_WRAPPED_SIZE = 12 + KEY_SIZE + 16, /* nonce, text, tag */
	KEYRING_MAX = 16
};

/* A row of the store's table. */
struct keyring_row {
	int64_t id;
	enum key_purpose purpose;
	int64_t created; /* Unix seconds */
	unsigned char wrapped[KEY_WRAPPED_SIZE];
};

struct keyring;

/*
 * Looking up and hashing are safe in any thread, also while one thread adds and drops keys. What is
 * borrowed of a seal key is good until keyring_drop(): so one thread alone seals, opens and drops.
 * Keys of the other purposes are never dropped.
 */

/* An empty ring, wrapped under console_key (KEY_SIZE bytes; copied into a secret). Owned by the
 * caller. */
MUST_CHECK enum err
keyring_new(const struct secret *console_key, struct keyring **ret_ring);

void
keyring_free(struct keyring *ring);

/* The public id of a console.key: HMAC-SHA-256 under it of a fixed text, the first KEY_ID_SIZE
 * bytes. */
MUST_CHECK enum err
keyring_console_id(const struct secret *console_key, unsigned char ret_id[KEY_ID_SIZE]);

/*
 * Unwraps a row into the ring. ERR_KEY_WRONG if it does not open (id and purpose are its associated
 * data), ERR_STORE_CORRUPT for an id below 1 or no purpose, ERR_STORE_EXISTS for an id that is in
 * it, ERR_STATE if it is full.
 */
MUST_CHECK enum err
keyring_add(struct keyring *ring, const struct keyring_row *row);

/* A new random key of that id and purpose, in the ring and as a row to store. Errors as above. */
MUST_CHECK enum err
keyring_make(struct keyring *ring, int64_t id, enum key_purpose purpose, int64_t now,
    struct keyring_row *ret_row);

/* A new random key as a row alone: nothing is sealed under it before its row was committed and
 * given to keyring_add(). Errors as above. */
MUST_CHECK enum err
keyring_prepare(struct keyring *ring, int64_t id, enum key_purpose purpose, int64_t now,
    struct keyring_row *ret_row);

/*
 * The row of a key of the ring as another console.key wraps it (KEY_SIZE bytes); the ring stays as
 * it is. ERR_KEY_WRONG for another length, ERR_STORE_NONE where row->id is in no entry; row keeps
 * its id, purpose and time.
 */
MUST_CHECK enum err
keyring_rewrap(const struct keyring *ring, const struct secret *console_key,
    struct keyring_row *row);

/* From here on rows are wrapped, and unwrapped, under another console.key. A failure leaves it as
 * it was. */
MUST_CHECK enum err
keyring_follow(struct keyring *ring, const struct secret *console_key);

/* The id of the console.key that it wraps under. */
void
keyring_console(const struct keyring *ring, unsigned char ret_id[KEY_ID_SIZE]);

/* Wipes and forgets a seal key; what is not in the ring, or is no seal key, stays. */
void
keyring_drop(struct keyring *ring, int64_t id);

/* Ids of its keys, at most KEYRING_MAX, in no order; returns how many. */
size_t
keyring_ids(const struct keyring *ring, int64_t ids[KEYRING_MAX]);

/* The newest key (greatest id) of a purpose, or NULL; borrowed from the ring. *ret_id is its id. */
const struct secret *
keyring_newest(const struct keyring *ring, enum key_purpose purpose, int64_t *ret_id);

/* The key of an id and purpose, or NULL; borrowed. */
const struct secret *
keyring_get(const struct keyring *ring, enum key_purpose purpose, int64_t id);

/* The cipher of the seal key of that id, or NULL; borrowed. For seal.c alone. */
struct aead *
keyring_aead(const struct keyring *ring, int64_t id);

#endif
