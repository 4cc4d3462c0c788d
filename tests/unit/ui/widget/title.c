/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The title line at every width. */
#include "ui/widget/title.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "ui/widget/draw.h"

static const char place[] = "Settings > General settings", who[] = "claire · Super Administrator";

static void
what_gives_way_first(void **state)
{
	static const struct {
		int columns;
		const char *left, *right;
	} row[] = { { 80, place, who }, { 57, place, who }, { 56, "… > General settings", who },
		{ 50, "… > General settings", who }, { 49, place, "claire" },
		{ 35, place, "claire" }, { 34, "… > General settings", "claire" },
		{ 28, "… > General settings", "claire" }, { 27, "… > General settings", "" },
		{ 20, "… > General settings", "" }, { 19, "General settings", "" },
		{ 15, "General…", "" }, { 7, "Genera…", "" } };
	struct title title;

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		title_fit(place, who, row[i].columns, true, &title);
		assert_string_equal(title.left, row[i].left);
		assert_string_equal(title.right, row[i].right);
	}
}

/* Whether each of its words is one of the text's, or the mark. */
static bool
has_whole_words(const char *shown, const char *text)
{
	char copy[TITLE_SIZE], padded[TITLE_SIZE + 2], word[TITLE_SIZE + 2];
	char *rest = NULL;

	(void)snprintf(copy, sizeof copy, "%s", shown);
	(void)snprintf(padded, sizeof padded, " %.500s ", text);
	for (char *at = strtok_r(copy, " ", &rest); at != NULL; at = strtok_r(NULL, " ", &rest)) {
		char *mark = strstr(at, "…");

		if (mark != NULL)
			*mark = '\0';
		(void)snprintf(word, sizeof word, " %s ", at);
		if (*at != '\0' && strstr(padded, word) == NULL)
			return false;
	}
	return true;
}

static void
no_word_is_cut(void **state)
{
	enum { WIDEST_WORD = 15 };
	struct title title;

	(void)state;
	for (int utf8 = 0; utf8 < 2; utf8++)
		for (int columns = 1; columns < 90; columns++) {
			int used;

			title_fit(place, who, columns, utf8, &title);
			used = draw_columns(title.left) + draw_columns(title.right) +
			    (title.right[0] != '\0' ? TITLE_GAP : 0);
			assert_true(used <= columns);
			assert_true(title.left[0] != '\0');
			if (!utf8 || columns < WIDEST_WORD)
				continue;
			assert_true(has_whole_words(title.left, place));
			assert_true(has_whole_words(title.right, who));
		}
}

/* A name that alone is too long is cut where the room ends. */
static void
a_long_name(void **state)
{
	struct title title;

	(void)state;
	title_fit("Locked", "claire.of.the.operators@example.org · Operator", 24, true, &title);
	assert_string_equal(title.left, "Locked");
	assert_string_equal(title.right, "claire.of.the.o…");
	title_fit("Locked", NULL, 24, true, &title);
	assert_string_equal(title.right, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(what_gives_way_first),
		cmocka_unit_test(no_word_is_cut), cmocka_unit_test(a_long_name) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
