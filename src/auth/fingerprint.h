/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fingerprint of an SSH public key, as ssh-keygen -l has it. */
#ifndef AUTH_FINGERPRINT_H
#define AUTH_FINGERPRINT_H

#include <stddef.h>

enum { FINGERPRINT_SIZE = 32 };

/* SHA-256 of the key's blob. */
void
fingerprint(const unsigned char *blob, size_t length, unsigned char ret_hash[FINGERPRINT_SIZE]);

#endif
