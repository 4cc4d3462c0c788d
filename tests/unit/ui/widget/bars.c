/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/widget/bars.h"

static char buf[16];

static const char *
cells(int height, int row, int wide, bool utf8)
{
	bars_cells(height, row, wide, utf8, buf, sizeof buf);
	return buf;
}

static void
the_greatest_is_as_high_as_there_is_room(void **state)
{
	(void)state;
	assert_int_equal(bars_height(10, 10, 5), 40);
	assert_int_equal(bars_height(5, 10, 5), 20);
	assert_int_equal(bars_height(11, 10, 5), 40);
	assert_int_equal(bars_height(INT64_MAX, INT64_MAX, 8), 64);
	assert_int_equal(bars_height(INT64_MAX / 2, INT64_MAX, 8), 32);
}

/* What happened once among thousands is still seen; what did not is not. */
static void
one_is_seen_and_none_is_not(void **state)
{
	(void)state;
	assert_int_equal(bars_height(1, 1000000, 5), 1);
	assert_int_equal(bars_height(0, 10, 5), 0);
	assert_int_equal(bars_height(0, 0, 5), 0);
	assert_int_equal(bars_height(-1, 10, 5), 0);
	assert_int_equal(bars_height(5, 10, 0), 0);
	assert_int_equal(bars_height(5, 10, -1), 0);
}

static void
cells_are_eighths(void **state)
{
	(void)state;
	assert_string_equal(cells(1, 0, 1, true), "▁");
	assert_string_equal(cells(8, 0, 2, true), "██");
	assert_string_equal(cells(12, 0, 1, true), "█");
	assert_string_equal(cells(12, 1, 3, true), "▄▄▄");
	assert_string_equal(cells(15, 1, 1, true), "▇");
	assert_string_equal(cells(12, 2, 1, true), "");
	assert_string_equal(cells(0, 0, 1, true), "");
}

static void
without_utf8_the_top_is_a_digit(void **state)
{
	(void)state;
	assert_string_equal(cells(12, 0, 2, false), "##");
	assert_string_equal(cells(12, 1, 2, false), "44");
	assert_string_equal(cells(8, 0, 1, false), "#");
	assert_string_equal(cells(8, 1, 1, false), "");
}

static void
what_has_no_room_is_left_out(void **state)
{
	(void)state;
	assert_string_equal(cells(8, 0, 100, true), "█████");
	assert_string_equal(cells(8, 0, 0, true), "");
	bars_cells(8, 0, 3, true, buf, 4);
	assert_string_equal(buf, "█");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_greatest_is_as_high_as_there_is_room),
		cmocka_unit_test(one_is_seen_and_none_is_not),
		cmocka_unit_test(cells_are_eighths),
		cmocka_unit_test(without_utf8_the_top_is_a_digit),
		cmocka_unit_test(what_has_no_room_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
