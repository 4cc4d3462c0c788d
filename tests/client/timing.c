/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * timing STATE N TIMES CASE...
 *
 * Asks at the first door N times a case, in turn, each time from another source, so that nobody has
 * to pause. A case is LABEL:PASSWORD:NAME,NAME...; its names take turns, since many failures of one
 * name pause it everywhere. Where the medians are not within TIMING_ALIKE of each other it asks N
 * times more, TIMES times at most: chance grows smaller with more answers, a true difference does
 * not. Prints a line a case: label, answers, their median in microseconds, and "alike" where each
 * answer was the refusal that came first of all, byte for byte but for the clock. The last line:
 * the greatest median against the least, in thousandths.
 */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	TIMING_CASES = 8,
	TIMING_NAMES = 8,
	TIMING_MOST = 1000,
	TIMING_WARM = 5,
	TIMING_ALIKE = 1052 /* 1 / 0.95 */
};

struct timing_case {
	char *label, *password, *name[TIMING_NAMES];
	size_t names;
	long long took[TIMING_MOST];
	bool alike;
};

static void
timing_parse(char *text, struct timing_case *one)
{
	char *names, *rest = text;

	one->label = strsep(&rest, ":");
	one->password = strsep(&rest, ":");
	names = rest;
	while (names != NULL && one->names < TIMING_NAMES)
		one->name[one->names++] = strsep(&names, ",");
	one->alike = true;
	if (one->names == 0)
		client_die("A case is LABEL:PASSWORD:NAME,NAME...");
}

/* An address that no attempt had before. */
static void
timing_move(unsigned attempt)
{
	char connection[64];

	(void)snprintf(connection, sizeof connection, "10.%u.%u.%u 1024 10.0.0.1 22",
	    1 + attempt / 65536, attempt / 256 % 256, attempt % 256);
	if (setenv("SSH_CONNECTION", connection, 1) != 0)
		client_die("There is no memory.");
}

static long long
timing_now(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		client_die("There is no clock.");
	return (long long)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* One attempt; returns the nanoseconds of the answer. The first answer of all is the pattern of the
 * others. */
static long long
timing_ask(const char *state, struct timing_case *one, size_t round)
{
	static struct wire_reply first, reply;
	static unsigned attempt;
	long long start, took;
	enum err err;
	int line;

	timing_move(attempt++);
	line = client_open(state, WIRE_PERSON);
	start = timing_now();
	err = client_password(line, one->name[round % one->names], one->password, &reply);
	took = timing_now() - start;
	close(line);
	reply.now = 0;
	if (attempt == 1)
		first = reply;
	if (err != ERR_CREDENTIALS || memcmp(&first, &reply, wire_reply_size(WIRE_PASSWORD)) != 0)
		one->alike = false;
	return took;
}

static int
timing_compare(const void *a, const void *b)
{
	const long long *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

/* Round after round each case once; whose turn it is first changes. The first of all is to warm up.
 */
static void
timing_rounds(const char *state, struct timing_case *cases, size_t count, size_t from,
    size_t rounds)
{
	size_t warm = from == 0 ? TIMING_WARM : 0;

	for (size_t round = 0; round < warm + rounds; round++)
		for (size_t i = 0; i < count; i++) {
			struct timing_case *one = &cases[(round + i) % count];
			long long took = timing_ask(state, one, from + round);

			if (round >= warm)
				one->took[from + round - warm] = took;
		}
}

/* In microseconds. Sorts. */
static long long
timing_median(struct timing_case *one, size_t n)
{
	qsort(one->took, n, sizeof one->took[0], timing_compare);
	return one->took[n / 2] / 1000;
}

static long long
timing_spread(struct timing_case *cases, size_t count, size_t n)
{
	long long least = timing_median(&cases[0], n), greatest = least;

	for (size_t i = 1; i < count; i++) {
		long long median = timing_median(&cases[i], n);

		if (median < least)
			least = median;
		if (median > greatest)
			greatest = median;
	}
	return least > 0 ? 1000 * greatest / least : 0;
}

int
main(int argc, char **argv)
{
	static struct timing_case cases[TIMING_CASES];
	size_t count = argc > 4 ? (size_t)argc - 4 : 0,
	       n = argc > 4 ? strtoul(argv[2], NULL, 10) : 0;
	size_t times = argc > 4 ? strtoul(argv[3], NULL, 10) : 0, done = 0;
	long long spread = 0;

	if (count == 0 || count > TIMING_CASES || n == 0 || times == 0 || n > TIMING_MOST / times)
		client_die("Usage: timing STATE N TIMES LABEL:PASSWORD:NAME,NAME...");
	for (size_t i = 0; i < count; i++)
		timing_parse(argv[4 + i], &cases[i]);
	for (size_t time = 0; time < times && (time == 0 || spread > TIMING_ALIKE); time++) {
		timing_rounds(argv[1], cases, count, done, n);
		done += n;
		spread = timing_spread(cases, count, done);
	}
	for (size_t i = 0; i < count; i++)
		(void)printf("%s %zu %lld %s\n", cases[i].label, done,
		    timing_median(&cases[i], done), cases[i].alike ? "alike" : "other");
	(void)printf("%lld\n", spread);
	return EXIT_SUCCESS;
}
