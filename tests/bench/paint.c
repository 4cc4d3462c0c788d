/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * paint ROUNDS MANY
 *
 * Reads programs, a line each, between tabs: NAME WORD COMMAND ARGUMENT...  Starts each in a
 * terminal of 80x24, in turn, ROUNDS times: milliseconds until the last byte of its first picture
 * (WORD is in it, and then nothing comes for QUIET ms), and its resident and its proportional
 * memory in KiB. Then MANY of the first program at once: their memory, each.
 */
#include "bench.h"
#include "terminal.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	PROGRAMS = 8,
	ARGUMENTS = 16,
	ROUNDS_MOST = 100,
	MANY_MOST = 1000,
};
enum { QUIET = 150, BRIEF = 5 }; /* ms */

enum figure { FIGURE_MS, FIGURE_RSS, FIGURE_PSS, FIGURES };

static const char *const figure_names[FIGURES] = { "us", "rss", "pss" };

struct program {
	char *name, *word, *argv[ARGUMENTS + 1];
	int64_t figures[FIGURES][ROUNDS_MOST];
};

static void
memory(const struct terminal_of *terminal, int64_t *ret_rss, int64_t *ret_pss)
{
	char path[64];

	(void)snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", (long)terminal->pid);
	*ret_rss = bench_proc(path, "Rss");
	*ret_pss = bench_proc(path, "Pss");
}

static void
measure(struct program *program, size_t round)
{
	static struct terminal_of terminal;

	terminal_begin(program->argv, &terminal);
	terminal_await(&terminal, program->word, QUIET);
	program->figures[FIGURE_MS][round] = (terminal.last - terminal.start) / 1000;
	memory(&terminal, &program->figures[FIGURE_RSS][round],
	    &program->figures[FIGURE_PSS][round]);
	terminal_finish(&terminal);
}

static void
measure_many(const struct program *program, size_t many)
{
	struct terminal_of *all = calloc(many, sizeof *all);
	int64_t rss, pss, sum = 0;

	if (all == NULL)
		bench_die("There is no memory.");
	for (size_t i = 0; i < many; i++)
		terminal_begin(program->argv, &all[i]);
	for (size_t i = 0; i < many; i++)
		terminal_await(&all[i], program->word, BRIEF);
	for (size_t i = 0; i < many; i++) {
		memory(&all[i], &rss, &pss);
		sum += pss;
	}
	bench_say("paint.many.pss", (double)sum / (double)many);
	for (size_t i = 0; i < many; i++)
		terminal_finish(&all[i]);
	free(all);
}

static bool
parse(char *line, struct program *program)
{
	size_t count = 0;

	line[strcspn(line, "\n")] = '\0';
	program->name = strsep(&line, "\t");
	program->word = strsep(&line, "\t");
	while (line != NULL && count < ARGUMENTS)
		program->argv[count++] = strsep(&line, "\t");
	return count > 0;
}

static void
say(struct program *program, size_t rounds)
{
	for (int figure = 0; figure < FIGURES; figure++) {
		char name[128];

		(void)snprintf(name, sizeof name, "paint.%s.%s", program->name,
		    figure_names[figure]);
		bench_say(name, (double)bench_median(program->figures[figure], rounds));
	}
}

int
main(int argc, char **argv)
{
	static struct program programs[PROGRAMS];
	static char lines[PROGRAMS][4096];
	size_t rounds = argc == 3 ? strtoul(argv[1], NULL, 10) : 0,
	       many = argc == 3 ? strtoul(argv[2], NULL, 10) : 0, count = 0;

	if (rounds == 0 || rounds > ROUNDS_MOST || many > MANY_MOST)
		bench_die("Usage: paint ROUNDS MANY");
	while (count < PROGRAMS && fgets(lines[count], sizeof lines[count], stdin) != NULL)
		if (!parse(lines[count], &programs[count]))
			bench_die("A program is NAME, WORD, COMMAND, ARGUMENT... between tabs.");
		else
			count++;
	for (size_t round = 0; round < rounds; round++)
		for (size_t i = 0; i < count; i++)
			measure(&programs[i], round);
	for (size_t i = 0; i < count; i++)
		say(&programs[i], rounds);
	if (many > 0)
		measure_many(&programs[0], many);
	return EXIT_SUCCESS;
}
