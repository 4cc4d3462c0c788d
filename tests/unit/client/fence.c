/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Coming back from a command: nothing that a terminal still answers it is typed into the console.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "client/fence.h"

enum { PATIENCE = 10000 /* ms */, MANY = 100000, PIECE = 1000 };

/* What a terminal does when the console asks where its cursor is. */
struct terminal {
	const char *before; /* answers that the command is owed, */
	int pause;	    /* ms that it thinks about the rest of them */
	const char *after;
	size_t filler; /* and bytes in a string between both */
	bool honest;   /* then it says where the cursor is; else nothing */
};

struct stage {
	int other, fd; /* the terminal's end, and the console's */
};

static int
set_up(void **state)
{
	static struct stage stage;
	struct termios modes;
	const struct winsize size = { .ws_row = 24, .ws_col = 80 };

	stage.other = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(stage.other >= 0);
	assert_int_equal(grantpt(stage.other), 0);
	assert_int_equal(unlockpt(stage.other), 0);
	stage.fd = open(ptsname(stage.other), O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(stage.fd >= 0);
	assert_int_equal(ioctl(stage.other, TIOCSWINSZ, &size), 0);
	assert_int_equal(tcgetattr(stage.fd, &modes), 0);
	cfmakeraw(&modes);
	assert_int_equal(tcsetattr(stage.fd, TCSANOW, &modes), 0);
	*state = &stage;
	return 0;
}

static int
tear_down(void **state)
{
	struct stage *stage = *state;

	close(stage->fd);
	close(stage->other);
	return 0;
}

/* --- the terminal, a process of its own -------------------------------------------------- */

static void
say(int line, const char *text, size_t size)
{
	while (size > 0) {
		ssize_t wrote = write(line, text, size);

		if (wrote < 0)
			_exit(1);
		text += wrote;
		size -= (size_t)wrote;
	}
}

/* All that the console writes, until it has asked twice. */
static void
hear(int line, char *got, size_t most)
{
	struct pollfd fd = { .fd = line, .events = POLLIN };
	size_t size = 0;
	const char *first = NULL;

	while (first == NULL || strstr(first + 1, "\033[6n") == NULL) {
		ssize_t more = poll(&fd, 1, PATIENCE) == 1 ? read(line, got + size, most - size)
							   : 0;

		if (more <= 0)
			_exit(1);
		size += (size_t)more;
		got[size] = '\0';
		first = strstr(got, "\033[6n");
	}
}

/* Its cursor is where it was put last before it was asked. */
static void
answer(int line, const char *got)
{
	const char *at = got;

	for (int asked = 0; asked < 2; asked++) {
		unsigned row = 1, column = 1;
		char text[32];
		const char *end = strstr(at, "\033[6n");

		for (; at < end; at++)
			(void)sscanf(at, "\033[%u;%uH", &row, &column);
		at = end + 4;
		(void)snprintf(text, sizeof text, "\033[%u;%uR", row, column);
		say(line, text, strlen(text));
	}
}

static void
be(const struct terminal *terminal, int line)
{
	char got[4096], filler[PIECE];

	hear(line, got, sizeof got - 1);
	say(line, terminal->before, strlen(terminal->before));
	memset(filler, 'q', sizeof filler);
	for (size_t sent = 0; sent < terminal->filler; sent += sizeof filler)
		say(line, filler, sizeof filler);
	if (terminal->pause > 0)
		(void)poll(NULL, 0, terminal->pause);
	say(line, terminal->after, strlen(terminal->after));
	if (terminal->honest)
		answer(line, got);
	_exit(0);
}

static int64_t
milliseconds(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

/* Nothing of its answers is left when the console goes on. How long that took. */
static int64_t
passes(const struct stage *stage, const struct terminal *terminal)
{
	int64_t began = milliseconds(), took;
	int left = -1, status = -1;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0)
		be(terminal, stage->other);
	assert_int_equal(fence_undo(stage->fd, stage->fd, true), ERR_OK);
	took = milliseconds() - began;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(ioctl(stage->fd, FIONREAD, &left), 0);
	assert_int_equal(left, 0);
	return took;
}

/* --- the tests ------------------------------------------------------------------------------ */

static void
what_a_command_is_owed_is_swallowed(void **state)
{
	static const struct terminal terminal = { .before = "\033[?62;22c\033]11;rgb:0/0/0\033\\",
		.after = "PuTTY",
		.honest = true };

	(void)passes(*state, &terminal);
}

/* The command asked where the cursor is, and ended: its answer is not the fence's. */
static void
an_answer_like_ours_does_not_end_it(void **state)
{
	static const struct terminal terminal = { .before = "\033[5;5R\033[24;80R\033[1;",
		.pause = 100,
		.after = "5R\033[7;7R",
		.honest = true };

	assert_true(passes(*state, &terminal) >= 100);
}

static void
an_answer_by_half_is_waited_for(void **state)
{
	static const struct terminal terminal = { .before = "\033]52;c;cGFzc3dv",
		.pause = 600,
		.after = "cmQ=\007",
		.honest = true };

	assert_true(passes(*state, &terminal) >= 600);
}

static void
a_long_answer_is_swallowed_whole(void **state)
{
	static const struct terminal terminal = { .before = "\033]52;c;",
		.filler = MANY,
		.after = "\033\\",
		.honest = true };

	(void)passes(*state, &terminal);
}

static void
one_that_does_not_say_ends_with_silence(void **state)
{
	static const struct terminal terminal = { .before = "\033[5;5R", .after = "" };

	assert_in_range(passes(*state, &terminal), 300, PATIENCE);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_a_command_is_owed_is_swallowed, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(an_answer_like_ours_does_not_end_it, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(an_answer_by_half_is_waited_for, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_long_answer_is_swallowed_whole, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(one_that_does_not_say_ends_with_silence, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
