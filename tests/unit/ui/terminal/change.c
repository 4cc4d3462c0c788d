/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a key and a second of a countdown cost, on terminals of several types, and that curses knows
 * what stands there then. */
#include "terminal_line.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROW = 9, LABEL = 2, FIELD = 20, AREA = 6, TIME = 40 };

/* A door's field and what counts down beside it. */
static void
paint(struct terminal *terminal, const char *typed, const char *left)
{
	int used;

	terminal_erase(terminal);
	terminal_put(terminal, 0, 0, 40, STYLE_BAR, "A title");
	terminal_put(terminal, ROW, LABEL, 20, STYLE_BOLD, "6-digit code");
	used = terminal_put(terminal, ROW, FIELD, AREA, STYLE_FIELD, typed);
	terminal_fill(terminal, (struct rect){ ROW, FIELD + used, 1, AREA - used },
	    STYLE_FIELD_FOCUS);
	terminal_put(terminal, ROW, TIME, 40, STYLE_DIM, left);
	terminal_cursor(terminal, ROW, FIELD + used);
	terminal_show(terminal, false);
}

/* What stands there, as curses has it, is what was painted. */
static void
curses_knows(void)
{
	cchar_t is, wanted;
	int rows, width, cursor_y, cursor_x;

	getmaxyx(stdscr, rows, width);
	getyx(curscr, cursor_y, cursor_x);
	for (int y = 0; y < rows; y++)
		for (int x = 0; x < width; x++) {
			assert_int_equal(mvwin_wch(curscr, y, x, &is), OK);
			assert_int_equal(mvwin_wch(stdscr, y, x, &wanted), OK);
			assert_memory_equal(&is, &wanted, sizeof is);
		}
	assert_int_equal(wmove(curscr, cursor_y, cursor_x), OK);
}

/* What the next picture sent. */
static const char *
sent(struct line *line, const char *typed, const char *left)
{
	line_output(line);
	line->length = 0;
	paint(line->terminal, typed, left);
	return line_output(line);
}

static void
open_as(struct line *line, const char *term)
{
	assert_int_equal(line_open(line), 0);
	assert_int_equal(setenv("TERM", term, 1), 0);
	assert_int_equal(terminal_open(line->slave, line->slave, &line->terminal), ERR_OK);
	(void)sent(line, "", "new code in 12 s");
}

static void
close_it(struct line *line)
{
	line_type(line, "\033[?1;2c");
	terminal_close(line->terminal);
	line_close(line);
}

/* Each as its terminfo has it; what wants pauses there (vt100's smul), or is missing, is curses'.
 */
static void
bytes_of_little_changes(void **state)
{
	static const struct {
		const char *term, *key, *tick, *two;
	} row[] = {
		{ "xterm-256color", "\033[4m1\033[24m", "\033[32C1\033[33D", "\033[31C09\033[33D" },
		{ "xterm-direct", "\033[4m1\033[24m", "\033[32C1\033[33D", "\033[31C09\033[33D" },
		{ "tmux-256color", "\033[4m1\033[m\017", "\033[32C1\033[33D",
		    "\033[31C09\033[33D" },
		{ "screen", "\033[4m1\033[m\017", "\033[32C1\033[33D", "\033[31C09\033[33D" },
		{ "linux", "\033[4m1\033[m\017", "\033[32C1\033[33D", "\033[31C09\033[33D" },
		{ "vt100", "\033[0;4m\0171\033[m\017", "\033[32C1\033[33D", "\033[31C09\033[33D" },
		{ "no-such-type", "\033[0;4m\0171\033[m\017", "\033[32C1\033[33D",
		    "\033[31C09\033[33D" },
		{ "vt52", "1", "\033Y)U1\033Y)5", "\033Y)T09\033Y)5" },
	};
	static struct line line;

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		open_as(&line, row[i].term);
		assert_string_equal(sent(&line, "1", "new code in 12 s"), row[i].key);
		curses_knows();
		assert_string_equal(sent(&line, "1", "new code in 11 s"), row[i].tick);
		curses_knows();
		assert_string_equal(sent(&line, "1", "new code in 09 s"), row[i].two);
		curses_knows();
		assert_string_equal(sent(&line, "1", "new code in 09 s"), "");
		close_it(&line);
	}
}

/* What is more than one of the two, or is near, goes curses' own way, and is right. */
static void
other_changes_are_curses_own(void **state)
{
	static const struct {
		const char *typed, *left, *sends;
	} row[] = {
		{ "12", "new code in 11 s", "\033[0;4m12\033[10;54H" },	   /* both at once */
		{ "12", "new code in \xc3\xab s", "\033[10;53H\xc3\xab" }, /* no ASCII */
		{ "1", "new code in \xc3\xab s", "\b\033(B\033[0;4m" },	   /* a letter goes */
		{ "1", "No coDe in \xc3\xab s", "\033[10;41H" },	   /* not side by side */
		{ "1234", "No coDe in \xc3\xab s", "\033[4m234\033[24m" }, /* a paste */
	};
	static struct line line;

	(void)state;
	open_as(&line, "xterm-256color");
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		assert_non_null(strstr(sent(&line, row[i].typed, row[i].left), row[i].sends));
		curses_knows();
	}
	close_it(&line);
}

/* There the cursor may wait behind the letter, and a way by columns begins who knows where. */
static void
the_last_column(void **state)
{
	static struct line line;

	(void)state;
	open_as(&line, "xterm-256color");
	for (int digit = 1; digit <= 3; digit++) {
		char text[2] = { (char)('0' + digit), '\0' };

		line_output(&line);
		line.length = 0;
		terminal_put(line.terminal, ROW, 79, 1, STYLE_PLAIN, text);
		terminal_cursor(line.terminal, ROW, FIELD);
		terminal_show(line.terminal, false);
		assert_null(strstr(line_output(&line), "C"));
		assert_non_null(strstr(line_output(&line), text));
		terminal_cursor(line.terminal, ROW, 79);
		terminal_show(line.terminal, false);
		terminal_put(line.terminal, ROW, TIME, 1, STYLE_PLAIN, text);
		line_output(&line);
		line.length = 0;
		terminal_show(line.terminal, false);
		assert_null(strstr(line_output(&line), "D"));
		assert_non_null(strstr(line_output(&line), text));
	}
	close_it(&line);
}

/* When all is painted anew, nothing goes by: the letters are sent with all else. */
static void
after_a_clear(void **state)
{
	static struct line line;

	(void)state;
	open_as(&line, "xterm-256color");
	(void)sent(&line, "1", "new code in 11 s");
	clearok(curscr, TRUE);
	assert_non_null(strstr(sent(&line, "1", "new code in 10 s"), "new code in 10 s"));
	assert_null(strstr(line_output(&line), "\033[32C"));
	curses_knows();
	close_it(&line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(bytes_of_little_changes),
		cmocka_unit_test(other_changes_are_curses_own), cmocka_unit_test(the_last_column),
		cmocka_unit_test(after_a_clear) };

	if (setlocale(LC_ALL, "C.UTF-8") == NULL || unsetenv("NO_COLOR") != 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
