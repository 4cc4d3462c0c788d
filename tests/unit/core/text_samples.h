/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that the tests of core/text.h share. */
#ifndef TESTS_UNIT_CORE_TEXT_SAMPLES_H
#define TESTS_UNIT_CORE_TEXT_SAMPLES_H

#define TEN(x) x x x x x x x x x x
#define POINTS_60(x) TEN(x) TEN(x) TEN(x) TEN(x) TEN(x) TEN(x)
#define POINTS_64(x) POINTS_60(x) x x x x
#define POINTS_256(x) POINTS_64(x) POINTS_64(x) POINTS_64(x) POINTS_64(x)
/* A string with NULs in it, and its length. */
#define BYTES(literal) literal, sizeof literal - 1

/* Bytes that are no UTF-8. */
static const char *const broken[] = {
	"\xff",
	"a\x80",
	"a\xc3",
	"\xe2\x82",
	"\xc0\xaf",
	"\xe0\x80\xaf",
	"\xed\xa0\x80",
	"\xf4\x90\x80\x80",
	"\xf8\x88\x80\x80\x80",
	"\xf0\x9f\x98",
};

/* Everything that is never shown raw; all of it valid UTF-8. */
static const char *const unseen[] = {
	"\t", "\n", "\r", "\033", "\x7f", "\xc2\x9b", "\xc2\x85", /* controls */
	"\xc2\xad", "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x81\xa0",
	"\xef\xbb\xbf", /* zero-width */
	"\xe2\x80\x8e", "\xe2\x80\x8f", "\xd8\x9c", "\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac",
	"\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x81\xa7", "\xe2\x81\xa8",
	"\xe2\x81\xa9",			/* bidirectional */
	"\xe2\x80\xa8", "\xe2\x80\xa9", /* line and paragraph */
	"\xcd\x8f", "\xef\xb8\x8f", "\xe3\x85\xa4", "\xf3\xa0\x84\x80",
	"\xf3\xa0\x80\x81", /* ignorable, tags */
	"\xee\x80\x80", "\xf4\x8f\xbf\xbd", "\xcd\xb8",
	"\xef\xbf\xbe", /* private, unassigned, no character */
};

#endif
