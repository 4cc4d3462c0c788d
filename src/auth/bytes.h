/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as bytes. Internal to auth/. */
#ifndef AUTH_BYTES_H
#define AUTH_BYTES_H

#include <stdint.h>

/* 8 bytes, big-endian, two's complement (RFC 4226 5.1 for its counter). */
static inline void
bytes_be64(int64_t number, unsigned char bytes[8])
{
	uint64_t rest = (uint64_t)number;

	for (int i = 7; i >= 0; i--) {
		bytes[i] = (unsigned char)(rest & 0xff);
		rest >>= 8;
	}
}

#endif
