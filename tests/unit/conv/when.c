/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "conv/when.h"

static void
days_are_words(void **state)
{
	/* 2026-11-24 12:00 UTC, a Tuesday; and around a day of 23 hours in Berlin, 2026-03-29. */
	const int64_t noon = 1795521600;
	char buf[64];

	(void)state;
	assert_int_equal(setenv("TZ", "UTC", 1), 0);
	tzset();
	when_put(0, noon, buf, sizeof buf);
	assert_string_equal(buf, "never");
	when_put(noon - 3600, noon, buf, sizeof buf);
	assert_string_equal(buf, "today 11:00");
	when_put(noon - 12 * 3600 - 1, noon, buf, sizeof buf);
	assert_string_equal(buf, "yesterday 23:59");
	when_put(noon - 36 * 3600 - 1, noon, buf, sizeof buf);
	assert_string_equal(buf, "2026-11-22 23:59");
	assert_int_equal(setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1), 0);
	tzset();
	when_put(1774739700, 1774821600, buf,
	    sizeof buf); /* 00:15 on the 29th, seen at 00:00 on the 30th */
	assert_string_equal(buf, "yesterday 00:15");
	/* A day that begins at 01:00, 2026-10-18 west of the ocean; seen the day after at 00:30. */
	assert_int_equal(setenv("TZ", "<-03>3<-02>,M10.3.0/0,M2.3.0/0", 1), 0);
	tzset();
	when_put(1792339200, 1792377000, buf, sizeof buf);
	assert_string_equal(buf, "yesterday 14:00");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(days_are_words) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
