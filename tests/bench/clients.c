/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clients STATES COUNT ROUNDS FIRST [RIVAL]
 *
 * COUNT processes at the second doors of the live keepers of STATES (directories with colons
 * between, one after the other), eight lines each with a person of their own, send wrong codes as
 * fast as they are answered, as many as no door pauses for: each answer is a commit, with a count
 * and a row in the audit trail. In turn with them, if RIVAL is there, COUNT processes that open
 * that state's database themselves and write such a row as often. Prints steps a second and the
 * 99th percentile of the answer in milliseconds, medians of the rounds; and how often the keeper
 * called fdatasync a step, where BENCH_SYNCS names what count_syncs.so counts in.
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

/* CODES: one fewer than those after which a door pauses. */
enum { CLIENTS_MOST = 64, ROUNDS_MOST = 16, LINES = 8, CODES = 4, STEPS = LINES * CODES };
enum { STATES_MOST = 8 };

struct shared {
	atomic_size_t steps;
	atomic_ulong before; /* of the keeper's fdatasyncs, when the first began */
	int64_t took[CLIENTS_MOST * STEPS];
};

struct clients {
	const char *state[STATES_MOST]; /* of each keeper; of a rival one */
	size_t states, count;
	size_t round, first;	   /* FIRST: the number of the first of those people */
	const atomic_ulong *syncs; /* the keeper's fdatasyncs, or NULL */
	struct shared *shared;
	int64_t rate[ROUNDS_MOST], p99[ROUNDS_MOST];
};

static void
note(struct shared *shared, int64_t took)
{
	shared->took[atomic_fetch_add(&shared->steps, 1)] = took;
}

/* A line for each of a client's people, who have not been there before. */
static void
open_lines(const struct clients *clients, size_t number, int lines[LINES])
{
	const char *state = clients->state[number % clients->states];

	for (size_t i = 0; i < LINES; i++) {
		size_t who = clients->first + (clients->round * clients->count + number) * LINES +
		    i;

		person_from(who);
		bench_ok(person_password(state, who, &lines[i]), "password");
	}
}

static void
client_member(struct crowd *crowd, size_t number, void *context)
{
	const struct clients *clients = context;
	unsigned long none = 0;
	int lines[LINES];

	open_lines(clients, number, lines);
	crowd_wait(crowd);
	if (clients->syncs != NULL)
		atomic_compare_exchange_strong(&clients->shared->before, &none, *clients->syncs);
	for (size_t i = 0; i < STEPS; i++) {
		int64_t start = bench_now();

		if (person_wrong_code(lines[i % LINES]) != ERR_CODE_WRONG)
			bench_die("A wrong code is not refused as such.");
		note(clients->shared, bench_now() - start);
	}
}

static void
rival_member(struct crowd *crowd, size_t number, void *context)
{
	const struct clients *clients = context;
	struct step step;

	step_open(&step, clients->state[0]);
	step.number = (int64_t)number;
	crowd_wait(crowd);
	for (size_t i = 0; i < STEPS; i++) {
		int64_t start = bench_now();

		step_refused(&step);
		note(clients->shared, bench_now() - start);
	}
	step_close(&step);
}

static void
round_of(struct clients *clients, crowd_member *member, size_t round)
{
	struct shared *shared = clients->shared;
	int64_t took;

	shared->steps = 0;
	shared->before = 0;
	clients->round = round;
	took = crowd_run(clients->count, member, clients);
	clients->rate[round] = (int64_t)shared->steps * 1000000000 / took;
	clients->p99[round] = bench_quantile(shared->took, shared->steps, 0.99);
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
		if (rival->states != 0)
			round_of(rival, rival_member, round);
	}
	say("clients", keeper, rounds);
	if (keeper->syncs != NULL)
		bench_say("clients.syncs", syncs / steps);
	if (rival->states != 0)
		say("rival", rival, rounds);
}

/* The directories of a list with colons between. */
static void
split(struct clients *clients, char *list)
{
	char *rest = NULL;

	for (char *at = strtok_r(list, ":", &rest); at != NULL; at = strtok_r(NULL, ":", &rest)) {
		if (clients->states == STATES_MOST)
			bench_die("There are too many states.");
		clients->state[clients->states++] = at;
	}
}

int
main(int argc, char **argv)
{
	size_t rounds = argc >= 5 ? strtoul(argv[3], NULL, 10) : 0;
	static struct clients keeper, rival;

	keeper.count = argc >= 5 ? strtoul(argv[2], NULL, 10) : 0;
	if (keeper.count == 0 || keeper.count > CLIENTS_MOST || rounds == 0 || rounds > ROUNDS_MOST)
		bench_die("Usage: clients STATES COUNT ROUNDS FIRST [RIVAL]");
	keeper.shared = crowd_share(sizeof *keeper.shared);
	keeper.first = strtoul(argv[4], NULL, 10);
	rival = keeper;
	split(&keeper, argv[1]);
	keeper.syncs = map_syncs();
	if (argc == 6)
		split(&rival, argv[5]);
	run(&keeper, &rival, rounds);
	return EXIT_SUCCESS;
}
