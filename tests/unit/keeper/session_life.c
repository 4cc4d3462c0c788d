/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every pair and every sequence of six: nobody comes back from the end, and no job is forgotten. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "keeper/session_life.h"

enum { LENGTH = 6 };

static enum life
after(enum life life, const enum life_event *events, size_t count)
{
	for (size_t i = 0; i < count; i++)
		life = life_next(life, events[i]);
	return life;
}

#define AFTER(...) \
	after(LIFE_QUIET, (const enum life_event[]){ __VA_ARGS__ }, \
	    sizeof((const enum life_event[]){ __VA_ARGS__ }) / sizeof(enum life_event))

static void
a_session_goes_through_its_day(void **state)
{
	(void)state;
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_ANSWERED), LIFE_QUIET);
	/* A wrong password: the hash, then the refusal. */
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_DEFER), LIFE_HASHING);
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_DEFER, LIFE_EVENT_HASH_BACK),
	    LIFE_HASHED);
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_DEFER, LIFE_EVENT_HASH_BACK,
			     LIFE_EVENT_ANSWERED),
	    LIFE_QUIET);
	/* One too many at once: it waits, and then asks again. */
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_PARK), LIFE_PARKED);
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_PARK, LIFE_EVENT_WAKE), LIFE_ASKED);
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_PARK, LIFE_EVENT_WAKE,
			     LIFE_EVENT_PARK),
	    LIFE_PARKED);
	/* While paused: its refusal is held back. */
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_HOLD), LIFE_HELD);
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_HOLD, LIFE_EVENT_WAKE,
			     LIFE_EVENT_ANSWERED),
	    LIFE_QUIET);
	assert_int_equal(AFTER(LIFE_EVENT_IDLE_LOCK), LIFE_LOCKING);
	assert_int_equal(AFTER(LIFE_EVENT_IDLE_LOCK, LIFE_EVENT_LOCKED), LIFE_QUIET);
	assert_int_equal(AFTER(LIFE_EVENT_END), LIFE_ENDING);
}

static void
a_line_that_hangs_up_counts_first(void **state)
{
	(void)state;
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_DEFER, LIFE_EVENT_HANG_UP),
	    LIFE_ADRIFT);
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_DEFER, LIFE_EVENT_HANG_UP,
			     LIFE_EVENT_HASH_BACK),
	    LIFE_HASHED);
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_DEFER, LIFE_EVENT_HANG_UP,
			     LIFE_EVENT_HASH_BACK, LIFE_EVENT_ANSWERED, LIFE_EVENT_END),
	    LIFE_ENDING);
	/* The hash was back already. */
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_DEFER, LIFE_EVENT_HASH_BACK,
			     LIFE_EVENT_HANG_UP),
	    LIFE_HASHED);
	/* What has not begun does not count. */
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_HANG_UP), LIFE_ENDING);
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_PARK, LIFE_EVENT_HANG_UP),
	    LIFE_ENDING);
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_HOLD, LIFE_EVENT_HANG_UP),
	    LIFE_ENDING);
}

static void
a_lost_turn_leaves_a_session_that_can_ask_again(void **state)
{
	(void)state;
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_TURN_LOST), LIFE_QUIET);
	assert_int_equal(AFTER(LIFE_EVENT_REQUEST, LIFE_EVENT_DEFER, LIFE_EVENT_HASH_BACK,
			     LIFE_EVENT_TURN_LOST),
	    LIFE_QUIET);
	assert_int_equal(AFTER(LIFE_EVENT_IDLE_LOCK, LIFE_EVENT_LOCK_LATER), LIFE_QUIET);
}

/* Whether an event is what a turn makes of a session that was ready in it. */
static bool
of_a_turn(enum life_event event)
{
	return event == LIFE_EVENT_ANSWERED || event == LIFE_EVENT_DEFER ||
	    event == LIFE_EVENT_PARK || event == LIFE_EVENT_HOLD || event == LIFE_EVENT_LOCKED ||
	    event == LIFE_EVENT_LOCK_LATER || event == LIFE_EVENT_TURN_LOST;
}

