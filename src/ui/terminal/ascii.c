/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/ascii.h"

#include <string.h>

static const struct {
	const char *text, *ascii;
} rows[] = {
	/* marks, dashes, quotation marks, blanks that do not break */
	{ "\xc2\xb7", "*" }, { "\xe2\x80\xba", ">" }, { "\xe2\x80\xa6", "..." },
	{ "\xe2\x80\xb9", "<" }, { "\xe2\x86\x90", "<" }, { "\xe2\x86\x92", ">" },
	{ "\xe2\x86\x91", "^" }, { "\xe2\x86\x93", "v" }, { "\xe2\x96\xbe", "v" },
	{ "\xe2\x96\xb4", "^" }, { "\xe2\x9c\x93", "*" }, { "\xe2\x80\x93", "-" },
	{ "\xe2\x80\x94", "-" }, { "\xe2\x80\x98", "'" }, { "\xe2\x80\x99", "'" },
	{ "\xe2\x80\x9c", "\"" }, { "\xe2\x80\x9d", "\"" }, { "\xc2\xab", "\"" },
	{ "\xc2\xbb", "\"" }, { "\xc2\xa0", " " }, { "\xe2\x80\xaf", " " },
	/* letters of Latin-1, and of French beside it, from U+00C0 on */
	{ "\xc3\x80", "A" }, { "\xc3\x81", "A" }, { "\xc3\x82", "A" }, { "\xc3\x83", "A" },
	{ "\xc3\x84", "A" }, { "\xc3\x85", "A" }, { "\xc3\x86", "AE" }, { "\xc3\x87", "C" },
	{ "\xc3\x88", "E" }, { "\xc3\x89", "E" }, { "\xc3\x8a", "E" }, { "\xc3\x8b", "E" },
	{ "\xc3\x8c", "I" }, { "\xc3\x8d", "I" }, { "\xc3\x8e", "I" }, { "\xc3\x8f", "I" },
	{ "\xc3\x90", "D" }, { "\xc3\x91", "N" }, { "\xc3\x92", "O" }, { "\xc3\x93", "O" },
	{ "\xc3\x94", "O" }, { "\xc3\x95", "O" }, { "\xc3\x96", "O" }, { "\xc3\x97", "x" },
	{ "\xc3\x98", "O" }, { "\xc3\x99", "U" }, { "\xc3\x9a", "U" }, { "\xc3\x9b", "U" },
	{ "\xc3\x9c", "U" }, { "\xc3\x9d", "Y" }, { "\xc3\x9e", "Th" }, { "\xc3\x9f", "ss" },
	{ "\xc3\xa0", "a" }, { "\xc3\xa1", "a" }, { "\xc3\xa2", "a" }, { "\xc3\xa3", "a" },
	{ "\xc3\xa4", "a" }, { "\xc3\xa5", "a" }, { "\xc3\xa6", "ae" }, { "\xc3\xa7", "c" },
	{ "\xc3\xa8", "e" }, { "\xc3\xa9", "e" }, { "\xc3\xaa", "e" }, { "\xc3\xab", "e" },
	{ "\xc3\xac", "i" }, { "\xc3\xad", "i" }, { "\xc3\xae", "i" }, { "\xc3\xaf", "i" },
	{ "\xc3\xb0", "d" }, { "\xc3\xb1", "n" }, { "\xc3\xb2", "o" }, { "\xc3\xb3", "o" },
	{ "\xc3\xb4", "o" }, { "\xc3\xb5", "o" }, { "\xc3\xb6", "o" }, { "\xc3\xb7", "/" },
	{ "\xc3\xb8", "o" }, { "\xc3\xb9", "u" }, { "\xc3\xba", "u" }, { "\xc3\xbb", "u" },
	{ "\xc3\xbc", "u" }, { "\xc3\xbd", "y" }, { "\xc3\xbe", "th" }, { "\xc3\xbf", "y" },
	{ "\xc5\x92", "OE" }, { "\xc5\x93", "oe" }
};

const char *
ascii_for(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strlen(rows[i].text) == length && memcmp(rows[i].text, text, length) == 0)
			return rows[i].ascii;
	return NULL;
}
