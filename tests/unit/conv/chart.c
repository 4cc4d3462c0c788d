/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart from the keeper's answers: days and hours as clocks have them, sums, sources. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "conv/chart.h"

enum { HOUR = 3600, DAY = 86400, NOW = 1763996580 /* Mo 2025-11-24 15:03 UTC */ };

static struct chart chart;
static struct wire_audit_chart_reply reply;

static void
zone(const char *name)
{
	assert_int_equal(setenv("TZ", name, 1), 0);
	tzset();
}

static const char *
name(size_t slot)
{
	static char buf[64];

	chart_slot_name(&chart, slot, NOW, buf, sizeof buf);
	return buf;
}

static void
fourteen_days_end_with_today(void **state)
{
	(void)state;
	zone("UTC");
	chart_days(&chart, NOW);
	assert_int_equal(chart.asked.slots, CHART_DAYS);
	assert_int_equal(chart.asked.border[CHART_DAYS], NOW - NOW % DAY + DAY);
	for (int i = 0; i < CHART_DAYS; i++)
		assert_int_equal(chart.asked.border[i + 1] - chart.asked.border[i], DAY);
	assert_string_equal(name(13), "today");
	assert_string_equal(name(12), "yesterday");
	assert_string_equal(name(11), "Sa 2025-11-22");
	assert_int_equal(chart_number(&chart, 0), 11);
	assert_string_equal(chart_weekday(&chart, 0), "Tu");
}

/* The day on which a clock is set back has 25 hours, that on which it goes forward 23. */
static void
days_are_as_long_as_clocks_make_them(void **state)
{
	(void)state;
	zone("CET-1CEST,M3.5.0,M10.5.0/3");
	chart_days(&chart, 1761500000); /* 2025-10-26 */
	assert_int_equal(chart.asked.border[14] - chart.asked.border[13], 25 * HOUR);
	assert_int_equal(chart.asked.border[13] - chart.asked.border[12], 24 * HOUR);
	chart_hours(&chart, 1761500000);
	assert_int_equal(chart.asked.slots, 25);
	assert_string_equal(name(2), "02:00 - 02:00");
	assert_string_equal(name(24), "23:00 - 00:00");
	chart_hours(&chart, 1743300000); /* 2025-03-30 */
	assert_int_equal(chart.asked.slots, 23);
	assert_int_equal(chart_number(&chart, 22), 23);
	chart_hours(&chart, 1743100000);
	assert_int_equal(chart.asked.slots, 24);
	zone("XXX-5:45");
	chart_hours(&chart, NOW);
	assert_int_equal(chart.asked.slots, 24);
	assert_int_equal(chart_number(&chart, 0), 0);
	zone("UTC");
}

static void
times_that_are_none_break_nothing(void **state)
{
	static const int64_t times[] = { INT64_MIN + DAY, INT64_MAX - DAY, -1, 0 };

	(void)state;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		chart_hours(&chart, times[i]);
		assert_in_range(chart.asked.slots, 0, WIRE_CHART_SLOTS);
		chart_days(&chart, times[i]);
		(void)name(0);
		(void)chart_weekday(&chart, 13);
	}
}

static void
add(const char *source, int64_t refusals)
{
	wire_put(reply.source[reply.count].source, WIRE_SOURCE_SIZE, source);
	reply.source[reply.count++].refusals = refusals;
}

static void
answers_are_put_together(void **state)
{
	char says[128];

	(void)state;
	chart_days(&chart, NOW);
	assert_int_equal(chart_progress(&chart), 0);
	memset(&reply, 0, sizeof reply);
	reply.sign_ins[13] = 2;
	reply.refusals[12] = 1;
	reply.read = 25;
	reply.left = 75;
	reply.from = 76;
	reply.more = true;
	add("local", 1);
	chart_take(&chart, &reply);
	assert_int_equal(chart_progress(&chart), 25);
	assert_false(chart.done);
	assert_int_equal(chart.asked.from, 76);
	reply.read = 75;
	reply.left = 0;
	reply.more = false;
	reply.begins = NOW - 3 * DAY;
	chart_take(&chart, &reply);
	assert_true(chart.done);
	assert_int_equal(chart_progress(&chart), 100);
	assert_int_equal(chart.sign_ins[13], 4);
	assert_int_equal(chart.source[0].refusals, 2);
	assert_true(chart_before(&chart, 9));
	assert_false(chart_before(&chart, 10));
	chart_slot_says(&chart, 12, NOW, says, sizeof says);
	assert_string_equal(says, "yesterday: 0 sign-ins, 2 refusals");
	assert_int_equal(chart_sum(chart.sign_ins, 14), 4);
	assert_int_equal(chart_most(chart.sign_ins, 14), 4);
}

static void
the_five_with_most_come_first(void **state)
{
	const struct wire_chart_source *top[CHART_TOP];

	(void)state;
	chart_days(&chart, NOW);
	assert_int_equal(chart_top(&chart, top), 0);
	memset(&reply, 0, sizeof reply);
	add("f", 1);
	add("b", 7);
	add("c", 7);
	add("e", 3);
	add("a", 9);
	add("d", 5);
	add("g", 2);
	chart_take(&chart, &reply);
	assert_int_equal(chart_top(&chart, top), CHART_TOP);
	for (int i = 0; i < CHART_TOP; i++)
		assert_int_equal(top[i]->source[0], 'a' + i);
}

/* A hundred thousand sources, each refused once, beside one that is refused all the time. */
static void
who_is_refused_most_outlives_a_flood(void **state)
{
	const struct wire_chart_source *top[CHART_TOP];
	char source[32];
	int64_t all = 0;

	(void)state;
	chart_days(&chart, NOW);
	for (int slice = 0; slice < 1000; slice++) {
		memset(&reply, 0, sizeof reply);
		add("192.0.2.1", 10);
		for (int i = 0; i < 100; i++) {
			(void)snprintf(source, sizeof source, "%d.%d", slice, i);
			add(source, 1);
		}
		chart_take(&chart, &reply);
		all += 10;
	}
	assert_in_range(chart_top(&chart, top), 1, CHART_TOP);
	assert_string_equal(top[0]->source, "192.0.2.1");
	assert_true(chart.missed > 0);
	assert_in_range(top[0]->refusals, all - chart.missed, all);
	assert_in_range(chart.count, 1, CHART_SOURCES);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fourteen_days_end_with_today),
		cmocka_unit_test(days_are_as_long_as_clocks_make_them),
		cmocka_unit_test(times_that_are_none_break_nothing),
		cmocka_unit_test(answers_are_put_together),
		cmocka_unit_test(the_five_with_most_come_first),
		cmocka_unit_test(who_is_refused_most_outlives_a_flood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
