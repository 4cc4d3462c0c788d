/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many runs there may be at once, of one person and on one host. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "keeper/runner.h"
#include "keeper/session.h"

enum { ONE = 1, OTHER = 2, OTHERS = 1000 };

static struct session_run run;
static struct runner_start start;
static struct session lines[RUNNER_HOST_MOST + 1];

/* A keeper with so many sessions, of somebody else each, that all run something. */
static struct keeper
keeper_of(size_t count)
{
	for (size_t i = 0; i < count; i++)
		lines[i] = (struct session){ .state = { .user = OTHERS + (int64_t)i },
			.run = &run,
			.next = i + 1 < count ? &lines[i + 1] : NULL };
	return (struct keeper){ .sessions = count > 0 ? lines : NULL };
}

static void
who_runs_nothing_has_room(void **state)
{
	struct keeper keeper = keeper_of(0);

	(void)state;
	assert_int_equal(runner_room(&keeper, ONE), ERR_OK);
}

static void
a_person_has_eight(void **state)
{
	struct keeper keeper = keeper_of(RUNNER_PERSON_MOST);

	(void)state;
	assert_int_equal(RUNNER_PERSON_MOST, 8);
	for (size_t i = 0; i < RUNNER_PERSON_MOST; i++) {
		assert_int_equal(runner_room(&keeper, ONE), ERR_OK);
		lines[i].state.user = ONE;
	}
	assert_int_equal(runner_room(&keeper, ONE), ERR_RUN_MANY);
	assert_int_equal(runner_room(&keeper, OTHER), ERR_OK);
	lines[3].run = NULL;
	assert_int_equal(runner_room(&keeper, ONE), ERR_OK);
}

/* All of one turn are ordered before any of them begins. */
static void
what_waits_for_its_commit_counts(void **state)
{
	struct keeper keeper = keeper_of(RUNNER_PERSON_MOST);

	(void)state;
	for (size_t i = 0; i < RUNNER_PERSON_MOST; i++) {
		lines[i].state.user = ONE;
		lines[i].run = NULL;
		lines[i].outcome.start = &start;
	}
	assert_int_equal(runner_room(&keeper, ONE), ERR_RUN_MANY);
	lines[0].run = &run; /* both at once is one */
	assert_int_equal(runner_room(&keeper, ONE), ERR_RUN_MANY);
	lines[0].run = NULL;
	lines[0].outcome.start = NULL;
	assert_int_equal(runner_room(&keeper, ONE), ERR_OK);
}

static void
whoever_is_only_at_home_does_not_count(void **state)
{
	struct keeper keeper = keeper_of(RUNNER_HOST_MOST);

	(void)state;
	for (size_t i = 0; i < RUNNER_HOST_MOST; i++) {
		lines[i].state.user = ONE;
		lines[i].run = NULL;
	}
	assert_int_equal(runner_room(&keeper, ONE), ERR_OK);
}

static void
a_host_has_1024(void **state)
{
	struct keeper keeper = keeper_of(RUNNER_HOST_MOST - 1);

	(void)state;
	assert_int_equal(RUNNER_HOST_MOST, 1024);
	assert_int_equal(runner_room(&keeper, ONE), ERR_OK);
	keeper = keeper_of(RUNNER_HOST_MOST);
	assert_int_equal(runner_room(&keeper, ONE), ERR_RUN_MANY);
	lines[RUNNER_HOST_MOST - 1].run = NULL;
	assert_int_equal(runner_room(&keeper, ONE), ERR_OK);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_runs_nothing_has_room),
		cmocka_unit_test(a_person_has_eight),
		cmocka_unit_test(what_waits_for_its_commit_counts),
		cmocka_unit_test(whoever_is_only_at_home_does_not_count),
		cmocka_unit_test(a_host_has_1024),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
