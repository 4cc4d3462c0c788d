/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as it stands in JSON, between the quotation marks (RFC 8259 7). */
#include "core/text.h"

#include <string.h>

enum { REPLACEMENT = 0xfffd };

/* Most of what is written is this, and is copied as it is. */
static bool
is_plain(unsigned char byte)
{
	return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

static size_t
put_unit(uint32_t unit, char *buf)
{
	static const char digits[] = "0123456789abcdef";

	buf[0] = '\\';
	buf[1] = 'u';
	for (int i = 0; i < 4; i++)
		buf[2 + i] = digits[unit >> (12 - 4 * i) & 15];
	return 6;
}

/* Beyond the first plane as a pair of surrogates. */
static size_t
escape(uint32_t point, char *buf)
{
	size_t used = 0;

	if (point >= 0x10000) {
		used = put_unit(0xd800 + ((point - 0x10000) >> 10), buf);
		point = 0xdc00 + ((point - 0x10000) & 0x3ff);
	}
	return used + put_unit(point, buf + used);
}

/* One character of text; *ret_taken: its bytes. */
static size_t
put_point(const char *text, size_t length, char *buf, size_t *ret_taken)
{
	uint32_t point = REPLACEMENT;
	size_t taken = text_point(text, length, &point);

	*ret_taken = taken == 0 ? 1 : taken;
	if (point == REPLACEMENT) {
		memcpy(buf, "\xef\xbf\xbd", 3);
		return 3;
	}
	if (point == '"' || point == '\\') {
		buf[0] = '\\';
		buf[1] = (char)point;
		return 2;
	}
	if (!text_visible(point))
		return escape(point, buf);
	memcpy(buf, text, taken);
	return taken;
}

size_t
text_json(const char *text, size_t length, size_t most, char *buf, size_t *ret_used)
{
	size_t at = 0, used = 0, taken = 1;

	while (at < length && at + taken <= most) {
		if (is_plain((unsigned char)text[at])) {
			buf[used++] = text[at++];
			continue;
		}
		if (at + 4 > most && at > 0)
			break;
		used += put_point(text + at, length - at, buf + used, &taken);
		at += taken;
		taken = 1;
	}
	*ret_used = at;
	return used;
}
