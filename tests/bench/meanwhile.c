/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * meanwhile STATE FIRST COUNT
 *
 * What others have of a keeper while a stranger is at it: person number FIRST signs in and stays at
 * home, then COUNT people after that one sign in, each from an address of their own; between two of
 * them the one at home looks at home again and again. Prints how many of them came in, the 99th
 * percentile of a sign-in, and that of an answer at home, in milliseconds.
 */
#include "bench.h"
#include "person.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "../client/at_home.h"

enum { MOST = 100, LOOKS = 20, BETWEEN = 100000000 /* nanoseconds */ };

struct meanwhile {
	const char *state;
	size_t first, count, in;
	struct secret *key;
	int home; /* the line of the one who is in */
	int64_t came[MOST], looked[MOST * LOOKS];
};

static void
look(struct meanwhile *meanwhile, size_t round)
{
	static struct wire_reply reply;
	struct wire_request request;

	for (size_t i = 0; i < LOOKS; i++) {
		int64_t start = bench_now();

		wire_request_init(&request, WIRE_HOME);
		bench_ok(at_home_ask(meanwhile->home, &request, &reply), "home");
		meanwhile->looked[round * LOOKS + i] = bench_now() - start;
	}
}

static void
measure(struct meanwhile *meanwhile)
{
	const struct timespec between = { .tv_nsec = BETWEEN };

	bench_ok(person_sign_in(meanwhile->state, meanwhile->first, meanwhile->key,
		     &meanwhile->home),
	    "sign-in");
	for (size_t i = 0; i < meanwhile->count; i++) {
		int64_t start = bench_now();
		int line = -1;

		if (person_sign_in(meanwhile->state, meanwhile->first + 1 + i, meanwhile->key,
			&line) == ERR_OK)
			meanwhile->in++;
		meanwhile->came[i] = bench_now() - start;
		close(line);
		look(meanwhile, i);
		(void)nanosleep(&between, NULL);
	}
}

int
main(int argc, char **argv)
{
	static struct meanwhile meanwhile;

	meanwhile.count = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
	if (meanwhile.count == 0 || meanwhile.count > MOST)
		bench_die("Usage: meanwhile STATE FIRST COUNT");
	bench_ok(auth_start(), "auth_start");
	meanwhile.state = argv[1];
	meanwhile.first = strtoul(argv[2], NULL, 10);
	meanwhile.key = bench_key();
	measure(&meanwhile);
	bench_say("in", (double)meanwhile.in);
	bench_say("p99", (double)bench_quantile(meanwhile.came, meanwhile.count, 0.99) / 1e6);
	bench_say("home",
	    (double)bench_quantile(meanwhile.looked, meanwhile.count * LOOKS, 0.99) / 1e6);
	secret_free(meanwhile.key);
	return EXIT_SUCCESS;
}
