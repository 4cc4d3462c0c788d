/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who waits for a worker: sources take turns, and nobody takes the room of another share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "keeper/hash_queue.h"

static struct hash_queue queue;
static struct hash_place places[HASH_QUEUE_MAX + 1];

static int
begin(void **state)
{
	(void)state;
	memset(&queue, 0, sizeof queue);
	memset(places, 0, sizeof places);
	return 0;
}

static bool
put(size_t i, enum share share, uint64_t group)
{
	return hash_queue_put(&queue, &places[i], share, group);
}

/* The number of the place that is taken next; -1: nobody waits. */
static int
take(void)
{
	struct hash_place *place = hash_queue_take(&queue);

	return place == NULL ? -1 : (int)(place - places);
}

/* How many more places of a share can be had, each for a group of its own or all for one. */
static size_t
room(enum share share, bool one_group)
{
	struct hash_queue copy = queue, *before = &copy;
	size_t count = 0;

	while (hash_queue_book(&queue, share, one_group ? 1000 : 1000 + count))
		count++;
	hash_queue_unbook(&queue);
	for (int s = 0; s < SHARE_COUNT; s++)
		assert_int_equal(queue.count[s], before->count[s]);
	return count;
}

static void
first_in_first_out_within_a_group(void **state)
{
	(void)state;
	assert_true(hash_queue_empty(&queue));
	assert_int_equal(take(), -1);
	for (size_t i = 0; i < HASH_GROUP_MAX; i++)
		assert_true(put(i, SHARE_STRANGER, 5));
	assert_false(hash_queue_empty(&queue));
	for (int i = 0; i < HASH_GROUP_MAX; i++)
		assert_int_equal(take(), i);
	assert_int_equal(take(), -1);
	assert_true(hash_queue_empty(&queue));
}

static void
groups_take_turns(void **state)
{
	static const int order[] = { 0, 3, 5, 1, 4, 2, -1 };

	(void)state;
	for (size_t i = 0; i < 3; i++)
		assert_true(put(i, SHARE_STRANGER, 1));
	assert_true(put(3, SHARE_STRANGER, 2) && put(4, SHARE_STRANGER, 2));
	assert_true(put(5, SHARE_STRANGER, 3));
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		assert_int_equal(take(), order[i]);
}

static void
shares_take_turns_and_the_host_goes_first(void **state)
{
	static const int order[] = { 8, 9, 3, 6, 0, 4, 7, 1, 5, 2, -1 };

	(void)state;
	for (size_t i = 0; i < 3; i++) /* each share's groups have the same numbers */
		assert_true(put(i, SHARE_STRANGER, i) && put(3 + i, SHARE_PASSWORD, i));
	assert_true(put(6, SHARE_IN, 0) && put(7, SHARE_IN, 0));
	assert_true(put(8, SHARE_HOST, 0) && put(9, SHARE_HOST, 0));
	for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
		assert_int_equal(take(), order[i]);
}

static void
one_source_has_its_part_of_the_strangers_room(void **state)
{
	(void)state;
	assert_int_equal(room(SHARE_STRANGER, true), HASH_GROUP_MAX);
	assert_int_equal(room(SHARE_STRANGER, false), HASH_COMMON);
	for (size_t i = 0; i < HASH_GROUP_MAX; i++)
		assert_true(put(i, SHARE_STRANGER, 1));
	assert_false(put(HASH_GROUP_MAX, SHARE_STRANGER, 1));
	assert_null(places[HASH_GROUP_MAX].group);
	assert_int_equal(room(SHARE_STRANGER, false), HASH_COMMON - HASH_GROUP_MAX);
	/* Its other lines, behind a door, are not among these. */
	assert_true(put(HASH_GROUP_MAX, SHARE_PASSWORD, 1));
}

static void
strangers_leave_the_others_their_room(void **state)
{
	size_t n = 0;

	(void)state;
	while (put(n, SHARE_STRANGER, n))
		n++;
	assert_int_equal(n, HASH_COMMON);
	assert_int_equal(room(SHARE_PASSWORD, false), 24);
	assert_int_equal(room(SHARE_IN, false), 24);
	assert_int_equal(room(SHARE_HOST, true), 16);
	/* All that is kept is used: that is the whole queue. */
	for (uint64_t i = 0; i < 24; i++, n += 2)
		assert_true(put(n, SHARE_PASSWORD, i) && put(n + 1, SHARE_IN, i));
	for (uint64_t i = 0; i < 16; i++)
		assert_true(put(n++, SHARE_HOST, 0));
	assert_int_equal(n, HASH_QUEUE_MAX);
	for (int share = 0; share < SHARE_COUNT; share++)
		assert_int_equal(room((enum share)share, false), 0);
	while (n-- > 0)
		assert_true(take() >= 0);
	assert_true(hash_queue_empty(&queue));
	assert_int_equal(room(SHARE_STRANGER, false), HASH_COMMON);
}

static void
what_strangers_do_not_use_others_may(void **state)
{
	(void)state;
	assert_int_equal(room(SHARE_IN, false), HASH_COMMON + 24);
	for (size_t i = 0; i < HASH_COMMON + 24; i++)
		assert_true(put(i, SHARE_IN, i));
	assert_int_equal(room(SHARE_STRANGER, false), 0);
	assert_int_equal(room(SHARE_PASSWORD, false), 24);
}

