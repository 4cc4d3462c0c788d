/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers and reports of terminals type and press nothing, asked or not, however they come; and
 * after whatever came "abc" is "abc".
 */
#include "decoded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { LONG = 5000 };

/* What xterm, tmux, screen, kitty, foot, PuTTY and others answer, asked or not. */
static const char *const reports[] = { "\033[?64;1;2;6;9;15;16;17;18;21;22;28c", "\033[?1;2c",
	"\033[?6c", "\033[?62;52;c", "\033[?62;4;22;28;29;52c", "\033[>41;379;0c", "\033[>84;0;0c",
	"\033[>0;136;0c", "\033[>1;4000;29c", "\033P!|00000000\033\\", "\033P!|464f4f54\033\\",
	"\033P>|XTerm(379)\033\\", "\033P>|tmux 3.3a\033\\", "\033P>|kitty(0.26.5)\033\\",
	"\033P>|foot(1.13.1)\033\\", "\033[5;10R", "\033[?5;10;1R", "\033[1;1R", "\033[0n",
	"\033[?13n", "\033[?2026;2$y", "\033[4;2$y", "\033[?997;1n", "\033[I", "\033[O", "\033[?1u",
	"\033[?0u", "\033[>4;2m", "\033[8;24;80t", "\033[6;16;8t", "\033[4;384;640t",
	"\033]11;rgb:0000/0000/0000\033\\", "\033]11;rgb:ffff/ffff/ffff\007",
	"\033]10;rgb:d0d0/d0d0/d0d0\033\\", "\033]4;1;rgb:cdcd/0000/0000\007",
	"\033]52;c;aGFsdCBub3c=\033\\", "\033]lxterm: halt\033\\", "\033]Lxterm\007",
	"\033P1$r0m\033\\", "\033P1$r2 q\033\\", "\033P0$r\033\\", "\033P1+r544e=787465726d\033\\",
	"\033P0+r\033\\", "\033_Gi=31;OK\033\\", "\033_Gi=31;ENOENT:no\033\\", "\033^message\033\\",
	"\033Xtext\033\\", "\033]99;i=1:p=?;\033\\", "\033[<0;10;5M", "\033[<0;10;5m",
	"\033[<65;80;24M", "\033[32;10;5M", "\033[M !!", "\033[M#!!", "\033[M \xc3\x81!",
	"\033[M \xc3\x81\xc3\x82", "\033[M \xff\xff", "\033[?62;1;6c\033[0n\033]11;rgb:0/0/0\007",
	"\033]11;rgb:1a1a/1b1b/2626\033\\\033[?62c", "\033[48;24;80;384;640t" };

enum { REPORTS = sizeof reports / sizeof reports[0] };

static void
sent_in_two(struct decoded *line, const char *bytes, size_t at, int pause)
{
	decoded_send(line, bytes, at);
	decoded_wait(line, pause > 99 && decoded_hurried(line) ? 99 : pause);
	decoded_send(line, bytes + at, strlen(bytes) - at);
}

static void
reports_type_and_press_nothing(void **state)
{
	static const int pauses[] = { 0, 99, 500, 990 };
	struct decoded line;

	(void)state;
	for (size_t i = 0; i < REPORTS; i++)
		for (size_t at = 0; at < strlen(reports[i]); at++)
			for (size_t j = 0; j < sizeof pauses / sizeof *pauses; j++) {
				decoded_open(&line);
				decoded_send(&line, "x", 1);
				sent_in_two(&line, reports[i], at, pauses[j]);
				decoded_send(&line, "y", 1);
				assert_string_equal(decoded_take(&line), "xy");
				/* Again, late, and in a paste. */
				decoded_wait(&line, LONG);
				sent_in_two(&line, reports[i], at, pauses[j]);
				decoded_send(&line, "\033[200~1", 7);
				sent_in_two(&line, reports[i], at, LONG);
				decoded_send(&line, "2\033[201~abc", 10);
				assert_string_equal(decoded_take(&line), "{12}abc");
			}
}

/* Each byte a moment after the one before. */
static void
reports_over_a_slow_line(void **state)
{
	struct decoded line;

	(void)state;
	for (size_t i = 0; i < REPORTS; i++) {
		decoded_open(&line);
		for (size_t at = 0; at < strlen(reports[i]); at++) {
			decoded_send(&line, &reports[i][at], 1);
			decoded_wait(&line, 90);
		}
		decoded_send(&line, "abc", 3);
		assert_string_equal(decoded_take(&line), "abc");
	}
}

static void
a_key_before_a_report_is_pressed(void **state)
{
	struct decoded line;

	(void)state;
	for (size_t i = 0; i < REPORTS; i++) {
		decoded_open(&line);
		decoded_send(&line, "\033", 1);
		decoded_send(&line, reports[i], strlen(reports[i]));
		assert_memory_equal(decoded_take(&line), "<Esc>", 6);
	}
}

static void
a_report_is_kept(void **state)
{
	struct decoded line;

	(void)state;
	decoded_open(&line);
	decoded_send(&line, "\033[?62;52;4c", 11);
	assert_true(line.decoder.reported);
	assert_int_equal(line.decoder.report.mark, '?');
	assert_int_equal(line.decoder.report.final, 'c');
	assert_int_equal(line.decoder.report.count, 3);
	assert_int_equal(sequence_number(&line.decoder.report, 1, 0), 52);
	assert_int_equal(sequence_number(&line.decoder.report, 3, 7), 7);
	decoded_send(&line, "a", 1);
	assert_false(line.decoder.reported);
}

static unsigned
random_below(unsigned most)
{
	static uint32_t seed = 20261;

	seed = seed * 1664525U + 1013904223U;
	return (seed >> 8) % most;
}

static void
some_soup(struct decoded *line)
{
	static const char *const spoon[] = { "\033", "\033[", "\033]", "\033P", "\033_", "\033O",
		"\033[M", "\033[[", "\033[200~", "\033[201~", "\033\\", "\007", "\x9b", "\xe2\x96",
		"\xff", "?", "1;5", ":3", "u", "~", "c", "$y", "\x18", "\r", "abc", "\033[27;5;" };
	const char *bytes = spoon[random_below(sizeof spoon / sizeof *spoon)];
	char byte = (char)random_below(256);

	switch (random_below(8)) {
	case 0:
		decoded_send(line, &byte, 1);
		break;
	case 1:
		decoded_wait(line, (int)random_below(4000));
		break;
	case 2:
		bytes = reports[random_below(REPORTS)];
		decoded_send(line, bytes, random_below((unsigned)strlen(bytes)));
		break;
	default:
		decoded_send(line, bytes, strlen(bytes));
	}
}

static void
after_any_soup_abc_is_abc(void **state)
{
	enum { SOUPS = 20000, SPOONS = 12 };
	static struct decoded line;
	const char *text;

	(void)state;
	for (unsigned i = 0; i < SOUPS; i++) {
		decoded_open(&line);
		for (unsigned j = random_below(SPOONS); j > 0; j--)
			some_soup(&line);
		decoded_wait(&line, LONG);
		if (line.decoder.pasting)
			decoded_send(&line, "\033[201~", 6);
		text = line.text + line.used;
		decoded_send(&line, "abc", 3);
		/* What was cut off is told first. */
		if (*text == '!')
			text++;
		assert_string_equal(text, "abc");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(reports_type_and_press_nothing),
		cmocka_unit_test(reports_over_a_slow_line),
		cmocka_unit_test(a_key_before_a_report_is_pressed),
		cmocka_unit_test(a_report_is_kept), cmocka_unit_test(after_any_soup_abc_is_abc) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
