/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which terminals are asked for their colours, when, and what is painted after their answers. */
#include "terminal_line.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define OWN "\033]10;?\007\033]11;?\007\033[c"
#define ASKED "\033]4;16;?\007\033]4;231;?\007" OWN
#define VT100 "\033[?1;2c"
#define VT525 "\033[?65;1;22c"

static struct line line;

static void
open_as(const char *type)
{
	unsetenv("NO_COLOR");
	assert_int_equal(setenv("TERM", type, 1), 0);
	assert_int_equal(line_open(&line), 0);
	assert_int_equal(terminal_open(line.slave, line.slave, &line.terminal), ERR_OK);
}

static void
leave(void)
{
	terminal_close(line.terminal);
	line_close(&line);
}

/* The terminal sends that, and nobody has typed anything. */
static void
sends(const char *bytes)
{
	struct event event;

	line_type(&line, bytes);
	assert_int_equal(terminal_read(line.terminal, &event), ERR_OK);
	assert_int_equal(event.type, EVENT_NONE);
}

/* Returns what was sent for it. */
static const char *
press_enter(void)
{
	size_t before = strlen(line_output(&line));
	struct event event;

	line_type(&line, "\r");
	assert_int_equal(terminal_read(line.terminal, &event), ERR_OK);
	assert_int_equal(event.key, KEY_ENTER_);
	return line_output(&line) + before;
}

/* The looks of a light cell, a dark one, and both in the other colours, as terminal_cell() has
 * them: 'L', 'D', and the terminal's own: 'k' (reverse) and ' '. */
static void
is_painted(const char *want)
{
	static const enum style styles[] = { STYLE_QR_LIGHT, STYLE_QR_DARK, STYLE_QR_OWN_LIGHT,
		STYLE_QR_OWN_DARK };
	char cell[32], got[5] = "";

	terminal_erase(line.terminal);
	for (int i = 0; i < 4; i++) {
		terminal_qr_cell(line.terminal, 3, i, styles[i], false);
		terminal_cell(line.terminal, 3, i, cell, sizeof cell);
		got[i] = cell[strlen(cell) - 1];
	}
	terminal_show(line.terminal, false);
	assert_string_equal(got, want);
}

static void
who_is_asked(void **state)
{
	static const struct {
		const char *type, *da1, *asked; /* NULL: nothing */
	} rows[] = { { "xterm-256color", VT100, ASKED }, { "xterm-256color", "\033[?6c", ASKED },
		{ "xterm", VT100, "\033]4;0;?\007\033]4;7;?\007" OWN },
		{ "xterm-16color", VT100, "\033]4;0;?\007\033]4;15;?\007" OWN },
		/* A terminal's own colours are of no use to values. */
		{ "xterm-direct", VT525, NULL },
		/* The Linux console prints what it does not know; and so may these. */
		{ "linux", "\033[?6c", NULL }, { "vt100", VT100, NULL },
		{ "vt220", "\033[?62;1;2;6;7;8;9c", NULL }, { "ansi", VT100, NULL },
		{ "screen", VT100, NULL }, { "screen-256color", VT100, NULL },
		{ "screen.xterm-256color", VT100, NULL },
		/* But whoever is a VT525 reads strings, whatever it is called. */
		{ "linux", VT525, "\033]4;0;?\007\033]4;7;?\007" OWN }, { "vt220", VT525, OWN },
		{ "screen-256color", VT525, ASKED } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *sent;

		open_as(rows[i].type);
		assert_null(strstr(line_output(&line), "\033]"));
		sends(rows[i].da1);
		sent = press_enter();
		if (rows[i].asked == NULL)
			assert_null(strstr(sent, "\033]"));
		else
			assert_int_equal(strncmp(sent, rows[i].asked, strlen(rows[i].asked)), 0);
		if (rows[i].asked != NULL)
			sends(rows[i].da1);
		assert_null(strstr(press_enter(), "\033]"));
		leave();
	}
}

