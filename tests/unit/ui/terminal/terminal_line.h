/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pseudo-terminal with the test at its other end. */
#ifndef TESTS_UNIT_UI_TERMINAL_TERMINAL_LINE_H
#define TESTS_UNIT_UI_TERMINAL_TERMINAL_LINE_H

#include "ui/terminal/terminal_inside.h"

struct line {
	int master, slave;
	struct termios before;
	struct terminal *terminal;
	char output[65536];
	size_t length;
};

/* What the program has written so far. */
const char *
line_output(struct line *line);

/* Sends, and waits until it has arrived. */
void
line_type(struct line *line, const char *bytes);

/* Of 80 columns and 24 rows. Not 0: it cannot be had. */
int
line_open(struct line *line);

void
line_close(struct line *line);

/* cmocka's: *state is a line with an xterm-256color's terminal open on it. */
int
line_setup(void **state);

int
line_teardown(void **state);

#define WITH_LINE(test) cmocka_unit_test_setup_teardown(test, line_setup, line_teardown)

#endif
