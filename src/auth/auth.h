/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libgcrypt, once: version check, secure memory, self-tests. auth/ is the only folder that includes
 * <gcrypt.h>. */
#ifndef AUTH_AUTH_H
#define AUTH_AUTH_H

#include <stddef.h>

#include "core/err.h"

enum { AUTH_SECMEM = 65536 }; /* bytes of libgcrypt's secure memory, locked in one block */

/*
 * libgcrypt ends the process when it cannot allocate essential memory, above all at its start.
 * `end` is called first, with what was given here and two arguments of libgcrypt's, on whichever
 * thread it was. Call it before auth_start().
 */
void
auth_when_fatal(void (*end)(void *opaque, int code, const char *text), void *opaque);

/* Before any thread and any other call of auth/; a second call does nothing. ERR_CRYPTO,
 * ERR_FIPS. */
MUST_CHECK enum err
auth_start(void);

/*
 * Random bytes from the kernel's generator (getrandom), in microseconds. Never fails: libgcrypt
 * aborts instead. Both are alike; the name says at the place of use whether the bytes are public or
 * a secret.
 */
void
auth_nonce(void *bytes, size_t length);

void
auth_key(void *bytes, size_t length);

#endif
