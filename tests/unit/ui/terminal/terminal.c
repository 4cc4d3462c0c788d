/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The terminal on a pseudo terminal: what it sends becomes events, and it is given back as it was
 * found. */
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
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* The events as text: characters, <keys>, '!' for what is bad, '{' and '}' around a paste. */
static const char *
events(struct line *line, const char *bytes, char text[256])
{
	static const char *const names[] = { [KEY_ENTER_] = "<Enter>",
		[KEY_UP_] = "<Up>",
		[KEY_HOME_] = "<Home>",
		[KEY_BACKTAB] = "<Backtab>",
		[KEY_ESC] = "<Esc>",
		[KEY_HELP_] = "<F1>",
		[KEY_DELETE] = "<Delete>",
		[KEY_INTERRUPT] = "<^C>",
		[KEY_PAGE_DOWN] = "<PageDown>" };
	struct event event;
	size_t used = 0;

	line_type(line, bytes);
	for (;;) {
		assert_int_equal(terminal_read(line->terminal, &event), ERR_OK);
		if (event.type == EVENT_NONE)
			break;
		assert_true(used < 200);
		if (event.type == EVENT_KEY)
			used += (size_t)snprintf(text + used, 256 - used, "%s",
			    names[event.key] != NULL ? names[event.key] : "<?>");
		else
			text[used++] = event.type == EVENT_PASTE_START ? '{'
			    : event.type == EVENT_PASTE_END	       ? '}'
			    : event.type == EVENT_BAD		       ? '!'
								       : (char)event.point;
	}
	text[used] = '\0';
	return text;
}

static void
bytes_become_events(void **state)
{
	static const struct {
		const char *bytes, *want;
	} row[] = { { "ab", "ab" }, { "\r\003", "<Enter><^C>" }, { "\033[A\033OA", "<Up><Up>" },
		{ "\033[H\033[1~\033OH", "<Home><Home><Home>" },
		{ "\033[3~\033[Z\033[6~", "<Delete><Backtab><PageDown>" },
		{ "\033OP\033[11~", "<F1><F1>" }, { "\033", "<Esc>" }, { "\033\033", "<Esc><Esc>" },
		{ "\033a", "" }, { "\033[200~1\r2\033[201~\r", "{1\n2}<Enter>" },
		{ "\033[200~\033[A\003\033[201~x", "{!!}x" },
		/* What nobody asked for is eaten whole. */
		{ "a\033[1;5Qb", "ab" }, { "a\033[24~b", "ab" }, { "a\033[Ib", "ab" },
		{ "a\033OSb", "ab" }, { "a\033[<0;1;1Mb", "ab" }, { "a\033[5;10Rb", "ab" },
		{ "a\033[?1;2cb", "ab" } };
	struct line *line = *state;
	char text[256];

	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		assert_string_equal(events(line, row[i].bytes, text), row[i].want);
}

/* Over a slow line a paste may stall: the rest of it is no typing. A single key after a silence is
 * a person's: the mark was lost. */
static void
a_paste_that_stalls(void **state)
{
	struct line *line = *state;
	char text[256];

	assert_string_equal(events(line, "\033[200~ab", text), "{ab");
	line->terminal->read_at -= TERMINAL_PASTE_MS + 1;
	assert_string_equal(events(line, "cdefgh\r", text), "cdefgh\n");
	line->terminal->read_at -= TERMINAL_PASTE_MS + 1;
	assert_string_equal(events(line, "\r", text), "}<Enter>");
	/* But the rest of the mark itself is no key. */
	assert_string_equal(events(line, "\033[200~ab\033[20", text), "{ab");
	line->terminal->read_at -= TERMINAL_PASTE_MS + 1;
	assert_string_equal(events(line, "1~c", text), "}c");
}

/* A key that comes in two pieces, as over a slow line. */
static void
a_key_in_two_pieces(void **state)
{
	struct line *line = *state;
	struct timespec pause = { 0, 20000000 };
	struct event event;
	int status;
	pid_t child;

	line_type(line, "\033");
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		nanosleep(&pause, NULL);
		_exit(write(line->master, "[A", 2) == 2 ? 0 : 1);
	}
	assert_int_equal(terminal_read(line->terminal, &event), ERR_OK);
	assert_int_equal(event.type, EVENT_KEY);
	assert_int_equal(event.key, KEY_UP_);
	assert_int_equal(waitpid(child, &status, 0), child);
}

static void
the_answer_is_remembered(void **state)
{
	struct line *line = *state;
	char text[256];

	assert_non_null(strstr(line_output(line), "\033[c"));
	assert_string_equal(events(line, "x\033[?62;152;4cy", text), "xy");
	assert_false(terminal_osc52(line->terminal));
	assert_string_equal(events(line, "x\033[?62;5", text), "x");
	assert_string_equal(events(line, "2;22cy", text), "y");
	assert_true(terminal_osc52(line->terminal));
}

