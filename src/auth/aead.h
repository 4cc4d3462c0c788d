/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * AES-256-GCM (NIST SP 800-38D) with random 96-bit nonces, as nonce, text and tag in one run of
 * bytes. Internal to auth/. A random nonce needs no counter that a restored backup would repeat; a
 * key is good for 2^32 messages (8.3).
 */
#ifndef AUTH_AEAD_H
#define AUTH_AEAD_H

#include <stddef.h>

#include "core/err.h"
#include "core/secret.h"

enum { AEAD_NONCE = 12, AEAD_TAG = 16, AEAD_EXTRA = AEAD_NONCE + AEAD_TAG };

/* A cipher with its key set once: that is half of the work on a short text. Threads may share it.
 */
struct aead;

/* key: 32 bytes. ERR_CRYPTO, ERR_MEMORY. */
MUST_CHECK enum err
aead_new(const struct secret *key, struct aead **ret_aead);

void
aead_free(struct aead *aead);

/* Writes length + AEAD_EXTRA bytes. On failure they are wiped. */
MUST_CHECK enum err
aead_close(struct aead *aead, const void *data, size_t data_length, const void *text, size_t length,
    unsigned char *sealed);

/* Opens length + AEAD_EXTRA bytes. Whatever does not fit is ERR_CRYPTO, and text is wiped. */
MUST_CHECK enum err
aead_open(struct aead *aead, const void *data, size_t data_length, const unsigned char *sealed,
    void *text, size_t length);

#endif
