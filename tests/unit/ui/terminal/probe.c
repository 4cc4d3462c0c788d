/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a terminal makes of UTF-8: its answers, late, split, amid typing, or none. */
#include "terminal_line.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define CODING "\n\xc3\xab\033[6n"
#define WIDTH "\033[2H\xe2\x96\x84\033[6n"
#define DA1 "\033[?62;4c"
#define COLOURS "\033]4;16;?\007\033]4;231;?\007\033]10;?\007\033]11;?\007\033[c"

/* A picture with one mark, and a name that ASCII cannot write; returns what it sent. */
static const char *
picture(struct line *line)
{
	size_t before = line->length;

	terminal_erase(line->terminal);
	terminal_put(line->terminal, 0, 0, 20, STYLE_PLAIN, "title \xc2\xb7");
	terminal_put(line->terminal, 1, 0, 20, STYLE_PLAIN, "second row");
	terminal_put(line->terminal, 3, 0, 20, STYLE_PLAIN, "\xe6\x97\xa5 caf\xc3\xa9");
	terminal_show(line->terminal, false);
	return line_output(line) + before;
}

/* What stands at the mark's place: what the last picture made of it. */
static bool
shown(struct line *line, const char *want)
{
	char cell[32];

	terminal_cell(line->terminal, 0, 6, cell, sizeof cell);
	cell[strlen(cell) - 1] = '\0';
	return strcmp(cell, want) == 0;
}

/* The terminal sends that, and it types exactly `want`. */
static void
sends(struct line *line, const char *bytes, const char *want)
{
	struct event event;
	char text[64];
	size_t used = 0;

	line_type(line, bytes);
	for (;;) {
		assert_int_equal(terminal_read(line->terminal, &event), ERR_OK);
		if (event.type == EVENT_NONE)
			break;
		assert_int_equal(event.type, EVENT_TEXT);
		assert_true(used < sizeof text - 1);
		text[used++] = (char)event.point;
	}
	text[used] = '\0';
	assert_string_equal(text, want);
}

/* With Enter the width is asked: what changes then anyway. Returns what was sent for it. */
static const char *
press_enter(struct line *line)
{
	size_t before = line->length;
	struct event event;

	line_type(line, "\r");
	assert_int_equal(terminal_read(line->terminal, &event), ERR_OK);
	assert_int_equal(event.key, KEY_ENTER_);
	return line_output(line) + before;
}

/* An ESC alone, for as long as makes it a key. */
static void
press_esc(struct line *line)
{
	struct event event;

	line_type(line, "\033");
	assert_int_equal(terminal_read(line->terminal, &event), ERR_OK);
	assert_int_equal(event.type, EVENT_KEY);
	assert_int_equal(event.key, KEY_ESC);
}

/* As if so long had passed. */
static void
later(struct line *line, int milliseconds)
{
	line->terminal->probe.asked -= milliseconds;
}

static void
asked_before_the_first_picture(void **state)
{
	struct line *line = *state;
	const char *question = strstr(line_output(line), CODING);

	assert_non_null(question);
	/* Its traces go at once, and what it is is asked last. */
	assert_int_equal(strncmp(question + strlen(CODING), "\r\033[K\033[H\033[c", 11), 0);
	assert_null(strstr(line_output(line), "\xe2\x96\x84"));
	picture(line);
	/* The locale says UTF-8: what is likely is shown. */
	assert_true(shown(line, "\xc2\xb7"));
	assert_int_not_equal(terminal_wait(line->terminal), -1);
	/* Not a key is thrown away for it, and before it is answered nothing more is asked. */
	sends(line, "ab", "ab");
	assert_null(strstr(press_enter(line), WIDTH));
	sends(line, "\033[2;2R" DA1, "");
}

static void
utf8(void **state)
{
	struct line *line = *state;
	const char *after;

	picture(line);
	sends(line, "x\033[2;2R" DA1 "y", "xy");
	assert_true(terminal_wait(line->terminal) == -1);
	assert_int_equal(line->terminal->asked, 0);
	after = picture(line);
	assert_true(shown(line, "\xc2\xb7"));
	assert_true(terminal_utf8(line->terminal));
	assert_int_equal(*after, '\0'); /* nothing changed: nothing is sent */
	after = press_enter(line);
	assert_int_equal(strncmp(after, COLOURS WIDTH, strlen(COLOURS WIDTH)), 0);
	/* What stood there stands there again, although no picture was made. */
	assert_non_null(strstr(after + strlen(COLOURS WIDTH), "second row"));
	assert_null(strstr(press_enter(line), WIDTH));
	sends(line, "\033[2;2R", "");
	/* Nothing is asked twice; and the answer to DA1 is still owed. */
	assert_string_equal(press_enter(line), "");
	assert_int_not_equal(line->terminal->asked, 0);
	sends(line, DA1, "");
	picture(line);
	assert_true(shown(line, "\xc2\xb7"));
	assert_int_equal(line->terminal->asked, 0);
}

static void
latin_1(void **state)
{
	struct line *line = *state;
	const char *after;

	picture(line);
	sends(line, "\033[2;3R" DA1, "");
	after = picture(line);
	assert_true(shown(line, "*"));
	assert_false(terminal_utf8(line->terminal));
	/* What was sent as UTF-8 is rubble there: all is painted anew, and what it began is ended.
	 */
	assert_int_equal(strncmp(after, "\033\\", 2), 0);
	assert_non_null(strstr(after, "title"));
	assert_null(strstr(picture(line), "title"));
	assert_int_equal(terminal_wait(line->terminal), -1);
	assert_int_equal(line->terminal->asked, 0);
	assert_null(strstr(press_enter(line), WIDTH));
}

