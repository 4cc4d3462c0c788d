/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pages STATE ROUNDS
 *
 * Asks the keeper of a state that rows.c filled for pages of its trail, as the host, from places
 * all over it: of all rows, of a person, of a verb that is in each fourth row and of one that is in
 * one of five thousand, of a day, of a person's day, and for a word that is nowhere. Prints the
 * median and the 99th percentile of a request, in microseconds; of the word, how many rows a
 * second.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../client/client.h"

enum { ROUNDS_MAX = 10000, PEOPLE = 1000, APART = 10, DAY = 86400 };

struct pages {
	int line;
	struct wire_request request;
	struct wire_reply reply;
	int64_t newest, now;
};

static void
by_all(struct wire_audit_page_request *asked, const struct pages *pages)
{
	asked->from = 1 + (int64_t)((double)rand() / RAND_MAX * (double)pages->newest);
}

static void
by_person(struct wire_audit_page_request *asked, const struct pages *pages)
{
	by_all(asked, pages);
	(void)snprintf(asked->person, sizeof asked->person, "u%d", rand() % PEOPLE + 1);
}

static void
by_verb(struct wire_audit_page_request *asked, const struct pages *pages)
{
	by_all(asked, pages);
	wire_put(asked->action, sizeof asked->action, "sign-in");
}

static void
by_no_verb(struct wire_audit_page_request *asked, const struct pages *pages)
{
	by_all(asked, pages);
	wire_put(asked->action, sizeof asked->action, "reset-2fa");
}

static void
by_day(struct wire_audit_page_request *asked, const struct pages *pages)
{
	/* Rows are ten seconds and three to a sign-in apart (rows.c). */
	asked->since = pages->now -
	    (int64_t)((double)rand() / RAND_MAX * (double)pages->newest / 3 * APART) - DAY;
	asked->until = asked->since + DAY;
}

static void
by_persons_day(struct wire_audit_page_request *asked, const struct pages *pages)
{
	by_day(asked, pages);
	(void)snprintf(asked->person, sizeof asked->person, "u%d", rand() % PEOPLE + 1);
}

static const struct {
	const char *name;
	void (*fill)(struct wire_audit_page_request *asked, const struct pages *pages);
} kinds[] = {
	{ "all", by_all },
	{ "person", by_person },
	{ "verb", by_verb },
	{ "no-verb", by_no_verb },
	{ "day", by_day },
	{ "persons-day", by_persons_day },
};

static void
ask(struct pages *pages)
{
	bench_ok(client_ask(pages->line, &pages->request, &pages->reply), "client_ask");
	bench_ok((enum err)pages->reply.err, "the keeper");
}

static void
measure(struct pages *pages, size_t kind, size_t rounds)
{
	static int64_t took[ROUNDS_MAX];
	char name[64];

	for (size_t i = 0; i < rounds; i++) {
		int64_t start;

		wire_request_init(&pages->request, WIRE_AUDIT_LIST);
		kinds[kind].fill(&pages->request.u.audit_page, pages);
		start = bench_now();
		ask(pages);
		took[i] = bench_now() - start;
	}
	(void)snprintf(name, sizeof name, "pages.%s", kinds[kind].name);
	bench_say(name, (double)bench_median(took, rounds) / 1000);
	(void)snprintf(name, sizeof name, "pages.%s.p99", kinds[kind].name);
	bench_say(name, (double)bench_quantile(took, rounds, 0.99) / 1000);
}

/* From end to end, in slices; the longest of them, too. */
static void
look_for_a_word(struct pages *pages)
{
	int64_t from = 0, start = bench_now(), longest = 0;

	do {
		int64_t began = bench_now();

		wire_request_init(&pages->request, WIRE_AUDIT_LIST);
		pages->request.u.audit_page.from = from;
		wire_put(pages->request.u.audit_page.word, WIRE_WORD_SIZE, "nowhere at all");
		ask(pages);
		from = pages->reply.u.audit_page.from;
		longest = bench_now() - began > longest ? bench_now() - began : longest;
	} while (pages->reply.u.audit_page.more);
	bench_say("pages.word.rate", (double)pages->newest * 1e9 / (double)(bench_now() - start));
	bench_say("pages.word.longest", (double)longest / 1000);
}

int
main(int argc, char **argv)
{
	static struct pages pages;
	size_t rounds = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;

	if (rounds == 0 || rounds > ROUNDS_MAX)
		bench_die("Usage: pages STATE ROUNDS");
	pages.line = client_open(argv[1], WIRE_HOST);
	pages.now = (int64_t)time(NULL);
	wire_request_init(&pages.request, WIRE_AUDIT_LIST);
	ask(&pages);
	pages.newest = pages.reply.u.audit_page.newest;
	for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
		measure(&pages, kind, rounds);
	look_for_a_word(&pages);
	close(pages.line);
	return EXIT_SUCCESS;
}
