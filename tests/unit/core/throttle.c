/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/throttle.h"

enum {
	NOW = 1700000000, /* 20 s into a minute */
	AFTER = 5	  /* failures, the default of "pause-after" */
};

static void
pauses_double_to_fifteen_minutes(void **state)
{
	static const int64_t pauses[] = { 0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900 };

	(void)state;
	for (uint32_t n = 0; n < sizeof pauses / sizeof pauses[0]; n++)
		assert_int_equal(throttle_pause(n, AFTER), pauses[n]);
	assert_int_equal(throttle_pause(100, AFTER), 900);
	assert_int_equal(throttle_pause(UINT32_MAX, AFTER), 900);
}

static void
five_failures_pause(void **state)
{
	struct throttle throttle = { 0, 0 };

	(void)state;
	for (uint32_t n = 1; n <= 4; n++) {
		throttle_fail(&throttle, AFTER, NOW);
		assert_int_equal(throttle.failures, n);
		assert_int_equal(throttle_wait(&throttle, AFTER, NOW), 0);
	}
	throttle_fail(&throttle, AFTER, NOW);
	assert_int_equal(throttle_wait(&throttle, AFTER, NOW), 30);
	assert_int_equal(throttle_wait(&throttle, AFTER, NOW + 3), 27);
	assert_int_equal(throttle_wait(&throttle, AFTER, NOW + 29), 1);
	assert_int_equal(throttle_wait(&throttle, AFTER, NOW + 30), 0);
	/* Asking neither counts nor lengthens. */
	assert_int_equal(throttle.failures, 5);
	/* The first failure after a pause keeps the level. */
	throttle_fail(&throttle, AFTER, NOW + 30);
	assert_int_equal(throttle_wait(&throttle, AFTER, NOW + 30), 60);
}

static void
a_pause_is_never_longer_than_its_length(void **state)
{
	struct throttle throttle = { 4, 0 };

	(void)state;
	throttle_fail(&throttle, AFTER, NOW);
	/* The clock is set back by a day: 30 s from then, and they do pass. */
	assert_int_equal(throttle_wait(&throttle, AFTER, NOW - 86400), 30);
	assert_int_equal(throttle.paused_until, NOW - 86400 + 30);
	assert_int_equal(throttle_wait(&throttle, AFTER, NOW - 86400 + 10), 20);
	assert_int_equal(throttle_wait(&throttle, AFTER, NOW - 86400 + 30), 0);
	/* Forward: it is over. */
	throttle_fail(&throttle, AFTER, NOW);
	assert_int_equal(throttle_wait(&throttle, AFTER, NOW + 86400), 0);
}

static void
strange_clocks_do_no_harm(void **state)
{
	struct throttle throttle = { UINT32_MAX - 1, 0 };

	(void)state;
	throttle_fail(&throttle, AFTER, INT64_MAX);
	assert_int_equal(throttle.failures, UINT32_MAX);
	assert_int_equal(throttle.paused_until, INT64_MAX);
	throttle_fail(&throttle, AFTER, INT64_MAX - 1);
	assert_int_equal(throttle.failures, UINT32_MAX);
	assert_int_equal(throttle_wait(&throttle, AFTER, INT64_MAX - 1), 1);
	assert_int_equal(throttle_wait(&throttle, AFTER, INT64_MIN), 900);
	throttle = (struct throttle){ 5, INT64_MIN };
	assert_int_equal(throttle_wait(&throttle, AFTER, INT64_MAX), 0);
	throttle = (struct throttle){ 5, INT64_MAX };
	assert_int_equal(throttle_wait(&throttle, AFTER, -100), 30);
	/* Paused without the failures for it: a row that was changed by hand. */
	throttle = (struct throttle){ 0, NOW + 1000 };
	assert_int_equal(throttle_wait(&throttle, AFTER, NOW), 0);
}

