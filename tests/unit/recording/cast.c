/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of a recording: what is written is read again; what was altered is refused whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "recording/cast_read.h"

static char line[CAST_EVENT_MAX];

static const struct cast_head head = { .rows = 24,
	.columns = 80,
	.began = 1764230400,
	.title = "Say \"hello\"\n",
	.term = "xterm",
	.run = "00112233445566778899aabbccddeeff",
	.command = "hello",
	.person = "Zo\xc3\xab",
	.role = "operator",
	.source = "192.0.2.7" };

static void
the_first_line_is_read_as_it_was_written(void **state)
{
	struct cast_about about;
	size_t size = cast_head(&head, line);

	(void)state;
	assert_int_equal(line[size - 1], '\n');
	assert_true(cast_read_head(line, size - 1, &about));
	assert_int_equal(about.rows, 24);
	assert_int_equal(about.columns, 80);
	assert_int_equal(about.began, 1764230400);
	assert_string_equal(about.title, head.title);
	assert_string_equal(about.term, head.term);
	assert_string_equal(about.run, head.run);
	assert_string_equal(about.command, head.command);
	assert_string_equal(about.person, head.person);
	assert_string_equal(about.role, head.role);
	assert_string_equal(about.source, head.source);
}

static void
texts_that_are_too_long_are_cut(void **state)
{
	char much[1000];
	struct cast_head other = head;
	struct cast_about about;
	size_t size;

	(void)state;
	memset(much, '\001', sizeof much - 1);
	much[sizeof much - 1] = '\0';
	other.title = other.term = other.person = other.source = other.role = much;
	size = cast_head(&other, line);
	assert_true(size < CAST_HEAD_MAX);
	assert_true(cast_read_head(line, size - 1, &about));
	assert_true(strlen(about.title) > 100);
}

static void
any_byte_less_is_no_first_line(void **state)
{
	struct cast_about about;
	size_t size = cast_head(&head, line);

	(void)state;
	for (size_t i = 0; i < size - 1; i++)
		assert_false(cast_read_head(line, i, &about));
	assert_false(cast_read_head(line, size, &about)); /* with its end */
}

/* Reads back what was shown; NULL where there is no line. */
static const char *
shown(struct cast_writer *writer, int64_t at, const char *bytes, size_t length)
{
	static struct cast_event event;
	size_t size = cast_shown(writer, at, bytes, length, line);

	if (size == 0)
		return NULL;
	assert_int_equal(line[size - 1], '\n');
	assert_true(cast_read_event(line, size - 1, &event));
	assert_int_equal(event.at, at);
	assert_int_equal(event.code, 'o');
	event.text[event.size] = '\0';
	return event.text;
}

static void
what_was_shown_is_read_as_it_was(void **state)
{
	struct cast_writer writer = { .held_size = 0 };

	(void)state;
	assert_string_equal(shown(&writer, 1234567, "plain\r\n", 7), "plain\r\n");
	assert_string_equal(shown(&writer, 0, "\"\\/\b\f\t\033[0m\177", 12),
	    "\"\\/\b\f\t\033[0m\177");
	assert_string_equal(shown(&writer, 5, "\xe2\x80\xa8\xf0\x9f\x98\x80", 7),
	    "\xe2\x80\xa8\xf0\x9f\x98\x80");
}

static void
a_character_that_comes_in_two_is_whole(void **state)
{
	struct cast_writer writer = { .held_size = 0 };

	(void)state;
	assert_null(shown(&writer, 1, "\xf0\x9f", 2));
	assert_string_equal(shown(&writer, 2, "\x98\x80x\xc3", 4), "\xf0\x9f\x98\x80x");
	assert_string_equal(shown(&writer, 3, "\xbc", 1), "\xc3\xbc");
	assert_int_equal(cast_rest(&writer, 4, line), 0);
}

static void
what_is_no_utf8_is_shown_as_such(void **state)
{
	struct cast_writer writer = { .held_size = 0 };
	struct cast_event *event = malloc(sizeof *event);
	size_t size;

	(void)state;
	assert_non_null(event);
	assert_string_equal(shown(&writer, 1, "a\xffz", 3), "a\xef\xbf\xbdz");
	assert_null(shown(&writer, 2, "\xe2\x82", 2));
	size = cast_rest(&writer, 3, line);
	assert_true(size > 0 && cast_read_event(line, size - 1, event));
	assert_int_equal(event->size % 3, 0); /* U+FFFD, once or twice */
	assert_memory_equal(event->text, "\xef\xbf\xbd", 3);
	free(event);
}

static void
the_most_has_room(void **state)
{
	struct cast_writer writer = { .held_size = 0 };
	char *bytes = malloc(CAST_BYTES_MAX);
	size_t size;

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 1, CAST_BYTES_MAX);
	assert_null(shown(&writer, 1, "\xf0\x9f\x98", 3));
	size = cast_shown(&writer, INT64_MAX / 2, bytes, CAST_BYTES_MAX, line);
	assert_true(size > 6 * CAST_BYTES_MAX && size <= CAST_EVENT_MAX);
	free(bytes);
}

static void
another_size_is_read_too(void **state)
{
	static struct cast_event event;
	unsigned rows = 0, columns = 0;
	size_t size = cast_size(2500000, 50, 132, line);

	(void)state;
	assert_true(cast_read_event(line, size - 1, &event));
	assert_true(cast_read_size(&event, &rows, &columns));
	assert_int_equal(rows, 50);
	assert_int_equal(columns, 132);
}

static void
what_we_do_not_write_is_refused(void **state)
{
	static const char *const wrong[] = { "", "[", "[1.000000,\"o\",\"x\"", "[1,\"o\",\"x\"]",
		"[1.5,\"o\",\"x\"]", "[-1.000000,\"o\",\"x\"]", "[1.000000,\"o\",\"\\x\"]",
		"[1.000000,\"o\",\"\\ud800\"]", "[1.000000,\"o\",\"\\udc00\"]",
		"[1.000000,\"o\",\"\\u12\"]", "[1.000000,\"o\",\"a\"] ",
		"[99999999999999999999.000000,\"o\",\"\"]", "[1.000000,\"o\",\"\xff\"]",
		"[1.000000,\"o\",\"\n\"]", "[1.000000,\"o\",\"\\ud800\\u0041\"]" };
	static struct cast_event event;

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		if (cast_read_event(wrong[i], strlen(wrong[i]), &event))
			fail_msg("taken: %s", wrong[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_line_is_read_as_it_was_written),
		cmocka_unit_test(texts_that_are_too_long_are_cut),
		cmocka_unit_test(any_byte_less_is_no_first_line),
		cmocka_unit_test(what_was_shown_is_read_as_it_was),
		cmocka_unit_test(a_character_that_comes_in_two_is_whole),
		cmocka_unit_test(what_is_no_utf8_is_shown_as_such),
		cmocka_unit_test(the_most_has_room),
		cmocka_unit_test(another_size_is_read_too),
		cmocka_unit_test(what_we_do_not_write_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
