/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Types of terminals, the modes that each is given, and how it is given back. */
#include "terminal_line.h"

#include <locale.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

static void
in_order(const char *text, const char *first, const char *second)
{
	const char *at = strstr(text, first);

	assert_non_null(at);
	assert_non_null(strstr(at, second));
}

static void
it_is_given_back(void **state)
{
	struct termios now;
	static struct line line;
	struct line *mine = &line;

	(void)state;
	assert_int_equal(line_open(mine), 0);
	assert_int_equal(terminal_open(mine->slave, mine->slave, &mine->terminal), ERR_OK);
	assert_int_equal(tcgetattr(mine->slave, &now), 0);
	assert_false(now.c_lflag & (ICANON | ECHO | ISIG));
	line_type(mine, "\033[?1;2c");
	terminal_close(mine->terminal);
	assert_int_equal(tcgetattr(mine->slave, &now), 0);
	assert_int_equal(now.c_lflag, mine->before.c_lflag);
	assert_int_equal(now.c_iflag, mine->before.c_iflag);
	assert_int_equal(now.c_oflag, mine->before.c_oflag);
	assert_non_null(strstr(line_output(mine), "\033[?2004l"));
	/* The kitty protocol's stack is the alternate screen's: taken and given back on that. */
	in_order(line_output(mine), "\033[?1049h", "\033[>0u");
	in_order(line_output(mine), "\033[>0u", "\033[>4;0m");
	in_order(line_output(mine), "\033[<u", "\033[>4m");
	in_order(line_output(mine), "\033[<u", "\033[?1049l");
	assert_non_null(strstr(line_output(mine), "\033[?1049l"));
	line_close(mine);
}

/* A line that is slow: the answer comes later than a terminal that is only given back would wait.
 */
static void
late_answers_are_waited_for(void **state)
{
	enum { LATE = 400 /* milliseconds */ };
	static const char answer[] = "\033[?1;2c";
	static struct line line;
	int unread = -1;
	pid_t child;

	(void)state;
	assert_int_equal(line_open(&line), 0);
	assert_int_equal(terminal_open(line.slave, line.slave, &line.terminal), ERR_OK);
	assert_true(line.terminal->asked != 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(poll(NULL, 0, LATE) == 0 &&
			    write(line.master, answer, sizeof answer - 1) == sizeof answer - 1
			? 0
			: 1);
	assert_int_equal(terminal_settle(line.terminal), ERR_OK);
	assert_int_equal(line.terminal->asked, 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(ioctl(line.slave, FIONREAD, &unread), 0);
	assert_int_equal(unread, 0);
	terminal_close(line.terminal);
	line_close(&line);
}

/* One that never answers is not waited for longer. */
static void
but_not_for_ever(void **state)
{
	static struct line line;
	int64_t began;

	(void)state;
	assert_int_equal(line_open(&line), 0);
	assert_int_equal(terminal_open(line.slave, line.slave, &line.terminal), ERR_OK);
	began = terminal_ms();
	line.terminal->asked = began - TERMINAL_ANSWER_MS + 50;
	assert_int_equal(terminal_settle(line.terminal), ERR_OK);
	assert_true(terminal_ms() - began < TERMINAL_ANSWER_MS);
	terminal_close(line.terminal);
	line_close(&line);
}

/* Whoever asks next gets nothing of it, but that the person leaves. */
static void
what_was_typed_is_forgotten(void **state)
{
	static const struct {
		const char *typed;
		enum err err;
	} row[] = { { "123456\r", ERR_OK }, { "1234\003", ERR_ENDED }, { "\004", ERR_OK } };
	static struct line line;
	struct event event;

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		assert_int_equal(line_open(&line), 0);
		assert_int_equal(terminal_open(line.slave, line.slave, &line.terminal), ERR_OK);
		line_type(&line, "\033[?1;2c");
		line_type(&line, row[i].typed);
		assert_int_equal(terminal_settle(line.terminal), row[i].err);
		assert_int_equal(terminal_read(line.terminal, &event), ERR_OK);
		assert_int_equal(event.type, EVENT_NONE);
		terminal_close(line.terminal);
		line_close(&line);
	}
}

static void
a_line_that_is_down_is_told(void **state)
{
	static struct line line;

	(void)state;
	assert_int_equal(line_open(&line), 0);
	assert_int_equal(terminal_open(line.slave, line.slave, &line.terminal), ERR_OK);
	line_output(&line);
	close(line.master);
	assert_int_equal(terminal_settle(line.terminal), ERR_TERMINAL);
	terminal_close(line.terminal);
	close(line.slave);
}

/* In a child, for it dies. */
static void
a_crash_gives_it_back(void **state)
{
	static struct line line;
	struct termios now;
	int status = 0;
	pid_t child;

	(void)state;
	assert_int_equal(line_open(&line), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (terminal_open(line.slave, line.slave, &line.terminal) == ERR_OK)
			raise(SIGSEGV);
		_exit(1);
	}
	/* Its last words may wait until what it wrote before is read. */
	while (waitpid(child, &status, WNOHANG) == 0)
		line_output(&line);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGSEGV);
	assert_int_equal(tcgetattr(line.slave, &now), 0);
	assert_int_equal(now.c_lflag, line.before.c_lflag);
	in_order(line_output(&line), "\033[<u\033[>4m", "\033[?1049l");
	line_close(&line);
}

