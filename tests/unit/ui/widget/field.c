/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of typed text: what is taken, what is refused, what is seen, and what is wiped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/widget/field.h"

static struct event
typed(uint32_t point, bool pasted)
{
	struct event event = { .type = EVENT_TEXT, .point = point, .pasted = pasted };

	return event;
}

/* Types or pastes ASCII text; returns the last error. */
static enum err
type(struct field *field, const char *text, bool pasted)
{
	enum err last = ERR_OK;

	for (; *text != '\0'; text++) {
		struct event event = typed((unsigned char)*text, pasted);
		bool used = false;
		enum err err = field_handle(field, &event, &used);

		assert_true(used);
		if (err != ERR_OK)
			last = err;
	}
	return last;
}

static bool
press(struct field *field, enum key key)
{
	struct event event = { .type = EVENT_KEY, .key = key };
	bool used = false;

	assert_int_equal(field_handle(field, &event, &used), ERR_OK);
	return used;
}

static void
open_as(struct field *field, enum field_kind kind, size_t points)
{
	assert_int_equal(field_open(field, kind, points), ERR_OK);
	assert_true(field_empty(field));
}

static void
editing(void **state)
{
	struct field field;

	(void)state;
	open_as(&field, FIELD_TEXT, 20);
	assert_int_equal(type(&field, "acd", false), ERR_OK);
	assert_true(press(&field, KEY_LEFT_) && press(&field, KEY_LEFT_));
	assert_int_equal(type(&field, "b", false), ERR_OK);
	assert_string_equal(field_text(&field), "abcd");
	assert_true(press(&field, KEY_BACKSPACE_) && press(&field, KEY_DELETE));
	assert_string_equal(field_text(&field), "ad");
	assert_true(press(&field, KEY_HOME_) && press(&field, KEY_BACKSPACE_) &&
	    press(&field, KEY_END_) && press(&field, KEY_DELETE));
	assert_string_equal(field_text(&field), "ad");
	assert_int_equal(type(&field, " two words", false), ERR_OK);
	assert_true(press(&field, KEY_KILL_WORD));
	assert_string_equal(field_text(&field), "ad two ");
	assert_true(press(&field, KEY_KILL_LINE));
	assert_true(field_empty(&field));
	assert_false(press(&field, KEY_TAB) || press(&field, KEY_ENTER_) || press(&field, KEY_ESC));
	field_close(&field);
}

/* Where the words of a password begin is nobody's business: ^W empties it. */
static void
a_word_of_a_password(void **state)
{
	struct field field;

	(void)state;
	open_as(&field, FIELD_PASSWORD, 20);
	assert_int_equal(type(&field, "three small words", false), ERR_OK);
	assert_true(press(&field, KEY_KILL_WORD));
	assert_true(field_empty(&field));
	assert_int_equal(field.cursor, 0);
	for (size_t i = 0; i < field.text->capacity; i++)
		assert_int_equal(field.text->bytes[i], 0);
	assert_int_equal(type(&field, "three small words", false), ERR_OK);
	for (int i = 0; i < 8; i++)
		assert_true(press(&field, KEY_LEFT_));
	assert_true(press(&field, KEY_KILL_WORD));
	assert_true(field_empty(&field));
	field_close(&field);
}

