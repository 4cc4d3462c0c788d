/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From bytes to events: UTF-8 by RFC 3629, pastes that press nothing and always end, reports that
 * type and press nothing however they come, and after whatever came "abc" is "abc".
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

/* --- text --------------------------------------------------------------------- */

static unsigned
feed(struct decoder *decoder, const char *bytes, size_t length, struct event *events)
{
	unsigned count = 0;

	for (size_t i = 0; i < length; i++)
		count += decoder_feed(decoder, (unsigned char)bytes[i], 0, &events[count]);
	return count;
}

static void
good_text(void **state)
{
	static const struct {
		const char *bytes;
		uint32_t point;
	} row[] = { { "a", 'a' }, { "~", '~' }, { "\xc2\xa0", 0xa0 }, { "\xdf\xbf", 0x7ff },
		{ "\xe0\xa0\x80", 0x800 }, { "\xed\x9f\xbf", 0xd7ff }, { "\xee\x80\x80", 0xe000 },
		{ "\xef\xbf\xbf", 0xffff }, { "\xf0\x90\x80\x80", 0x10000 },
		{ "\xf4\x8f\xbf\xbf", 0x10ffff } };

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct decoder decoder = { 0 };
		struct event events[16];

		assert_int_equal(feed(&decoder, row[i].bytes, strlen(row[i].bytes), events), 1);
		assert_int_equal(events[0].type, EVENT_TEXT);
		assert_int_equal(events[0].point, row[i].point);
		assert_false(events[0].pasted);
	}
}

/* Bytes that are no UTF-8: overlong, surrogates, above U+10FFFF, alone; each is told, and the next
 * character is whole. */
static void
bad_text(void **state)
{
	static const struct {
		const char *bytes, *want;
	} row[] = { { "\x80z", "!z" }, { "\xbfz", "!z" }, { "\xc0z", "!z" }, { "\xc1z", "!z" },
		{ "\xf5z", "!z" }, { "\xffz", "!z" }, { "\xc2z", "!z" }, { "\xe1\x80z", "!z" },
		{ "\xf1\x80\x80z", "!z" }, { "\xe0\x9fz", "!!z" }, { "\xed\xa0z", "!!z" },
		{ "\xf0\x8fz", "!!z" }, { "\xf4\x90z", "!!z" }, { "\xfez", "!z" },
		{ "\xc2\xc2z", "!!z" }, { "\xe2\x82\033[A", "!<Up>" }, { "\xc2\x9b", "!" },
		{ "\x02", "!" }, { "\xe2\x82\x1b", "!<Esc>" } };

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		assert_string_equal(decoded(row[i].bytes), row[i].want);
}

static void
blank_is_text_and_key(void **state)
{
	struct decoder decoder = { 0 };
	struct event events[4];

	(void)state;
	assert_int_equal(feed(&decoder, " ", 1, events), 1);
	assert_int_equal(events[0].type, EVENT_TEXT);
	assert_int_equal(events[0].point, ' ');
	assert_int_equal(events[0].key, KEY_SPACE_);
}

/* --- pastes ------------------------------------------------------------------- */

static void
a_paste_presses_nothing(void **state)
{
	static const char bytes[] = "1 2\r\n\t\x03\x04\x1b\x7f\x1a";
	struct decoder decoder = { 0 };
	struct event events[32];
	unsigned count;

	(void)state;
	assert_int_equal(feed(&decoder, "\033[200~", 6, events), 1);
	assert_int_equal(events[0].type, EVENT_PASTE_START);
	count = feed(&decoder, bytes, sizeof bytes - 1, events);
	assert_int_equal(count, sizeof bytes - 1);
	for (unsigned i = 0; i < count; i++) {
		assert_int_equal(events[i].type, i < 6 ? EVENT_TEXT : EVENT_BAD);
		assert_true(events[i].pasted);
	}
	assert_int_equal(events[3].point, '\n');
	assert_int_equal(events[5].point, '\t');
	assert_int_equal(feed(&decoder, "\033[201~\r", 7, events), 2);
	assert_int_equal(events[0].type, EVENT_PASTE_END);
	assert_int_equal(events[1].type, EVENT_KEY);
	/* Keys that pasted bytes make. */
	assert_string_equal(decoded("\033[200~\033[A\033OM\033b\033[99;5u\033[49u\033Oq\033[201~"),
	    "{!!!b!!!}");
}

/* Whatever a paste breaks off in, and however its end mark comes. */
static void
a_paste_always_ends(void **state)
{
	static const char *const begun[] = { "\033", "\033\033", "\033[", "\033[2", "\033[201",
		"\033[?1;2", "\033[M", "\033[M ", "\033[M  ", "\033[M\xc3\xa9", "\033[[", "\033O",
		"\033O5", "\033]", "\033]11;rgb:0", "\033P1$r", "\033_G", "\033^a", "\033X",
		"\033]52;c;\033", "\xe2\x82", "\033\xe2", "\033 ", "\033(", "\033[1$" };
	static const char end[] = "\033[201~";

	(void)state;
	for (size_t i = 0; i < sizeof begun / sizeof *begun; i++)
		for (size_t at = 0; at < sizeof end - 1; at++) {
			struct decoded line;
			const char *text;

			decoded_open(&line);
			decoded_send(&line, "\033[200~", 6);
			decoded_send(&line, begun[i], strlen(begun[i]));
			decoded_wait(&line, LONG);
			decoded_send(&line, end, at);
			decoded_wait(&line, LONG);
			decoded_send(&line, end + at, sizeof end - 1 - at);
			decoded_send(&line, "\rabc", 4);
			decoded_wait(&line, LONG);
			text = decoded_take(&line);
			assert_non_null(strstr(text, "}<Enter>abc"));
			assert_null(strchr(text, '0'));
		}
}