static void
attempts_in_flight_count(void **state)
{
	static const uint32_t rooms[] = { 5, 4, 3, 2, 1, 1, 1 };

	(void)state;
	for (uint32_t n = 0; n < sizeof rooms / sizeof rooms[0]; n++) {
		struct throttle throttle = { n, 0 };

		assert_int_equal(throttle_room(&throttle, AFTER), rooms[n]);
	}
	/* However many fail at once, no pause is overrun. */
	for (uint32_t n = 0; n < 4; n++) {
		struct throttle throttle = { n, 0 };
		uint32_t room = throttle_room(&throttle, AFTER);

		for (uint32_t i = 0; i < room; i++)
			throttle_fail(&throttle, AFTER, NOW);
		assert_int_equal(throttle.failures, AFTER);
	}
}

static void
fail_times(struct throttle_window *window, int64_t now, int times)
{
	for (int i = 0; i < times; i++)
		throttle_window_fail(window, now);
}

static void
a_hundred_an_hour_pause_the_name(void **state)
{
	struct throttle_window window = { 0 };

	(void)state;
	assert_int_equal(throttle_window_wait(&window, NOW), 0);
	fail_times(&window, NOW, 99);
	assert_int_equal(throttle_window_wait(&window, NOW), 0);
	throttle_window_fail(&window, NOW);
	assert_int_equal(throttle_window_wait(&window, NOW), 3600 - NOW % 60);
	assert_int_equal(throttle_window_wait(&window, NOW + 1), 3600 - NOW % 60 - 1);
	assert_int_equal(throttle_window_wait(&window, NOW + 3539), 1 + 60 - NOW % 60);
	assert_int_equal(throttle_window_wait(&window, NOW + 3599 - NOW % 60), 1);
	assert_int_equal(throttle_window_wait(&window, NOW + 3600 - NOW % 60), 0);
	assert_int_equal(throttle_window_wait(&window, NOW + 86400), 0);
}

static void
the_wait_is_at_most_an_hour(void **state)
{
	struct throttle_window window = { 0 };
	int64_t minute = NOW - NOW % 60;

	(void)state;
	fail_times(&window, minute, 65536 + 1); /* the count does not wrap round */
	assert_int_equal(throttle_window_wait(&window, minute), 3600);
}

static void
the_hour_slides(void **state)
{
	struct throttle_window window = { 0 };
	int64_t start = NOW - NOW % 60;

	(void)state;
	/* Two a minute for 50 minutes: the hundredth pauses until the oldest minute is out. */
	for (int i = 0; i < 50; i++)
		fail_times(&window, start + i * 60 + 5, 2);
	assert_int_equal(throttle_window_wait(&window, start + 49 * 60 + 5), 11 * 60 - 5);
	assert_int_equal(throttle_window_wait(&window, start + 59 * 60 + 59), 1);
	assert_int_equal(throttle_window_wait(&window, start + 60 * 60), 0);
	/* 98 are left then: two more, and the next oldest minute decides. */
	fail_times(&window, start + 60 * 60, 1);
	assert_int_equal(throttle_window_wait(&window, start + 60 * 60), 0);
	fail_times(&window, start + 60 * 60, 1);
	assert_int_equal(throttle_window_wait(&window, start + 60 * 60), 60);
}

static void
slow_failures_never_pause(void **state)
{
	struct throttle_window window = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++) {
		throttle_window_fail(&window, NOW + i * 60);
		assert_int_equal(throttle_window_wait(&window, NOW + i * 60), 0);
	}
	/* A gap of exactly the window, of more, and of years. */
	fail_times(&window, NOW + 2000 * 60, 99);
	fail_times(&window, NOW + 2060 * 60, 99);
	assert_int_equal(throttle_window_wait(&window, NOW + 2060 * 60), 0);
	fail_times(&window, NOW + 2999 * 60, 99);
	fail_times(&window, NOW + INT64_C(3000000) * 60, 99);
	assert_int_equal(throttle_window_wait(&window, NOW + INT64_C(3000000) * 60), 0);
}