/* Modes of keys go to those that take them or pass them over: some print what they do not know. */
static void
modes_of_keys(void **state)
{
	static const struct {
		const char *term;
		bool plain;
	} row[] = { { "xterm-256color", true }, { "tmux-256color", true }, { "screen", true },
		{ "linux", false }, { "vt100", false }, { "vt220", false }, { "ansi", false },
		{ "no-such-type", false } };
	static struct line line;

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		assert_int_equal(line_open(&line), 0);
		assert_int_equal(setenv("TERM", row[i].term, 1), 0);
		assert_int_equal(terminal_open(line.slave, line.slave, &line.terminal), ERR_OK);
		line_type(&line, "\033[?1;2c");
		terminal_close(line.terminal);
		assert_int_equal(strstr(line_output(&line), "\033[>0u") != NULL, row[i].plain);
		assert_int_equal(strstr(line_output(&line), "\033[<u") != NULL, row[i].plain);
		assert_int_equal(strstr(line_output(&line), "\033[>4") != NULL, row[i].plain);
		/* The number pad is never put into application mode. */
		assert_null(strstr(line_output(&line), "\033="));
		line_close(&line);
	}
}

static void
types(void **state)
{
	static const struct {
		const char *term;
		enum err err;
		int colours;
		const char *treated_as;
	} row[] = { { "xterm-256color", ERR_OK, 256, NULL },
		{ "xterm-ghostty", ERR_OK, 256, "xterm-256color" }, { "vt100", ERR_OK, 0, NULL },
		{ "no-such-type", ERR_OK, 0, "vt100" }, { "", ERR_OK, 0, "vt100" },
		{ "xterm", ERR_OK, 8, NULL }, { "dumb", ERR_TERMINAL_CURSOR, 0, NULL } };
	static struct line line;

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		assert_int_equal(line_open(&line), 0);
		assert_int_equal(setenv("TERM", row[i].term, 1), 0);
		assert_int_equal(terminal_open(line.slave, line.slave, &line.terminal), row[i].err);
		if (row[i].err == ERR_OK) {
			const char *as = terminal_treated_as(line.terminal);
			assert_int_equal(terminal_colours(line.terminal), row[i].colours);
			assert_int_equal(as != NULL, row[i].treated_as != NULL);
			if (as != NULL)
				assert_string_equal(as, row[i].treated_as);
			line_type(&line, "\033[?1;2c");
			terminal_close(line.terminal);
		}
		line_close(&line);
	}
	assert_int_equal(terminal_open(STDERR_FILENO + 100, STDERR_FILENO + 100, &line.terminal),
	    ERR_TERMINAL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(it_is_given_back),
		cmocka_unit_test(late_answers_are_waited_for), cmocka_unit_test(but_not_for_ever),
		cmocka_unit_test(what_was_typed_is_forgotten),
		cmocka_unit_test(a_line_that_is_down_is_told),
		cmocka_unit_test(a_crash_gives_it_back), cmocka_unit_test(types),
		cmocka_unit_test(modes_of_keys) };

	if (setlocale(LC_ALL, "C.UTF-8") == NULL || setenv("TERM", "xterm-256color", 1) != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