static void
an_end_that_was_lost(void **state)
{
	struct event events[DECODER_EVENTS];
	struct decoded line;

	(void)state;
	decoded_open(&line);
	decoded_send(&line, "\033[200~a\033[20", 11);
	assert_true(decoder_in_end_mark(&line.decoder));
	decoded_send(&line, "2", 1);
	assert_false(decoder_in_end_mark(&line.decoder));
	assert_int_equal(decoder_end_paste(&line.decoder, events), 1);
	assert_int_equal(events[0].type, EVENT_PASTE_END);
	decoded_take(&line);
	decoded_send(&line, "b\r", 2);
	assert_string_equal(decoded_take(&line), "b<Enter>");
}

/* --- reports ------------------------------------------------------------------ */

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

/* --- time --------------------------------------------------------------------- */

static void
silence_ends_what_was_begun(void **state)
{
	static const struct {
		const char *begun;
		int pause;
		const char *want;
	} row[] = { { "\033", 101, "<Esc>" }, { "\033\033", 101, "<Esc><Esc>" },
		{ "\033[", 1001, "" }, { "\033O", 1001, "" }, { "\033[1;5", 1001, "" },
		{ "\033[[", 1001, "" }, { "\033[M ", 1001, "" }, { "\033]11;rg", 3001, "" },
		{ "\033P", 3001, "" }, { "\033]0;\033", 3001, "" }, { "\033 ", 101, "" },
		{ "\033\xe2\x82", 1001, "" }, { "\xe2\x82", 1001, "!" } };
	struct decoded line;
	char want[32];

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		for (int idle = 0; idle < 2; idle++) {
			decoded_open(&line);
			decoded_send(&line, row[i].begun, strlen(row[i].begun));
			if (idle)
				decoded_wait(&line, row[i].pause);
			else
				line.now += row[i].pause;
			decoded_send(&line, "A~\rabc", 6);
			(void)snprintf(want, sizeof want, "%sA~<Enter>abc", row[i].want);
			assert_string_equal(decoded_take(&line), want);
		}
}

static void
how_long_an_esc_waits(void **state)
{
	struct event events[DECODER_EVENTS];
	struct decoder decoder = { .escape = 25 };

	(void)state;
	assert_int_equal(decoder_wait(&decoder, 0), -1);
	assert_int_equal(decoder_feed(&decoder, 0x1b, 1000, events), 0);
	assert_int_equal(decoder_wait(&decoder, 1010), 15);
	assert_int_equal(decoder_idle(&decoder, 1024, events), 0);
	assert_int_equal(decoder_wait(&decoder, 1030), 0);
	assert_int_equal(decoder_idle(&decoder, 1025, events), 1);
	assert_int_equal(events[0].key, KEY_ESC);
	assert_int_equal(decoder_wait(&decoder, 1025), -1);
	assert_int_equal(decoder_feed(&decoder, 0x1b, 2000, events), 0);
	assert_int_equal(decoder_feed(&decoder, '[', 2010, events), 0);
	assert_int_equal(decoder_wait(&decoder, 2010), -1);
}

static void
control_keys_work_everywhere(void **state)
{
	static const char *const begun[] = { "\033[", "\033[1;", "\033O", "\033[[", "\033[M ",
		"\033]0;a", "\033P", "\033_G", "\033^", "\033X", "\033" };

	(void)state;
	for (size_t i = 0; i < sizeof begun / sizeof *begun; i++) {
		struct decoded line;

		decoded_open(&line);
		decoded_send(&line, begun[i], strlen(begun[i]));
		decoded_send(&line, "\x03", 1);
		assert_string_equal(decoded_take(&line), "<^C>");
	}
}

/* --- anything ----------------------------------------------------------------- */

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
	const struct CMUnitTest tests[] = { cmocka_unit_test(good_text), cmocka_unit_test(bad_text),
		cmocka_unit_test(blank_is_text_and_key), cmocka_unit_test(a_paste_presses_nothing),
		cmocka_unit_test(a_paste_always_ends), cmocka_unit_test(an_end_that_was_lost),
		cmocka_unit_test(reports_type_and_press_nothing),
		cmocka_unit_test(reports_over_a_slow_line),
		cmocka_unit_test(a_key_before_a_report_is_pressed),
		cmocka_unit_test(a_report_is_kept), cmocka_unit_test(silence_ends_what_was_begun),
		cmocka_unit_test(how_long_an_esc_waits),
		cmocka_unit_test(control_keys_work_everywhere),
		cmocka_unit_test(after_any_soup_abc_is_abc) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
