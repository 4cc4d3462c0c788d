/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs that have nothing to hash, through real workers: each comes back once, or was taken back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <stdlib.h>

#include "keeper/hash.h"

static int
begin(void **state)
{
	struct hash_pool *pool = NULL;
	enum err err = hash_start(NULL, &pool);

	*state = pool;
	return err != ERR_OK;
}

static int
finish(void **state)
{
	hash_stop(*state);
	return 0;
}

static struct hash_job *
submit(struct hash_pool *pool, uint64_t group)
{
	struct hash_job *job = calloc(1, sizeof *job);

	assert_non_null(job);
	job->group = group;
	hash_submit(pool, job);
	return job;
}

static struct hash_job *
wait_done(struct hash_pool *pool)
{
	struct pollfd slot = { .fd = hash_fd(pool), .events = POLLIN };
	struct hash_job *job = hash_done(pool);

	while (job == NULL) {
		assert_int_equal(poll(&slot, 1, 10000), 1);
		job = hash_done(pool);
	}
	return job;
}

static void
each_job_comes_back(void **state)
{
	for (uint64_t i = 0; i < 100; i++)
		(void)submit(*state, i);
	for (int i = 0; i < 100; i++) {
		struct hash_job *job = wait_done(*state);

		assert_int_equal(job->err, ERR_OK);
		hash_job_free(job);
	}
	assert_null(hash_done(*state));
}

static void
a_job_is_taken_back_or_comes_back(void **state)
{
	enum { JOBS = 20000 };
	int done = 0, cancelled = 0;

	for (uint64_t i = 0; i < JOBS; i++) {
		struct hash_job *job = submit(*state, i);

		if (hash_cancel(*state, job)) {
			hash_job_free(job);
			cancelled++;
			continue;
		}
		job = wait_done(*state);
		assert_int_equal(job->group, i);
		hash_job_free(job);
		done++;
	}
	assert_int_equal(done + cancelled, JOBS);
	assert_null(hash_done(*state));
}

static void
the_room_of_a_turn_ends_with_it(void **state)
{
	for (int i = 0; i < HASH_GROUP_MAX; i++)
		assert_true(hash_room(*state, SHARE_STRANGER, 1));
	assert_false(hash_room(*state, SHARE_STRANGER, 1));
	assert_true(hash_room(*state, SHARE_STRANGER, 2));
	hash_turn(*state);
	assert_true(hash_room(*state, SHARE_STRANGER, 1));
	hash_turn(*state);
}

static void
a_job_without_a_place_comes_back_busy(void **state)
{
	struct hash_job *job;

	/* All common places are kept for others of this turn. */
	for (uint64_t i = 0; i < HASH_COMMON; i++)
		assert_true(hash_room(*state, SHARE_STRANGER, i));
	job = submit(*state, HASH_COMMON);
	assert_false(hash_cancel(*state, job));
	assert_ptr_equal(wait_done(*state), job);
	assert_int_equal(job->err, ERR_BUSY);
	hash_job_free(job);
	hash_turn(*state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_job_comes_back),
		cmocka_unit_test(a_job_is_taken_back_or_comes_back),
		cmocka_unit_test(the_room_of_a_turn_ends_with_it),
		cmocka_unit_test(a_job_without_a_place_comes_back_busy),
	};

	return cmocka_run_group_tests(tests, begin, finish);
}
