/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HMAC (RFC 2104) over pieces, each use in a domain of its own. Internal to auth/. */
#ifndef AUTH_MAC_H
#define AUTH_MAC_H

#include <gcrypt.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/secret.h"

enum { MAC_SIZE = 32 };

/* A keyed handle of an algorithm (GCRY_MD_SHA1, ...), in secure memory; closed by gcry_md_close().
 */
MUST_CHECK enum err
mac_open(int algorithm, const struct secret *key, gcry_md_hd_t *ret_mac);

/* HMAC-SHA-256 that begins with the domain's word and its NUL; ended by mac_end(). */
MUST_CHECK enum err
mac_start(const struct secret *key, const char *domain, gcry_md_hd_t *ret_mac);

void
mac_bytes(gcry_md_hd_t mac, const void *bytes, size_t length);

/* 8 bytes, big-endian. */
void
mac_number(gcry_md_hd_t mac, int64_t number);

/* Takes the MAC and closes the handle. */
void
mac_end(gcry_md_hd_t mac, unsigned char ret_bytes[MAC_SIZE]);

#endif
