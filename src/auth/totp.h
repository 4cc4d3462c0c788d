/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Time-based codes: RFC 6238 over RFC 4226, HMAC-SHA-1, 6 digits, 30 s, keys of 20 bytes. And
 * Base32 (RFC 4648 6). Nothing here ever gives a valid code out of the folder, but totp_code(),
 * which is for tests and libotp's vectors.
 */
#ifndef AUTH_TOTP_H
#define AUTH_TOTP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/secret.h"

enum {
	TOTP_KEY_SIZE = 20,
	TOTP_PERIOD = 30, /* seconds */
	TOTP_DIGITS = 6,
	TOTP_WINDOW = 1,	/* steps each way */
	TOTP_RESYNC_STEPS = 20, /* ten minutes each way */
	TOTP_BASE32_SIZE = 33	/* 20 bytes: 32 characters and NUL */
};

/* A new key of TOTP_KEY_SIZE random bytes; owned by the caller. */
MUST_CHECK enum err
totp_key_new(struct secret **ret_key);

/* The time step of a time: floor(now / 30); negative times too. */
int64_t
totp_step(int64_t now);

/* Seconds until the next step, 1 to 30. */
int64_t
totp_left(int64_t now);

/* Whether text is exactly 6 ASCII digits and NUL. */
bool
totp_code_shaped(const char *code);

/* The code of a step (RFC 4226 5.3). digits: 6 to 8 (8 only for the RFC's vectors). key: 1 to 64
 * bytes. */
MUST_CHECK enum err
totp_code(const struct secret *key, int64_t step, unsigned digits, char ret_code[9]);

/*
 * Compares a 6-digit code with the three steps around step + offset, always all three and in
 * constant time, and never any other step (RFC 6238 5.2). *ret_matched: whether one fits;
 * *ret_step: the greatest that does, else untouched.
 */
MUST_CHECK enum err
totp_match(const struct secret *key, int64_t step, int64_t offset, const char *code,
    bool *ret_matched, int64_t *ret_step);

/*
 * Resynchronisation (RFC 4226 7.4): two codes of consecutive steps, both above last_step, within
 * TOTP_RESYNC_STEPS of step. *ret_step is the second's step; the offset is *ret_step - step. Goes
 * through all steps whatever it finds.
 */
MUST_CHECK enum err
totp_resync(const struct secret *key, int64_t step, int64_t last_step, const char *first,
    const char *next, bool *ret_matched, int64_t *ret_step);

/* RFC 4648 Base32, upper case, unpadded. text has room for (length * 8 + 4) / 5 + 1 bytes. */
void
totp_base32(const unsigned char *bytes, size_t length, char *text);

#endif
