/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a PAM line: what is not understood is never passed over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pam/option.h"

static const char long_name[] = "service=0123456789012345678901234567890123456789"
				"012345678901234567890123";

static void
without_words_everything_is_as_the_manual_says(void **state)
{
	struct option option;

	(void)state;
	assert_null(option_read(0, NULL, &option));
	assert_false(option.nullok);
	assert_null(option.service);
	assert_string_equal(option.socket, "/run/provconsole/socket");
}

static void
each_word_does_what_it_says(void **state)
{
	const char *const words[] = { "socket=/tmp/s", "nullok", "service=sshd" };
	struct option option;

	(void)state;
	assert_null(option_read(3, words, &option));
	assert_true(option.nullok);
	assert_string_equal(option.service, "sshd");
	assert_string_equal(option.socket, "/tmp/s");
}

static void
what_is_not_understood_is_named(void **state)
{
	static const char *const wrong[] = { "", "null_ok", "NULLOK", "nullok ", "nullok=yes",
		"service", "service=", "socket", "socket=", "socket=run/socket", "socket=/",
		"socket=/run/", "debug", "try_first_pass", long_name };
	const char *words[2] = { "nullok" };
	struct option option;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		words[1] = wrong[i];
		assert_ptr_equal(option_read(2, words, &option), wrong[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_words_everything_is_as_the_manual_says),
		cmocka_unit_test(each_word_does_what_it_says),
		cmocka_unit_test(what_is_not_understood_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
