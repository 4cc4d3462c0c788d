/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a text may be shown, and the room that it takes. */
#include "core/text.h"

#include <string.h>
#include <unictype.h>
#include <unistr.h>
#include <uniwidth.h>

/*
 * Category C is control, format (with the bidirectional ones), surrogate, private
 * and unassigned. Default ignorable are the letters and marks that draw nothing.
 */
bool
text_visible(uint32_t point)
{
	if (point > 0x10ffff || uc_is_property_default_ignorable_code_point(point))
		return false;
	return !uc_is_general_category_withtable(point,
	    UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Zl | UC_CATEGORY_MASK_Zp);
}

bool
text_unseen(uint32_t point)
{
	return uc_is_property_default_ignorable_code_point(point) ||
	    uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Cf);
}

bool
text_blank(uint32_t point)
{
	return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Zs);
}

int
text_digit(uint32_t point)
{
	return uc_decimal_value(point);
}

bool
text_letter(uint32_t point)
{
	return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z');
}

bool
text_dash(uint32_t point)
{
	return point == '-' || (point >= 0x2010 && point <= 0x2015) || point == 0x2212 ||
	    point == 0xff0d;
}

uint32_t
text_code_point(uint32_t point)
{
	enum { FULL_WIDTH = 0xfee0 }; /* from ASCII to the full-width forms */
	int digit = text_digit(point);

	if (digit >= 0)
		return '0' + (uint32_t)digit;
	if (point > FULL_WIDTH && text_letter(point - FULL_WIDTH))
		return point - FULL_WIDTH;
	return point;
}

size_t
text_step(const char *text)
{
	size_t length = 1;

	while (((unsigned char)text[length] & 0xc0) == 0x80)
		length++;
	return length;
}

size_t
text_point(const char *text, size_t length, uint32_t *ret_point)
{
	ucs4_t point;
	int step = u8_mbtoucr(&point, (const uint8_t *)text, length);

	if (step <= 0)
		return 0;
	*ret_point = point;
	return (size_t)step;
}

/* The next code point and its bytes; a bad byte is one '?'. length is not 0. */
static size_t
next(const char *text, size_t length, ucs4_t *ret_point)
{
	int step = u8_mbtoucr(ret_point, (const uint8_t *)text, length);

	if (step > 0)
		return (size_t)step;
	*ret_point = '?';
	return 1;
}

size_t
text_show(const char *bytes, size_t length, char *buf, size_t size)
{
	size_t used = 0;
	ucs4_t point;

	if (size == 0)
		return 0;
	for (size_t at = 0; at < length;) {
		const char *from = bytes + at;
		size_t step = next(from, length - at, &point);
		/* A bad byte comes back as '?', but is not one. */
		bool shown = text_visible(point) && !(point == '?' && *from != '?');
		size_t need = shown ? step : 1;

		if (need > size - 1 - used)
			break;
		memcpy(buf + used, shown ? from : "?", need);
		used += need;
		at += step;
	}
	buf[used] = '\0';
	return used;
}

/* A control character is never drawn as such: it counts as the '?' that stands for it. */
static size_t
width(ucs4_t point)
{
	int columns = uc_width(point, "UTF-8");

	return columns >= 0 ? (size_t)columns : 1;
}

size_t
text_columns(const char *text, size_t length)
{
	size_t columns = 0;
	ucs4_t point;

	for (size_t at = 0; at < length;) {
		at += next(text + at, length - at, &point);
		columns += width(point);
	}
	return columns;
}

size_t
text_fit(const char *text, size_t length, size_t columns)
{
	ucs4_t point;
	size_t at = 0;

	while (at < length) {
		size_t step = next(text + at, length - at, &point);
		size_t wide = width(point);

		if (wide > columns)
			break;
		columns -= wide;
		at += step;
	}
	return at;
}

size_t
text_points(const char *text, size_t length)
{
	size_t points = 0;
	ucs4_t point;

	for (size_t at = 0; at < length; points++)
		at += next(text + at, length - at, &point);
	return points;
}
