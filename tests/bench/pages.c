/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pages FEW PEOPLE MANY PEOPLE ROUNDS
 *
 * Asks the keepers of two states whose trails rows.c made of so many people's sign-ins, in turn,
 * for pages, as the host, from places all over: of all rows, of a person, of a verb that is in each
 * third row and of one that is in none, of a day, of a person's day. Then looks for a word that is
 * nowhere, from end to end of each, and counts all of it for a chart. Prints the median and the
 * 99th percentile of a request, in microseconds; of the word and the chart, how many rows a second,
 * and the 99th percentile and the longest of the answers.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../client/client.h"

enum { ROUNDS_MAX = 10000, SLICES_MAX = 1 << 16, APART = 10, DAY = 86400, SLOTS = 14 };

struct pages {
	const char *name;
	int line, people;
	struct wire_request request;
	struct wire_reply reply;
	int64_t newest, now; /* the last row, and its time */
	int64_t took[ROUNDS_MAX];
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
	(void)snprintf(asked->person, sizeof asked->person, "u%d", rand() % pages->people + 1);
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
	    (int64_t)((double)rand() / RAND_MAX * (double)pages->newest / 3 * APART);
	asked->since -= asked->since % DAY;
	asked->until = asked->since + DAY;
}

static void
by_persons_day(struct wire_audit_page_request *asked, const struct pages *pages)
{
	by_day(asked, pages);
	(void)snprintf(asked->person, sizeof asked->person, "u%d", rand() % pages->people + 1);
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

static int64_t
timed(struct pages *pages, size_t kind)
{
	int64_t start;

	wire_request_init(&pages->request, WIRE_AUDIT_LIST);
	kinds[kind].fill(&pages->request.u.audit_page, pages);
	start = bench_now();
	ask(pages);
	return bench_now() - start;
}

static void
measure(struct pages *both, size_t kind, size_t rounds)
{
	char name[64];

	for (size_t i = 0; i < rounds; i++)
		for (int k = 0; k < 2; k++)
			both[k].took[i] = timed(&both[k], kind);
	for (int k = 0; k < 2; k++) {
		(void)snprintf(name, sizeof name, "pages.%s.%s", both[k].name, kinds[kind].name);
		bench_say_times(name, both[k].took, rounds);
	}
}

/* What an end-to-end reading took: its slices, since `start`. */
static void
say_reading(const struct pages *pages, const char *what, int64_t start, int64_t *took,
    size_t slices)
{
	const struct {
		const char *name;
		double number;
	} figures[] = {
		{ "rate", (double)pages->newest * 1e9 / (double)(bench_now() - start) },
		{ "longest", (double)bench_quantile(took, slices, 1) / 1000 },
		{ "p99", (double)bench_quantile(took, slices, 0.99) / 1000 },
	};
	char name[64];

	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
		(void)snprintf(name, sizeof name, "pages.%s.%s.%s", pages->name, what,
		    figures[i].name);
		bench_say(name, figures[i].number);
	}
}

/* From end to end, in slices. */
static void
look_for_a_word(struct pages *pages)
{
	static int64_t took[SLICES_MAX];
	int64_t from = 0, start = bench_now();
	size_t slices = 0;

	do {
		int64_t began = bench_now();

		wire_request_init(&pages->request, WIRE_AUDIT_LIST);
		pages->request.u.audit_page.from = from;
		wire_put(pages->request.u.audit_page.word, WIRE_WORD_SIZE, "nowhere at all");
		ask(pages);
		from = pages->reply.u.audit_page.from;
		took[slices++] = bench_now() - began;
	} while (pages->reply.u.audit_page.more && slices < SLICES_MAX);
	say_reading(pages, "word", start, took, slices);
}

/* Fourteen slots of time that have all rows. */
static void
draw_a_chart(struct pages *pages)
{
	static int64_t took[SLICES_MAX];
	int64_t from = 0, start = bench_now();
	const struct wire_audit_chart_reply *chart = &pages->reply.u.audit_chart;
	size_t slices = 0;

	do {
		int64_t began = bench_now();

		wire_request_init(&pages->request, WIRE_AUDIT_CHART);
		pages->request.u.audit_chart.from = from;
		pages->request.u.audit_chart.slots = SLOTS;
		for (int i = 0; i <= SLOTS; i++)
			pages->request.u.audit_chart.border[i] = (pages->now / SLOTS + 1) * i;
		ask(pages);
		from = chart->from;
		took[slices++] = bench_now() - began;
	} while (chart->more && slices < SLICES_MAX);
	say_reading(pages, "chart", start, took, slices);
}

static void
open_pages(struct pages *pages, const char *state, const char *people)
{
	pages->line = client_open(state, WIRE_HOST);
	pages->people = atoi(people);
	wire_request_init(&pages->request, WIRE_AUDIT_LIST);
	ask(pages);
	pages->newest = pages->reply.u.audit_page.newest;
	pages->now = pages->reply.u.audit_page.row[0].time;
}

int
main(int argc, char **argv)
{
	static struct pages both[] = { { .name = "few" }, { .name = "many" } };
	size_t rounds = argc == 6 ? strtoul(argv[5], NULL, 10) : 0;

	if (rounds == 0 || rounds > ROUNDS_MAX || atoi(argv[2]) < 1 || atoi(argv[4]) < 1)
		bench_die("Usage: pages FEW PEOPLE MANY PEOPLE ROUNDS");
	for (int k = 0; k < 2; k++)
		open_pages(&both[k], argv[2 * k + 1], argv[2 * k + 2]);
	for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
		measure(both, kind, rounds);
	for (int k = 0; k < 2; k++) {
		look_for_a_word(&both[k]);
		draw_a_chart(&both[k]);
		close(both[k].line);
	}
	return EXIT_SUCCESS;
}
