/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a console says of where it is: of $SSH_CONNECTION the address before the first blank. */
#include "client/hello.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct {
	const char *connection; /* NULL: there is none */
	const char *source;
} rows[] = {
	{ NULL, "local" },
	{ "", "local" },
	{ "192.0.2.1 50022 192.0.2.2 22", "192.0.2.1" },
	{ "192.0.2.1", "192.0.2.1" },
	{ "2001:db8::1 50022 2001:db8::2 22", "2001:db8::1" },
	{ "fe80::1%eth0 50022 fe80::2%eth0 22", "fe80::1%eth0" },
	{ "UNKNOWN 65535 UNKNOWN 65535", "UNKNOWN" },
	{ " 192.0.2.1 50022", "local" },
	{ "192.0.2.1;50022", "local" },
	{ "192.0.2.1\t50022", "local" },
	{ "192.0.2.1\033[2J 50022", "local" },
	{ "192.0.2.\xc3\xa9 50022", "local" },
};

static void
the_source_is_an_address(void **state)
{
	struct wire_request request;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (rows[i].connection != NULL)
			assert_int_equal(setenv("SSH_CONNECTION", rows[i].connection, 1), 0);
		else
			assert_int_equal(unsetenv("SSH_CONNECTION"), 0);
		hello_fill(&request, WIRE_PERSON);
		assert_string_equal(request.u.hello.source, rows[i].source);
	}
}

/* One byte less than there is room for, and as many. */
static void
a_long_source_is_none(void **state)
{
	char longest[WIRE_SOURCE_SIZE + 1];
	struct wire_request request;

	(void)state;
	for (size_t i = 0; i < WIRE_SOURCE_SIZE; i++)
		longest[i] = 'a';
	longest[WIRE_SOURCE_SIZE - 1] = '\0';
	assert_int_equal(setenv("SSH_CONNECTION", longest, 1), 0);
	hello_fill(&request, WIRE_PERSON);
	assert_string_equal(request.u.hello.source, longest);
	longest[WIRE_SOURCE_SIZE - 1] = 'a';
	longest[WIRE_SOURCE_SIZE] = '\0';
	assert_int_equal(setenv("SSH_CONNECTION", longest, 1), 0);
	hello_fill(&request, WIRE_PERSON);
	assert_string_equal(request.u.hello.source, "local");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_source_is_an_address),
		cmocka_unit_test(a_long_source_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
