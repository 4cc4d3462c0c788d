/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a recording reaches the terminal of who looks at it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "recording/drawing.h"

static const struct {
	const char *comes, *passes;
} rows[] = {
	/* what draws */
	{ "text, gr\xc3\xbcn\r\n\t\b", "text, gr\xc3\xbcn\r\n\t\b" },
	{ "\033[1;31mred\033[m", "\033[1;31mred\033[m" },
	{ "\033[38:2::1:2:3mx", "\033[38:2::1:2:3mx" },
	{ "\033[H\033[2J\033[10;20H\033[K\033[3A", "\033[H\033[2J\033[10;20H\033[K\033[3A" },
	{ "\033(0lqk\033(B\016x\017", "\033(0lqk\033(B\016x\017" },
	{ "\0337\0338\033D\033M\033E\033#8", "\0337\0338\033D\033M\033E\033#8" },
	{ "\033[?25l\033[?7l\033[4h\033[5;10r\033[!p",
	    "\033[?25l\033[?7l\033[4h\033[5;10r\033[!p" },
	/* the other screen is cleared, and not left behind */
	{ "\033[?1049hx", "\033[2J\033[Hx" },
	{ "\033[?1;25;1000;1049h", "\033[?25h\033[2J\033[H" },
	{ "\033c", "\033[2J\033[H" },
	/* what asks, names, copies, resizes, or goes on */
	{ "a\033]52;c;c3RvbGVu\007b", "ab" },
	{ "a\033]0;title\033\\b", "ab" },
	{ "a\033P$qm\033\\b\033_x\033\\c\033^x\033\\d\033Xx\033\\e", "abcde" },
	{ "a\033[c\033[>c\033[=c\033[5n\033[6n\033[?6n\033[x\033[?1$pb", "ab" },
	{ "a\033[8;50;132t\033[21t\033[14tb", "ab" },
	{ "a\033[?1000h\033[?1004h\033[?2004h\033[?1h\033=\033>b", "ab" },
	{ "a\033[>4;2m\033[>1u\033[<u\033[ qb", "ab" },
	{ "a\033Z\033N\033n\033%Gb\033[20h", "ab" },
	{ "a\005\a\001\177b", "ab" },
	{ "\xc2\x9b"
	  "c\xc2\x9d"
	  "0;x",
	    "c0;x" },
	{ "a\033[999999999bc", "ac" },
	{ "a\033]0;\030b", "ab" },
	{ "a\033[12\033[1mb", "a\033[1mb" },
	{ "a\033[1\r2mb", "a\r\033[12mb" },
	/* a string that never ends hides what comes, and no more */
	{ "a\033]0;b", "a" },
};

static void
only_what_draws_is_passed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct drawing drawing = { .state = DRAWING_TEXT };
		char out[DRAWING_ROOM(128)];
		size_t size = drawing_pass(&drawing, rows[i].comes, strlen(rows[i].comes), out);

		out[size] = '\0';
		assert_string_equal(out, rows[i].passes);
	}
}

/* However it is cut, it is the same. */
static void
a_cut_changes_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct drawing drawing = { .state = DRAWING_TEXT };
		char out[DRAWING_ROOM(128) * 2];
		size_t size = 0, length = strlen(rows[i].comes), step;

		for (size_t at = 0; at < length; at += step) {
			step = (unsigned char)rows[i].comes[at] >= 0xc0 ? 2 : 1;
			size += drawing_pass(&drawing, rows[i].comes + at, step, out + size);
		}
		out[size] = '\0';
		assert_string_equal(out, rows[i].passes);
	}
}

static void
the_longest_has_room(void **state)
{
	static const char *const much[] = { "\033c", "\033[?47;47;47;47h", "x" };
	enum { SIZE = 4096 };

	(void)state;
	for (size_t i = 0; i < sizeof much / sizeof *much; i++) {
		struct drawing drawing = { .state = DRAWING_TEXT };
		char in[SIZE], *out = malloc(DRAWING_ROOM(SIZE));
		size_t length = strlen(much[i]);

		assert_non_null(out);
		for (size_t at = 0; at < SIZE; at++)
			in[at] = much[i][at % length];
		assert_true(drawing_pass(&drawing, in, SIZE, out) <= DRAWING_ROOM(SIZE));
		free(out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_draws_is_passed),
		cmocka_unit_test(a_cut_changes_nothing),
		cmocka_unit_test(the_longest_has_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
