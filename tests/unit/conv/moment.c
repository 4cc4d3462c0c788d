/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "conv/moment.h"

enum { NOON = 1795521600, HOUR = 3600, DAY = 86400 }; /* 2026-11-24 12:00 UTC */

static void
zone(const char *name)
{
	assert_int_equal(setenv("TZ", name, 1), 0);
	tzset();
}

static void
assert_moment(const char *typed, int64_t first, int64_t end)
{
	struct moment moment = { 0, 0 };

	assert_int_equal(moment_parse(typed, NOON, &moment), ERR_OK);
	assert_int_equal(moment.first, first);
	assert_int_equal(moment.end, end);
}

static void
days_minutes_and_ages_are_read(void **state)
{
	(void)state;
	zone("UTC");
	assert_moment("2026-11-24", NOON - 12 * HOUR, NOON + 12 * HOUR);
	assert_moment(" 2026-11-24 ", NOON - 12 * HOUR, NOON + 12 * HOUR);
	assert_moment("today", NOON - 12 * HOUR, NOON + 12 * HOUR);
	assert_moment("yesterday", NOON - 36 * HOUR, NOON - 12 * HOUR);
	assert_moment("2026-11-24T10:00", NOON - 2 * HOUR, NOON - 2 * HOUR + 60);
	assert_moment("2026-11-24 10:00", NOON - 2 * HOUR, NOON - 2 * HOUR + 60);
	assert_moment("2026-11-24T10:00:07", NOON - 2 * HOUR + 7, NOON - 2 * HOUR + 8);
	assert_moment("90m", NOON - 90 * 60, NOON - 90 * 60 + 1);
	assert_moment("2h", NOON - 2 * HOUR, NOON - 2 * HOUR + 1);
	assert_moment("3d", NOON - 3 * DAY, NOON - 3 * DAY + 1);
	assert_moment("1w", NOON - 7 * DAY, NOON - 7 * DAY + 1);
	assert_moment("0s", NOON, NOON + 1);
	assert_moment("2028-02-29", 1835395200, 1835395200 + DAY);
}

static void
what_is_no_time_is_refused(void **state)
{
	static const char *const wrong[] = { "", " ", "2026-11-31", "2026-02-29", "2026-13-01",
		"2026-00-10", "2026-11-00", "26-11-24", "2026/11/24", "2026-11-24T24:00",
		"2026-11-24T10:60", "2026-11-24T1:00", "2026-11-24T10:00:60", "5", "d", "5x", "5dd",
		"-5d", "1.5h", "9999999d", "Today", "now", "2026-11-24x", "' OR 1=1 --", "%s%n",
		"2026-11-24\n", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" };
	struct moment moment = { 1, 2 };

	(void)state;
	zone("UTC");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(moment_parse(wrong[i], NOON, &moment), ERR_TIME_FORMAT);
	assert_int_equal(moment.first, 1);
	assert_int_equal(moment.end, 2);
}

/* A day of 23 hours, one of 25, and one that begins at 01:00. */
static void
days_are_as_long_as_they_are(void **state)
{
	struct moment day;

	(void)state;
	zone("CET-1CEST,M3.5.0,M10.5.0/3");
	assert_moment("2026-03-29", 1774738800, 1774738800 + 23 * HOUR);
	assert_moment("2026-10-25", 1792879200, 1792879200 + 25 * HOUR);
	zone("<-03>3<-02>,M10.3.0/0,M2.3.0/0");
	assert_moment("2026-10-18", 1792292400, 1792292400 + 23 * HOUR);
	day = moment_day(1792292400 + 5 * HOUR);
	assert_int_equal(day.first, 1792292400);
	assert_int_equal(day.end, 1792292400 + 23 * HOUR);
}

static void
times_are_written_as_they_are_read(void **state)
{
	char text[32];

	(void)state;
	zone("UTC");
	moment_put(NOON + 7, text, sizeof text);
	assert_string_equal(text, "2026-11-24 12:00:07");
	assert_moment(text, NOON + 7, NOON + 8);
	moment_date(NOON, text, sizeof text);
	assert_string_equal(text, "2026-11-24");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_minutes_and_ages_are_read),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(days_are_as_long_as_they_are),
		cmocka_unit_test(times_are_written_as_they_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
