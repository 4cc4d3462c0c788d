/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * people FEW PEOPLE MANY PEOPLE ROUNDS
 *
 * Asks the keepers of two states with so many people of all kinds (seed STATE PEOPLE 1), in turn,
 * for pages of Users, as the host, from behind people all over the list, and each other time
 * backward: in each order, of those without two-factor authentication in each order, and of those
 * whose name begins so. Prints the median and the 99th percentile of a request, in microseconds.
 */
#include "bench.h"
#include "mixed.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/people.h"
#include "../client/client.h"

enum { ROUNDS_MAX = 10000, DIGITS = 9 };

struct people {
	const char *name;
	int line;
	int64_t people;
	int64_t took[ROUNDS_MAX];
	struct wire_request request;
	struct wire_reply reply;
};

struct kind {
	const char *name;
	enum people_order order;
	bool without_2fa, begins;
};

static const struct kind kinds[] = {
	{ "name", PEOPLE_BY_NAME, false, false },
	{ "role", PEOPLE_BY_ROLE, false, false },
	{ "standing", PEOPLE_BY_STANDING, false, false },
	{ "sign-in", PEOPLE_BY_SIGN_IN, false, false },
	{ "bare-name", PEOPLE_BY_NAME, true, false },
	{ "bare-role", PEOPLE_BY_ROLE, true, false },
	{ "bare-standing", PEOPLE_BY_STANDING, true, false },
	{ "bare-sign-in", PEOPLE_BY_SIGN_IN, true, false },
	{ "begins-name", PEOPLE_BY_NAME, false, true },
	{ "begins-role", PEOPLE_BY_ROLE, false, true },
	{ "begins-standing", PEOPLE_BY_STANDING, false, true },
	{ "begins-sign-in", PEOPLE_BY_SIGN_IN, false, true },
};

/* Behind (or before) somebody whom the list has. */
static void
from_somewhere(struct wire_user_page_request *asked, const struct people *people,
    const struct kind *kind)
{
	int64_t number = 1 + rand() % people->people;
	struct account account = { .id = number };

	if (kind->without_2fa)
		number = number / 3 * 3;
	mixed_person(number, &account);
	asked->role = (uint8_t)account.role;
	asked->standing = (uint8_t)people_standing(account.enabled, false, account.password_due);
	asked->sign_in = account.last_sign_in;
	(void)snprintf(asked->after, sizeof asked->after, "u%lld", (long long)number);
}

/* What is typed shows the first page, of many. */
static void
fill(struct people *people, const struct kind *kind, size_t round)
{
	struct wire_user_page_request *asked = &people->request.u.user_page;

	wire_request_init(&people->request, WIRE_USER_LIST);
	asked->order = (uint8_t)kind->order;
	asked->without_2fa = kind->without_2fa;
	if (kind->begins) {
		(void)snprintf(asked->begins, sizeof asked->begins, "u%d", 1 + rand() % DIGITS);
		return;
	}
	asked->backward = round % 2;
	from_somewhere(asked, people, kind);
}

static void
ask(struct people *people, const struct kind *kind, size_t round)
{
	int64_t start;

	fill(people, kind, round);
	start = bench_now();
	bench_ok(client_ask(people->line, &people->request, &people->reply), "client_ask");
	people->took[round] = bench_now() - start;
	bench_ok((enum err)people->reply.err, "the keeper");
}

static void
measure(struct people *both, const struct kind *kind, size_t rounds)
{
	char name[64];

	for (size_t i = 0; i < rounds; i++)
		for (int k = 0; k < 2; k++)
			ask(&both[k], kind, i);
	for (int k = 0; k < 2; k++) {
		(void)snprintf(name, sizeof name, "people.%s.%s", both[k].name, kind->name);
		bench_say_times(name, both[k].took, rounds);
	}
}

int
main(int argc, char **argv)
{
	static struct people both[] = { { .name = "few" }, { .name = "many" } };
	size_t rounds = argc == 6 ? strtoul(argv[5], NULL, 10) : 0;

	if (rounds == 0 || rounds > ROUNDS_MAX)
		bench_die("Usage: people FEW PEOPLE MANY PEOPLE ROUNDS");
	for (int k = 0; k < 2; k++) {
		both[k].people = strtoll(argv[2 * k + 2], NULL, 10);
		both[k].line = client_open(argv[2 * k + 1], WIRE_HOST);
		if (both[k].people < 100)
			bench_die("There are a hundred people at least.");
	}
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		measure(both, &kinds[i], rounds);
	for (int k = 0; k < 2; k++)
		close(both[k].line);
	return EXIT_SUCCESS;
}