/* Letters that are two columns wide anyway are shown; ours, whose width is ambiguous, are not. */
static void
ambiguous_width(void **state)
{
	struct line *line = *state;
	const char *after;

	picture(line);
	sends(line, "\033[2;2R" DA1, "");
	press_enter(line);
	sends(line, "\033[2;3R", "");
	after = picture(line);
	assert_true(shown(line, "*"));
	assert_false(terminal_utf8(line->terminal));
	assert_non_null(strstr(after, "title"));
	assert_non_null(strstr(after, "\xe6\x97\xa5"));
	assert_null(strstr(after, "\xc3\xa9"));
}

/* A terminal that knows DA1 and no cursor report: then the locale decides, at once. */
static void
it_does_not_tell(void **state)
{
	struct line *line = *state;

	sends(line, DA1, "");
	assert_int_equal(terminal_wait(line->terminal), -1);
	picture(line);
	assert_true(shown(line, "\xc2\xb7"));
	assert_int_equal(line->terminal->asked, 0);
	assert_null(strstr(press_enter(line), WIDTH));
}

/* Cut behind its ESC for longer than a key Esc takes: that is one, and the rest types nothing. */
static void
an_answer_cut_behind_its_esc(void **state)
{
	struct line *line = *state;

	picture(line);
	press_esc(line);
	sends(line, "[2;3R", "");
	picture(line);
	assert_true(shown(line, "*"));
	press_esc(line);
	sends(line, "[?62;52c", "");
	assert_int_equal(line->terminal->asked, 0);
	/* All is answered: what comes now is a person's. */
	press_esc(line);
	sends(line, "[2;3R", "[2;3R");
}

static void
silence_and_a_late_answer(void **state)
{
	struct line *line = *state;

	picture(line);
	later(line, PROBE_LIMIT_MS);
	assert_int_equal(terminal_wait(line->terminal), 0);
	picture(line);
	assert_true(shown(line, "\xc2\xb7"));
	assert_int_equal(terminal_wait(line->terminal), -1);
	sends(line, "a\033[2", "a");
	sends(line, ";3Rb", "b");
	assert_non_null(strstr(picture(line), "title"));
	assert_true(shown(line, "*"));
	sends(line, DA1, "");
}

static void
f3_is_no_answer(void **state)
{
	struct line *line = *state;

	sends(line, "a\033[1;2R\033[1;3Rb", "ab");
	sends(line, "\033[5;3R\033[R\033[2R\033[2;3;1R\033[?2;3R", "");
	assert_true(line->terminal->probe.coding);
	sends(line, "\033[2;2R" DA1 "\033[1;3R", "");
	press_enter(line);
	sends(line, "\033[1;3R", "");
	assert_true(line->terminal->probe.width);
	sends(line, "\033[2;2R", "");
	/* Nor is what nobody asked for. */
	sends(line, "a\033[2;3R\033[2;2Rb", "ab");
	picture(line);
	assert_true(shown(line, "\xc2\xb7"));
}

/* In a paste it is no text of it. */
static void
amid_a_paste(void **state)
{
	struct line *line = *state;
	struct event event;
	size_t texts = 0;

	line_type(line, "\033[200~1\033[2;2R" DA1 "2\r\033[2;2R\033[201~");
	do {
		assert_int_equal(terminal_read(line->terminal, &event), ERR_OK);
		texts += event.type == EVENT_TEXT;
		assert_int_not_equal(event.type, EVENT_BAD);
	} while (event.type != EVENT_NONE);
	assert_int_equal(texts, 3);
	assert_true(line->terminal->probe.width_due);
	assert_false(line->terminal->probe.coding);
}

/* Whoever leaves before the first answer is not asked a second time: its answer would be typed into
 * the shell. */
static void
leaving_before_the_answer(void **state)
{
	static struct line line;

	(void)state;
	assert_int_equal(line_open(&line), 0);
	assert_int_equal(terminal_open(line.slave, line.slave, &line.terminal), ERR_OK);
	line_type(&line, "\033[2;2R" DA1 "\r");
	terminal_close(line.terminal);
	assert_null(strstr(line_output(&line), WIDTH));
	line_close(&line);
}

/* A locale that says nothing (LANG was not sent) is no objection to UTF-8; but its rubble is not
 * risked: ASCII until the answer, or until there is none. */
static void
a_locale_that_says_nothing(void **state)
{
	static const char *const answers[] = { DA1, "\033[2;2R" DA1, NULL };
	static struct line line;

	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		assert_non_null(setlocale(LC_ALL, "C"));
		assert_int_equal(line_open(&line), 0);
		assert_int_equal(terminal_open(line.slave, line.slave, &line.terminal), ERR_OK);
		picture(&line);
		assert_true(shown(&line, "*"));
		if (answers[i] != NULL)
			sends(&line, answers[i], "");
		else
			later(&line, PROBE_LIMIT_MS);
		/* ASCII was right: only what changed is sent. */
		assert_null(strstr(picture(&line), "title"));
		assert_true(shown(&line, "\xc2\xb7"));
		if (answers[i] == NULL)
			line_type(&line, DA1);
		terminal_close(line.terminal);
		line_close(&line);
	}
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { WITH_LINE(asked_before_the_first_picture),
		WITH_LINE(utf8), WITH_LINE(latin_1), WITH_LINE(ambiguous_width),
		WITH_LINE(it_does_not_tell), WITH_LINE(an_answer_cut_behind_its_esc),
		WITH_LINE(silence_and_a_late_answer), WITH_LINE(f3_is_no_answer),
		WITH_LINE(amid_a_paste), cmocka_unit_test(leaving_before_the_answer),
		cmocka_unit_test(a_locale_that_says_nothing) };

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