static void
what_is_painted(void **state)
{
	struct line *line = *state;
	char cell[32], text[256];

	assert_string_equal(events(line, "\033[?1;2c", text), "");
	terminal_erase(line->terminal);
	assert_true(terminal_utf8(line->terminal));
	assert_int_equal(terminal_put(line->terminal, 3, 78, 10, STYLE_ERROR, "no\nway"), 2);
	terminal_cell(line->terminal, 3, 79, cell, sizeof cell);
	assert_string_equal(cell, "o!");
	assert_int_equal(terminal_put(line->terminal, 24, 0, 10, STYLE_PLAIN, "below"), 0);
	assert_int_equal(terminal_put(line->terminal, 0, -1, 10, STYLE_PLAIN, "left"), 0);
	terminal_put(line->terminal, 4, 0, 10, STYLE_PLAIN, "a\nb\033");
	terminal_cell(line->terminal, 4, 1, cell, sizeof cell);
	assert_string_equal(cell, "? ");
	terminal_qr_cell(line->terminal, 5, 0, STYLE_QR_DARK, true);
	terminal_cell(line->terminal, 5, 0, cell, sizeof cell);
	assert_string_equal(cell,
	    "\xe2\x96\x84"
	    "D");
	terminal_show(line->terminal, false);
	assert_non_null(strstr(line_output(line), "no"));
}

/* A name that runs from right to left: the cell before it says that its row does not. */
static void
right_to_left(void **state)
{
	static const struct {
		const char *text;
		bool marked;
	} row[] = { { "\xd9\x85\xd8\xad", true }, { "a \xd7\xa9", true }, { "\xef\xbb\xbc", true },
		{ "abc \xc3\xa9\xe6\x97\xa5\xd6\x80", false } };
	struct line *line = *state;
	char cell[32], text[256];

	assert_string_equal(events(line, "\033[?1;2c", text), "");
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		terminal_erase(line->terminal);
		terminal_put(line->terminal, 1, 5, 20, STYLE_PLAIN, row[i].text);
		terminal_cell(line->terminal, 1, 4, cell, sizeof cell);
		assert_string_equal(cell, row[i].marked ? " \xe2\x80\x8e " : "  ");
		terminal_cell(line->terminal, 1, 5, cell, sizeof cell);
		assert_int_equal(cell[0], row[i].text[0]);
		/* There is no cell before the first. */
		terminal_put(line->terminal, 1, 0, 20, STYLE_PLAIN, row[i].text);
		terminal_cell(line->terminal, 0, 79, cell, sizeof cell);
		assert_string_equal(cell, "  ");
	}
}

static void
a_secret_is_overwritten(void **state)
{
	struct line *line = *state;
	const char *after;

	terminal_put(line->terminal, 1, 0, 10, STYLE_PLAIN, "SECRET");
	terminal_show(line->terminal, false);
	after = line_output(line) + line->length;
	terminal_overwrite(line->terminal);
	line_output(line);
	/* Its cells get other text before anything is cleared: a clear can push lines into a
	 * history. */
	assert_non_null(strchr(after, ':'));
	assert_true(
	    strstr(after, "\033[J") == NULL || strstr(after, "\033[J") > strchr(after, ':'));
	/* One row of it is longer than any other, so that curses' own buffer holds nothing else any
	 * more. */
	assert_non_null(strstr(after,
	    ".\033[38;5;231m\033[48;5;16m:\033[38;5;16m\033[48;5;231m.\033[38;5;231m\033[48;5;"
	    "16m:"));
}

/* What was typed for the console must not be typed into what runs after it. */
static void
nothing_typed_is_left_behind(void **state)
{
	static struct line line;
	struct pollfd ready = { .events = POLLIN };
	char text[256];

	(void)state;
	assert_int_equal(line_open(&line), 0);
	assert_int_equal(terminal_open(line.slave, line.slave, &line.terminal), ERR_OK);
	assert_string_equal(events(&line, "x\033[?1;2c", text), "x");
	line_type(&line, "halt\r");
	terminal_close(line.terminal);
	ready.fd = line.slave;
	assert_int_equal(poll(&ready, 1, 0), 0);
	line_close(&line);
}

