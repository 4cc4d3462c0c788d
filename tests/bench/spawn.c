/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spawn ROUNDS
 *
 * Reads programs, a line each, between tabs: NAME INPUT FIRST COMMAND ARGUMENT...  Runs each, in
 * turn, ROUNDS times, as a fresh process: milliseconds from fork to its end, which must be a good
 * one. In round N it reads line N of the file INPUT ("-": nothing), and in the ARGUMENT that ends
 * with
 * "{}" that is FIRST + N. What a program prints as "once.password MICROSECONDS" is said apart, and
 * what remains without it.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROGRAMS = 9, ARGUMENTS = 16, ROUNDS_MOST = 100 };

struct program {
	char *name, *input, *argv[ARGUMENTS + 1];
	size_t first;
	int64_t took[ROUNDS_MOST], rest[ROUNDS_MOST];
};

/* Line `number` of a file into a pipe; returns the end to read from. */
static int
input_of(const struct program *program, size_t number)
{
	char line[256] = "";
	int ends[2];
	FILE *file = NULL;

	if (pipe(ends) != 0)
		bench_die("There are no pipes.");
	if (strcmp(program->input, "-") != 0) {
		file = fopen(program->input, "r");
		for (size_t i = 0; file != NULL && i <= number; i++)
			if (fgets(line, sizeof line, file) == NULL)
				bench_die(program->input);
		if (file == NULL || write(ends[1], line, strlen(line)) != (ssize_t)strlen(line))
			bench_die(program->input);
		(void)fclose(file);
	}
	close(ends[1]);
	return ends[0];
}

static void
become(const struct program *program, size_t round, int input, int output)
{
	char *argv[ARGUMENTS + 1] = { NULL }, number[64];

	for (size_t i = 0; program->argv[i] != NULL; i++) {
		size_t before = strcspn(program->argv[i], "{");

		argv[i] = program->argv[i];
		if (strcmp(argv[i] + before, "{}") != 0)
			continue;
		(void)snprintf(number, sizeof number, "%.*s%zu", (int)before, program->argv[i],
		    program->first + round);
		argv[i] = number;
	}
	if (dup2(input, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0)
		_exit(127);
	execvp(argv[0], argv);
	_exit(127);
}

/* Reads to the end what it prints; returns the microseconds of the password, if it names them. */
static double
password_of(int output)
{
	static const char word[] = "once.password ";
	char text[4096], *found;
	size_t length = 0;
	ssize_t got;

	while (length < sizeof text - 1 &&
	    (got = read(output, text + length, sizeof text - 1 - length)) > 0)
		length += (size_t)got;
	text[length] = '\0';
	found = strstr(text, word);
	return found == NULL ? 0 : strtod(found + sizeof word - 1, NULL);
}

static void
measure(struct program *program, size_t round)
{
	int input = input_of(program, round), ends[2], status = -1;
	int64_t start;
	double password;
	pid_t pid;

	if (pipe(ends) != 0)
		bench_die("There are no pipes.");
	start = bench_now();
	pid = fork();
	if (pid == 0)
		become(program, round, input, ends[1]);
	close(input);
	close(ends[1]);
	password = password_of(ends[0]);
	close(ends[0]);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		bench_die(program->name);
	program->took[round] = bench_now() - start;
	program->rest[round] = program->took[round] - (int64_t)(password * 1e3);
}

static void
parse(char *line, struct program *program)
{
	size_t count = 0;
	char *first;

	line[strcspn(line, "\n")] = '\0';
	program->name = strsep(&line, "\t");
	program->input = strsep(&line, "\t");
	first = strsep(&line, "\t");
	program->first = first == NULL ? 0 : strtoul(first, NULL, 10);
	while (line != NULL && count < ARGUMENTS)
		program->argv[count++] = strsep(&line, "\t");
	if (count == 0)
		bench_die("A program is NAME, INPUT, FIRST, COMMAND, ARGUMENT... between tabs.");
}

static void
say(struct program *program, size_t rounds)
{
	char name[128];

	(void)snprintf(name, sizeof name, "spawn.%s.ms", program->name);
	bench_say(name, (double)bench_median(program->took, rounds) / 1e6);
	(void)snprintf(name, sizeof name, "spawn.%s.rest", program->name);
	bench_say(name, (double)bench_median(program->rest, rounds) / 1e6);
}

int
main(int argc, char **argv)
{
	static struct program programs[PROGRAMS];
	static char lines[PROGRAMS][4096];
	size_t rounds = argc == 2 ? strtoul(argv[1], NULL, 10) : 0, count = 0;

	if (rounds == 0 || rounds > ROUNDS_MOST)
		bench_die("Usage: spawn ROUNDS");
	while (count < PROGRAMS && fgets(lines[count], sizeof lines[count], stdin) != NULL) {
		parse(lines[count], &programs[count]);
		count++;
	}
	for (size_t round = 0; round < rounds; round++)
		for (size_t i = 0; i < count; i++)
			measure(&programs[(round + i) % count], round);
	for (size_t i = 0; i < count; i++)
		say(&programs[i], rounds);
	return EXIT_SUCCESS;
}
