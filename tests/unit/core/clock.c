/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clock was ahead once: what that opened is over, what it closed is told and can be mended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/clock.h"
#include "core/policy.h"
#include "core/throttle.h"

enum { NOW = 1700000000, STEP = NOW / CLOCK_STEP, DAY = 86400, AHEAD = 400 * DAY };

static void
what_a_right_clock_wrote_is_never_ahead(void **state)
{
	static const struct {
		enum clock_time which;
		int64_t furthest;
	} rows[] = {
		{ CLOCK_SPENT_STEP, 1 },
		{ CLOCK_PAUSE, THROTTLE_LONGEST },
		{ CLOCK_COUNTED, 0 },
		{ CLOCK_PENDING_SEEN, 0 },
		{ CLOCK_INVITATION, CLOCK_INVITATION_LONGEST },
		{ CLOCK_TRUSTED, 0 },
		{ CLOCK_WAITING, CLOCK_WAITING_LONGEST },
	};

	(void)state;
	assert_int_equal(sizeof rows / sizeof rows[0], CLOCK_COUNT);
	for (size_t i = 0; i < CLOCK_COUNT; i++) {
		assert_int_equal(rows[i].which, i);
		for (int64_t now = -NOW; now <= NOW; now += NOW) {
			assert_false(clock_ahead(rows[i].which, now - 1, now));
			assert_false(clock_ahead(rows[i].which, now + rows[i].furthest, now));
			assert_true(clock_ahead(rows[i].which, now + rows[i].furthest + 1, now));
			assert_true(clock_ahead(rows[i].which, now + AHEAD, now));
		}
		assert_true(clock_ahead(rows[i].which, INT64_MAX, INT64_MIN));
		assert_false(clock_ahead(rows[i].which, INT64_MIN, INT64_MAX));
		assert_false(clock_ahead(rows[i].which, INT64_MAX, INT64_MAX));
	}
}

static void
no_invitation_lasts_longer_than_the_setting_allows(void **state)
{
	struct policy policy;

	(void)state;
	policy_default(&policy);
	assert_int_equal(policy_set(&policy, SETTING_INVITATION, "30d"), ERR_OK);
	assert_int_equal(policy.invitation, CLOCK_INVITATION_LONGEST);
	assert_int_equal(policy_set(&policy, SETTING_INVITATION, "2592001"), ERR_SETTING_VALUE);
}

static void
what_opens_is_open_for_its_life(void **state)
{
	(void)state;
	assert_true(clock_open(CLOCK_PENDING_SEEN, NOW, NOW));
	assert_true(clock_open(CLOCK_PENDING_SEEN, NOW - 600, NOW));
	assert_false(clock_open(CLOCK_PENDING_SEEN, NOW - 601, NOW));
	assert_true(clock_open(CLOCK_INVITATION, NOW + 72 * 3600, NOW));
	assert_true(clock_open(CLOCK_INVITATION, NOW, NOW));
	assert_false(clock_open(CLOCK_INVITATION, NOW - 1, NOW));
	assert_true(clock_open(CLOCK_TRUSTED, NOW - THROTTLE_TRUST, NOW));
	assert_false(clock_open(CLOCK_TRUSTED, NOW - THROTTLE_TRUST - 1, NOW));
	assert_false(clock_open(CLOCK_PENDING_SEEN, INT64_MIN, INT64_MAX));
}

static void
nothing_is_opened_by_a_time_to_come(void **state)
{
	(void)state;
	assert_false(clock_open(CLOCK_PENDING_SEEN, NOW + 1, NOW));
	assert_false(clock_open(CLOCK_PENDING_SEEN, NOW + AHEAD, NOW));
	assert_false(clock_open(CLOCK_INVITATION, NOW + AHEAD + 72 * 3600, NOW));
	assert_false(clock_open(CLOCK_INVITATION, INT64_MAX, INT64_MIN));
	assert_false(clock_open(CLOCK_TRUSTED, NOW + 1, NOW));
	/* What closes opens nothing. */
	assert_false(clock_open(CLOCK_SPENT_STEP, STEP, STEP));
	assert_false(clock_open(CLOCK_PAUSE, NOW, NOW));
	assert_false(clock_open(CLOCK_COUNTED, NOW / 60, NOW / 60));
}

