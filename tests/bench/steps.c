/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * steps FEW MANY ROUNDS
 *
 * The transaction of an accepted code, the step of a sign-in that writes most, on two states that
 * seed.c made, each time for another person; and a bare pwrite and fdatasync of as many bytes, over
 * and over in a file that is there. In turn; medians in microseconds.
 */
#include "bare.h"
#include "bench.h"
#include "step.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/store.h"

enum { ROUNDS_MAX = 10000, COUNTED = 200 };

/* What this process has written so far, into its files and not to its disk alone. */
static int64_t
written(void)
{
	return bench_proc("/proc/self/io", "wchar");
}

static int64_t
timed(struct step *step)
{
	int64_t start = bench_now();

	step_code(step);
	return bench_now() - start;
}

/* Bytes a step, without what a checkpoint copies back now and then: that is said apart. */
static size_t
count_bytes(struct step *step)
{
	int64_t each[COUNTED];

	for (size_t i = 0; i < COUNTED; i++) {
		int64_t before = written();

		step_code(step);
		each[i] = written() - before;
	}
	return (size_t)bench_median(each, COUNTED);
}

static void
measure(struct step *few, struct step *many, struct bare *bare, size_t rounds)
{
	static int64_t took[3][ROUNDS_MAX];
	int64_t before = written(), length = (int64_t)bare->length;

	for (size_t i = 0; i < rounds; i++) {
		took[0][i] = bare_write(bare);
		took[1][i] = timed(few);
		took[2][i] = timed(many);
	}
	bench_say("step.all.bytes",
	    (double)(written() - before - length * (int64_t)rounds) / 2 / (double)rounds);
	bench_say("step.bare", (double)bench_median(took[0], rounds) / 1000);
	bench_say("step.few", (double)bench_median(took[1], rounds) / 1000);
	bench_say("step.many", (double)bench_median(took[2], rounds) / 1000);
}

int
main(int argc, char **argv)
{
	size_t rounds = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
	struct step few, many;
	struct bare bare;

	if (rounds == 0 || rounds > ROUNDS_MAX)
		bench_die("Usage: steps FEW MANY ROUNDS");
	step_open(&few, argv[1]);
	step_open(&many, argv[2]);
	bare_open(&bare, argv[1], count_bytes(&few));
	bench_say("step.few.bytes", (double)bare.length);
	bench_say("step.many.bytes", (double)count_bytes(&many));
	measure(&few, &many, &bare, rounds);
	step_close(&few);
	step_close(&many);
	bare_close(&bare);
	return EXIT_SUCCESS;
}
