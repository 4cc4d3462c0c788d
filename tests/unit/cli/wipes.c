/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A password that the command line asked for is where it was put, and nowhere else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <unistd.h>

#include "../left.h"
#include "cli/ask.h"

static const char password[] = "quartz jumps vexed";

struct call {
	struct secret *typed;
	enum err err;
};

static void
ask(void *context)
{
	struct call *call = context;

	call->err = ask_password(true, "alice", &call->typed);
}

static void
feed(const char *text)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	close(ends[0]);
	close(ends[1]);
}

static void
a_password(void **state)
{
	struct call call = { .typed = NULL };

	(void)state;
	feed("quartz jumps vexed\n");
	left_nothing(ask, &call, password, sizeof password - 1);
	assert_int_equal(call.err, ERR_OK);
	assert_string_equal(call.typed->bytes, password);
	secret_free(call.typed);
}

static void
one_that_is_refused(void **state)
{
	struct call call = { .typed = NULL };

	(void)state;
	feed("quartz jumps vexed\001\n");
	left_nothing(ask, &call, password, sizeof password - 1);
	assert_int_equal(call.err, ERR_PASSWORD_CONTROL);
	assert_null(call.typed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password),
		cmocka_unit_test(one_that_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
