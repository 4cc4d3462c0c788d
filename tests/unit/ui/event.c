/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From bytes to events: UTF-8 by RFC 3629, keys, and pastes that press nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/event.h"

enum { MOST = 64 };

/* Decodes bytes; returns how many events came. */
static unsigned
feed(struct decoder *decoder, const char *bytes, size_t length, struct event events[MOST])
{
	unsigned count = 0;

	for (size_t i = 0; i < length && count + 2 <= MOST; i++)
		count += event_decode(decoder, (unsigned char)bytes[i], false, &events[count]);
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
		struct event events[MOST];

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
		const char *bytes;
		unsigned bad;
	} row[] = { { "\x80", 1 }, { "\xbf", 1 }, { "\xc0", 1 }, { "\xc1", 1 }, { "\xf5", 1 },
		{ "\xff", 1 }, { "\xc2", 1 }, { "\xe1\x80", 1 }, { "\xf1\x80\x80", 1 },
		{ "\xe0\x9f", 2 }, { "\xed\xa0", 2 }, { "\xf0\x8f", 2 }, { "\xf4\x90", 2 },
		{ "\xfe", 1 }, { "\xc2\xc2", 2 } };

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct decoder decoder = { 0 };
		struct event events[MOST];
		unsigned count = feed(&decoder, row[i].bytes, strlen(row[i].bytes), events);

		count += event_decode(&decoder, 'z', false, &events[count]);
		assert_int_equal(count, row[i].bad + 1);
		for (unsigned j = 0; j + 1 < count; j++) {
			assert_int_equal(events[j].type, EVENT_BAD);
			assert_true(events[j].point == EVENT_POINT_BAD);
		}
		assert_int_equal(events[count - 1].type, EVENT_TEXT);
		assert_int_equal(events[count - 1].point, 'z');
	}
}

static void
keys(void **state)
{
	static const struct {
		char byte;
		enum key key;
	} row[] = { { '\r', KEY_ENTER_ }, { '\n', KEY_ENTER_ }, { '\t', KEY_TAB },
		{ 0x1b, KEY_ESC }, { 0x7f, KEY_BACKSPACE_ }, { '\b', KEY_BACKSPACE_ },
		{ 3, KEY_INTERRUPT }, { 4, KEY_EOF }, { 12, KEY_REDRAW }, { 21, KEY_KILL_LINE },
		{ 23, KEY_KILL_WORD } };
	struct decoder decoder = { 0 };
	struct event events[MOST];

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		assert_int_equal(feed(&decoder, &row[i].byte, 1, events), 1);
		assert_int_equal(events[0].type, EVENT_KEY);
		assert_int_equal(events[0].key, row[i].key);
	}
	assert_int_equal(event_decode(&decoder, KEY_UP_, true, events), 1);
	assert_int_equal(events[0].type, EVENT_KEY);
	assert_int_equal(events[0].key, KEY_UP_);
}

static void
blank_is_text_and_key(void **state)
{
	struct decoder decoder = { 0 };
	struct event events[MOST];

	(void)state;
	assert_int_equal(feed(&decoder, " ", 1, events), 1);
	assert_int_equal(events[0].type, EVENT_TEXT);
	assert_int_equal(events[0].point, ' ');
	assert_int_equal(events[0].key, KEY_SPACE_);
}

static void
controls(void **state)
{
	struct decoder decoder = { 0 };
	struct event events[MOST];

	(void)state;
	/* ^Z and ^\ are ignored; NUL, ^B and a C1 control are told. */
	assert_int_equal(feed(&decoder, "\x1a\x1c", 2, events), 0);
	assert_int_equal(feed(&decoder, "\0\x02\xc2\x9b", 4, events), 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(events[i].type, EVENT_BAD);
	assert_int_equal(events[0].point, 0);
	assert_int_equal(events[1].point, 2);
	assert_int_equal(events[2].point, 0x9b);
}

static void
a_paste_presses_nothing(void **state)
{
	static const char bytes[] = "1 2\r\n\t\x03\x04\x1b\x7f\x1a";
	struct decoder decoder = { 0 };
	struct event events[MOST];
	unsigned count;

	(void)state;
	assert_int_equal(event_decode(&decoder, EVENT_CODE_PASTE_START, true, events), 1);
	assert_int_equal(events[0].type, EVENT_PASTE_START);
	count = feed(&decoder, bytes, sizeof bytes - 1, events);
	assert_int_equal(count, sizeof bytes - 1);
	for (unsigned i = 0; i < count; i++) {
		assert_int_equal(events[i].type, i < 6 ? EVENT_TEXT : EVENT_BAD);
		assert_true(events[i].pasted);
	}
	assert_int_equal(events[3].point, '\n');
	assert_int_equal(events[5].point, '\t');
	/* A key of the terminal, made by pasted bytes, presses nothing either. */
	assert_int_equal(event_decode(&decoder, KEY_ENTER_, true, events), 1);
	assert_int_equal(events[0].type, EVENT_BAD);
	assert_int_equal(event_decode(&decoder, EVENT_CODE_PASTE_END, true, events), 1);
	assert_int_equal(events[0].type, EVENT_PASTE_END);
	assert_int_equal(feed(&decoder, "\r", 1, events), 1);
	assert_int_equal(events[0].type, EVENT_KEY);
}

static void
a_key_cuts_a_character_off(void **state)
{
	struct decoder decoder = { 0 };
	struct event events[MOST];

	(void)state;
	assert_int_equal(feed(&decoder, "\xe2\x82", 2, events), 0);
	assert_int_equal(event_decode(&decoder, KEY_UP_, true, events), 2);
	assert_int_equal(events[0].type, EVENT_BAD);
	assert_int_equal(events[1].type, EVENT_KEY);
	assert_int_equal(events[1].key, KEY_UP_);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(good_text), cmocka_unit_test(bad_text),
		cmocka_unit_test(keys), cmocka_unit_test(blank_is_text_and_key),
		cmocka_unit_test(controls), cmocka_unit_test(a_paste_presses_nothing),
		cmocka_unit_test(a_key_cuts_a_character_off) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
