/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/people.h"

static void
what_needs_attention_first_stands_first(void **state)
{
	(void)state;
	assert_int_equal(people_standing(true, false, false), PEOPLE_FINE);
	assert_int_equal(people_standing(true, false, true), PEOPLE_DUE);
	assert_int_equal(people_standing(true, true, true), PEOPLE_PAUSED);
	assert_int_equal(people_standing(false, true, true), PEOPLE_DISABLED);
	assert_true(PEOPLE_PAUSED < PEOPLE_DISABLED && PEOPLE_DISABLED < PEOPLE_DUE &&
	    PEOPLE_DUE < PEOPLE_FINE);
}

/* By last sign-in there is an index of nothing else. */
static void
a_beginning_by_last_sign_in_is_by_name(void **state)
{
	(void)state;
	for (int i = 0; i < PEOPLE_ORDER_COUNT; i++)
		assert_int_equal(people_order((enum people_order)i, false), i);
	assert_int_equal(people_order(PEOPLE_BY_NAME, true), PEOPLE_BY_NAME);
	assert_int_equal(people_order(PEOPLE_BY_ROLE, true), PEOPLE_BY_ROLE);
	assert_int_equal(people_order(PEOPLE_BY_STANDING, true), PEOPLE_BY_STANDING);
	assert_int_equal(people_order(PEOPLE_BY_SIGN_IN, true), PEOPLE_BY_NAME);
	assert_int_equal(people_order(PEOPLE_ORDER_COUNT, false), PEOPLE_BY_NAME);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_needs_attention_first_stands_first),
		cmocka_unit_test(a_beginning_by_last_sign_in_is_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
