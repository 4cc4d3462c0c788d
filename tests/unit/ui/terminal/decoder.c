/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From bytes to events: UTF-8 by RFC 3629, pastes that press nothing and always end, and what
 * silence ends. */
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
	struct event these[DECODER_EVENTS];
	unsigned count = 0;

	for (size_t i = 0; i < length; i++) {
		unsigned more = decoder_feed(decoder, (unsigned char)bytes[i], 0, these);

		memcpy(&events[count], these, more * sizeof these[0]);
		count += more;
	}
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

/* The rest of a character is no other character, however late it comes. */
static void
a_character_waits(void **state)
{
	struct decoded line;

	(void)state;
	decoded_open(&line);
	decoded_send(&line, "\xe2\x82", 2);
	decoded_wait(&line, LONG);
	decoded_send(&line, "\xac", 1);
	assert_string_equal(decoded_take(&line), "\xe2\x82\xac");
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_text),
		cmocka_unit_test(bad_text),
		cmocka_unit_test(blank_is_text_and_key),
		cmocka_unit_test(a_paste_presses_nothing),
		cmocka_unit_test(a_paste_always_ends),
		cmocka_unit_test(an_end_that_was_lost),
		cmocka_unit_test(silence_ends_what_was_begun),
		cmocka_unit_test(a_character_waits),
		cmocka_unit_test(how_long_an_esc_waits),
		cmocka_unit_test(control_keys_work_everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