static void
a_spent_step_is_ahead_beyond_the_next(void **state)
{
	(void)state;
	assert_false(clock_step_ahead(0, 0, STEP)); /* none was spent */
	assert_false(clock_step_ahead(STEP, 0, STEP));
	assert_false(clock_step_ahead(STEP + 1, 0, STEP));
	assert_true(clock_step_ahead(STEP + 2, 0, STEP));
	/* A device that runs ten minutes ahead, or behind. */
	assert_false(clock_step_ahead(STEP + 21, 20, STEP));
	assert_true(clock_step_ahead(STEP + 22, 20, STEP));
	assert_false(clock_step_ahead(STEP - 19, -20, STEP));
	assert_true(clock_step_ahead(STEP - 18, -20, STEP));
	assert_true(clock_step_ahead(INT64_MAX, -20, STEP));
	assert_false(clock_step_ahead(INT64_MIN, 20, STEP));
}

static void
the_person_is_told_when_codes_work_again(void **state)
{
	const int64_t spent = STEP + AHEAD / CLOCK_STEP;

	(void)state;
	/* The first code that is above the spent one, on an application that is right. */
	assert_int_equal(clock_wait_until(spent, 0), (spent + 1) * CLOCK_STEP);
	assert_int_equal(clock_wait_until(spent, 20), (spent + 1 - 20) * CLOCK_STEP);
	assert_int_equal(clock_wait_until(spent, -20), (spent + 1 + 20) * CLOCK_STEP);
	assert_int_equal(clock_wait_until(INT64_MAX, 0), INT64_MAX);
	assert_int_equal(clock_wait_until(INT64_MAX, -20), INT64_MAX);
	assert_int_equal(clock_wait_until(INT64_MIN, 20), INT64_MIN);
	/* Not before: at that time the step is spent no longer, and a step earlier it was. */
	assert_false(clock_step_ahead(spent, 0, clock_wait_until(spent, 0) / CLOCK_STEP));
}

static struct clock_trust
after(struct clock_trust trust, int64_t now, bool wanted)
{
	assert_int_equal(clock_trust_step(&trust, now), wanted);
	return trust;
}

static void
the_trusted_time_goes_on_by_two_days_a_day(void **state)
{
	enum { T = 1800000000 };
	struct clock_trust trust = { 0 };

	(void)state;
	/* at first it is the clock's, and nothing is old yet */
	trust = after(trust, T, false);
	assert_int_equal(trust.trusted, T);
	trust = after(trust, T + DAY - 1, false);
	assert_int_equal(trust.trusted, T);
	trust = after(trust, T + DAY, true);
	assert_int_equal(trust.trusted, T + DAY);
	/* a clock that is ahead by ten years, looked at each hour */
	for (int64_t hour = 0; hour < 24; hour++)
		trust = after(trust, T + 3650LL * DAY + hour * 3600, hour == 0);
	assert_int_equal(trust.trusted, T + 3 * DAY);
	/* and put right: it is not ahead of it */
	trust = after(trust, T + 2 * DAY, false);
	assert_int_equal(trust.seen, T + 2 * DAY);
	assert_int_equal(clock_trusted(&trust, T + 2 * DAY), T + 2 * DAY);
	/* a clock that is behind, once, and right again */
	trust = after(trust, 1000, false);
	assert_int_equal(clock_trusted(&trust, 1000), 1000);
	trust = after(trust, T + 3 * DAY, true);
	assert_int_equal(clock_trusted(&trust, T + 3 * DAY), T + 3 * DAY);
	/* after a long rest it catches up, and does not pass the clock */
	trust = (struct clock_trust){ .seen = T, .trusted = T };
	trust = after(trust, T + 10 * DAY, true);
	assert_int_equal(trust.trusted, T + 2 * DAY);
	for (int64_t day = 11; day < 40; day++)
		trust = after(trust, T + day * DAY, true);
	assert_int_equal(trust.trusted, T + 31 * DAY);
	trust.trusted = T + 39 * DAY - 10;
	trust = after(trust, T + 40 * DAY, true);
	assert_int_equal(trust.trusted, T + 40 * DAY - 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_right_clock_wrote_is_never_ahead),
		cmocka_unit_test(no_invitation_lasts_longer_than_the_setting_allows),
		cmocka_unit_test(what_opens_is_open_for_its_life),
		cmocka_unit_test(nothing_is_opened_by_a_time_to_come),
		cmocka_unit_test(a_spent_step_is_ahead_beyond_the_next),
		cmocka_unit_test(the_person_is_told_when_codes_work_again),
		cmocka_unit_test(the_trusted_time_goes_on_by_two_days_a_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
