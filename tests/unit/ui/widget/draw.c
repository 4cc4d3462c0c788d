/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laying out text in columns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "ui/widget/draw.h"

/* The lines of a wrap, joined by '|'. */
static const char *
wrapped(const char *text, size_t columns, char *buf)
{
	struct draw_line lines[16];
	size_t count = draw_wrap(text, columns, lines, 16);

	size_t used = 0;

	assert_true(count <= 16);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buf[used++] = '|';
		memcpy(buf + used, text + lines[i].start, lines[i].length);
		used += lines[i].length;
	}
	buf[used] = '\0';
	return buf;
}

static void
wrapping(void **state)
{
	static const struct {
		const char *text;
		size_t columns;
		const char *want;
	} row[] = { { "", 10, "" }, { "one", 10, "one" }, { "one two three", 13, "one two three" },
		{ "one two three", 12, "one two|three" }, { "one two three", 7, "one two|three" },
		{ "one two three", 6, "one|two|three" }, { "one  two", 4, "one|two" },
		{ "abcdefgh ij", 3, "abc|def|gh|ij" }, { "a\nb\n\nc\n", 5, "a|b||c" },
		{ "one \ntwo", 3, "one|two" },
		{ "\xc3\xa9\xc3\xa9 \xc3\xa9", 2, "\xc3\xa9\xc3\xa9|\xc3\xa9" },
		{ "\xe6\xbc\xa2\xe5\xad\x97", 3, "\xe6\xbc\xa2|\xe5\xad\x97" },
		{ "\xe6\xbc\xa2\xe5\xad\x97", 1, "\xe6\xbc\xa2|\xe5\xad\x97" },
		{ "ab", 0, "a|b" } };
	char buf[256];

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		assert_string_equal(wrapped(row[i].text, row[i].columns, buf), row[i].want);
}

static void
wrapping_counts_what_it_cannot_store(void **state)
{
	struct draw_line lines[2] = { { 9, 9, 9 }, { 9, 9, 9 } };

	(void)state;
	assert_int_equal(draw_wrap("a b c", 1, lines, 1), 3);
	assert_int_equal(lines[0].length, 1);
	assert_int_equal(lines[0].columns, 1);
	assert_int_equal(lines[1].start, 9);
	assert_int_equal(draw_wrap("a b c", 1, NULL, 0), 3);
}

static void
cutting(void **state)
{
	static const struct {
		const char *text;
		size_t columns;
		int utf8;
		size_t size;
		const char *want;
	} row[] = { { "console", 7, 1, 64, "console" },
		{ "console", 6, 1, 64, "conso\xe2\x80\xa6" }, { "console", 6, 0, 64, "con..." },
		{ "console", 2, 0, 64, "co" }, { "console", 0, 1, 64, "" },
		{ "\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2", 4, 1, 64, "\xe6\xbc\xa2\xe2\x80\xa6" },
		{ "\xc3\xa9\xc3\xa9\xc3\xa9", 9, 1, 6, "\xc3\xa9\xe2\x80\xa6" },
		{ "console", 7, 1, 1, "" },
		{ "claire \xc2\xb7 Operator", 17, 1, 64, "claire \xc2\xb7 Operator" },
		{ "claire \xc2\xb7 Operator", 14, 1, 64, "claire\xe2\x80\xa6" },
		{ "claire \xc2\xb7 Operator", 14, 0, 64, "claire..." },
		{ "Super administrator", 18, 1, 64, "Super\xe2\x80\xa6" },
		{ "Settings > General", 14, 1, 64, "Settings\xe2\x80\xa6" },
		{ "Super administrator", 4, 1, 64, "Sup\xe2\x80\xa6" } };
	char buf[64];

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		draw_cut(row[i].text, row[i].columns, row[i].utf8, buf, row[i].size);
		assert_string_equal(buf, row[i].want);
	}
}

static void
grouping(void **state)
{
	char buf[64];
	char small[8];

	(void)state;
	draw_groups("JBSWY3DPEHPK3PXP", 0, buf, sizeof buf);
	assert_string_equal(buf, "JBSW Y3DP EHPK 3PXP");
	draw_groups("JBSWY3DPEHPK3PXP", 2, buf, sizeof buf);
	assert_string_equal(buf, "JBSW Y3DP\nEHPK 3PXP");
	draw_groups("JBSWY", 4, buf, sizeof buf);
	assert_string_equal(buf, "JBSW Y");
	draw_groups("", 4, buf, sizeof buf);
	assert_string_equal(buf, "");
	draw_groups("JBSWY3DPEHPK", 0, small, sizeof small);
	assert_true(strlen(small) < sizeof small);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(wrapping),
		cmocka_unit_test(wrapping_counts_what_it_cannot_store), cmocka_unit_test(cutting),
		cmocka_unit_test(grouping) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
