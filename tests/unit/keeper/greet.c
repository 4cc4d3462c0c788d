/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A keeper that is greeted in another version: what it answers, and what its log is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <sys/socket.h>
#include <unistd.h>

#include "keeper/greet.h"
#include "wire/line.h"

static void
it_says_who_it_is(void **state)
{
	const struct greeting other = { 9, "10.23" };
	static struct keeper keeper;
	struct session session = { .peer = 1000 };
	unsigned char got[GREETING_SIZE + 1], wanted[GREETING_SIZE];
	int ends[2];

	(void)state;
	greeting_answer(wanted);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	session.fd = ends[0];
	greet_refuse(&keeper, &session, &other, 100);
	assert_int_equal(recv(ends[1], got, sizeof got, MSG_DONTWAIT), sizeof wanted);
	assert_memory_equal(got, wanted, sizeof wanted);
	assert_int_equal(keeper.others.told, 100);
	close(ends[0]);
	close(ends[1]);
}

static void
the_log_is_told_once_a_minute(void **state)
{
	static const struct {
		int64_t now, told;
		unsigned long untold;
	} calls[] = { { 1, 1, 0 }, { 1, 1, 1 }, { 60, 1, 2 }, { 61, 61, 0 }, { 120, 61, 1 },
		{ 500, 500, 0 } };
	const struct greeting other = { 9, "10.23" };
	static struct keeper keeper;
	struct session session = { 0 };
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	session.fd = ends[0];
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
		greet_refuse(&keeper, &session, &other, calls[i].now);
		assert_int_equal(keeper.others.told, calls[i].told);
		assert_int_equal(keeper.others.more, calls[i].untold);
	}
	close(ends[0]);
	close(ends[1]);
}

static void
its_line_says_which_is_older(void **state)
{
	static const struct {
		struct greeting other;
		const char *older, *console;
	} cases[] = {
		{ { 9, "10.23" }, "keeper", "console=10.23 console-wire=9" },
		{ { 2, "" }, "console", "console=unknown console-wire=2" },
		{ { WIRE_VERSION + 1, PACKAGE_VERSION }, "keeper", "console=" PACKAGE_VERSION },
	};
	char words[256], wanted[256];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		greet_words(1000, &cases[i].other, 41, words, sizeof words);
		(void)snprintf(wanted, sizeof wanted,
		    "version-refused uid=1000 older=%s keeper=" PACKAGE_VERSION " keeper-wire=%d ",
		    cases[i].older, WIRE_VERSION);
		assert_memory_equal(words, wanted, strlen(wanted));
		assert_non_null(strstr(words, cases[i].console));
		assert_non_null(strstr(words, " more=41"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_says_who_it_is),
		cmocka_unit_test(the_log_is_told_once_a_minute),
		cmocka_unit_test(its_line_says_which_is_older),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
