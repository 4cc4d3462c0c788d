/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of a recording: its limits, what is joined, and what is kept where there is no room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "runner/tape.h"

static const struct cast_head head = { .rows = 24,
	.columns = 80,
	.title = "t",
	.term = "xterm",
	.run = "r",
	.command = "c",
	.person = "p",
	.role = "operator",
	.source = "s" };
static const struct tape_limits roomy = { .each = INT64_C(1) << 30, .all = INT64_C(1) << 40 };

static char place[64];
static int directory;
static struct tape *tape;
static char *much;
enum { MUCH = 20000 };

static int
setup(void **state)
{
	(void)state;
	(void)gcry_check_version(NULL);
	(void)gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
	(void)gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
	(void)snprintf(place, sizeof place, "/tmp/provconsole-tape-XXXXXX");
	assert_non_null(mkdtemp(place));
	directory = open(place, O_RDONLY | O_DIRECTORY);
	assert_true(directory >= 0);
	tape = malloc(sizeof *tape);
	much = malloc(MUCH);
	assert_non_null(tape);
	assert_non_null(much);
	memset(much, 'x', MUCH);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	(void)unlinkat(directory, "one.cast", 0);
	(void)unlinkat(directory, "two.cast", 0);
	close(directory);
	(void)rmdir(place);
	free(tape);
	free(much);
	return 0;
}

static int64_t
size_of(const char *name)
{
	struct stat st;

	assert_int_equal(fstatat(directory, name, &st, 0), 0);
	return st.st_size;
}

static void
end(void)
{
	tape_end(tape, 0);
	gcry_md_close(tape->hash);
}

static void
what_comes_together_is_one_event(void **state)
{
	int64_t first;

	(void)state;
	assert_int_equal(tape_begin(tape, directory, "one.cast", &head, &roomy, 0), ERR_OK);
	first = tape->bytes;
	tape_put(tape, "a", 1, 1000);
	tape_put(tape, "b", 1, 5000);
	assert_int_equal(tape_tend(tape, 6000), 5); /* milliseconds */
	assert_int_equal(tape->bytes, first);
	(void)tape_tend(tape, 11000);
	assert_int_equal(tape->bytes, first + (int64_t)strlen("[0.001000,\"o\",\"ab\"]\n"));
	assert_int_equal(size_of("one.cast"), tape->bytes);
	end();
}

static void
within_a_second_it_is_on_the_disk(void **state)
{
	(void)state;
	assert_int_equal(tape_begin(tape, directory, "one.cast", &head, &roomy, 0), ERR_OK);
	assert_int_equal(tape_tend(tape, 0), -1);
	tape_put(tape, "a", 1, 1000);
	assert_int_equal(tape_tend(tape, 11000), 1000);
	assert_true(tape->synced < tape->bytes);
	assert_int_equal(tape_tend(tape, 1011000), -1);
	assert_int_equal(tape->synced, tape->bytes);
	end();
}

static void
one_has_a_limit(void **state)
{
	const struct tape_limits limits = { .each = 50000, .all = INT64_C(1) << 40 };

	(void)state;
	assert_int_equal(tape_begin(tape, directory, "one.cast", &head, &limits, 0), ERR_OK);
	for (int i = 0; i < 20; i++)
		tape_put(tape, much, MUCH, 20000 * i);
	assert_true(tape->full);
	assert_in_range(size_of("one.cast"), 50000, 50000 + 6 * CAST_BYTES_MAX);
	end();
}

static void
all_have_a_limit(void **state)
{
	const struct tape_limits limits = { .each = INT64_C(1) << 30, .all = 100 };

	(void)state;
	assert_int_equal(tape_begin(tape, directory, "one.cast", &head, &roomy, 0), ERR_OK);
	end();
	assert_int_equal(tape_begin(tape, directory, "two.cast", &head, &limits, 0),
	    ERR_RECORDING_ROOM);
	assert_int_equal(faccessat(directory, "two.cast", F_OK, 0), -1);
}

static void
some_of_the_disk_is_left(void **state)
{
	const struct tape_limits limits = { .each = INT64_C(1) << 30,
		.all = INT64_C(1) << 40,
		.reserve = INT64_C(1) << 60 };

	(void)state;
	assert_int_equal(tape_begin(tape, directory, "one.cast", &head, &limits, 0),
	    ERR_RECORDING_ROOM);
}

/* As a full disk does, in the midst of a line. */
static void
a_line_is_whole_or_not_there(void **state)
{
	struct rlimit before, less;
	int64_t kept;

	(void)state;
	assert_int_equal(tape_begin(tape, directory, "one.cast", &head, &roomy, 0), ERR_OK);
	kept = tape->bytes;
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	less = before;
	less.rlim_cur = (rlim_t)kept + 100;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &less), 0);
	tape_put(tape, much, MUCH, 0);
	(void)tape_tend(tape, 20000);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_true(tape->full);
	assert_int_equal(tape->bytes, kept);
	assert_int_equal(size_of("one.cast"), kept);
	end();
}

static void
nothing_is_written_over(void **state)
{
	(void)state;
	assert_int_equal(tape_begin(tape, directory, "one.cast", &head, &roomy, 0), ERR_OK);
	end();
	assert_int_not_equal(tape_begin(tape, directory, "one.cast", &head, &roomy, 0), ERR_OK);
	assert_int_equal(faccessat(directory, "one.cast", F_OK, 0), 0);
}

static void
a_step_at_each_mebibyte(void **state)
{
	int steps = 0;

	(void)state;
	assert_int_equal(tape_begin(tape, directory, "one.cast", &head, &roomy, 0), ERR_OK);
	for (int i = 0; i < 160; i++) {
		tape_put(tape, much, MUCH, 20000 * i);
		(void)tape_tend(tape, 20000 * i + 11000);
		steps += tape_step(tape);
	}
	assert_int_equal(steps, tape->bytes / TAPE_STEP);
	assert_int_equal(steps, 3);
	end();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_comes_together_is_one_event, setup, teardown),
		cmocka_unit_test_setup_teardown(within_a_second_it_is_on_the_disk, setup, teardown),
		cmocka_unit_test_setup_teardown(one_has_a_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(all_have_a_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(some_of_the_disk_is_left, setup, teardown),
		cmocka_unit_test_setup_teardown(a_line_is_whole_or_not_there, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_is_written_over, setup, teardown),
		cmocka_unit_test_setup_teardown(a_step_at_each_mebibyte, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
