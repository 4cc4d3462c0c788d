/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/host_clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/timex.h>

#include <cmocka.h>

static void
what_nothing_synchronises_is_loose(void **state)
{
	(void)state;
	assert_true(host_clock_says_loose(TIME_ERROR, STA_UNSYNC));
	assert_true(host_clock_says_loose(TIME_ERROR, 0));
	assert_true(host_clock_says_loose(TIME_OK, STA_UNSYNC | STA_PLL));
}

static void
what_is_kept_is_not(void **state)
{
	static const int kept[] = { TIME_OK, TIME_INS, TIME_DEL, TIME_OOP, TIME_WAIT };

	(void)state;
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		assert_false(host_clock_says_loose(kept[i], STA_PLL));
}

/* A kernel that says nothing gives nobody a reason to doubt it. */
static void
no_answer_is_no_doubt(void **state)
{
	(void)state;
	assert_false(host_clock_says_loose(-1, 0));
	assert_false(host_clock_says_loose(-1, STA_UNSYNC));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_nothing_synchronises_is_loose),
		cmocka_unit_test(what_is_kept_is_not),
		cmocka_unit_test(no_answer_is_no_doubt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
