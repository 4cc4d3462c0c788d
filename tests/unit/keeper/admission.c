/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever holds the most lines gives one up; an honest line of a small group stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "keeper/admission.h"
#include "wire/wire.h"

static struct admission_line lines[ADMISSION_LINES + 1];

static int
begin(void **state)
{
	memset(lines, 0, sizeof lines);
	*state = admission_new();
	return *state == NULL;
}

static int
finish(void **state)
{
	admission_free(*state);
	return 0;
}

static void
enter(struct admission *admission, struct admission_line *line, enum share share, uint64_t group)
{
	assert_int_equal(admission_enter(admission, line, share, group), ERR_OK);
}

/* As the keeper does it: when there is no room, one goes, and the newcomer comes. */
static struct admission_line *
enter_somehow(struct admission *admission, struct admission_line *line, enum share share,
    uint64_t group)
{
	struct admission_line *gone = NULL;

	if (admission_full(admission, share)) {
		assert_int_equal(admission_enter(admission, line, share, group), ERR_BUSY);
		gone = admission_yield(admission, share);
		assert_non_null(gone);
		admission_leave(admission, gone);
	}
	enter(admission, line, share, group);
	return gone;
}

static void
the_shares_are_all_there_is(void **state)
{
	size_t sum = 0;

	for (int share = 0; share < SHARE_COUNT; share++) {
		sum += admission_limit((enum share)share);
		assert_in_range(strlen(admission_name((enum share)share)), 3, WIRE_SHARE_SIZE - 1);
	}
	assert_int_equal(sum, ADMISSION_LINES);
	assert_int_equal(admission_limit(SHARE_STRANGER), 1344);
	assert_int_equal(admission_limit(SHARE_PASSWORD), 1024);
	assert_int_equal(admission_limit(SHARE_IN), 1024);
	assert_int_equal(admission_limit(SHARE_HOST), 64);
	assert_int_equal(admission_limit(SHARE_PAM), 512);
	assert_int_equal(admission_limit(SHARE_SERVICE), 128);
	for (int share = 0; share < SHARE_COUNT; share++)
		assert_null(admission_yield(*state, (enum share)share));
}

/* 4,096 lines from one place: all that it can have are the strangers', and then it displaces
 * itself. */
static void
one_source_displaces_itself(void **state)
{
	enum { LIMIT = 1344 };

	for (size_t i = 0; i < ADMISSION_LINES; i++) {
		struct admission_line *gone = enter_somehow(*state, &lines[i], SHARE_STRANGER, 7);

		assert_ptr_equal(gone, i < LIMIT ? NULL : &lines[i - LIMIT]);
	}
	assert_int_equal(admission_count(*state, SHARE_STRANGER), LIMIT);
	/* A newcomer from elsewhere comes in, and stays, whatever the others do. */
	assert_ptr_equal(enter_somehow(*state, &lines[ADMISSION_LINES], SHARE_STRANGER, 8),
	    &lines[ADMISSION_LINES - LIMIT]);
	for (size_t i = 0; i < LIMIT; i++)
		assert_non_null(enter_somehow(*state, &lines[i], SHARE_STRANGER, 7));
	assert_non_null(lines[ADMISSION_LINES].group);
}

static void
of_equals_the_longest_idle_goes(void **state)
{
	size_t limit = admission_limit(SHARE_STRANGER);

	for (size_t i = 0; i < limit; i++)
		enter(*state, &lines[i], SHARE_STRANGER, i);
	assert_ptr_equal(admission_yield(*state, SHARE_STRANGER), &lines[0]);
	/* An answer moves it to the end. */
	admission_touch(*state, &lines[0]);
	assert_ptr_equal(admission_yield(*state, SHARE_STRANGER), &lines[1]);
	/* A second line of some source: now that one holds the most. */
	assert_int_equal(admission_move(*state, &lines[5], SHARE_STRANGER, 100), ERR_OK);
	assert_ptr_equal(admission_yield(*state, SHARE_STRANGER), &lines[100]);
	admission_touch(*state, &lines[100]);
	assert_ptr_equal(admission_yield(*state, SHARE_STRANGER), &lines[5]);
}

static void
a_full_share_takes_nothing_of_another(void **state)
{
	struct admission_line *line = lines;

	for (int share = 0; share < SHARE_COUNT; share++)
		for (size_t i = 0; i < admission_limit((enum share)share); i++)
			enter(*state, line++, (enum share)share, 1);
	for (int share = 0; share < SHARE_COUNT; share++) {
		assert_true(admission_full(*state, (enum share)share));
		for (int i = 0; i < 10; i++) {
			struct admission_line *gone = admission_yield(*state, (enum share)share);

			admission_leave(*state, gone);
			enter(*state, gone, (enum share)share, 2);
		}
		for (int other = 0; other < SHARE_COUNT; other++)
			assert_int_equal(admission_count(*state, (enum share)other),
			    admission_limit((enum share)other));
	}
	/* Whoever passed the first door waits for room behind it, and keeps the old place. */
	assert_int_equal(admission_move(*state, &lines[0], SHARE_PASSWORD, 1), ERR_BUSY);
	assert_non_null(lines[0].group);
	admission_leave(*state, admission_yield(*state, SHARE_PASSWORD));
	assert_int_equal(admission_move(*state, &lines[0], SHARE_PASSWORD, 1), ERR_OK);
	assert_false(admission_full(*state, SHARE_STRANGER));
	/* In a full share a source may still be named. */
	assert_int_equal(admission_move(*state, &lines[0], SHARE_PASSWORD, 3), ERR_OK);
}

