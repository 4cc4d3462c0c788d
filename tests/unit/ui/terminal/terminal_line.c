/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "terminal_line.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmocka.h>

const char *
line_output(struct line *line)
{
	struct pollfd ready = { .fd = line->master, .events = POLLIN };
	ssize_t got;

	while (line->length + 1 < sizeof line->output && poll(&ready, 1, 0) == 1) {
		got = read(line->master, line->output + line->length,
		    sizeof line->output - line->length - 1);
		if (got <= 0)
			break;
		line->length += (size_t)got;
	}
	line->output[line->length] = '\0';
	return line->output;
}

void
line_type(struct line *line, const char *bytes)
{
	struct pollfd ready = { .fd = line->slave, .events = POLLIN };

	assert_int_equal(write(line->master, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
	assert_int_equal(poll(&ready, 1, 10000), 1);
}

int
line_open(struct line *line)
{
	struct winsize size = { .ws_row = 24, .ws_col = 80 };

	memset(line, 0, sizeof *line);
	line->master = posix_openpt(O_RDWR | O_NOCTTY);
	if (line->master < 0 || grantpt(line->master) != 0 || unlockpt(line->master) != 0)
		return -1;
	line->slave = open(ptsname(line->master), O_RDWR | O_NOCTTY);
	if (line->slave < 0 || ioctl(line->slave, TIOCSWINSZ, &size) != 0)
		return -1;
	return tcgetattr(line->slave, &line->before);
}

int
line_setup(void **state)
{
	static struct line line;

	*state = &line;
	unsetenv("NO_COLOR");
	if (line_open(&line) != 0 || setenv("TERM", "xterm-256color", 1) != 0)
		return -1;
	return terminal_open(line.slave, line.slave, &line.terminal) == ERR_OK ? 0 : -1;
}

void
line_close(struct line *line)
{
	close(line->master);
	close(line->slave);
}

int
line_teardown(void **state)
{
	struct line *line = *state;

	terminal_close(line->terminal);
	line->terminal = NULL;
	line_close(line);
	return 0;
}
