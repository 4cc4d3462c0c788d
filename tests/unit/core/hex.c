/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/hex.h"

static void
every_byte_comes_back(void **state)
{
	unsigned char bytes[256], back[256];
	char text[2 * sizeof bytes + 1];

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)i;
	hex_write(bytes, sizeof bytes, text);
	assert_int_equal(strlen(text), 2 * sizeof bytes);
	assert_memory_equal(text, "000102030405060708090a0b", 24);
	assert_true(hex_read(text, sizeof back, back));
	assert_memory_equal(bytes, back, sizeof bytes);
	hex_write(bytes, 0, text);
	assert_string_equal(text, "");
}

static void
what_is_no_digit_is_refused(void **state)
{
	static const char *const wrong[] = { "", "0", "0g", "g0", "0A", " 0", "0 ", "00f", "00-1",
		"0\x10" };
	unsigned char bytes[2];

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_false(hex_read(wrong[i], strlen(wrong[i]) > 2 ? 2 : 1, bytes));
	assert_true(hex_read("00ff and more", 2, bytes));
	assert_int_equal(bytes[1], 255);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_byte_comes_back),
		cmocka_unit_test(what_is_no_digit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
