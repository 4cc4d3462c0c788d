/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who makes room for whom where all places of strangers are taken: one line for one, and none for a
 * line that was given up itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "keeper/session.h"

struct crowd {
	struct keeper keeper;
	struct session *lines;
	size_t count;
};

/* As many strangers as there may be, each from its own source, on lines that nobody reads. */
static int
set_up(void **state)
{
	struct crowd *crowd = calloc(1, sizeof *crowd);

	assert_non_null(crowd);
	*state = crowd;
	crowd->keeper.admission = admission_new();
	assert_non_null(crowd->keeper.admission);
	crowd->count = admission_limit(SHARE_STRANGER);
	crowd->lines = calloc(crowd->count, sizeof *crowd->lines);
	assert_non_null(crowd->lines);
	for (size_t i = 0; i < crowd->count; i++) {
		struct session *line = &crowd->lines[i];

		line->fd = -1;
		line->life = LIFE_HASHING;
		line->place.owner = line;
		line->state.group = i;
		assert_int_equal(admission_enter(crowd->keeper.admission, &line->place,
				     SHARE_STRANGER, i),
		    ERR_OK);
	}
	return 0;
}

static int
tear_down(void **state)
{
	struct crowd *crowd = *state;

	admission_free(crowd->keeper.admission);
	free(crowd->lines);
	free(crowd);
	return 0;
}

static size_t
given_up(const struct crowd *crowd)
{
	size_t count = 0;

	for (size_t i = 0; i < crowd->count; i++)
		count += crowd->lines[i].life != LIFE_HASHING;
	return count;
}

static void
one_makes_room_for_one(void **state)
{
	struct crowd *crowd = *state;
	struct session newcomer = { .fd = -1 };

	newcomer.place.owner = &newcomer;
	newcomer.state.group = crowd->count;
	assert_true(session_find_place(&crowd->keeper, &newcomer));
	assert_int_equal(given_up(crowd), 1);
	assert_int_equal(crowd->lines[0].why, ERR_CROWDED); /* the longest idle */
	assert_true(admission_full(crowd->keeper.admission, SHARE_STRANGER));
}

/* Its job came back after it had made room: it is judged, and goes. */
static void
a_line_that_was_given_up_takes_no_place(void **state)
{
	struct crowd *crowd = *state;
	struct session newcomer = { .fd = -1 }, *old = &crowd->lines[0];

	newcomer.place.owner = &newcomer;
	newcomer.state.group = crowd->count;
	assert_true(session_find_place(&crowd->keeper, &newcomer));
	assert_int_equal(old->life, LIFE_ADRIFT);
	session_hashed(old);
	old->request = calloc(1, sizeof *old->request);
	old->outcome.reply = calloc(1, sizeof *old->outcome.reply);
	old->outcome.kind = OUTCOME_ANSWER;
	old->outcome.after = old->state;
	session_apply(&crowd->keeper, old);
	assert_int_equal(given_up(crowd), 1);
	assert_int_equal(old->life, LIFE_ENDING);
	outcome_clear(&old->outcome);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(one_makes_room_for_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_line_that_was_given_up_takes_no_place, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
