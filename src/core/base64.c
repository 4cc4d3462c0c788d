/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base64.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

size_t
base64_write(const unsigned char *bytes, size_t length, bool padded, char *text)
{
	unsigned held = 0, bits = 0;
	size_t count = 0;

	for (size_t i = 0; i < length; i++) {
		held = held << 8 | bytes[i];
		for (bits += 8; bits >= 6; bits -= 6)
			text[count++] = alphabet[held >> (bits - 6) & 63];
	}
	if (bits > 0)
		text[count++] = alphabet[held << (6 - bits) & 63];
	while (padded && count % 4 != 0)
		text[count++] = '=';
	text[count] = '\0';
	return count;
}

/* What a character is worth; -1 for one that is none. */
static int
value(char character)
{
	const char *place = character == '\0' ? NULL : strchr(alphabet, character);

	return place == NULL ? -1 : (int)(place - alphabet);
}

/* Without its padding; SIZE_MAX where that is not as it must be. */
static size_t
bare(const char *text, size_t length, bool padded)
{
	size_t end = length;

	while (padded && end > 0 && length - end < 2 && text[end - 1] == '=')
		end--;
	if (end % 4 == 1 || (padded && length % 4 != 0))
		return (size_t)-1;
	return end;
}

bool
base64_read(const char *text, size_t length, bool padded, unsigned char *bytes, size_t size,
    size_t *ret_size)
{
	size_t end = bare(text, length, padded), count = 0;
	unsigned held = 0, bits = 0;

	if (end == (size_t)-1)
		return false;
	for (size_t i = 0; i < end; i++) {
		int worth = value(text[i]);

		if (worth < 0)
			return false;
		held = held << 6 | (unsigned)worth;
		bits += 6;
		if (bits < 8)
			continue;
		if (count == size)
			return false;
		bits -= 8;
		bytes[count++] = (unsigned char)(held >> bits & 0xff);
	}
	if ((held & ((1u << bits) - 1)) != 0)
		return false;
	*ret_size = count;
	return true;
}
