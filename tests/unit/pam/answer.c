/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed where a code is asked for: only what can be one leaves the module. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "pam/answer.h"

static void
codes_and_recovery_codes_are_read_as_people_type_them(void **state)
{
	static const struct {
		const char *typed, *sent;
	} rows[] = {
		{ "123456", "123456" },
		{ " 123 456\r\n", "123456" },
		{ "123-456", "123456" },
		{ "000000", "000000" },
		{ "ABCD-EFGH-IJKL-MNOP", "ABCDEFGHIJKLMNOP" },
		{ "abcdefghijklmnop", "abcdefghijklmnop" },
		{ "  abcd efgh ijkl mnop ", "abcdefghijklmnop" },
		{ "0123-4567-8abc-defg", "012345678abcdefg" },
		{ "2222222222222222", "2222222222222222" },
	};
	char answer[WIRE_RECOVERY_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		memset(answer, 0xa5, sizeof answer);
		assert_int_equal(answer_read(rows[i].typed, answer), ERR_OK);
		assert_string_equal(answer, rows[i].sent);
		for (size_t j = strlen(answer); j < sizeof answer; j++)
			assert_int_equal(answer[j], 0);
	}
}

static void
nothing_else_leaves(void **state)
{
	static const char *const rows[] = { "", " ", "-", "12345", "1234567", "12345a", "12345\xc2",
		"correct horse battery", "hunter2", "ABCD-EFGH-IJKL-MNO", "ABCD-EFGH-IJKL-MNOPQ",
		"ABCD-EFGH-IJKL-MNO9", "ABCD-EFGH-IJKL-MN\xc3\xa9", "123456 123456",
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "+12345",
		"1234 5.",
		"\xef\xbc\x91\xef\xbc\x92\xef\xbc\x93\xef\xbc\x94\xef\xbc\x95\xef\xbc\x96" };
	char answer[WIRE_RECOVERY_SIZE], before[WIRE_RECOVERY_SIZE];

	(void)state;
	memset(answer, 0xa5, sizeof answer);
	memcpy(before, answer, sizeof before);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(answer_read(rows[i], answer), ERR_CODE_FORMAT);
		assert_memory_equal(answer, before, sizeof before);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_and_recovery_codes_are_read_as_people_type_them),
		cmocka_unit_test(nothing_else_leaves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