static void
characters_of_many_bytes(void **state)
{
	static const uint32_t points[] = { 0xe9, 0x20ac, 0x1f600 };
	struct field field;
	bool used;

	(void)state;
	open_as(&field, FIELD_PASSWORD, 4);
	for (size_t i = 0; i < 3; i++) {
		struct event event = typed(points[i], false);

		assert_int_equal(field_handle(&field, &event, &used), ERR_OK);
	}
	assert_string_equal(field_text(&field), "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
	press(&field, KEY_LEFT_);
	press(&field, KEY_BACKSPACE_);
	assert_string_equal(field_text(&field), "\xc3\xa9\xf0\x9f\x98\x80");
	assert_int_equal(field.cursor, 2);
	field_close(&field);
}

static void
limits(void **state)
{
	struct field field;

	(void)state;
	open_as(&field, FIELD_TEXT, 3);
	assert_int_equal(type(&field, "abcd", false), ERR_FIELD_LONG);
	assert_string_equal(field_text(&field), "abc");
	assert_int_equal(field_set(&field, "abcd"), ERR_FIELD_LONG);
	assert_string_equal(field_text(&field), "abc");
	assert_int_equal(field_set(&field, "xy"), ERR_OK);
	assert_string_equal(field_text(&field), "xy");
	field_close(&field);
}

static void
refused(void **state)
{
	static const struct {
		enum field_kind kind;
		enum event_type type;
		uint32_t point;
		enum err err;
	} row[] = { { FIELD_TEXT, EVENT_BAD, EVENT_POINT_BAD, ERR_FIELD_UTF8 },
		{ FIELD_TEXT, EVENT_BAD, 7, ERR_FIELD_CONTROL },
		{ FIELD_TEXT, EVENT_TEXT, '\t', ERR_FIELD_CONTROL },
		{ FIELD_TEXT, EVENT_TEXT, 0x202e, ERR_FIELD_CONTROL }, /* right-to-left override */
		{ FIELD_TEXT, EVENT_TEXT, 0x200b, ERR_FIELD_CONTROL }, /* zero width */
		{ FIELD_PASSWORD, EVENT_TEXT, '\t', ERR_FIELD_CONTROL },
		{ FIELD_PASSWORD, EVENT_TEXT, 0x200d, ERR_OK },
		{ FIELD_CODE, EVENT_TEXT, 'a', ERR_FIELD_DIGITS },
		{ FIELD_CODE, EVENT_TEXT, 0xb2, ERR_FIELD_DIGITS },   /* superscript two */
		{ FIELD_CODE, EVENT_TEXT, 0x2460, ERR_FIELD_DIGITS }, /* circled one */
		{ FIELD_CODE, EVENT_TEXT, 0x0661, ERR_OK },	      /* Arabic-Indic one */
		{ FIELD_TEXT, EVENT_TEXT, 0x0661, ERR_OK },
		{ FIELD_RECOVERY, EVENT_TEXT, '?', ERR_RECOVERY_FORMAT } };

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct event event = { .type = row[i].type, .point = row[i].point, .pasted = true };
		struct field field;
		bool used = false;

		open_as(&field, row[i].kind, 8);
		assert_int_equal(field_handle(&field, &event, &used), row[i].err);
		assert_true(used);
		assert_int_equal(field_empty(&field), row[i].err != ERR_OK);
		field_close(&field);
	}
}

static void
words(void **state)
{
	struct field field;

	(void)state;
	open_as(&field, FIELD_TEXT, 30);
	assert_int_equal(type(&field, "one two  three", false), ERR_OK);
	assert_true(press(&field, KEY_WORD_LEFT) && press(&field, KEY_WORD_LEFT));
	assert_int_equal(field.cursor, 4);
	assert_true(press(&field, KEY_WORD_RIGHT));
	assert_int_equal(field.cursor, 7);
	assert_true(press(&field, KEY_KILL_NEXT_WORD));
	assert_string_equal(field_text(&field), "one two");
	assert_true(press(&field, KEY_WORD_RIGHT) && press(&field, KEY_KILL_NEXT_WORD));
	assert_string_equal(field_text(&field), "one two");
	assert_true(press(&field, KEY_KILL_WORD));
	assert_string_equal(field_text(&field), "one ");
	assert_true(
	    press(&field, KEY_HOME_) && press(&field, KEY_RIGHT_) && press(&field, KEY_KILL_REST));
	assert_string_equal(field_text(&field), "o");
	assert_int_equal(field.text->bytes[1], 0);
	assert_int_equal(field.text->bytes[2], 0);
	assert_true(press(&field, KEY_WORD_LEFT) && press(&field, KEY_WORD_LEFT));
	assert_int_equal(field.cursor, 0);
	field_close(&field);
}

/* Where its words begin would show. */
static void
a_password_is_one_word(void **state)
{
	struct field field;

	(void)state;
	open_as(&field, FIELD_PASSWORD, 30);
	assert_int_equal(type(&field, "one two three", false), ERR_OK);
	assert_true(press(&field, KEY_WORD_LEFT));
	assert_int_equal(field.cursor, 0);
	assert_true(press(&field, KEY_WORD_RIGHT));
	assert_int_equal(field.cursor, 13);
	assert_true(press(&field, KEY_LEFT_) && press(&field, KEY_KILL_NEXT_WORD));
	assert_true(field_empty(&field));
	field_close(&field);
}

static void
points_are_typed(struct field *field, const uint32_t *points, size_t count, bool pasted)
{
	bool used;

	for (size_t i = 0; i < count; i++) {
		struct event event = typed(points[i], pasted);

		assert_int_equal(field_handle(field, &event, &used), ERR_OK);
	}
}

/* Digits of any script are digits; marks that nobody sees, which a copied code often ends with, are
 * dropped. */
