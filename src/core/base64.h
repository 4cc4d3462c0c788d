/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base64 (RFC 4648 4), one spelling for each value: what does not come back as it was is refused.
 */
#ifndef CORE_BASE64_H
#define CORE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* Characters of so many bytes, unpadded and padded, without the NUL. */
#define BASE64_BARE(bytes) (((bytes)*8 + 5) / 6)
#define BASE64_PADDED(bytes) (((bytes) + 2) / 3 * 4)

/* Writes the text and a NUL. Returns the characters, without the NUL. */
size_t
base64_write(const unsigned char *bytes, size_t length, bool padded, char *text);

/*
 * Reads length characters into at most size bytes. False, and nothing of *ret_size, for another
 * character, padding that is missing, too much or in the wrong place, spare bits that are not
 * zero, and what has no room.
 */
bool
base64_read(const char *text, size_t length, bool padded, unsigned char *bytes, size_t size,
    size_t *ret_size);

#endif
