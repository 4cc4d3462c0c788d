/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Passwords: Argon2id (RFC 9106) by libgcrypt, peppered through Argon2's key input, stored as a PHC
 * string with its key id: $argon2id$v=19$m=19456,t=2,p=1,keyid=3,bind=1$SALT$HASH (salt 16 bytes,
 * hash 32, unpadded Base64). bind=1: the account's id is Argon2's associated data, so that a hash
 * which is copied to another person's row fits nobody; hashes from before have none. A hash takes
 * ~20 ms and m KiB of heap; the keeper runs it on a worker.
 */
#ifndef AUTH_PASSWORD_H
#define AUTH_PASSWORD_H

#include <stdbool.h>
#include <stdint.h>

#include "auth/keyring.h"
#include "core/err.h"

enum { PASSWORD_PHC_SIZE = 160 };

struct password_cost {
	uint32_t memory; /* KiB */
	uint32_t passes;
	uint32_t lanes;
};

/* RFC 9106 / OWASP floor: 19456 KiB, t=2, p=1. */
struct password_cost
password_cost_default(void);

/*
 * Parses a PHC string. Clamped: 1 <= t <= 16, 7168 <= m <= 1048576, 1 <= p <= 4, 32-byte hash,
 * 16-byte salt. Anything else, and any byte too many: ERR_STORE_CORRUPT, without allocation.
 */
MUST_CHECK enum err
password_parse(const char *phc, struct password_cost *ret_cost, int64_t *ret_key);

/* Hashes a normalised password (0 to 1,024 bytes; empty is hashed like any other) with a fresh
 * salt, for an account and no other; 0: for any, which is stale from the start. */
MUST_CHECK enum err
password_hash(const struct keyring *ring, const struct password_cost *cost, int64_t account,
    const char *password, size_t length, char ret_phc[PASSWORD_PHC_SIZE]);

/*
 * Whether the password fits the hash of that account. phc NULL: the same work for the default cost
 * against a dummy, and false (an unknown, disabled or empty one costs the same, ASVS 6.3.8).
 * Errors: ERR_STORE_CORRUPT, ERR_CRYPTO (key id not in the ring), ERR_MEMORY; then *ret_fits is
 * false.
 */
MUST_CHECK enum err
password_verify(const struct keyring *ring, int64_t account, const char *phc, const char *password,
    size_t length, bool *ret_fits);

/* Whether a hash is weaker than cost, peppered with an older key or bound to no account: rehash at
 * the next sign-in. */
bool
password_stale(const struct keyring *ring, const struct password_cost *cost, const char *phc);

/* An invitation: 80 random bits as XXXX-XXXX-XXXX-XXXX (Base32), 20 bytes with NUL. The caller
 * wipes it. */
void
password_invitation(char ret_text[20]);

#endif
