/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an error says: its seconds, or the date from when a clock is right again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "client/sentence.h"

enum { NOW = 1764000013, DAY = 86400 }; /* Monday, 24 November 2025, 16:00:13 UTC */

static char buf[512];

static int
in_utc(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	return 0;
}

static void
seconds_are_said(void **state)
{
	(void)state;
	sentence_fill(ERR_PAUSED, 27, NOW, buf, sizeof buf);
	assert_string_equal(buf, "Too many attempts. Try again in 27 s.");
	sentence_fill(ERR_CODE_FORMAT, 0, NOW, buf, sizeof buf);
	assert_string_equal(buf, "A code has 6 digits.");
}

static void
a_clock_that_was_set_back_has_a_date(void **state)
{
	(void)state;
	sentence_fill(ERR_CLOCK_BACK, 3 * DAY, NOW, buf, sizeof buf);
	assert_string_equal(buf,
	    "This console's clock was set back. Codes work again from 27 November 16:00. "
	    "Use a recovery code, or ask an administrator.");
	sentence_fill(ERR_CLOCK_BACK, 400 * DAY, NOW, buf, sizeof buf);
	assert_string_equal(buf,
	    "This console's clock was set back. Codes work again from 29 December 2026 16:00. "
	    "Use a recovery code, or ask an administrator.");
}

/* The year is said where it is another one, in the same month too. */
static void
the_date_has_its_year(void **state)
{
	(void)state;
	sentence_fill(ERR_CLOCK_BACK, 365 * DAY, NOW, buf, sizeof buf);
	assert_non_null(strstr(buf, " from 24 November 2026 16:00. "));
	sentence_fill(ERR_CLOCK_BACK, 7 * DAY, NOW, buf, sizeof buf);
	assert_non_null(strstr(buf, " from 1 December 16:00. "));
}

static void
the_date_is_local(void **state)
{
	(void)state;
	setenv("TZ", "XXX-9", 1);
	tzset();
	sentence_fill(ERR_CLOCK_BACK, DAY, NOW, buf, sizeof buf);
	assert_non_null(strstr(buf, " from 26 November 01:00. "));
}

static void
without_a_date_it_is_later(void **state)
{
	static const int64_t waits[] = { 0, -1, INT64_MAX, INT64_MAX - NOW };

	(void)state;
	for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
		sentence_fill(ERR_CLOCK_BACK, waits[i], NOW, buf, sizeof buf);
		assert_string_equal(buf, err_sentence(ERR_CLOCK_BACK));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(seconds_are_said, in_utc),
		cmocka_unit_test_setup(a_clock_that_was_set_back_has_a_date, in_utc),
		cmocka_unit_test_setup(the_date_has_its_year, in_utc),
		cmocka_unit_test_setup(the_date_is_local, in_utc),
		cmocka_unit_test_setup(without_a_date_it_is_later, in_utc),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
