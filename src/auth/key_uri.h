/* SPDX-License-Identifier: GPL-3.0-or-later */
/* otpauth://totp/ISSUER:ACCOUNT?secret=...&issuer=ISSUER: what an authenticator scans
 * (Key-Uri-Format). */
#ifndef AUTH_KEY_URI_H
#define AUTH_KEY_URI_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

/*
 * Writes the key URI: percent-encoded UTF-8 (RFC 3986 2.1: %20, never +; all but unreserved
 * characters), default parameters left out so that the QR code stays small. prefix: with `ISSUER:`
 * in the label. Colons in the issuer are left out. key is Base32. The caller wipes buf.
 * ERR_FIELD_LONG if it does not fit in size bytes; then buf is wiped.
 */
MUST_CHECK enum err
key_uri(const char *issuer, const char *account, const char *key, bool prefix, char *buf,
    size_t size);

#endif
