/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/utf8.h"

#include <stddef.h>

/* The lead bytes of RFC 3629, 4: how many bytes follow, and the range of the first of them. */
static const struct {
	unsigned char first, last, need, low, high, mask;
} leads[] = { { 0x00, 0x7f, 0, 0, 0, 0x7f }, { 0xc2, 0xdf, 1, 0x80, 0xbf, 0x1f },
	{ 0xe0, 0xe0, 2, 0xa0, 0xbf, 0x0f }, { 0xe1, 0xec, 2, 0x80, 0xbf, 0x0f },
	{ 0xed, 0xed, 2, 0x80, 0x9f, 0x0f }, { 0xee, 0xef, 2, 0x80, 0xbf, 0x0f },
	{ 0xf0, 0xf0, 3, 0x90, 0xbf, 0x07 }, { 0xf1, 0xf3, 3, 0x80, 0xbf, 0x07 },
	{ 0xf4, 0xf4, 3, 0x80, 0x8f, 0x07 } };

static enum utf8_found
lead(struct utf8 *utf8, unsigned char byte)
{
	for (size_t i = 0; i < sizeof leads / sizeof leads[0]; i++)
		if (byte >= leads[i].first && byte <= leads[i].last) {
			utf8->point = byte & leads[i].mask;
			utf8->need = leads[i].need;
			utf8->low = leads[i].low;
			utf8->high = leads[i].high;
			return utf8->need == 0 ? UTF8_POINT : UTF8_MORE;
		}
	return UTF8_BAD;
}

enum utf8_found
utf8_feed(struct utf8 *utf8, unsigned char byte)
{
	if (utf8->need == 0)
		return lead(utf8, byte);
	if (byte < utf8->low || byte > utf8->high) {
		utf8->need = 0;
		return UTF8_CUT;
	}
	utf8->point = utf8->point << 6 | (byte & 0x3f);
	utf8->low = 0x80;
	utf8->high = 0xbf;
	return --utf8->need > 0 ? UTF8_MORE : UTF8_POINT;
}
