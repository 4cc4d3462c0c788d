/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Items one under another, and the page they stand in, on a terminal that is not there. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "ui/terminal/terminal_inside.h"
#include "ui/widget/menu.h"

enum { COLUMNS = 60, ROWS = 20 };

static const struct menu_row rows[] = {
	{ .label = "One", .text = "the first of all" },
	{ .label = "Two" },
	{ .label = "Three",
	    .text = "a text that is so long that it has to be broken where the column ends" },
	{ .label = "Four", .text = "last" },
};

static struct terminal *terminal;

static const struct note quiet = { STYLE_PLAIN, NULL };

static int
setup(void **state)
{
	(void)state;
	return terminal_open_null("xterm-256color", ROWS, COLUMNS, &terminal) == ERR_OK ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	terminal_close(terminal);
	return 0;
}

/* What stands in a row, without the blanks at its end. */
static const char *
line(int y)
{
	static char text[COLUMNS * 4 + 1];
	size_t used = 0, end = 0;

	for (int x = 0; x < COLUMNS; x++) {
		char cell[32];

		terminal_cell(terminal, y, x, cell, sizeof cell);
		size_t length = strlen(cell) - 1;
		memcpy(text + used, cell, length);
		used += length;
		if (length > 0 && cell[0] != ' ')
			end = used;
	}
	text[end] = '\0';
	return text;
}

static struct page
draw(int width, int height, size_t chosen)
{
	struct page page = page_open(terminal, (struct rect){ 0, 0, height, width }, quiet);

	terminal_erase(terminal);
	menu_draw(&page, rows, sizeof rows / sizeof *rows, chosen);
	return page;
}

static void
texts_stand_in_a_column(void **state)
{
	(void)state;
	struct page page = draw(COLUMNS, ROWS, 1);
	assert_string_equal(line(0), "    One     the first of all");
	assert_string_equal(line(1), " ›  Two");
	assert_string_equal(line(2), "    Three   a text that is so long that it has to be");
	assert_string_equal(line(3), "            broken where the column ends");
	assert_string_equal(line(4), "    Four    last");
	assert_int_equal(page.rest.y, 5);
	assert_int_equal(page.rest.height, ROWS - 5);
}

/* Where the column would be too narrow for a text it goes under its label. */
static void
narrow_texts_go_under(void **state)
{
	(void)state;
	draw(34, ROWS, 0);
	assert_string_equal(line(0), " ›  One     the first of all");
	assert_string_equal(line(1), "    Two");
	assert_string_equal(line(2), "    Three");
	assert_string_equal(line(3), "      a text that is so long");
	assert_string_equal(line(4), "      that it has to be broken");
	assert_string_equal(line(5), "      where the column ends");
	assert_string_equal(line(6), "    Four    last");
}

/* A box stands left of all lines of its label, with or without the focus. */
static void
a_box_stands_alone(void **state)
{
	static const struct menu_row boxed[] = {
		{ .box = "[x]", .label = "a label that has to be broken where the column ends" },
		{ .box = "[ ]", .label = "a short one" },
	};
	struct page page = page_open(terminal, (struct rect){ 0, 0, ROWS, 34 }, quiet);

	(void)state;
	terminal_erase(terminal);
	menu_draw(&page, boxed, 2, 0);
	assert_string_equal(line(0), " ›  [x] a label that has to be");
	assert_string_equal(line(1), "        broken where the column");
	assert_string_equal(line(2), "        ends");
	assert_string_equal(line(3), "    [ ] a short one");
	assert_int_equal(page.rest.y, 4);
}

/* Where not all have room the chosen one is seen, whole, and the list says that it goes on. */
static void
the_chosen_one_is_in_sight(void **state)
{
	(void)state;
	draw(COLUMNS, 4, 0);
	assert_string_equal(line(0), " ›  One     the first of all");
	assert_string_equal(line(1), "    Two");
	assert_string_equal(line(2), "    ▾ 2 more");
	assert_string_equal(line(3), "");
	draw(COLUMNS, 4, 3);
	assert_string_equal(line(0), "    ▴ 2 more");
	assert_string_equal(line(1), "    Three   a text that is so long that it has to be");
	assert_string_equal(line(3), " ›  Four    last");
	draw(COLUMNS, 4, 1);
	assert_string_equal(line(1), " ›  Two");
	/* Too low for lines of marks: they stand at the edge. */
	draw(COLUMNS, 3, 3);
	assert_string_equal(line(0), "▴   Three   a text that is so long that it has to be");
	assert_string_equal(line(2), " ›  Four    last");
	draw(COLUMNS, 3, 0);
	assert_string_equal(line(0), " ›  One     the first of all");
	assert_string_equal(line(1), "▾   Two");
	draw(COLUMNS, 1, 2);
	assert_string_equal(line(0), "▴›  Three   a text that is so long that it has to be…");
	assert_string_equal(line(1), "");
}