/* What holds of every step, whoever makes it. */
static void
check_pair(enum life life, enum life_event event)
{
	enum life next = life_next(life, event);

	assert_in_range(next, 0, LIFE_COUNT - 1);
	if (life == LIFE_ENDING)
		assert_int_equal(next, LIFE_ENDING);
	/* One request at a time. */
	if (next == LIFE_ASKED)
		assert_true((life_hears(life) && event == LIFE_EVENT_REQUEST) ||
		    (event == LIFE_EVENT_WAKE && (life == LIFE_PARKED || life == LIFE_HELD)));
	/* A job goes to a worker only by a turn, and leaves it only by coming back. */
	if (life_has_worker(life) && !life_has_worker(next))
		assert_true(event == LIFE_EVENT_HASH_BACK && next == LIFE_HASHED);
	if (!life_has_worker(life) && life_has_worker(next))
		assert_true(life_ready(life) && event == LIFE_EVENT_DEFER);
	/* What came back is judged, or its turn lost, whether anybody is there to hear it or not.
	 */
	if (event == LIFE_EVENT_HANG_UP || event == LIFE_EVENT_END)
		assert_true(life == LIFE_HASHED ? next == LIFE_HASHED
						: next == LIFE_ENDING || next == LIFE_ADRIFT);
}

static void
every_pair_keeps_the_rules(void **state)
{
	(void)state;
	for (int life = 0; life < LIFE_COUNT; life++)
		for (int event = 0; event < LIFE_EVENT_COUNT; event++)
			check_pair((enum life)life, (enum life_event)event);
}

/* No session keeps a turn busy that can do nothing with it. */
static void
a_turn_never_leaves_a_session_as_it_was(void **state)
{
	(void)state;
	for (int l = 0; l < LIFE_COUNT; l++) {
		enum life life = (enum life)l;

		assert_false(life_ready(life) && (life_hears(life) || life_has_worker(life)));
		for (int event = 0; event < LIFE_EVENT_COUNT && life_ready(life); event++) {
			enum life next = life_next(life, (enum life_event)event);

			if (of_a_turn((enum life_event)event))
				assert_true(next == LIFE_ENDING || !life_ready(next));
		}
	}
}

/* A fault ends a session; but no memory is freed that a worker has. */
static void
a_fault_ends_a_session(void **state)
{
	(void)state;
	assert_int_equal(life_next(LIFE_QUIET, LIFE_EVENT_ANSWERED), LIFE_ENDING);
	assert_int_equal(life_next(LIFE_ASKED, LIFE_EVENT_REQUEST), LIFE_ENDING);
	assert_int_equal(life_next(LIFE_HASHED, LIFE_EVENT_PARK), LIFE_ENDING);
	assert_int_equal(life_next(LIFE_HASHING, LIFE_EVENT_REQUEST), LIFE_ADRIFT);
	assert_int_equal(life_next(LIFE_ADRIFT, LIFE_EVENT_WAKE), LIFE_ADRIFT);
}

/* job: whether a worker has one, by what was told to do; the state says the same at each step. */
static size_t
walk(enum life life, bool job, int length)
{
	size_t count = 1;

	assert_int_equal(life_has_worker(life), job);
	for (int e = 0; length > 0 && e < LIFE_EVENT_COUNT; e++) {
		enum life_event event = (enum life_event)e;
		bool given = event == LIFE_EVENT_DEFER &&
		    (life == LIFE_ASKED || life == LIFE_HASHED);

		count += walk(life_next(life, event),
		    given || (job && event != LIFE_EVENT_HASH_BACK), length - 1);
	}
	return count;
}

static void
every_sequence_keeps_the_rules(void **state)
{
	size_t all = 1, power = 1;

	(void)state;
	for (int i = 0; i < LENGTH; i++)
		all += power *= LIFE_EVENT_COUNT;
	assert_int_equal(walk(LIFE_QUIET, false, LENGTH), all);
}

/* From wherever it is, a session that has to go does go. */
static void
every_end_is_reached(void **state)
{
	(void)state;
	for (int life = 0; life < LIFE_COUNT; life++) {
		enum life now = life_next((enum life)life, LIFE_EVENT_END);

		if (life_has_worker(now))
			now = life_next(now, LIFE_EVENT_HASH_BACK);
		if (now == LIFE_HASHED)
			now = life_next(now, LIFE_EVENT_ANSWERED);
		assert_int_equal(life_next(now, LIFE_EVENT_END), LIFE_ENDING);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_session_goes_through_its_day),
		cmocka_unit_test(a_line_that_hangs_up_counts_first),
		cmocka_unit_test(a_lost_turn_leaves_a_session_that_can_ask_again),
		cmocka_unit_test(every_pair_keeps_the_rules),
		cmocka_unit_test(a_turn_never_leaves_a_session_as_it_was),
		cmocka_unit_test(a_fault_ends_a_session),
		cmocka_unit_test(every_sequence_keeps_the_rules),
		cmocka_unit_test(every_end_is_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