static void
codes_of_any_script(void **state)
{
	static const uint32_t code[] = { 0x202a, 0xff11, 0xff12, 0x3000, 0x0663, 0x0967 + 3,
		0x1d7d3, '6', 0x202c, 0x200e, 0xfeff, 0x200b, '\n' };
	static const uint32_t recovery[] = { 0xff21, 0xff42, 'c', 'D', 0xff0d, 0xff12, 0x200f };
	struct field field;

	(void)state;
	for (int pasted = 0; pasted < 2; pasted++) {
		open_as(&field, FIELD_CODE, 6);
		points_are_typed(&field, code, sizeof code / sizeof *code, pasted);
		assert_string_equal(field_text(&field), "123456");
		field_close(&field);
	}
	open_as(&field, FIELD_RECOVERY, 19);
	points_are_typed(&field, recovery, sizeof recovery / sizeof *recovery, true);
	assert_string_equal(field_text(&field), "ABCD2");
	field_close(&field);
}

static void
pastes_are_cleaned(void **state)
{
	struct field field;

	(void)state;
	open_as(&field, FIELD_CODE, 6);
	assert_int_equal(type(&field, " 123-456\n", true), ERR_OK);
	assert_string_equal(field_text(&field), "123456");
	field_close(&field);
	open_as(&field, FIELD_RECOVERY, 19);
	assert_int_equal(type(&field, "abcd-EFGH 2345-wxyz\n", true), ERR_OK);
	assert_string_equal(field_text(&field), "ABCDEFGH2345WXYZ");
	field_clear(&field);
	assert_int_equal(type(&field, "ab-c d", false), ERR_OK);
	assert_string_equal(field_text(&field), "AB-CD");
	field_close(&field);
	open_as(&field, FIELD_TEXT, 9);
	assert_int_equal(type(&field, "a b\n", true), ERR_OK);
	assert_string_equal(field_text(&field), "a b");
	field_close(&field);
}

static void
cleared_is_wiped(void **state)
{
	struct field field;

	(void)state;
	open_as(&field, FIELD_PASSWORD, 8);
	assert_int_equal(type(&field, "hunter2", false), ERR_OK);
	press(&field, KEY_BACKSPACE_);
	assert_int_equal(field.text->bytes[6], 0);
	field_clear(&field);
	for (size_t i = 0; i < field.text->capacity; i++)
		assert_int_equal(field.text->bytes[i], 0);
	field_close(&field);
	assert_null(field.text);
}

static void
shown(const struct field *field, size_t columns, const char *want, size_t want_cursor)
{
	char buf[256];
	size_t cursor = 99;

	field_show(field, columns, buf, sizeof buf, &cursor);
	assert_string_equal(buf, want);
	assert_int_equal(cursor, want_cursor);
}

static void
what_is_seen(void **state)
{
	struct field field;

	(void)state;
	open_as(&field, FIELD_TEXT, 20);
	shown(&field, 5, "", 0);
	type(&field, "abcdefgh", false);
	shown(&field, 20, "abcdefgh", 8);
	shown(&field, 5, "efgh", 4);
	press(&field, KEY_HOME_);
	shown(&field, 5, "abcde", 0);
	shown(&field, 0, "", 0);
	shown(&field, 1, "a", 0);
	field_close(&field);
	open_as(&field, FIELD_PASSWORD, 20);
	type(&field, "secret", false);
	shown(&field, 20, "******", 6);
	shown(&field, 4, "***", 3);
	field_close(&field);
	open_as(&field, FIELD_CODE, 6);
	type(&field, "123456", false);
	shown(&field, 6, "123456", 5);
	shown(&field, 7, "123456", 6);
	field_close(&field);
}

static void
wide_characters(void **state)
{
	struct field field;

	(void)state;
	open_as(&field, FIELD_TEXT, 20);
	assert_int_equal(field_set(&field, "\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2"), ERR_OK);
	shown(&field, 20, "\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2", 6);
	shown(&field, 4, "\xe6\xbc\xa2", 2);
	field_close(&field);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(editing), cmocka_unit_test(words),
		cmocka_unit_test(a_word_of_a_password), cmocka_unit_test(a_password_is_one_word),
		cmocka_unit_test(codes_of_any_script), cmocka_unit_test(characters_of_many_bytes),
		cmocka_unit_test(limits), cmocka_unit_test(refused),
		cmocka_unit_test(pastes_are_cleaned), cmocka_unit_test(cleared_is_wiped),
		cmocka_unit_test(what_is_seen), cmocka_unit_test(wide_characters) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
