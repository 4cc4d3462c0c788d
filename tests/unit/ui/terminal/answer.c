/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An answer that is owed types nothing, wherever a slow line cuts it and however long it pauses;
 * and whoever presses Esc meanwhile, and types what an answer may begin with, loses no character.
 */
#include "decoded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const answers[] = { "\033[2;2R", "\033[2;3R", "\033[1;2R", "\033[24;132R",
	"\033[?6c", "\033[?62;52c", "\033[?64;1;2;6;9;15;16;17;18;21;22;28;29c",
	"\033]4;231;rgb:ffff/ffff/ffff\007", "\033]11;rgba:00/00/00/ff\007",
	"\033]10;rgb:0/8/F\033\\" };
static const int pauses[] = { 0, 20, 21, 99, 100, 101, 500, 1000, 1001, 2999, 3001, 60000 };

enum { ANSWERS = sizeof answers / sizeof *answers, PAUSES = sizeof pauses / sizeof *pauses };

static void
open_owed(struct decoded *line)
{
	decoded_open(line);
	line->decoder.owed = true;
	line->text[0] = '\0';
}

/* What came is the key Esc at most, then one report, and then "y". */
static void
is_reported(struct decoded *line, const char *answer, bool esc)
{
	assert_true(line->decoder.reported);
	assert_int_equal(line->decoder.report.final, answer[strlen(answer) - 1]);
	assert_int_equal(line->decoder.report.mark,
	    answer[1] == ']'	   ? ']'
		: answer[2] == '?' ? '?'
				   : 0);
	decoded_send(line, "y", 1);
	assert_string_equal(decoded_take(line), esc ? "x<Esc>y" : "xy");
}

static void
every_cut_and_pause(void **state)
{
	struct decoded line;

	(void)state;
	for (size_t i = 0; i < ANSWERS; i++)
		for (size_t at = 1; at < strlen(answers[i]); at++)
			for (size_t j = 0; j < PAUSES; j++) {
				open_owed(&line);
				decoded_send(&line, "x", 1);
				decoded_send(&line, answers[i], at);
				decoded_wait(&line, pauses[j]);
				decoded_send(&line, answers[i] + at, strlen(answers[i]) - at);
				is_reported(&line, answers[i], at == 1 && pauses[j] > 100);
			}
}

/* In three pieces, with any two pauses. */
static void
cut_twice(void **state)
{
	struct decoded line;

	(void)state;
	for (size_t i = 0; i < ANSWERS; i++)
		for (size_t at = 2; at < strlen(answers[i]); at++)
			for (size_t j = 0; j < PAUSES * PAUSES; j++) {
				open_owed(&line);
				decoded_send(&line, "x", 1);
				decoded_send(&line, answers[i], 1);
				decoded_wait(&line, pauses[j / PAUSES]);
				decoded_send(&line, answers[i] + 1, at - 1);
				decoded_wait(&line, pauses[j % PAUSES]);
				decoded_send(&line, answers[i] + at, strlen(answers[i]) - at);
				is_reported(&line, answers[i], pauses[j / PAUSES] > 100);
			}
}

/* The values get through too. */
static void
each_byte_a_minute_after_the_one_before(void **state)
{
	static const char answer[] = "\033[2;13R";
	struct decoded line;

	(void)state;
	open_owed(&line);
	for (size_t i = 0; i < sizeof answer - 1; i++) {
		decoded_send(&line, answer + i, 1);
		if (i < sizeof answer - 2)
			decoded_wait(&line, 60000);
	}
	assert_true(line.decoder.reported);
	assert_int_equal(line.decoder.report.count, 2);
	assert_int_equal(sequence_number(&line.decoder.report, 0, 0), 2);
	assert_int_equal(sequence_number(&line.decoder.report, 1, 0), 13);
	assert_string_equal(decoded_take(&line), "<Esc>");
}

static void
a_person_loses_nothing(void **state)
{
	static const struct {
		const char *typed, *want;
	} row[] = { { "a", "a" }, { "[a", "[a" }, { "[12;x", "[12;x" }, { "[?1]", "[?1]" },
		{ "[[", "[[" }, { "[2;3;4R", "[2;3;4R" }, { "[2R", "[2R" }, { "[2;3c", "[2;3c" },
		{ "[M", "[M" }, { "[\r", "[<Enter>" }, { "[1\t", "[1<Tab>" },
		{ "[\x7f", "[<Backspace>" }, { "[1\033[A", "[1<Up>" }, { "[\x03", "[<^C>" },
		{ "[\xc3\xa9", "[\xc3\xa9" }, { "[\033[200~2;2R\033[201~", "[{2;2R}" },
		{ "[2:3R", "[2:3R" }, { "OA", "OA" }, { "]0;", "]0;" }, { "[2;2$y", "[2;2$y" },
		{ "[<1;2R", "[<1;2R" }, { "]4;16;x", "]4;16;x" }, { "]1\r", "]1<Enter>" },
		{ "]10;rgb;", "]10;rgb;" }, { "]10;rgb:x", "]10;rgb:x" },
		{ "]11;rgb:a\r", "]11;rgb:a<Enter>" }, { "]\033[A", "]<Up>" }, { "]1\033\\", "]1" },
		{ "]4;16;\x03", "]4;16;<^C>" } };
	struct decoded line;
	char want[64];

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		open_owed(&line);
		decoded_send(&line, "\033", 1);
		decoded_wait(&line, 101);
		/* The key is not waited for any longer than at other times. */
		assert_string_equal(decoded_take(&line), "<Esc>");
		decoded_send(&line, row[i].typed, strlen(row[i].typed));
		decoded_send(&line, "z", 1);
		(void)snprintf(want, sizeof want, "%sz", row[i].want);
		assert_string_equal(decoded_take(&line), want);
	}
}

/* More than any answer has: typed, all of it. */
static void
what_is_held_has_an_end(void **state)
{
	static const char digits[] = "[111111111122222222223333333333444444444455555555556666666666"
				     "77777777778888888888";
	struct decoded line;

	(void)state;
	open_owed(&line);
	decoded_send(&line, "\033", 1);
	decoded_wait(&line, 200);
	decoded_take(&line);
	decoded_send(&line, digits, sizeof digits - 1);
	assert_string_equal(decoded_take(&line), digits);
	/* Of a string no more is held than an answer has. */
	open_owed(&line);
	decoded_send(&line, "\033", 1);
	decoded_wait(&line, 200);
	decoded_take(&line);
	decoded_send(&line, "]", 1);
	decoded_send(&line, digits + 1, SEQUENCE_TEXT + 1);
	assert_memory_equal(decoded_take(&line) + 1, digits + 1, SEQUENCE_TEXT + 1);
}

static void
where_nothing_is_owed_all_is_typed(void **state)
{
	struct decoded line;

	(void)state;
	decoded_open(&line);
	decoded_send(&line, "\033", 1);
	decoded_wait(&line, 101);
	decoded_send(&line, "[", 1);
	assert_string_equal(decoded_take(&line), "<Esc>[");
	decoded_send(&line, "2;2R", 4);
	assert_string_equal(decoded_take(&line), "2;2R");
	assert_false(line.decoder.reported);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_cut_and_pause),
		cmocka_unit_test(cut_twice),
		cmocka_unit_test(each_byte_a_minute_after_the_one_before),
		cmocka_unit_test(a_person_loses_nothing), cmocka_unit_test(what_is_held_has_an_end),
		cmocka_unit_test(where_nothing_is_owed_all_is_typed) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
