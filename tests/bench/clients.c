/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clients STATE COUNT SECONDS ROUNDS [RIVAL]
 *
 * COUNT processes at the second door of a live keeper's STATE, each with a person whose door
 * pauses, ask as fast as they are answered: each answer is a commit, with a row in the audit trail.
 * In turn with them, if RIVAL is there, COUNT processes that open that state's database themselves
 * and do the same step. Prints steps a second and the 99th percentile of the answer in
 * milliseconds, medians of the rounds; and how often the keeper called fdatasync a step, where
 * BENCH_SYNCS names what count_syncs.so counts in.
 */
#include "bench.h"
#include "person.h"
#include "step.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../client/crowd.h"

enum { CLIENTS_MOST = 64, STEPS_MOST = 1 << 16, ROUNDS_MOST = 16, FAILURES_MOST = 20 };

struct shared {
	atomic_size_t steps;
	atomic_ulong before; /* of the keeper's fdatasyncs, when the first began */
	size_t counts[CLIENTS_MOST];
	int64_t took[CLIENTS_MOST][STEPS_MOST];
};

struct clients {
	const char *state;
	size_t count;
	int64_t length;		   /* nanoseconds of a round */
	const atomic_ulong *syncs; /* the keeper's fdatasyncs, or NULL */
	struct shared *shared;
	int64_t rate[ROUNDS_MOST], p99[ROUNDS_MOST];
};

static void
note(struct shared *shared, size_t number, int64_t took)
{
	if (shared->counts[number] < STEPS_MOST)
		shared->took[number][shared->counts[number]++] = took;
	atomic_fetch_add(&shared->steps, 1);
}

/* The door pauses after five wrong codes. */
static int
open_paused(const char *state, size_t number)
{
	int line = -1;
	enum err err;

	bench_ok(person_password(state, number, &line), "password");
	for (int i = 0; (err = person_wrong_code(line)) != ERR_PAUSED; i++)
		if (err != ERR_CODE_WRONG || i == FAILURES_MOST)
			bench_die("The second door does not pause.");
	return line;
}

static void
client_member(struct crowd *crowd, size_t number, void *context)
{
	const struct clients *clients = context;
	int line = open_paused(clients->state, number);
	int64_t end, start;
	unsigned long none = 0;

	crowd_wait(crowd);
	if (clients->syncs != NULL)
		atomic_compare_exchange_strong(&clients->shared->before, &none, *clients->syncs);
	for (end = bench_now() + clients->length; (start = bench_now()) < end;
	     note(clients->shared, number, bench_now() - start)) {
		enum err err = person_wrong_code(line);

		if (err != ERR_PAUSED && err != ERR_CODE_WRONG)
			bench_ok(err, "code");
	}
}

static void
rival_member(struct crowd *crowd, size_t number, void *context)
{
	const struct clients *clients = context;
	int64_t end, start;
	struct step step;

	step_open(&step, clients->state);
	step.number = (int64_t)number;
	crowd_wait(crowd);
	for (end = bench_now() + clients->length; (start = bench_now()) < end;
	     note(clients->shared, number, bench_now() - start))
		step_refused(&step);
	step_close(&step);
}

static void
round_of(struct clients *clients, crowd_member *member, size_t round)
{
	static int64_t all[CLIENTS_MOST * STEPS_MOST];
	struct shared *shared = clients->shared;
	int64_t took;
	size_t n = 0;

	memset(shared->counts, 0, sizeof shared->counts);
	shared->steps = 0;
	shared->before = 0;
	took = crowd_run(clients->count, member, clients);
	for (size_t i = 0; i < clients->count; i++) {
		memcpy(all + n, shared->took[i], shared->counts[i] * sizeof *all);
		n += shared->counts[i];
	}
	clients->rate[round] = (int64_t)shared->steps * 1000000000 / took;
	clients->p99[round] = bench_quantile(all, n, 0.99);
}

/* What the keeper's count_syncs.so counts in; NULL without. */
static const atomic_ulong *
map_syncs(void)
{
	const char *path = getenv("BENCH_SYNCS");
	int fd = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
	void *count = fd < 0 ? MAP_FAILED
			     : mmap(NULL, sizeof(atomic_ulong), PROT_READ, MAP_SHARED, fd, 0);

	if (fd >= 0)
		close(fd);
	return count == MAP_FAILED ? NULL : count;
}

static void
say(const char *who, struct clients *clients, size_t rounds)
{
	char name[64];

	(void)snprintf(name, sizeof name, "%s.rate", who);
	bench_say(name, (double)bench_median(clients->rate, rounds));
	(void)snprintf(name, sizeof name, "%s.p99", who);
	bench_say(name, (double)bench_median(clients->p99, rounds) / 1e6);
}

static void
run(struct clients *keeper, struct clients *rival, size_t rounds)
{
	double syncs = 0, steps = 0;

	for (size_t round = 0; round < rounds; round++) {
		round_of(keeper, client_member, round);
		if (keeper->syncs != NULL)
			syncs += (double)(*keeper->syncs - keeper->shared->before);
		steps += (double)keeper->shared->steps;
		if (rival->state != NULL)
			round_of(rival, rival_member, round);
	}
	say("clients", keeper, rounds);
	if (keeper->syncs != NULL)
		bench_say("clients.syncs", syncs / steps);
	if (rival->state != NULL)
		say("rival", rival, rounds);
}

int
main(int argc, char **argv)
{
	size_t rounds = argc >= 5 ? strtoul(argv[4], NULL, 10) : 0;
	static struct clients keeper, rival;

	keeper.count = argc >= 5 ? strtoul(argv[2], NULL, 10) : 0;
	if (keeper.count == 0 || keeper.count > CLIENTS_MOST || rounds == 0 || rounds > ROUNDS_MOST)
		bench_die("Usage: clients STATE COUNT SECONDS ROUNDS [RIVAL]");
	keeper.length = strtol(argv[3], NULL, 10) * 1000000000;
	keeper.shared = crowd_share(sizeof *keeper.shared);
	rival = keeper;
	keeper.state = argv[1];
	keeper.syncs = map_syncs();
	rival.state = argc == 6 ? argv[5] : NULL;
	run(&keeper, &rival, rounds);
	return EXIT_SUCCESS;
}