static void
a_clock_set_back_empties_nothing(void **state)
{
	struct throttle_window window = { 0 };
	int64_t back = NOW - 1800;

	(void)state;
	fail_times(&window, NOW, 100);
	/* A little: still paused. */
	assert_true(throttle_window_wait(&window, back) > 0);
	assert_true(throttle_window_wait(&window, back) <= 3600);
	/* The next failure moves all that was counted to the clock's now. */
	throttle_window_fail(&window, back);
	assert_int_equal(throttle_window_wait(&window, back), 3600 - back % 60);
	assert_int_equal(throttle_window_wait(&window, back + 3600), 0);
}

static void
the_ages_survive_a_clock_set_back(void **state)
{
	struct throttle_window window = { 0 };
	int64_t start = NOW - NOW % 60;

	(void)state;
	fail_times(&window, start, 60);
	fail_times(&window, start + 40 * 60, 39);
	/* Years back: the 60 are 40 minutes old, and out in 20. */
	throttle_window_fail(&window, 600);
	assert_int_equal(throttle_window_wait(&window, 600), 20 * 60);
	assert_int_equal(throttle_window_wait(&window, 600 + 20 * 60), 0);
}

static void
a_clock_far_ahead_once_pauses_nobody_for_years(void **state)
{
	struct throttle_window window = { 0 };
	int64_t ahead = NOW + INT64_C(10) * 365 * 86400;

	(void)state;
	fail_times(&window, ahead, 100);
	/* One attempt is evaluated; if it fails, the hundred count from now. */
	assert_int_equal(throttle_window_wait(&window, NOW), 0);
	throttle_window_fail(&window, NOW);
	assert_int_equal(throttle_window_wait(&window, NOW), 3600 - NOW % 60);
	assert_int_equal(throttle_window_wait(&window, NOW + 3600), 0);
}

static void
windows_stand_any_number(void **state)
{
	static const int64_t times[] = { 0, -1, -60, -61, INT64_MIN, INT64_MAX, NOW, -NOW, 1 };
	static const int64_t minutes[] = { 0, INT64_MIN, INT64_MAX, NOW / 60, -NOW };

	(void)state;
	for (size_t m = 0; m < sizeof minutes / sizeof minutes[0]; m++) {
		struct throttle_window window = { .minute = minutes[m] };

		memset(window.count, 0xff, sizeof window.count);
		for (size_t t = 0; t < sizeof times / sizeof times[0]; t++) {
			int64_t wait = throttle_window_wait(&window, times[t]);

			assert_true(wait >= 0 && wait <= 3600);
			throttle_window_fail(&window, times[t]);
			wait = throttle_window_wait(&window, times[t]);
			assert_true(wait >= 0 && wait <= 3600);
		}
	}
	/* Before 1970 a minute is a minute too. */
	struct throttle_window window = { .minute = -100 };

	fail_times(&window, -61, 100);
	assert_int_equal(window.minute, -2);
	assert_int_equal(throttle_window_wait(&window, -61), 3600 - 59);
}

static void
a_source_that_sprays_is_slow(void **state)
{
	struct throttle_window window = { 0 };

	(void)state;
	assert_false(throttle_source_slow(&window, NOW));
	fail_times(&window, NOW, 19);
	assert_false(throttle_source_slow(&window, NOW));
	throttle_window_fail(&window, NOW);
	assert_true(throttle_source_slow(&window, NOW));
	/* No failure for ten minutes, however late in its minute the last one was. */
	assert_true(throttle_source_slow(&window, NOW + 599));
	assert_true(throttle_source_slow(&window, NOW - NOW % 60 + 59 + 600));
	assert_false(throttle_source_slow(&window, NOW + 660));
	assert_false(throttle_source_slow(&window, NOW + 86400));
	/* Once it was quiet it begins anew. */
	fail_times(&window, NOW + 660, 19);
	assert_false(throttle_source_slow(&window, NOW + 660));
	fail_times(&window, NOW + 660, 1);
	assert_true(throttle_source_slow(&window, NOW + 660));
}

static void
one_failure_in_ten_minutes_keeps_it_slow(void **state)
{
	struct throttle_window window = { 0 };

	(void)state;
	fail_times(&window, NOW, 20);
	for (int i = 1; i <= 5; i++) {
		throttle_window_fail(&window, NOW + i * 600);
		assert_true(throttle_source_slow(&window, NOW + i * 600 + 600));
	}
	/* An hour after the twenty, they are forgotten. */
	throttle_window_fail(&window, NOW + 3600);
	assert_false(throttle_source_slow(&window, NOW + 3600));
}

