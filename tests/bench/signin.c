/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * signin STATE whole N FIRST     N whole sign-ins at a live keeper, one after the other, in turn
 * with a bare Argon2id in this process and two bare fdatasyncs, as many as there are commits in a
 * sign-in signin STATE storm N FIRST     N processes sign in at once; before and after it, as many
 * processes as there are cores only hash signin STATE once NUMBER       one person; prints the
 * microseconds of each door
 *
 * Person number FIRST and those after; each only once, for a code is good once.
 */
#include "bare.h"
#include "bench.h"
#include "person.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "auth/auth.h"
#include "auth/password.h"
#include "keeper/hash.h"
#include "../client/crowd.h"

enum { MOST = 1000, WARM = 5, ALONE = 40, COMMIT = 10360 /* bytes, as steps.c finds */ };

static int64_t
whole(const char *state, size_t number, const struct secret *key)
{
	int64_t start = bench_now();
	int line = -1;

	bench_ok(person_password(state, number, &line), "password");
	bench_ok(person_code(line, key), "code");
	start = bench_now() - start;
	close(line);
	return start;
}

/* The heap is kept warm, as the keeper keeps its own. */
static struct keyring *
warm(char phc[PASSWORD_PHC_SIZE])
{
	const struct password_cost cost = password_cost_default();
	struct keyring *ring = bench_ring();

	mallopt(M_MMAP_THRESHOLD, 1 << 30);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	bench_ok(password_hash(ring, &cost, 0, BENCH_PASSWORD, sizeof BENCH_PASSWORD - 1, phc),
	    "password_hash");
	return ring;
}

static int64_t
bare(const struct keyring *ring, const char *phc)
{
	int64_t start = bench_now();
	bool fits = false;

	bench_ok(password_verify(ring, 0, phc, BENCH_PASSWORD, sizeof BENCH_PASSWORD - 1, &fits),
	    "password_verify");
	if (!fits)
		bench_die("A password does not fit.");
	return bench_now() - start;
}

static void
do_whole(const char *state, size_t n, size_t first)
{
	static int64_t took[3][MOST];
	char phc[PASSWORD_PHC_SIZE];
	struct keyring *ring = warm(phc);
	struct secret *key = bench_key();
	struct bare disk;

	bare_open(&disk, state, COMMIT);
	for (size_t i = 0; i < WARM; i++) {
		(void)bare(ring, phc);
		(void)whole(state, first + i, key);
	}
	for (size_t i = 0; i < n; i++) {
		took[0][i] = bare(ring, phc);
		took[1][i] = whole(state, first + WARM + i, key);
		took[2][i] = bare_write(&disk) + bare_write(&disk);
	}
	bench_say("signin.bare", (double)bench_median(took[0], n) / 1e6);
	bench_say("signin.whole", (double)bench_median(took[1], n) / 1e6);
	bench_say("signin.disk", (double)bench_median(took[2], n) / 1e6);
	bare_close(&disk);
	secret_free(key);
	keyring_free(ring);
}

struct storm {
	const char *state;
	size_t first;
	atomic_size_t *refused;
};

/* Refused is who is never let in, though the console has asked again. */
static void
storm_member(struct crowd *crowd, size_t number, void *context)
{
	const struct storm *storm = context;
	struct secret *key = bench_key(); /* a secret does not go from a parent to its children */
	int line = -1;
	enum err err;

	crowd_wait(crowd);
	err = person_password(storm->state, storm->first + number, &line);
	if (err == ERR_OK)
		err = person_code(line, key);
	if (err != ERR_OK)
		atomic_fetch_add(storm->refused, 1);
	secret_free(key);
}

/* As many hashes as there would be on one core. */
static void
hash_member(struct crowd *crowd, size_t number, void *context)
{
	const size_t *each = context;
	char phc[PASSWORD_PHC_SIZE];
	struct keyring *ring = warm(phc);

	(void)number;
	crowd_wait(crowd);
	for (size_t i = 0; i < *each; i++)
		(void)bare(ring, phc);
	keyring_free(ring);
}

/* Nanoseconds of a hash where all cores do nothing else, a share of a core's time. */
static int64_t
hashes_alone(size_t cores)
{
	size_t each = ALONE / cores + 1;

	return crowd_run(cores, hash_member, &each) / (int64_t)(each * cores);
}

static void
do_storm(const char *state, size_t n, size_t first)
{
	struct storm storm = { .state = state,
		.first = first,
		.refused = crowd_share(sizeof *storm.refused) };
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	size_t cores = online < 1	? 1
	    : online > HASH_WORKERS_MAX ? HASH_WORKERS_MAX
					: (size_t)online;
	int64_t took, alone = hashes_alone(cores);

	bench_ok(auth_start(), "auth_start");
	took = crowd_run(n, storm_member, &storm);
	alone += hashes_alone(cores);
	bench_say("storm.alone", (double)alone / 2 * (double)n / 1e6);
	bench_say("storm.total", (double)took / 1e6);
	bench_say("storm.refused", (double)*storm.refused);
}

static void
do_once(const char *state, size_t number)
{
	struct secret *key;
	int64_t start = bench_now(), between;
	int line = -1;

	bench_ok(auth_start(), "auth_start");
	key = bench_key();
	bench_ok(person_password(state, number, &line), "password");
	between = bench_now();
	bench_ok(person_code(line, key), "code");
	bench_say("once.password", (double)(between - start) / 1e3);
	bench_say("once.code", (double)(bench_now() - between) / 1e3);
	secret_free(key);
}

int
main(int argc, char **argv)
{
	size_t n = argc >= 4 ? strtoul(argv[3], NULL, 10) : 0,
	       first = argc == 5 ? strtoul(argv[4], NULL, 10) : 0;

	if (argc == 5 && strcmp(argv[2], "whole") == 0 && n > 0 && n <= MOST)
		do_whole(argv[1], n, first);
	else if (argc == 5 && strcmp(argv[2], "storm") == 0 && n > 0 && n <= MOST)
		do_storm(argv[1], n, first);
	else if (argc == 4 && strcmp(argv[2], "once") == 0)
		do_once(argv[1], n);
	else
		bench_die("Usage: signin STATE whole|storm|once N [FIRST]");
	return EXIT_SUCCESS;
}
