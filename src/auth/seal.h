/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * TOTP keys at rest: AES-256-GCM under the ring's seal key, bound by the associated data to
 * table, column, user and key id, so that no blob works in another place.
 */
#ifndef AUTH_SEAL_H
#define AUTH_SEAL_H

#include <stdint.h>

#include "auth/keyring.h"
#include "core/err.h"
#include "core/secret.h"

/* Where a sealed value stands. Strings are short constants: "device", "secret". */
struct seal_place {
	const char *table;
	const char *column;
	int64_t user;
};

enum { SEAL_TEXT_MAX = 64, SEAL_SIZE_MAX = 12 + SEAL_TEXT_MAX + 16 };

struct sealed {
	int64_t key; /* id in the ring */
	size_t length;
	unsigned char bytes[SEAL_SIZE_MAX]; /* nonce 12, text, tag 16 */
};

/* Seals text (1 to SEAL_TEXT_MAX bytes) under the newest seal key. ERR_CRYPTO. */
MUST_CHECK enum err
seal_close(const struct keyring *ring, const struct seal_place *place, const struct secret *text,
    struct sealed *ret_sealed);

/* Opens into the caller's secret, which is cleared first. ERR_CRYPTO for anything that does not
 * fit; then it stays empty. */
MUST_CHECK enum err
seal_open(const struct keyring *ring, const struct seal_place *place, const struct sealed *sealed,
    struct secret *text);

#endif
