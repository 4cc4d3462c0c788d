/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <unistr.h>

#include "core/text.h"

static void
assert_shown(const char *bytes, size_t length, const char *expected)
{
	char buf[200];

	assert_int_equal(text_show(bytes, length, buf, sizeof buf), strlen(expected));
	assert_string_equal(buf, expected);
}

static void
show_lets_nothing_act(void **state)
{
	(void)state;
	assert_shown(BYTES("plain ? text"), "plain ? text");
	assert_shown(BYTES("\xc3\xa9 \xe4\xb8\xad \xf0\x9f\x98\x80 e\xcc\x81"),
	    "\xc3\xa9 \xe4\xb8\xad \xf0\x9f\x98\x80 e\xcc\x81");
	assert_shown(BYTES("\033[31mred\033[0m"), "?[31mred?[0m");
	assert_shown(BYTES("\033]52;c;aGk=\a"), "?]52;c;aGk=?");
	assert_shown(BYTES("\xc2\x9b"
			   "31m"),
	    "?31m");
	assert_shown(BYTES("a\0b\nc\rd\te"), "a?b?c?d?e");
	/* A bad byte is one mark, and nothing good after it is lost. */
	assert_shown(BYTES("\xff\x80z"), "??z");
	assert_shown(BYTES("\xc3z"), "?z");
	assert_shown(BYTES("\xe2\x82z"), "??z");
	assert_shown(BYTES("z\xf0\x9f\x98"), "z???");
	assert_shown(BYTES("\xc0\xaf"), "??");
	assert_shown(BYTES("\xed\xa0\x80"), "???");
	assert_shown("", 0, "");
	for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++)
		assert_shown(unseen[i], strlen(unseen[i]), "?");
}

static void
show_cuts_between_characters(void **state)
{
	static const char text[] = "a\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80\033\xff!";
	static const char all[] = "a\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80?"
				  "?!";
	char buf[32];

	(void)state;
	for (size_t size = 1; size <= sizeof all; size++) {
		size_t written;

		memset(buf, '#', sizeof buf);
		written = text_show(text, sizeof text - 1, buf, size);
		assert_true(written < size && size - 1 - written < 4);
		assert_int_equal(buf[written], '\0');
		assert_memory_equal(buf, all, written);
		assert_null(u8_check((const uint8_t *)buf, written));
		assert_int_equal(buf[size], '#');
	}
	assert_string_equal(buf, all);
	buf[0] = '#';
	assert_int_equal(text_show(text, sizeof text - 1, buf, 0), 0);
	assert_int_equal(buf[0], '#');
}

/* Any bytes at all: the output is valid, visible, and shown again stays the same. */
static void
show_stands_any_bytes(void **state)
{
	uint32_t seed = 2463534242u;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char bytes[24], once[64], twice[64];
		size_t length;

		for (size_t i = 0; i < sizeof bytes; i++) {
			seed ^= seed << 13;
			seed ^= seed >> 17;
			seed ^= seed << 5;
			bytes[i] = (char)(seed >> 11);
		}
		length = text_show(bytes, sizeof bytes, once, sizeof once);
		assert_null(u8_check((const uint8_t *)once, length));
		for (size_t at = 0; at < length;) {
			ucs4_t point;

			at += (size_t)u8_mbtouc(&point, (const uint8_t *)once + at, length - at);
			assert_true(text_visible(point));
		}
		assert_int_equal(text_show(once, length, twice, sizeof twice), length);
		assert_memory_equal(once, twice, length);
	}
}

static void
visible_code_points(void **state)
{
	static const uint32_t yes[] = { ' ', '~', 0xa0, 0xe9, 0x301, 0x5d0, 0x627, 0x3000, 0x4e2d,
		0xac00, 0x2584, 0x1f600 };
	static const uint32_t no[] = { 0, 0x1b, 0x1f, 0x7f, 0x80, 0x9f, 0xad, 0x34f, 0x61c, 0x115f,
		0x180e, 0x200b, 0x200f, 0x2028, 0x2029, 0x202e, 0x2060, 0x2066, 0x3164, 0xd800,
		0xdfff, 0xe000, 0xfe0f, 0xfeff, 0xfff9, 0xffff, 0xe0001, 0xe0100, 0x10fffd,
		0x10ffff, 0x110000, 0xffffffff };

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
		assert_true(text_visible(yes[i]));
	for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
		assert_false(text_visible(no[i]));
}

static void
columns_and_points(void **state)
{
	static const struct {
		const char *text;
		size_t columns, points;
	} rows[] = {
		{ "", 0, 0 }, { "abc", 3, 3 }, { "\xc3\xa9t\xc3\xa9", 3, 3 },
		{ "e\xcc\x81", 1, 2 }, /* a mark takes no room */
		{ "a\xcc\x81\xcc\xa3"
		  "b",
		    2, 4 },
		{ "\xe4\xb8\xad\xe6\x96\x87", 4, 2 }, /* wide */
		{ "\xef\xbc\xa1", 2, 1 },	      /* full-width */
		{ "\xef\xbd\xb1", 1, 1 },	      /* half-width */
		{ "\xed\x95\x9c", 2, 1 }, { "\xf0\x9f\x98\x80", 2, 1 },
		{ "\xd7\xa9\xd6\xb8\xd7\x9c", 2, 3 },	      /* Hebrew with a point */
		{ "\xe2\x96\x84\xe2\x80\xa6\xc2\xb7", 3, 3 }, /* ambiguous ones are narrow */
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t length = strlen(rows[i].text);

		assert_int_equal(text_columns(rows[i].text, length), rows[i].columns);
		assert_int_equal(text_points(rows[i].text, length), rows[i].points);
	}
	/* Not valid, yet no crash: a byte is a column. */
	assert_int_equal(text_columns("\xff\xc3", 2), 2);
	assert_int_equal(text_points("\xff\xc3", 2), 2);
	assert_int_equal(text_columns("\n", 1), 1);
}

static void
the_longest_start_that_fits(void **state)
{
	/* a, wide, e with a mark, b: columns 1, 3, 4, 5; bytes 1, 4, 7, 8. */
	static const char text[] = "a\xe4\xb8\xad"
				   "e\xcc\x81"
				   "b";
	static const size_t fits[] = { 0, 1, 1, 4, 7, 8, 8 };

	(void)state;
	for (size_t columns = 0; columns < sizeof fits / sizeof fits[0]; columns++)
		assert_int_equal(text_fit(text, sizeof text - 1, columns), fits[columns]);
	assert_int_equal(text_fit("", 0, 10), 0);
	assert_int_equal(text_fit(text, sizeof text - 1, SIZE_MAX), sizeof text - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(show_lets_nothing_act),
		cmocka_unit_test(show_cuts_between_characters),
		cmocka_unit_test(show_stands_any_bytes),
		cmocka_unit_test(visible_code_points),
		cmocka_unit_test(columns_and_points),
		cmocka_unit_test(the_longest_start_that_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
