/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the trail's words say of recordings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "recording/point.h"

#define RUN "00112233445566778899aabbccddeeff"
#define HASH RUN RUN

static void
a_row_says_how_long_and_what(void **state)
{
	struct point point;
	char run[POINT_RUN_SIZE];

	(void)state;
	assert_true(point_parse("hello, run " RUN ", 1234 bytes, sha256 " HASH, &point));
	assert_string_equal(point.run, RUN);
	assert_int_equal(point.bytes, 1234);
	assert_string_equal(point.hash, HASH);
	assert_true(point_run("hello, run " RUN ", status 0, 3 ms, 4 bytes", run));
	assert_string_equal(run, RUN);
}

static void
others_say_nothing(void **state)
{
	static const char *const wrong[] = { "", "hello", "hello, run 0011, 1 bytes, sha256 " HASH,
		"hello, run " RUN, "hello, run " RUN ", -1 bytes, sha256 " HASH,
		"hello, run " RUN ", 1 bytes, sha256 00",
		"hello, run " RUN "0, 1 bytes, sha256 " HASH,
		"hello, run " RUN ", 99999999999999999999 bytes, sha256 " HASH,
		"hello, run " RUN ", 1 bytes, sha256 " HASH "0" };
	struct point point;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(point_parse(wrong[i], &point));
}

static void
what_was_pruned(void **state)
{
	int64_t before = 0;

	(void)state;
	assert_true(point_pruned("3, before 1764230400", &before));
	assert_int_equal(before, 1764230400);
	assert_false(point_pruned("3, before ", &before));
	assert_false(point_pruned("3, before 1x", &before));
}

static void
a_runs_name(void **state)
{
	(void)state;
	assert_true(point_run_valid(RUN));
	assert_false(point_run_valid(RUN "0"));
	assert_false(point_run_valid("../../etc/passwd................"));
	assert_false(point_run_valid("00112233445566778899AABBCCDDEEFF"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_says_how_long_and_what),
		cmocka_unit_test(others_say_nothing),
		cmocka_unit_test(what_was_pruned),
		cmocka_unit_test(a_runs_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
