/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that dispatch, and the key bar made from them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ui/widget/key_row.h"

enum { SIGN_IN = 1, COPY, LATER, HELP, BACK, HIDDEN };

static const struct key_row rows[] = { { SIGN_IN, KEY_ENTER_, '\0', "Enter", "Sign in", 50,
					   "Signs in." },
	{ COPY, KEY_NONE_, 'c', "c", "Copy", 60, "Copies." },
	{ LATER, KEY_NONE_, 'v', "v", "Not scanning?", 40, "Draws it in another way." },
	{ HELP, KEY_HELP_, '\0', "F1", "Help", KEY_ROW_ALWAYS, "Helps." },
	{ BACK, KEY_ESC, '\0', "Esc", "Back", KEY_ROW_ALWAYS, "Goes back." },
	{ HIDDEN, KEY_INTERRUPT, '\0', "^C", "End", -1, "Ends." }, { .id = 0 } };

static int
found(enum event_type type, enum key key, uint32_t point, bool pasted, bool letters)
{
	struct event event = { .type = type, .key = key, .point = point, .pasted = pasted };
	const struct key_row *row = key_row_find(rows, &event, letters);

	return row != NULL ? row->id : 0;
}

static void
finding(void **state)
{
	(void)state;
	assert_int_equal(found(EVENT_KEY, KEY_ENTER_, 0, false, false), SIGN_IN);
	assert_int_equal(found(EVENT_KEY, KEY_INTERRUPT, 0, false, false), HIDDEN);
	assert_int_equal(found(EVENT_KEY, KEY_TAB, 0, false, true), 0);
	assert_int_equal(found(EVENT_TEXT, KEY_NONE_, 'c', false, true), COPY);
	assert_int_equal(found(EVENT_TEXT, KEY_NONE_, 'C', false, true), COPY);
	/* Not where text is typed, not in a paste, and not what only ends in the same bits. */
	assert_int_equal(found(EVENT_TEXT, KEY_NONE_, 'c', false, false), 0);
	assert_int_equal(found(EVENT_TEXT, KEY_NONE_, 'c', true, true), 0);
	assert_int_equal(found(EVENT_TEXT, KEY_NONE_, 0x100 + 'c', false, true), 0);
	assert_int_equal(found(EVENT_TEXT, KEY_NONE_, 0, false, true), 0);
	assert_int_equal(found(EVENT_KEY, KEY_NONE_, 0, false, true), 0);
	assert_null(key_row_find(NULL, &(struct event){ .type = EVENT_KEY, .key = KEY_ESC }, true));
}

/* A bar as text: " Enter Sign in  F1 Help". */
static void
bar_is(size_t columns, const char *want)
{
	enum key_row_labels labels;
	char bar[256] = "";
	bool keep[6];
	size_t used = 0;

	key_row_fit(rows, 6, columns, keep, &labels);
	for (size_t i = 0; i < 6; i++) {
		if (!keep[i])
			continue;
		const char *label = key_row_label(&rows[i], labels);
		used += (size_t)snprintf(bar + used, sizeof bar - used, "%s%s%s%s",
		    used == 0 ? " " : "  ", rows[i].key_label, *label != '\0' ? " " : "", label);
	}
	assert_string_equal(bar, want);
}

static void
bars(void **state)
{
	(void)state;
	bar_is(80, " Enter Sign in  c Copy  v Not scanning?  F1 Help  Esc Back");
	bar_is(58, " Enter Sign in  c Copy  v Not scanning?  F1 Help  Esc Back");
	bar_is(57, " Enter Sign in  c Copy  F1 Help  Esc Back");
	bar_is(40, " Enter Sign in  F1 Help  Esc Back");
	bar_is(33, " Enter Sign in  F1 Help  Esc Back");
	/* Help, Esc and what Enter does never drop: their labels go first, and Enter's last. */
	bar_is(32, " Enter Sign in  F1  Esc");
	bar_is(23, " Enter Sign in  F1  Esc");
	bar_is(22, " Enter  F1  Esc");
	bar_is(1, " Enter  F1  Esc");
}

static void
one_row_a_line(void **state)
{
	bool keep[6];

	(void)state;
	assert_int_equal(key_row_count(rows), 6);
	key_row_keep(rows, 6, 3, keep);
	assert_true(keep[0] && !keep[1] && !keep[2] && keep[3] && keep[4] && !keep[5]);
	key_row_keep(rows, 6, 1, keep);
	assert_true(keep[0] && !keep[1] && keep[3] && keep[4]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(finding), cmocka_unit_test(bars),
		cmocka_unit_test(one_row_a_line) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
