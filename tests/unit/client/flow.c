/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/flow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool
rests(const char *bytes, bool by_byte)
{
	struct flow flow = { .drew = false };
	size_t size = strlen(bytes);

	if (!by_byte)
		flow_follow(&flow, bytes, size);
	for (size_t i = 0; by_byte && i < size; i++)
		flow_follow(&flow, bytes + i, 1);
	return flow_rests(&flow);
}

static void
a_line_may_be_written_between_two_pieces(void **state)
{
	static const char *const whole[] = { "", "text", "text\r\n", "caf\xc3\xa9",
		"\xe2\x82\xac\xf0\x9f\x93\xb1", "\033[31;1m", "\033[?1049h", "\033(0", "\033c",
		"\033]0;title\a", "\033]8;;x\033\\", "\033Pq\033\\", "\033[31\030",
		"\033]0;cut\032", "\033[1\033[2m", "a\033[mb" };

	(void)state;
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
		assert_true(rests(whole[i], false));
		assert_true(rests(whole[i], true));
	}
}

static void
and_in_none(void **state)
{
	static const char *const cut[] = { "\033", "\033[", "\033[31;", "\033(", "\033]0;title",
		"\033]0;title\033", "\033Pq", "\033_a", "caf\xc3", "\xe2\x82", "\xf0\x9f\x93",
		"\033[m\xe2", "\033]0;\xe2\x82\xac" };

	(void)state;
	for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
		assert_false(rests(cut[i], false));
		assert_false(rests(cut[i], true));
	}
}

static void
who_writes_text_alone_has_drawn_nothing(void **state)
{
	struct flow flow = { .drew = false };

	(void)state;
	flow_follow(&flow, "caf\xc3\xa9\r\n\a", 8);
	assert_false(flow.drew);
	flow_follow(&flow, "\033[m", 3);
	assert_true(flow.drew);
	flow_follow(&flow, "text", 4);
	assert_true(flow.drew);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_may_be_written_between_two_pieces),
		cmocka_unit_test(and_in_none),
		cmocka_unit_test(who_writes_text_alone_has_drawn_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