/* Shares count apart: a crowd among the strangers makes no line of the same source go elsewhere. */
static void
the_biggest_group_is_that_of_the_share(void **state)
{
	for (size_t i = 0; i < 100; i++)
		enter(*state, &lines[i], SHARE_STRANGER, 1);
	enter(*state, &lines[100], SHARE_IN, 1);
	enter(*state, &lines[101], SHARE_IN, 2);
	enter(*state, &lines[102], SHARE_IN, 2);
	assert_ptr_equal(admission_yield(*state, SHARE_IN), &lines[101]);
}

static void
who_left_is_not_there(void **state)
{
	enter(*state, &lines[0], SHARE_STRANGER, 1);
	admission_leave(*state, &lines[0]);
	admission_leave(*state, &lines[0]);
	admission_touch(*state, &lines[0]);
	assert_int_equal(admission_count(*state, SHARE_STRANGER), 0);
	assert_null(admission_yield(*state, SHARE_STRANGER));
	enter(*state, &lines[0], SHARE_HOST, 1);
	assert_ptr_equal(admission_yield(*state, SHARE_HOST), &lines[0]);
}

/* --- beside a model that is too simple to be wrong ------------------------------ */

struct model {
	bool here;
	enum share share;
	uint64_t group, answered;
};

enum { MODEL_LINES = 2200, MODEL_GROUPS = 40 };

static struct model models[MODEL_LINES];

static size_t
held(enum share share, uint64_t group)
{
	size_t count = 0;

	for (size_t i = 0; i < MODEL_LINES; i++)
		count += models[i].here && models[i].share == share && models[i].group == group;
	return count;
}

static struct admission_line *
model_yield(enum share share)
{
	size_t sizes[MODEL_GROUPS], found = MODEL_LINES;

	for (uint64_t group = 0; group < MODEL_GROUPS; group++)
		sizes[group] = held(share, group);
	for (size_t i = 0; i < MODEL_LINES; i++) {
		const struct model *m = &models[i];

		if (m->here && m->share == share &&
		    (found == MODEL_LINES || sizes[m->group] > sizes[models[found].group] ||
			(sizes[m->group] == sizes[models[found].group] &&
			    m->answered < models[found].answered)))
			found = i;
	}
	return found == MODEL_LINES ? NULL : &lines[found];
}

static uint64_t
chance(uint64_t *seed, uint64_t below)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (*seed >> 33) % below;
}

static void
step(struct admission *admission, uint64_t *seed, uint64_t now)
{
	size_t i = chance(seed, MODEL_LINES);
	enum share share = chance(seed, 8) == 0 ? (enum share)chance(seed, SHARE_COUNT)
						: SHARE_STRANGER;
	/* The first groups are the biggest. */
	uint64_t group = chance(seed, 1 + chance(seed, MODEL_GROUPS)), what = chance(seed, 10);
	struct model *m = &models[i];

	if (!m->here || what < 3) {
		bool full = admission_full(admission, share) && !(m->here && m->share == share);
		enum err err = m->here ? admission_move(admission, &lines[i], share, group)
				       : admission_enter(admission, &lines[i], share, group);

		assert_int_equal(err, full ? ERR_BUSY : ERR_OK);
		if (!full)
			*m = (struct model){ true, share, group, now };
	} else if (what < 9) {
		admission_touch(admission, &lines[i]);
		m->answered = now;
	} else {
		admission_leave(admission, &lines[i]);
		m->here = false;
	}
}

static void
it_does_what_the_simple_model_does(void **state)
{
	uint64_t seed = 1;

	memset(models, 0, sizeof models);
	for (uint64_t now = 1; now <= 200000; now++) {
		step(*state, &seed, now);
		if (now % 100 != 0)
			continue;
		for (int share = 0; share < SHARE_COUNT; share++)
			assert_ptr_equal(admission_yield(*state, (enum share)share),
			    model_yield((enum share)share));
	}
}

int
main(void)
{
#define ADMISSION_TEST(name) cmocka_unit_test_setup_teardown(name, begin, finish)
	const struct CMUnitTest tests[] = {
		ADMISSION_TEST(the_shares_are_all_there_is),
		ADMISSION_TEST(one_source_displaces_itself),
		ADMISSION_TEST(of_equals_the_longest_idle_goes),
		ADMISSION_TEST(a_full_share_takes_nothing_of_another),
		ADMISSION_TEST(the_biggest_group_is_that_of_the_share),
		ADMISSION_TEST(who_left_is_not_there),
		ADMISSION_TEST(it_does_what_the_simple_model_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