/* One that says nothing of itself is asked nothing more; late, it is, with the next Enter. */
static void
not_before_da1(void **state)
{
	(void)state;
	open_as("xterm-256color");
	assert_null(strstr(press_enter(), "\033]"));
	sends(VT100);
	assert_non_null(strstr(press_enter(), ASKED));
	sends(VT100);
	leave();
}

/* Nobody is asked on the way out: the answer would be typed into the shell. */
static void
not_when_leaving(void **state)
{
	(void)state;
	open_as("xterm-256color");
	line_type(&line, VT100 "\r");
	terminal_close(line.terminal);
	assert_null(strstr(line_output(&line), "\033]"));
	line_close(&line);
}

/* But what was asked before is waited for, so that it is not either. */
static void
left_before_the_answer(void **state)
{
	(void)state;
	open_as("xterm-256color");
	sends(VT100);
	press_enter();
	assert_int_not_equal(line.terminal->asked, 0);
	sends("\033]4;16;rgb:00/00/00\007");
	assert_int_not_equal(line.terminal->asked, 0);
	sends(VT100);
	assert_int_equal(line.terminal->asked, 0);
	leave();
}

static void
answers(const char *type, const char *bytes, const char *want)
{
	open_as(type);
	sends(VT525);
	is_painted(strcmp(type, "vt220") == 0 ? "r r " : "LDk ");
	press_enter();
	if (*bytes != '\0')
		sends(bytes);
	sends(VT525);
	is_painted(want);
	leave();
}

#define PAIR(dark, light) "\033]4;16;rgb:" dark "\007\033]4;231;rgb:" light "\033\\"
#define GROUND(ink, paper) "\033]10;rgb:" ink "\007\033]11;rgb:" paper "\007"

static void
what_is_painted(void **state)
{
	(void)state;
	answers("xterm-256color", "", "LDk ");
	answers("xterm-256color", PAIR("0/0/0", "f/f/f"), "LDk ");
	answers("xterm-256color", PAIR("f/f/f", "0/0/0"), "DLk ");
	answers("xterm-256color", PAIR("d/9/5", "d/9/5") GROUND("f/f/f", "0/0/0"), "k LD");
	answers("xterm-256color", PAIR("d/9/5", "d/9/5") GROUND("0/0/0", "f/f/f"), " kLD");
	answers("vt220", GROUND("f/f/f", "0/0/0"), "r r ");
	answers("vt220", GROUND("0/0/0", "f/f/f"), " rr ");
	/* An answer without end is none, nor is what it swallows. */
	answers("xterm-256color", PAIR("f/f/f", "0/0/0") "\033]11;rgb:0/0", "DLk ");
}

static void
split_and_late(void **state)
{
	(void)state;
	open_as("xterm-256color");
	sends(VT100);
	press_enter();
	sends("\033]4;16;rgb:ffff/ff");
	is_painted("LDk ");
	sends("ff/ffff\007" VT100);
	is_painted("LDk ");
	assert_false(terminal_qr_own(line.terminal));
	sends("\033]4;231;rgb:ffff/ffff/ffff\007");
	is_painted("k LD");
	assert_true(terminal_qr_own(line.terminal));
	leave();
}

/* The longest row is that of the colours, also where the drawing was in the terminal's own: nothing
 * of it is to stay in curses' buffer (terminal_overwrite()). */
static void
overwritten_in_colours(void **state)
{
	size_t before;

	(void)state;
	open_as("xterm-256color");
	sends(VT100);
	press_enter();
	sends(PAIR("d/9/5", "d/9/5") GROUND("f/f/f", "0/0/0") VT100);
	is_painted("k LD");
	before = strlen(line_output(&line));
	terminal_overwrite(line.terminal);
	assert_non_null(strstr(line_output(&line) + before, "48;5;231m."));
	assert_non_null(strstr(line_output(&line) + before, "48;5;16m:"));
	leave();
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(who_is_asked),
		cmocka_unit_test(not_before_da1), cmocka_unit_test(not_when_leaving),
		cmocka_unit_test(left_before_the_answer), cmocka_unit_test(what_is_painted),
		cmocka_unit_test(split_and_late), cmocka_unit_test(overwritten_in_colours) };

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
