/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is here in words, and what is sent to end a session or to say something. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "conv/here.h"

enum { NOW = 1795521600 }; /* 2026-11-24 12:00 UTC */

static struct wire_here
somebody(void)
{
	struct wire_here here = { .number = 7, .since = NOW - 600, .role = ROLE_OPERATOR };

	wire_put(here.name, sizeof here.name, "Zo\xc3\xab");
	wire_put(here.source, sizeof here.source, "local");
	return here;
}

static void
assert_lines(struct wire_here here, const char *doing, const char *heard)
{
	char want[HERE_LINE], buf[HERE_LINE];

	here_line(&here, NOW, buf, sizeof buf);
	(void)snprintf(want, sizeof want, "Operator, local, today 11:50, %s", doing);
	assert_string_equal(buf, want);
	here_spoken(&here, NOW, buf, sizeof buf);
	(void)snprintf(want, sizeof want, "Operator, local, since today 11:50, %s", heard);
	assert_string_equal(buf, want);
}

static void
what_they_do(void **state)
{
	struct wire_here here = somebody();

	(void)state;
	assert_lines(here, "at work", "at work");
	here.idle = 59;
	assert_lines(here, "at work", "at work");
	here.idle = 60;
	assert_lines(here, "idle for 1 min", "idle for 1 min");
	here.locked = 1;
	assert_lines(here, "locked", "locked, idle for 1 min");
	here.locked = 0;
	here.idle = 5 * 60 + 59;
	wire_put(here.command, sizeof here.command, "backup");
	assert_lines(here, "runs backup", "runs backup, idle for 5 min");
	here.idle = 0;
	assert_lines(here, "runs backup", "runs backup");
	here.own = 1;
	here.idle = 60;
	assert_lines(here, "this terminal", "this terminal");
}

/* A source is the keeper's word, but what it holds is not. */
static void
a_source_is_text(void **state)
{
	struct wire_here here = somebody();
	char buf[HERE_LINE];

	(void)state;
	wire_put(here.source, sizeof here.source, "\033[31m2001:db8::1");
	here_line(&here, NOW, buf, sizeof buf);
	assert_null(strchr(buf, '\033'));
	assert_non_null(strstr(buf, "2001:db8::1"));
	here_spoken(&here, NOW, buf, sizeof buf);
	assert_null(strchr(buf, '\033'));
}

static void
assert_question(struct wire_here here, bool message, const char *want)
{
	char buf[HERE_QUESTION];

	here_question(&here, message, buf, sizeof buf);
	assert_string_equal(buf, want);
}

static void
ending_says_what_ends(void **state)
{
	struct wire_here here = somebody();

	(void)state;
	assert_question(here, false, "End Zo\xc3\xab's session?");
	assert_question(here, true,
	    "End Zo\xc3\xab's session? What you type here, if anything, they read then.");
	wire_put(here.command, sizeof here.command, "backup");
	assert_question(here, false, "End Zo\xc3\xab's session, and backup, which runs in it?");
	assert_question(here, true,
	    "End Zo\xc3\xab's session, and backup, which runs in it? What you type here, if "
	    "anything, they read then.");
}

static void
saying_says_to_whom(void **state)
{
	struct wire_here here = somebody();
	char buf[HERE_QUESTION];

	(void)state;
	here_say_question(&here, buf, sizeof buf);
	assert_string_equal(buf, "Say something to Zo\xc3\xab.");
	here_say_question(NULL, buf, sizeof buf);
	assert_string_equal(buf, "Say something to all who are here.");
}

/* As long as it may be, and one more. */
static void
fill_words(char words[WIRE_SAY_SIZE + 1], size_t length)
{
	memset(words, 'x', length);
	words[length] = '\0';
}

static void
an_end_may_go_without_a_word(void **state)
{
	struct wire_here here = somebody();
	struct wire_request request;
	char words[WIRE_SAY_SIZE + 1];

	(void)state;
	here_end_request(&here, &request);
	assert_int_equal(request.op, WIRE_HERE_END);
	assert_int_equal(request.u.here_end.number, 7);
	assert_int_equal(here_take(&request, ""), ERR_OK);
	assert_string_equal(request.u.here_end.text, "");
	fill_words(words, WIRE_SAY_SIZE - 1);
	assert_int_equal(here_take(&request, words), ERR_OK);
	assert_string_equal(request.u.here_end.text, words);
	fill_words(words, WIRE_SAY_SIZE);
	assert_int_equal(here_take(&request, words), ERR_SAY_LONG);
}

static void
nothing_cannot_be_said(void **state)
{
	struct wire_here here = somebody();
	struct wire_request request;
	char words[WIRE_SAY_SIZE + 1];

	(void)state;
	here_say_request(NULL, &request);
	assert_int_equal(request.op, WIRE_HERE_SAY);
	assert_int_equal(request.u.here_say.number, 0);
	here_say_request(&here, &request);
	assert_int_equal(request.u.here_say.number, 7);
	assert_int_equal(here_take(&request, ""), ERR_FIELD_EMPTY);
	assert_int_equal(here_take(&request, "Coffee"), ERR_OK);
	assert_string_equal(request.u.here_say.text, "Coffee");
	fill_words(words, WIRE_SAY_SIZE);
	assert_int_equal(here_take(&request, words), ERR_SAY_LONG);
	assert_string_equal(request.u.here_say.text, "Coffee");
}

static void
assert_done(uint32_t op, uint32_t count, const char *want)
{
	struct wire_reply reply = { .op = op };
	char buf[HERE_LINE];

	reply.u.here_say.count = count;
	here_done(&reply, buf, sizeof buf);
	assert_string_equal(buf, want);
}

static void
what_came_of_it(void **state)
{
	(void)state;
	assert_done(WIRE_HERE_SAY, 0, "It stands on 0 terminals.");
	assert_done(WIRE_HERE_SAY, 1, "It stands on 1 terminal.");
	assert_done(WIRE_HERE_SAY, 2, "It stands on 2 terminals.");
	assert_done(WIRE_HERE_END, 0, "The session was ended.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_they_do),
		cmocka_unit_test(a_source_is_text),
		cmocka_unit_test(ending_says_what_ends),
		cmocka_unit_test(saying_says_to_whom),
		cmocka_unit_test(an_end_may_go_without_a_word),
		cmocka_unit_test(nothing_cannot_be_said),
		cmocka_unit_test(what_came_of_it),
	};

	setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
