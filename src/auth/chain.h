/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit chain: each row's MAC covers the row and the previous MAC; the head's MAC covers the
 * count.
 */
#ifndef AUTH_CHAIN_H
#define AUTH_CHAIN_H

#include <stddef.h>
#include <stdint.h>

#include "auth/keyring.h"
#include "core/err.h"

enum { CHAIN_MAC_SIZE = 32 };

/* One column: bytes of a length, or a number. */
struct chain_field {
	const void *bytes; /* NULL: a number */
	size_t length;
	int64_t number;
};

/*
 * HMAC-SHA-256 under audit key `key_id` over "audit row", NUL, previous (all zero before row 1) and
 * a length-prefixed encoding of the fields: tag byte 'i' and 8 bytes big-endian, or 's', 8 bytes
 * length and the bytes. No two rows encode alike.
 */
MUST_CHECK enum err
chain_row(const struct keyring *ring, int64_t key_id, const unsigned char previous[CHAIN_MAC_SIZE],
    const struct chain_field *fields, size_t count, unsigned char ret_mac[CHAIN_MAC_SIZE]);

/* The head's MAC: over "audit head", NUL, the number of rows (8 bytes big-endian) and the last
 * row's MAC. */
MUST_CHECK enum err
chain_head(const struct keyring *ring, int64_t key_id, int64_t count,
    const unsigned char last[CHAIN_MAC_SIZE], unsigned char ret_mac[CHAIN_MAC_SIZE]);

/*
 * The seal of a checkpoint, up to which a trail was pruned: over "audit checkpoint", NUL, the MAC
 * of the last row that went, and its fields, encoded as a row's are.
 */
MUST_CHECK enum err
chain_checkpoint(const struct keyring *ring, int64_t key_id,
    const unsigned char last[CHAIN_MAC_SIZE], const struct chain_field *fields, size_t count,
    unsigned char ret_mac[CHAIN_MAC_SIZE]);

/* --- many rows ------------------------------------------------------------------------- */

/* A handle that keeps its key from row to row, for a whole trail is read at a few million rows a
 * minute or not at all. For one thread. */
struct chain;

/* ring is borrowed. ERR_MEMORY. The caller gives it to chain_close(), which wipes the key; NULL is
 * no failure there. */
MUST_CHECK enum err
chain_open(const struct keyring *ring, struct chain **ret_chain);

void
chain_close(struct chain *chain);

/* The same as chain_row(). */
MUST_CHECK enum err
chain_next(struct chain *chain, int64_t key_id, const unsigned char previous[CHAIN_MAC_SIZE],
    const struct chain_field *fields, size_t count, unsigned char ret_mac[CHAIN_MAC_SIZE]);

#endif
