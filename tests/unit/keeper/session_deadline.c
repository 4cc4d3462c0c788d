/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When time alone ends a session, or locks it (DESIGN 4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "keeper/runner.h"
#include "keeper/session.h"

enum { BEGAN = 1000, ANSWERED = 1500 };

static const struct keeper usual = { .session_limit = 12 * 3600 };

static struct session
answered_at(enum signin_door door)
{
	return (struct session){ .began = BEGAN,
		.answered = ANSWERED,
		.state = { .greeted = true, .signin = { .door = door } } };
}

static void
a_line_says_hello_within_ten_seconds(void **state)
{
	struct session session = answered_at(DOOR_NAME);

	(void)state;
	session.state.greeted = false;
	assert_int_equal(session_deadline(&usual, &session), ANSWERED + 10);
}

static void
a_door_waits_as_long_as_its_table_says(void **state)
{
	struct session session = answered_at(DOOR_CODE);

	(void)state;
	assert_int_equal(session_deadline(&usual, &session),
	    ANSWERED + signin_idle_limit(DOOR_CODE));
}

static void
the_host_has_a_quarter_of_an_hour(void **state)
{
	struct session session = answered_at(DOOR_NAME);

	(void)state;
	session.state.host = true;
	assert_int_equal(session_deadline(&usual, &session), ANSWERED + 900);
}

/* At home no limit of a door; and no answer moves what ends everything (NIST SP 800-63B 4.2.3). */
static void
nobody_stays_longer_than_twelve_hours(void **state)
{
	struct session session = answered_at(DOOR_HOME);

	(void)state;
	assert_int_equal(session_deadline(&usual, &session), BEGAN + 12 * 3600);
	session = answered_at(DOOR_RECOVERY);
	session.answered = BEGAN + 12 * 3600 - 10;
	assert_int_equal(session_deadline(&usual, &session), BEGAN + 12 * 3600);
}

/* The setting acts on sessions that are open already; before it was read nothing ends. */
static void
the_longest_session_is_a_setting(void **state)
{
	struct keeper keeper = { .session_limit = 900 };
	struct session session = answered_at(DOOR_HOME);

	(void)state;
	assert_int_equal(session_longest(&keeper, &session), BEGAN + 900);
	assert_int_equal(session_deadline(&keeper, &session), BEGAN + 900);
	keeper.session_limit = 86400;
	assert_int_equal(session_deadline(&keeper, &session), BEGAN + 86400);
	keeper.session_limit = 0;
	assert_int_equal(session_longest(&keeper, &session), INT64_MAX);
}

/* Somebody who runs a command is told first, unless that was due long ago (wire/run.h). */
static void
a_shorter_limit_leaves_time_for_its_warning(void **state)
{
	enum { SHORTENED = BEGAN + 1000 };
	static const struct {
		int64_t limit, end;
	} cases[] = {
		{ 1000 + RUN_WARNING + 1, BEGAN + 1000 + RUN_WARNING + 1 },
		{ 1000 + RUN_WARNING, SHORTENED + RUN_WARNING },
		{ 1001, SHORTENED + RUN_WARNING },
		{ 1000 - RUN_WARNING, SHORTENED + RUN_WARNING },
		{ 1000 - RUN_WARNING - 1, BEGAN + 1000 - RUN_WARNING - 1 },
	};
	struct session_run run = { .line = -1 };
	struct session idle = answered_at(DOOR_HOME), runs = answered_at(DOOR_HOME);

	(void)state;
	runs.run = &run;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct keeper keeper = { .session_limit = cases[i].limit, .shortened = SHORTENED };

		assert_int_equal(session_longest(&keeper, &runs), cases[i].end);
		assert_int_equal(session_longest(&keeper, &idle), BEGAN + cases[i].limit);
		keeper.shortened = 0;
		assert_int_equal(session_longest(&keeper, &runs), BEGAN + cases[i].limit);
	}
}

static void
a_console_is_told_how_long_it_lasts(void **state)
{
	struct keeper keeper = { .session_limit = 900 };
	struct session session = answered_at(DOOR_HOME);

	(void)state;
	assert_int_equal(session_lasts(&keeper, &session, BEGAN + 100), 800);
	assert_int_equal(session_lasts(&keeper, &session, BEGAN + 901), 1);
	keeper.session_limit = 0;
	assert_int_equal(session_lasts(&keeper, &session, BEGAN + 901), 0);
}

static void
home_is_locked_after_the_setting_and_a_grace(void **state)
{
	struct keeper keeper = { .idle_lock = 60 };
	struct session session = answered_at(DOOR_HOME);

	(void)state;
	assert_int_equal(session_lock_time(&keeper, &session), ANSWERED + 60 + 20);
	keeper.idle_lock = 0;
	assert_int_equal(session_lock_time(&keeper, &session), INT64_MAX);
	keeper.idle_lock = 60;
	session.state.signin.door = DOOR_LOCKED;
	assert_int_equal(session_lock_time(&keeper, &session), INT64_MAX);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_says_hello_within_ten_seconds),
		cmocka_unit_test(a_door_waits_as_long_as_its_table_says),
		cmocka_unit_test(the_host_has_a_quarter_of_an_hour),
		cmocka_unit_test(nobody_stays_longer_than_twelve_hours),
		cmocka_unit_test(the_longest_session_is_a_setting),
		cmocka_unit_test(a_shorter_limit_leaves_time_for_its_warning),
		cmocka_unit_test(a_console_is_told_how_long_it_lasts),
		cmocka_unit_test(home_is_locked_after_the_setting_and_a_grace),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
