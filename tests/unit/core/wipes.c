/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was made of a password to look at it is gone when the verdict is there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../left.h"
#include "core/text.h"

static const char password[] = "quartz jumps vexed";
static const uint32_t points[] = { 'q', 'u', 'a', 'r', 't', 'z', ' ', 'j', 'u', 'm', 'p', 's', ' ',
	'v', 'e', 'x', 'e', 'd' };

struct call {
	const char *text;
	size_t length;
	char out[TEXT_PASSWORD_SIZE];
	size_t out_length;
	enum err err;
};

static void
compose(void *context)
{
	struct call *call = context;

	call->err = text_password(call->text, call->length, call->out, &call->out_length);
}

static void
a_password_that_is_typed(void **state)
{
	static char longest[4 * TEXT_PASSWORD_SIZE];
	struct call call = { .text = password, .length = sizeof password - 1 };

	(void)state;
	left_nothing(compose, &call, password, sizeof password - 1);
	assert_int_equal(call.err, ERR_OK);
	for (size_t i = 0; i < 2 * TEXT_PASSWORD_MAX; i++)
		longest[i] = password[i % (sizeof password - 1)];
	call.text = longest;
	call.length = 2 * TEXT_PASSWORD_MAX;
	left_nothing(compose, &call, password, sizeof password - 1);
	assert_int_equal(call.err, ERR_PASSWORD_LONG);
}

static void
judge(void *context)
{
	struct call *call = context;

	call->err = text_password_good(call->text, call->length, "quart");
}

static void
one_that_is_judged(void **state)
{
	struct call call = { .text = password, .length = sizeof password - 1 };

	(void)state;
	left_nothing(judge, &call, points, sizeof points);
	assert_int_equal(call.err, ERR_OK);
	left_nothing(judge, &call, password, sizeof password - 1);
	assert_int_equal(call.err, ERR_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password_that_is_typed),
		cmocka_unit_test(one_that_is_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
