/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program in a terminal of 80x24 that does nothing but count what it is sent. */
#ifndef TESTS_BENCH_TERMINAL_H
#define TESTS_BENCH_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { TERMINAL_PICTURE = 1 << 16 };

struct terminal_of {
	pid_t pid;
	int line;
	bool answers;	     /* to what it is asked; false until terminal_answer() */
	int64_t start, last; /* ns: when it was started, and when its last byte came */
	size_t length;
	char picture[TERMINAL_PICTURE]; /* all that has come */
};

/* Starts argv (ended by NULL) with a small environment of its own. Ends the bench on failure. */
void
terminal_begin(char *const *argv, struct terminal_of *ret_terminal);

/* Ends the program at once, and waits for it. */
void
terminal_finish(const struct terminal_of *terminal);

/* What was asked so far is answered, as a terminal in UTF-8 does it; from now on, what will be. */
void
terminal_answer(struct terminal_of *terminal);

/* Reads until nothing comes for so many ms. Returns the bytes. */
size_t
terminal_drain(struct terminal_of *terminal, int quiet);

/* The same, but `word` has come too since the start. A minute without it ends the bench. */
void
terminal_await(struct terminal_of *terminal, const char *word, int quiet);

/* What comes next, however long that takes (but a minute), until nothing comes for `quiet` ms. */
size_t
terminal_next(struct terminal_of *terminal, int quiet);

void
terminal_type(const struct terminal_of *terminal, const char *text);

/* The window is dragged to another size. */
void
terminal_resize(const struct terminal_of *terminal, int columns, int rows);

#endif
