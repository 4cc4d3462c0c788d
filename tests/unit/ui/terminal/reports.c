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

#include "../../../fuzz/recorded.h"

enum { LONG = 5000 };

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
	for (size_t i = 0; i < RECORDED; i++)
		for (size_t at = 0; at < strlen(recorded[i]); at++)
			for (size_t j = 0; j < sizeof pauses / sizeof *pauses; j++) {
				decoded_open(&line);
				decoded_send(&line, "x", 1);
				sent_in_two(&line, recorded[i], at, pauses[j]);
				decoded_send(&line, "y", 1);
				assert_string_equal(decoded_take(&line), "xy");
				/* Again, late, and in a paste. */
				decoded_wait(&line, LONG);
				sent_in_two(&line, recorded[i], at, pauses[j]);
				decoded_send(&line, "\033[200~1", 7);
				sent_in_two(&line, recorded[i], at, LONG);
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
	for (size_t i = 0; i < RECORDED; i++) {
		decoded_open(&line);
		for (size_t at = 0; at < strlen(recorded[i]); at++) {
			decoded_send(&line, &recorded[i][at], 1);
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
	for (size_t i = 0; i < RECORDED; i++) {
		decoded_open(&line);
		decoded_send(&line, "\033", 1);
		decoded_send(&line, recorded[i], strlen(recorded[i]));
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

/* As far as it fits, and that of the one before is gone. */
static void
the_text_of_a_string_is_kept(void **state)
{
	struct decoded line;

	(void)state;
	decoded_open(&line);
	decoded_send(&line, "\033]4;16;rgb:00/00/00\033\\", 21);
	assert_true(line.decoder.reported);
	assert_int_equal(line.decoder.report.kind, SEQUENCE_STRING);
	assert_int_equal(line.decoder.report.mark, ']');
	assert_int_equal(line.decoder.report.text_length, 17);
	assert_memory_equal(line.decoder.report.text, "4;16;rgb:00/00/00", 17);
	decoded_send(&line, "\033Pab\033\\", 6);
	assert_int_equal(line.decoder.report.mark, 'P');
	assert_int_equal(line.decoder.report.text_length, 2);
	decoded_send(&line, "\033]", 2);
	for (int i = 0; i < 1000; i++)
		decoded_send(&line, "x", 1);
	decoded_send(&line, "\007", 1);
	assert_true(line.decoder.reported);
	assert_int_equal(line.decoder.report.text_length, SEQUENCE_TEXT + 1);
	/* Nothing of a string is left where it was. */
	assert_int_equal(line.decoder.sequence.text_length, 0);
	assert_int_equal(line.decoder.sequence.text[0], 0);
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
		bytes = recorded[random_below(RECORDED)];
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
		cmocka_unit_test(a_report_is_kept), cmocka_unit_test(the_text_of_a_string_is_kept),
		cmocka_unit_test(after_any_soup_abc_is_abc) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