static void
failures_further_apart_are_not_slow(void **state)
{
	struct throttle_window window = { 0 };

	(void)state;
	/* 19 in any ten minutes, for hours. */
	for (int i = 0; i < 30; i++) {
		fail_times(&window, NOW + i * 600, 19);
		assert_false(throttle_source_slow(&window, NOW + i * 600));
	}
	/* One more within ten minutes, spread over them. */
	window = (struct throttle_window){ 0 };
	for (int i = 0; i < 10; i++)
		fail_times(&window, NOW + i * 60, 2);
	assert_true(throttle_source_slow(&window, NOW + 540));
	window = (struct throttle_window){ 0 };
	for (int i = 0; i < 11; i++)
		fail_times(&window, NOW + i * 60, i == 0 ? 2 : 1);
	assert_false(throttle_source_slow(&window, NOW + 600));
}

static void
a_slow_source_stands_a_clock_that_jumps(void **state)
{
	struct throttle_window window = { 0 };

	(void)state;
	fail_times(&window, NOW, 20);
	/* A little back: no time has passed. Years back: one attempt, and if it fails, all count.
	 */
	assert_true(throttle_source_slow(&window, NOW - 1800));
	assert_false(throttle_source_slow(&window, NOW - 86400));
	throttle_window_fail(&window, NOW - 86400);
	assert_true(throttle_source_slow(&window, NOW - 86400));
	for (int64_t now = -3; now <= 3; now++) {
		memset(window.count, 0xff, sizeof window.count);
		window.minute = now < 0 ? INT64_MIN : INT64_MAX;
		(void)throttle_source_slow(&window, now < 0 ? INT64_MAX + now : INT64_MIN + now);
		window.minute = now;
		assert_true(throttle_source_slow(&window, now * 60));
	}
}

static void
a_slow_source_gets_a_verdict_in_two_seconds(void **state)
{
	int64_t last = NOW;

	(void)state;
	assert_int_equal(throttle_source_wait(&last, NOW), 2);
	assert_int_equal(throttle_source_wait(&last, NOW + 1), 1);
	assert_int_equal(throttle_source_wait(&last, NOW + 2), 0);
	assert_int_equal(throttle_source_wait(&last, INT64_MAX), 0);
	/* The clock is set back by a day: two seconds from then, and they do pass. */
	assert_int_equal(throttle_source_wait(&last, NOW - 86400), 2);
	assert_int_equal(last, NOW - 86400);
	assert_int_equal(throttle_source_wait(&last, NOW - 86400 + 2), 0);
	last = INT64_MIN;
	assert_int_equal(throttle_source_wait(&last, INT64_MAX), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pauses_double_to_fifteen_minutes),
		cmocka_unit_test(five_failures_pause),
		cmocka_unit_test(a_pause_is_never_longer_than_its_length),
		cmocka_unit_test(strange_clocks_do_no_harm),
		cmocka_unit_test(attempts_in_flight_count),
		cmocka_unit_test(a_hundred_an_hour_pause_the_name),
		cmocka_unit_test(the_wait_is_at_most_an_hour),
		cmocka_unit_test(the_hour_slides),
		cmocka_unit_test(slow_failures_never_pause),
		cmocka_unit_test(a_clock_set_back_empties_nothing),
		cmocka_unit_test(the_ages_survive_a_clock_set_back),
		cmocka_unit_test(a_clock_far_ahead_once_pauses_nobody_for_years),
		cmocka_unit_test(windows_stand_any_number),
		cmocka_unit_test(a_source_that_sprays_is_slow),
		cmocka_unit_test(one_failure_in_ten_minutes_keeps_it_slow),
		cmocka_unit_test(failures_further_apart_are_not_slow),
		cmocka_unit_test(a_slow_source_stands_a_clock_that_jumps),
		cmocka_unit_test(a_slow_source_gets_a_verdict_in_two_seconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
