/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libgcrypt, once: version check, secure memory, self-tests. auth/ is the only folder that includes <gcrypt.h>. */
#ifndef AUTH_AUTH_H
#define AUTH_AUTH_H

#include <stddef.h>

#include "core/err.h"

/* Before any thread and any other call of auth/; a second call does nothing. ERR_CRYPTO. */
MUST_CHECK enum err
auth_start(void);

/*
 * Random bytes. Never fails: libgcrypt aborts instead. Both come from the kernel's generator (getrandom).
 * auth_nonce: for nonces, salts, TOTP keys and codes, in microseconds.
 */
void
auth_nonce(void *bytes, size_t length);

/* For the few keys that protect all others: half of it mixed with CPU jitter too, which takes 3 ms, the first time 11. */
void
auth_key(void *bytes, size_t length);

#endif
