/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recovery codes: ten of 80 bits, shown once, stored only as keyed hashes. */
#ifndef AUTH_RECOVERY_H
#define AUTH_RECOVERY_H

#include <stdint.h>

#include "auth/keyring.h"
#include "core/err.h"

enum {
	RECOVERY_TEXT_SIZE = 20, /* XXXX-XXXX-XXXX-XXXX and NUL */
	RECOVERY_HASH_SIZE = 32
};

/* A new code as text; the caller wipes it. */
void
recovery_new(char ret_text[RECOVERY_TEXT_SIZE]);

/*
 * What was typed -> as it was shown: ignores case, blanks and dashes, and reads 0 as O, 1 as I, 8
 * as B. ERR_RECOVERY_FORMAT if 16 characters of A-Z, 2-7 do not remain.
 */
MUST_CHECK enum err
recovery_clean(const char *typed, char ret_text[RECOVERY_TEXT_SIZE]);

/* HMAC-SHA-256 under the ring's recovery key `key_id`, of user and code: a code is valid for its
 * person only. */
MUST_CHECK enum err
recovery_hash(const struct keyring *ring, int64_t key_id, int64_t user, const char *text,
    unsigned char ret_hash[RECOVERY_HASH_SIZE]);

/*
 * A keyed hash of a name without account (ring's recovery key, another domain): `unknown name
 * #1a2b3c4d` in the trail, and the key of its throttle row, for people type passwords into the name
 * field. Also used for known names' throttle rows.
 */
MUST_CHECK enum err
recovery_name_hash(const struct keyring *ring, const char *fold,
    unsigned char ret_hash[RECOVERY_HASH_SIZE]);

#endif
