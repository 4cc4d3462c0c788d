/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes as hexadecimal digits, in lower case. */
#ifndef CORE_HEX_H
#define CORE_HEX_H

#include <stdbool.h>
#include <stddef.h>

/* Writes 2 * length digits and a NUL. */
void
hex_write(const unsigned char *bytes, size_t length, char *text);

/* Reads length bytes from the first 2 * length characters of text. False, with bytes in any state,
 * where one of these is no digit in lower case, the text's end included. */
bool
hex_read(const char *text, size_t length, unsigned char *bytes);

#endif
