/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "terminal.h"
#include "bench.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LONGEST = 60000 }; /* ms */

static _Noreturn void
become(char *const *argv)
{
	char *const environment[] = { (char[]){ "TERM=xterm-256color" },
		(char[]){ "LC_ALL=C.UTF-8" }, (char[]){ "HOME=/nonexistent" },
		(char[]){ "PATH=/usr/bin:/bin" }, NULL };

	execvpe(argv[0], argv, environment);
	_exit(127);
}

void
terminal_begin(char *const *argv, struct terminal_of *ret_terminal)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };

	memset(ret_terminal, 0, sizeof *ret_terminal);
	ret_terminal->start = bench_now();
	ret_terminal->pid = forkpty(&ret_terminal->line, NULL, NULL, &size);
	if (ret_terminal->pid == 0)
		become(argv);
	if (ret_terminal->pid < 0)
		bench_die("There is no terminal.");
}

void
terminal_finish(const struct terminal_of *terminal)
{
	(void)kill(terminal->pid, SIGKILL);
	(void)waitpid(terminal->pid, NULL, 0);
	close(terminal->line);
}

/* The cursor is asked for behind one character at the beginning of row 2: in UTF-8 that is
 * column 2. (xterm, ctlseqs: DSR 6, DA1.) */
static void
answer(const struct terminal_of *terminal, const char *came, size_t length)
{
	static const struct {
		const char *question, *answer;
	} known[] = { { "\033[6n", "\033[2;2R" }, { "\033[c", "\033[?64;22c" } };

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (memmem(came, length, known[i].question, strlen(known[i].question)) != NULL)
			terminal_type(terminal, known[i].answer);
}

void
terminal_answer(struct terminal_of *terminal)
{
	terminal->answers = true;
	answer(terminal, terminal->picture, terminal->length);
}

size_t
terminal_drain(struct terminal_of *terminal, int quiet)
{
	struct pollfd line = { .fd = terminal->line, .events = POLLIN };
	size_t before = terminal->length;

	while (poll(&line, 1, quiet) > 0) {
		char *to = terminal->picture + terminal->length;
		ssize_t got = read(terminal->line, to, TERMINAL_PICTURE - 1 - terminal->length);

		if (got <= 0)
			bench_die("A program ended by itself.");
		terminal->length += (size_t)got;
		terminal->last = bench_now();
		if (terminal->answers)
			answer(terminal, to, (size_t)got);
	}
	return terminal->length - before;
}

void
terminal_await(struct terminal_of *terminal, const char *word, int quiet)
{
	int64_t end = bench_now() + (int64_t)LONGEST * 1000000;

	while (memmem(terminal->picture, terminal->length, word, strlen(word)) == NULL) {
		(void)terminal_drain(terminal, quiet);
		if (bench_now() > end)
			bench_die(word);
	}
}

size_t
terminal_next(struct terminal_of *terminal, int quiet)
{
	struct pollfd line = { .fd = terminal->line, .events = POLLIN };

	if (poll(&line, 1, LONGEST) <= 0)
		bench_die("Nothing comes.");
	return terminal_drain(terminal, quiet);
}

void
terminal_type(const struct terminal_of *terminal, const char *text)
{
	size_t length = strlen(text);

	if (write(terminal->line, text, length) != (ssize_t)length)
		bench_die("A terminal takes no key.");
}

void
terminal_resize(const struct terminal_of *terminal, int columns, int rows)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns };

	if (ioctl(terminal->line, TIOCSWINSZ, &size) != 0)
		bench_die("A terminal keeps its size.");
}