static void
a_booked_place_is_kept_for_its_turn(void **state)
{
	(void)state;
	for (size_t i = 0; i < HASH_GROUP_MAX; i++)
		assert_true(hash_queue_book(&queue, SHARE_STRANGER, 1));
	assert_false(hash_queue_book(&queue, SHARE_STRANGER, 1));
	assert_true(hash_queue_empty(&queue));
	assert_true(put(0, SHARE_STRANGER, 1));
	assert_false(hash_queue_book(&queue, SHARE_STRANGER, 1));
	hash_queue_unbook(&queue);
	for (size_t i = 1; i < HASH_GROUP_MAX; i++)
		assert_true(hash_queue_book(&queue, SHARE_STRANGER, 1));
	assert_false(hash_queue_book(&queue, SHARE_STRANGER, 1));
	hash_queue_unbook(&queue);
	/* A group that only booked does not hold up another's turn. */
	assert_int_equal(take(), 0);
	assert_true(hash_queue_book(&queue, SHARE_STRANGER, 1));
	assert_true(put(1, SHARE_STRANGER, 2));
	assert_int_equal(take(), 1);
}

static void
who_has_left_is_not_served(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_true(put(i, SHARE_STRANGER, 1));
	assert_true(put(4, SHARE_STRANGER, 2));
	assert_true(hash_queue_remove(&queue, &places[0]));
	assert_true(hash_queue_remove(&queue, &places[2]));
	assert_true(hash_queue_remove(&queue, &places[4]));
	assert_false(hash_queue_remove(&queue, &places[4]));
	assert_int_equal(take(), 1);
	assert_false(hash_queue_remove(&queue, &places[1]));
	assert_int_equal(take(), 3);
	assert_int_equal(take(), -1);
	assert_int_equal(room(SHARE_STRANGER, false), HASH_COMMON);
}

/* --- a flood -------------------------------------------------------------------- */

enum { WORKERS = 2, FLOOD = 64, HONEST = FLOOD };

/* 64 lines of one source, each with a new wrong password as soon as it was answered. */
static void
flood(void)
{
	for (size_t i = 0; i < FLOOD; i++)
		if (places[i].group == NULL)
			(void)put(i, SHARE_STRANGER, 1);
}

/* One honest line of another source waits for the jobs that the workers have, and one more. */
static void
a_flood_delays_another_source_by_one_job(void **state)
{
	int begun = 0;

	(void)state;
	for (int round = 0; round < 100; round++) {
		flood();
		for (int i = 0; i < round % 7 + WORKERS; i++)
			assert_in_range(take(), 0, FLOOD - 1);
		flood();
		assert_true(put(HONEST, SHARE_STRANGER, 2));
		/* A worker is free each time that a job is done. */
		for (begun = 1; begun < FLOOD && take() != HONEST; begun++)
			flood();
		assert_true(WORKERS + begun - 1 <= WORKERS + 1);
	}
}

/* Nothing is lost, doubled or overfull, whatever is done in which order. */
static void
any_order_keeps_the_limits(void **state)
{
	uint32_t seed = 12345;
	size_t waiting = 0;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		size_t n = (seed = seed * 1664525 + 1013904223) >> 8;
		struct hash_place *place = &places[n % HASH_QUEUE_MAX];
		enum share share = (enum share)((n >> 9) % 8 < 5 ? 0 : (n >> 9) % 8 - 4);
		bool there = place->group != NULL;

		switch ((n >> 12) % 6) {
		case 0:
			waiting -= hash_queue_remove(&queue, place);
			break;
		case 1:
			assert_int_equal(hash_queue_empty(&queue), waiting == 0);
			assert_int_equal(take() < 0, waiting == 0);
			waiting -= waiting > 0;
			break;
		case 2:
			hash_queue_unbook(&queue);
			break;
		case 3:
			(void)hash_queue_book(&queue, share, (n >> 15) % 20);
			break;
		case 4:
		case 5:
			waiting += !there && hash_queue_put(&queue, place, share, (n >> 15) % 20);
			break;
		}
		assert_true(waiting <= HASH_QUEUE_MAX);
		assert_int_equal(hash_queue_empty(&queue), waiting == 0);
	}
	hash_queue_unbook(&queue);
	assert_int_equal(queue.count[0] + queue.count[1] + queue.count[2] + queue.count[3],
	    waiting);
	while (waiting-- > 0)
		assert_true(take() >= 0);
	assert_int_equal(take(), -1);
	for (int share = 0; share < SHARE_COUNT; share++)
		assert_null(queue.first[share]);
}

int
main(void)
{
#define QUEUE_TEST(name) cmocka_unit_test_setup(name, begin)
	const struct CMUnitTest tests[] = {
		QUEUE_TEST(first_in_first_out_within_a_group),
		QUEUE_TEST(groups_take_turns),
		QUEUE_TEST(shares_take_turns_and_the_host_goes_first),
		QUEUE_TEST(one_source_has_its_part_of_the_strangers_room),
		QUEUE_TEST(strangers_leave_the_others_their_room),
		QUEUE_TEST(what_strangers_do_not_use_others_may),
		QUEUE_TEST(a_booked_place_is_kept_for_its_turn),
		QUEUE_TEST(who_has_left_is_not_served),
		QUEUE_TEST(a_flood_delays_another_source_by_one_job),
		QUEUE_TEST(any_order_keeps_the_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
