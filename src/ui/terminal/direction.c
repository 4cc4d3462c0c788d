/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/direction.h"

#include <stddef.h>
#include <stdint.h>

#include "ui/terminal/utf8.h"

/* Where Unicode keeps characters of the classes R and AL (DerivedBidiClass.txt, its defaults). */
static const struct {
	uint32_t first, last;
} ranges[] = { { 0x590, 0x8ff }, { 0xfb1d, 0xfdff }, { 0xfe70, 0xfeff }, { 0x10800, 0x10fff },
	{ 0x1e800, 0x1efff } };

static bool
in_ranges(uint32_t point)
{
	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	return false;
}

bool
direction_turns(const char *text)
{
	struct utf8 utf8 = { 0 };

	for (; *text != '\0'; text++)
		if (utf8_feed(&utf8, (unsigned char)*text) == UTF8_POINT && in_ranges(utf8.point))
			return true;
	return false;
}
