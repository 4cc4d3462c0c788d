/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * paint ROUNDS MANY
 *
 * Reads programs, a line each, between tabs: NAME WORD COMMAND ARGUMENT...  Starts each in a
 * terminal of 80x24, in turn, ROUNDS times: milliseconds until the last byte of its first picture
 * (WORD is in it, and then nothing comes for QUIET ms), the picture's bytes, its resident and its
 * proportional memory in KiB, and the bytes of one key. Then MANY of the first program at once:
 * their memory, each.
 */
#include "bench.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROGRAMS = 8, ARGUMENTS = 16, ROUNDS_MOST = 100, MANY_MOST = 1000, PICTURE = 1 << 16 };
enum { QUIET = 150, BRIEF = 5, LONGEST = 60000 }; /* ms */

enum figure { FIGURE_MS, FIGURE_BYTES, FIGURE_RSS, FIGURE_PSS, FIGURE_KEY, FIGURES };

static const char *const figure_names[FIGURES] = { "us", "bytes", "rss", "pss", "key" };

struct program {
	char *name, *word, *argv[ARGUMENTS + 1];
	int64_t figures[FIGURES][ROUNDS_MOST];
};

struct started {
	pid_t pid;
	int terminal;
	int64_t start, last; /* when it was started, and when its last byte came */
	size_t length;
	char picture[PICTURE];
};

static void
become(char **argv)
{
	char *const environment[] = { (char[]){ "TERM=xterm-256color" },
		(char[]){ "LC_ALL=C.UTF-8" }, (char[]){ "HOME=/nonexistent" },
		(char[]){ "PATH=/usr/bin:/bin" }, NULL };

	execvpe(argv[0], argv, environment);
	_exit(127);
}

static void
begin(const struct program *program, struct started *started)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };

	memset(started, 0, sizeof *started);
	started->start = bench_now();
	started->pid = forkpty(&started->terminal, NULL, NULL, &size);
	if (started->pid == 0)
		become((char **)(uintptr_t)program->argv);
	if (started->pid < 0)
		bench_die("There is no terminal.");
}

static void
finish(const struct started *started)
{
	(void)kill(started->pid, SIGKILL);
	(void)waitpid(started->pid, NULL, 0);
	close(started->terminal);
}

/* Reads until nothing comes for so many ms. Returns the bytes. */
static size_t
drain(struct started *started, int quiet)
{
	struct pollfd line = { .fd = started->terminal, .events = POLLIN };
	size_t before = started->length;

	while (poll(&line, 1, quiet) > 0) {
		ssize_t got = read(started->terminal, started->picture + started->length,
		    PICTURE - 1 - started->length);

		if (got <= 0)
			bench_die("A program ended by itself.");
		started->length += (size_t)got;
		started->last = bench_now();
	}
	return started->length - before;
}

static void
first_picture(const struct program *program, struct started *started, int quiet)
{
	while (memmem(started->picture, started->length, program->word, strlen(program->word)) ==
	    NULL) {
		(void)drain(started, quiet);
		if (bench_now() - started->start > (int64_t)LONGEST * 1000000)
			bench_die(program->name);
	}
}

static void
memory(const struct started *started, int64_t *ret_rss, int64_t *ret_pss)
{
	char path[64];

	(void)snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", (long)started->pid);
	*ret_rss = bench_proc(path, "Rss");
	*ret_pss = bench_proc(path, "Pss");
}

static void
measure(struct program *program, size_t round)
{
	static struct started started;

	begin(program, &started);
	first_picture(program, &started, QUIET);
	program->figures[FIGURE_MS][round] = (started.last - started.start) / 1000;
	program->figures[FIGURE_BYTES][round] = (int64_t)started.length;
	memory(&started, &program->figures[FIGURE_RSS][round],
	    &program->figures[FIGURE_PSS][round]);
	if (write(started.terminal, "a", 1) != 1)
		bench_die("A terminal takes no key.");
	program->figures[FIGURE_KEY][round] = (int64_t)drain(&started, QUIET);
	finish(&started);
}

static void
measure_many(const struct program *program, size_t many)
{
	struct started *all = calloc(many, sizeof *all);
	int64_t rss, pss, sum = 0;

	if (all == NULL)
		bench_die("There is no memory.");
	for (size_t i = 0; i < many; i++)
		begin(program, &all[i]);
	for (size_t i = 0; i < many; i++)
		first_picture(program, &all[i], BRIEF);
	for (size_t i = 0; i < many; i++) {
		memory(&all[i], &rss, &pss);
		sum += pss;
	}
	bench_say("paint.many.pss", (double)sum / (double)many);
	for (size_t i = 0; i < many; i++)
		finish(&all[i]);
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