/* The bar has no gap, from end to end and in each line, and the cursor stands on its mark. */
static void
the_bar_is_unbroken(void **state)
{
	char cell[32];

	(void)state;
	struct page page = draw(COLUMNS, ROWS, 2);
	for (int y = 2; y < 4; y++)
		for (int x = 3; x < 3 + page.rest.width; x++) {
			terminal_cell(terminal, y, x, cell, sizeof cell);
			assert_int_equal(cell[strlen(cell) - 1], 'f');
		}
	terminal_cell(terminal, 2, 2, cell, sizeof cell);
	assert_string_equal(cell, "  ");
	assert_int_equal(terminal->cursor_y, 2);
	assert_int_equal(terminal->cursor_x, 1);
}

static void
none_may_be_chosen(void **state)
{
	(void)state;
	draw(COLUMNS, ROWS, SIZE_MAX);
	for (int y = 0; y < 5; y++)
		assert_null(strstr(line(y), "›"));
}

/* --- a form in a page ------------------------------------------------------------------- */

static const struct form_plan plan = {
	.fields = 2,
	.buttons = 2,
	.field = { { "Name", FIELD_TEXT, 8 }, { "Code", FIELD_CODE, 6 } },
	.button = { "Sign in", "Leave" },
};

/* What is beside the field for a code goes under it, and the buttons to the left, where there is no
 * room. */
static void
a_form_fits_its_page(void **state)
{
	static const struct {
		int width;
		int rows;
		const char *code, *under;
	} cases[] = {
		{ 60, 3, "   Code              new code in 17 s", "" },
		{ 35, 3, "   Code           new code in 17 s", "" },
		{ 33, 4, "   Code", "          new code in 17 s" },
	};
	struct form form;

	(void)state;
	assert_int_equal(form_open(&form, &plan), ERR_OK);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct page page = page_open(terminal, (struct rect){ 0, 0, ROWS, cases[i].width },
		    quiet);

		terminal_erase(terminal);
		assert_int_equal(page_form_rows(&page, &form, "new code in 17 s"),
		    cases[i].rows + 1);
		page_form(&page, &form, "new code in 17 s");
		assert_string_equal(line(1), cases[i].code);
		assert_string_equal(line(2), cases[i].under);
		assert_string_equal(line(cases[i].rows),
		    cases[i].width > 33 ? "          [ Sign in ]    [ Leave ]"
					: "   [ Sign in ]    [ Leave ]");
	}
	form_close(&form);
}

/* With fewer rows than it needs: what has the focus, and marks that it goes on. */
static void
a_form_without_room_goes_on(void **state)
{
	static const struct {
		size_t focus;
		const char *first, *second;
	} cases[] = {
		{ 0, "   Name", " ▾ Code            new code in 17 s" },
		{ 1, "   Name", " ▾ Code            new code in 17 s" },
		{ 2, " ▴ Code            new code in 17 s", "   [ Sign in ]    [ Leave ]" },
		{ 3, " ▴ Code            new code in 17 s", "   [ Sign in ]    [ Leave ]" },
	};
	struct form form;

	(void)state;
	assert_int_equal(form_open(&form, &plan), ERR_OK);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct page page = page_open(terminal, (struct rect){ 0, 0, 2, 36 }, quiet);

		form_focus(&form, cases[i].focus);
		terminal_erase(terminal);
		assert_int_equal(page_form_rows(&page, &form, "new code in 17 s"), 2);
		page_form(&page, &form, "new code in 17 s");
		assert_string_equal(line(0), cases[i].first);
		assert_string_equal(line(1), cases[i].second);
		assert_string_equal(line(2), "");
	}
	form_close(&form);
}

/* A label gives way to its field, and the words beside it to their number. */
static void
a_narrow_form_keeps_its_number(void **state)
{
	struct form form;

	(void)state;
	assert_int_equal(form_open(&form, &plan), ERR_OK);
	struct page page = page_open(terminal, (struct rect){ 0, 0, 4, 16 }, quiet);
	terminal_erase(terminal);
	page_form(&page, &form, "new code in 17 s");
	assert_string_equal(line(0), "   Na…");
	assert_string_equal(line(1), "   Co…");
	assert_string_equal(line(2), "       17 s");
	assert_string_equal(line(3), " ▾ [ Sign in ]");
	form_close(&form);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(texts_stand_in_a_column, setup, teardown),
		cmocka_unit_test_setup_teardown(narrow_texts_go_under, setup, teardown),
		cmocka_unit_test_setup_teardown(a_box_stands_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(the_chosen_one_is_in_sight, setup, teardown),
		cmocka_unit_test_setup_teardown(the_bar_is_unbroken, setup, teardown),
		cmocka_unit_test_setup_teardown(none_may_be_chosen, setup, teardown),
		cmocka_unit_test_setup_teardown(a_form_fits_its_page, setup, teardown),
		cmocka_unit_test_setup_teardown(a_form_without_room_goes_on, setup, teardown),
		cmocka_unit_test_setup_teardown(a_narrow_form_keeps_its_number, setup, teardown),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
