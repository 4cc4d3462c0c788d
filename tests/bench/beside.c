/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * beside STATE ROUNDS
 *
 * 64 clients sign in by both doors, each time as another of the people that seed.c made, as fast as
 * they are let in: alone; then while four people hold a key down, in Users (page down; the letter
 * of a name) and in the trail (all rows; a person's), 30 times a second each; then while one more
 * looks for a word from end to end of the trail. In turn. Prints the 99th percentile of a sign-in
 * in milliseconds, medians of the rounds, and that of all pages meanwhile.
 */
#include "bench.h"
#include "person.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "../client/client.h"
#include "../client/crowd.h"

enum {
	SIGNERS = 64,
	EACH = 6, /* sign-ins of a client in a round */
	READERS = 4,
	PAGES_MOST = 1 << 15,
	ROUNDS_MOST = 8,
	FIRST = 1000,
	PEOPLE = 1000,	 /* whom rows.c writes of */
	HELD = 33333333, /* nanoseconds between two of a key that is held down */
};

enum beside_whom { ALONE, BESIDE_READERS, BESIDE_SEARCH, WHOM_COUNT };

static const char *const names[WHOM_COUNT] = { "alone", "readers", "search" };

struct shared {
	atomic_size_t ended, pages;
	int64_t came[SIGNERS * EACH];
	int64_t page[PAGES_MOST];
};

struct beside {
	const char *state;
	size_t first; /* of those who have not signed in yet */
	int64_t newest;
	struct shared *shared;
	int64_t p99[WHOM_COUNT][ROUNDS_MOST];
};

/* --- those who sign in ------------------------------------------------------------------ */

static void
sign_in(const struct beside *beside, size_t number)
{
	struct secret *key = bench_key(); /* a child has none of its parent's secrets */

	for (size_t i = 0; i < EACH; i++) {
		size_t at = i * SIGNERS + number;
		int64_t start = bench_now();
		int line = -1;

		bench_ok(person_sign_in(beside->state, beside->first + at, key, &line), "sign-in");
		beside->shared->came[at] = bench_now() - start;
		close(line);
	}
	secret_free(key);
	atomic_fetch_add(&beside->shared->ended, 1);
}

/* --- those who read --------------------------------------------------------------------- */

static int64_t
somewhere(const struct beside *beside)
{
	return 1 + (int64_t)((double)rand() / RAND_MAX * (double)beside->newest);
}

static void
fill(const struct beside *beside, size_t kind, struct wire_request *request)
{
	struct wire_audit_page_request *trail = &request->u.audit_page;
	struct wire_user_page_request *users = &request->u.user_page;

	wire_request_init(request, kind < 2 ? WIRE_USER_LIST : WIRE_AUDIT_LIST);
	if (kind == 0)
		(void)snprintf(users->after, sizeof users->after, "u%d", rand() % PEOPLE);
	if (kind == 1)
		(void)snprintf(users->begins, sizeof users->begins, "u%d", rand() % PEOPLE);
	if (kind >= 2)
		trail->from = somewhere(beside);
	if (kind == 3)
		(void)snprintf(trail->person, sizeof trail->person, "u%d", 1 + rand() % PEOPLE);
}

static void
note_page(struct shared *shared, int64_t took)
{
	size_t at = atomic_fetch_add(&shared->pages, 1);

	if (at < PAGES_MOST)
		shared->page[at] = took;
}

static void
read_pages(const struct beside *beside, int line, size_t kind)
{
	const struct timespec held = { .tv_nsec = HELD };
	static struct wire_request request;
	static struct wire_reply reply;

	while (atomic_load(&beside->shared->ended) < SIGNERS) {
		int64_t start;

		fill(beside, kind, &request);
		start = bench_now();
		bench_ok(client_ask(line, &request, &reply), "a page");
		note_page(beside->shared, bench_now() - start);
		bench_ok((enum err)reply.err, "the keeper");
		(void)nanosleep(&held, NULL);
	}
}

static void
look_for_a_word(const struct beside *beside, int line)
{
	static struct wire_request request;
	static struct wire_reply reply;
	int64_t from = 0;

	while (atomic_load(&beside->shared->ended) < SIGNERS) {
		wire_request_init(&request, WIRE_AUDIT_LIST);
		request.u.audit_page.from = from;
		wire_put(request.u.audit_page.word, WIRE_WORD_SIZE, "nowhere at all");
		bench_ok(client_ask(line, &request, &reply), "a word");
		from = reply.u.audit_page.more ? reply.u.audit_page.from : 0;
	}
}

/* --- rounds ------------------------------------------------------------------------------ */

static void
member(struct crowd *crowd, size_t number, void *context)
{
	const struct beside *beside = context;
	int line = number < SIGNERS ? -1 : client_open(beside->state, WIRE_HOST);

	srand((unsigned)number);
	crowd_wait(crowd);
	if (number < SIGNERS)
		sign_in(beside, number);
	else if (number < SIGNERS + READERS)
		read_pages(beside, line, number - SIGNERS);
	else
		look_for_a_word(beside, line);
}

static void
round_of(struct beside *beside, enum beside_whom whom, size_t round)
{
	static const size_t more[WHOM_COUNT] = { 0, READERS, READERS + 1 };

	beside->shared->ended = 0;
	(void)crowd_run(SIGNERS + more[whom], member, beside);
	beside->first += SIGNERS * EACH;
	beside->p99[whom][round] = bench_quantile(beside->shared->came, SIGNERS * EACH, 0.99);
}

static void
say(struct beside *beside, size_t rounds)
{
	struct shared *shared = beside->shared;
	size_t pages = shared->pages < PAGES_MOST ? shared->pages : PAGES_MOST;
	char name[64];

	for (int whom = 0; whom < WHOM_COUNT; whom++) {
		(void)snprintf(name, sizeof name, "beside.%s", names[whom]);
		bench_say(name, (double)bench_median(beside->p99[whom], rounds) / 1e6);
	}
	bench_say("beside.page", (double)bench_quantile(shared->page, pages, 0.99) / 1e6);
}

static int64_t
newest_row(const char *state)
{
	static struct wire_reply reply;
	int line = client_open(state, WIRE_HOST);

	bench_ok(client_ask_op(line, WIRE_AUDIT_LIST, &reply), "the trail");
	close(line);
	return reply.u.audit_page.newest;
}

int
main(int argc, char **argv)
{
	static struct beside beside;
	size_t rounds = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;

	if (rounds == 0 || rounds > ROUNDS_MOST)
		bench_die("Usage: beside STATE ROUNDS");
	bench_ok(auth_start(), "auth_start");
	beside.state = argv[1];
	beside.first = FIRST;
	beside.newest = newest_row(argv[1]);
	beside.shared = crowd_share(sizeof *beside.shared);
	for (size_t round = 0; round < rounds; round++)
		for (int whom = 0; whom < WHOM_COUNT; whom++)
			round_of(&beside, (enum beside_whom)whom, round);
	say(&beside, rounds);
	return EXIT_SUCCESS;
}
