/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/fingerprint.h"

#include <gcrypt.h>

void
fingerprint(const unsigned char *blob, size_t length, unsigned char ret_hash[FINGERPRINT_SIZE])
{
	gcry_md_hash_buffer(GCRY_MD_SHA256, ret_hash, blob, length);
}