static void
a_line_that_is_down(void **state)
{
	static struct line line;
	struct event event;

	(void)state;
	assert_int_equal(line_open(&line), 0);
	assert_int_equal(terminal_open(line.slave, line.slave, &line.terminal), ERR_OK);
	line_type(&line, "a\033[?1;2c");
	assert_int_equal(terminal_read(line.terminal, &event), ERR_OK);
	assert_int_equal(event.point, 'a');
	assert_int_equal(terminal_read(line.terminal, &event), ERR_OK);
	assert_int_equal(event.type, EVENT_NONE);
	close(line.master);
	assert_int_equal(terminal_read(line.terminal, &event), ERR_TERMINAL);
	assert_int_equal(terminal_read(line.terminal, &event), ERR_TERMINAL);
	terminal_close(line.terminal);
	close(line.slave);
}

static void
sizes(void **state)
{
	struct winsize size = { .ws_row = 1, .ws_col = 1 };
	struct line *line = *state;
	int rows, columns;

	assert_int_equal(setenv("LINES", "5", 1), 0);
	terminal_size(line->terminal, &rows, &columns);
	assert_int_equal(rows, 24);
	assert_int_equal(columns, 80);
	assert_int_equal(ioctl(line->slave, TIOCSWINSZ, &size), 0);
	terminal_resized(line->terminal);
	terminal_size(line->terminal, &rows, &columns);
	assert_int_equal(rows, 1);
	assert_int_equal(columns, 1);
	terminal_put(line->terminal, 0, 0, 80, STYLE_BOLD, "clipped");
	terminal_box(line->terminal, (struct rect){ 0, 0, 9, 9 });
	terminal_cursor(line->terminal, 9, 9);
	terminal_show(line->terminal, true);
	unsetenv("LINES");
}

/* stty rows 65535 columns 65535; by the gigabyte it would cost, or a crash. */
static void
a_huge_size_is_cut(void **state)
{
	struct winsize size = { .ws_row = 65535, .ws_col = 65535 };
	struct line *line = *state;
	int rows, columns;

	assert_int_equal(ioctl(line->slave, TIOCSWINSZ, &size), 0);
	terminal_resized(line->terminal);
	terminal_size(line->terminal, &rows, &columns);
	assert_int_equal(rows, 1000);
	assert_int_equal(columns, 1000);
}

static void
a_huge_size_from_the_start_is_cut(void **state)
{
	struct winsize size = { .ws_row = 24, .ws_col = 65535 };
	static struct line line;
	int rows, columns;

	(void)state;
	assert_int_equal(line_open(&line), 0);
	assert_int_equal(ioctl(line.slave, TIOCSWINSZ, &size), 0);
	assert_int_equal(terminal_open(line.slave, line.slave, &line.terminal), ERR_OK);
	terminal_size(line.terminal, &rows, &columns);
	assert_int_equal(rows, 24);
	assert_int_equal(columns, 1000);
	line_type(&line, "\033[?1;2c");
	terminal_close(line.terminal);
	line_close(&line);
}

/* What was read and not yet used is no longer on the line, where poll() would see it. */
static void
what_was_read_is_held(void **state)
{
	struct line *line = *state;
	struct event event;

	assert_false(terminal_holds(line->terminal));
	line_type(line, "ab");
	assert_int_equal(terminal_read(line->terminal, &event), ERR_OK);
	assert_int_equal(event.point, 'a');
	assert_true(terminal_holds(line->terminal));
	assert_int_equal(terminal_read(line->terminal, &event), ERR_OK);
	assert_int_equal(event.point, 'b');
	assert_false(terminal_holds(line->terminal));
}

static void
ascii(void **state)
{
	struct terminal *terminal = NULL;
	char cell[32];

	(void)state;
	assert_non_null(setlocale(LC_ALL, "C"));
	assert_int_equal(terminal_open_null("vt100", 5, 20, &terminal), ERR_OK);
	assert_false(terminal_utf8(terminal));
	assert_int_equal(terminal_put(terminal, 0, 0, 20, STYLE_PLAIN,
			     "\xe2\x80\xba\xc2\xb7\xe2\x80\xa6\xc3\xa9\xc5\x93\xe6\x97\xa5"),
	    9);
	for (int x = 0; x < 9; x++) {
		terminal_cell(terminal, 0, x, cell, sizeof cell);
		assert_int_equal(cell[0], ">*...eoe?"[x]);
	}
	terminal_close(terminal);
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { WITH_LINE(bytes_become_events),
		WITH_LINE(a_paste_that_stalls), WITH_LINE(a_key_in_two_pieces),
		WITH_LINE(the_answer_is_remembered), WITH_LINE(what_is_painted),
		WITH_LINE(right_to_left), WITH_LINE(a_secret_is_overwritten), WITH_LINE(sizes),
		WITH_LINE(a_huge_size_is_cut), cmocka_unit_test(a_huge_size_from_the_start_is_cut),
		WITH_LINE(what_was_read_is_held), cmocka_unit_test(nothing_typed_is_left_behind),
		cmocka_unit_test(a_line_that_is_down), cmocka_unit_test(ascii) };

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
