/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hex.h"

void
hex_write(const unsigned char *bytes, size_t length, char *text)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < length; i++) {
		*text++ = digits[bytes[i] >> 4];
		*text++ = digits[bytes[i] & 15];
	}
	*text = '\0';
}

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
hex_read(const char *text, size_t length, unsigned char *bytes)
{
	for (size_t i = 0; i < length; i++) {
		int high = digit(*text), low = high < 0 ? -1 : digit(text[1]);

		if (low < 0)
			return false;
		bytes[i] = (unsigned char)(high << 4 | low);
		text += 2;
	}
	return true;
}
