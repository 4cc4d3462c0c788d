/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * traffic ROUNDS
 *
 * Reads programs, a line each, between tabs: NAME WORD STEPS COMMAND ARGUMENT...  Starts each in a
 * terminal of 80x24, ROUNDS times, and says the median bytes that it is sent: "NAME.first" until
 * WORD has come and then nothing for QUIET ms, "NAME.answered" when the terminal has answered what
 * it was asked, and then for each of STEPS, which stand between bars:
 *
 *     key tab down    that key is pressed; `key` is a letter
 *     resize          the window becomes 100x30
 *     tick            nothing is pressed
 *     >TEXT           is typed, with Enter; not measured
 *     ?TEXT           is waited for; not measured
 */
#include "bench.h"
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARGUMENTS = 16, STEPS = 16, ROUNDS_MOST = 20, QUIET = 200 };

struct program {
	char *name, *word, *steps[STEPS], *argv[ARGUMENTS + 1];
	int64_t first[ROUNDS_MOST], answered[ROUNDS_MOST], bytes[STEPS][ROUNDS_MOST];
};

static const struct {
	const char *name, *sends;
} keys[] = { { "key", "a" }, { "tab", "\t" }, { "down", "\033OB" } };

static void
enter(struct terminal_of *terminal, const char *text)
{
	terminal_type(terminal, text);
	terminal_type(terminal, "\r");
	(void)terminal_drain(terminal, QUIET);
}

static size_t
take(struct terminal_of *terminal, const char *step)
{
	if (*step == '>')
		enter(terminal, step + 1);
	else if (*step == '?')
		terminal_await(terminal, step + 1, QUIET);
	if (*step == '>' || *step == '?')
		return 0;
	if (strcmp(step, "resize") == 0)
		terminal_resize(terminal, 100, 30);
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (strcmp(step, keys[i].name) == 0)
			terminal_type(terminal, keys[i].sends);
	return terminal_next(terminal, QUIET);
}

static void
measure(struct program *program, size_t round)
{
	static struct terminal_of terminal;

	terminal_begin(program->argv, &terminal);
	terminal_await(&terminal, program->word, QUIET);
	program->first[round] = (int64_t)terminal.length;
	terminal_answer(&terminal);
	program->answered[round] = (int64_t)terminal_drain(&terminal, QUIET);
	for (size_t i = 0; i < STEPS && program->steps[i] != NULL; i++)
		program->bytes[i][round] = (int64_t)take(&terminal, program->steps[i]);
	terminal_finish(&terminal);
}

static void
say(const struct program *program, const char *what, int64_t *bytes, size_t rounds)
{
	char name[128];

	(void)snprintf(name, sizeof name, "%s.%s", program->name, what);
	bench_say(name, (double)bench_median(bytes, rounds));
}

static void
say_all(struct program *program, size_t rounds)
{
	say(program, "first", program->first, rounds);
	say(program, "answered", program->answered, rounds);
	for (size_t i = 0; i < STEPS && program->steps[i] != NULL; i++)
		if (strchr(">?", *program->steps[i]) == NULL)
			say(program, program->steps[i], program->bytes[i], rounds);
}

static void
parse(char *line, struct program *ret_program)
{
	size_t count = 0;
	char *steps;

	memset(ret_program, 0, sizeof *ret_program);
	line[strcspn(line, "\n")] = '\0';
	ret_program->name = strsep(&line, "\t");
	ret_program->word = strsep(&line, "\t");
	steps = strsep(&line, "\t");
	while (steps != NULL && count < STEPS)
		ret_program->steps[count++] = strsep(&steps, "|");
	for (count = 0; line != NULL && count < ARGUMENTS; count++)
		ret_program->argv[count] = strsep(&line, "\t");
	if (count == 0)
		bench_die("A program is NAME, WORD, STEPS, COMMAND, ARGUMENT... between tabs.");
}

int
main(int argc, char **argv)
{
	size_t rounds = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
	static struct program program;
	char line[4096];

	if (rounds == 0 || rounds > ROUNDS_MOST)
		bench_die("Usage: traffic ROUNDS");
	while (fgets(line, sizeof line, stdin) != NULL) {
		parse(line, &program);
		for (size_t round = 0; round < rounds; round++)
			measure(&program, round);
		say_all(&program, rounds);
	}
	return EXIT_SUCCESS;
}
