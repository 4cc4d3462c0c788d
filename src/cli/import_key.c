/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys as text. */
#include <string.h>

#include "cli/import.h"

/* A key is long enough, or there is a reason to say. */
static enum import_why
finish(struct import_row *row)
{
	if (row->key_length < IMPORT_KEY_MIN || row->key_length > IMPORT_KEY_MAX)
		return IMPORT_KEY_LENGTH;
	if (row->key_length < IMPORT_KEY_STRONG)
		row->notes |= IMPORT_NOTE_WEAK;
	return IMPORT_ROW;
}

static int
base32_digit(char c, bool lenient)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a';
	if (c >= '2' && c <= '7')
		return c - '2' + 26;
	if (!lenient)
		return -1;
	if (c == '0')
		return 'O' - 'A';
	if (c == '1')
		return 'L' - 'A';
	return c == '8' ? 'B' - 'A' : -1;
}

static bool
is_skipped(char c)
{
	return c == ' ' || c == '\t' || c == '-';
}

/* How many characters of the last group of eight are no whole bytes (RFC 4648 6). */
static bool
is_whole(size_t digits)
{
	size_t last = digits % 8;

	return last != 1 && last != 3 && last != 6;
}

/* Bits behind the last whole byte are dropped: 16 bytes are 26 characters, 130 bits. */
enum import_why
import_base32(const char *text, size_t length, bool lenient, struct import_row *row)
{
	uint32_t buffer = 0;
	unsigned bits = 0;
	size_t digits = 0;

	while (!lenient && length > 0 && text[length - 1] == '=')
		length--;
	row->key_length = 0;
	for (size_t i = 0; i < length; i++) {
		int digit = base32_digit(text[i], lenient);

		if (lenient && is_skipped(text[i]))
			continue;
		if (digit < 0)
			return IMPORT_KEY;
		digits++;
		buffer = (buffer << 5 | (uint32_t)digit) & 0xfff;
		bits += 5;
		if (bits < 8)
			continue;
		bits -= 8;
		if (row->key_length == sizeof row->key)
			return IMPORT_KEY_LENGTH;
		row->key[row->key_length++] = (unsigned char)(buffer >> bits);
	}
	return lenient || is_whole(digits) ? finish(row) : IMPORT_KEY;
}

int
import_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

enum import_why
import_hex(const char *text, size_t length, struct import_row *row)
{
	row->key_length = 0;
	if (length % 2 != 0)
		return IMPORT_KEY;
	for (size_t i = 0; i < length; i += 2) {
		int high = import_digit(text[i]), low = import_digit(text[i + 1]);

		if (high < 0 || low < 0)
			return IMPORT_KEY;
		if (row->key_length == sizeof row->key)
			return IMPORT_KEY_LENGTH;
		row->key[row->key_length++] = (unsigned char)(high << 4 | low);
	}
	return finish(row);
}
