/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/menu.h"

#include <string.h>

#include "core/text.h"
#include "ui/widget/draw.h"

enum { GAP = 3, MARK = 2, TEXT_LEAST = 24 }; /* columns */

static int
label_columns(const struct menu_row *rows, size_t count)
{
	size_t widest = 0;

	for (size_t i = 0; i < count; i++) {
		size_t columns = text_columns(rows[i].label, strlen(rows[i].label));

		widest = columns > widest ? columns : widest;
	}
	return (int)widest;
}

static void
draw_label(const struct page *page, const struct menu_row *row, bool chosen)
{
	struct rect at = page->rest;

	terminal_put(page->terminal, at.y, at.x, at.width, chosen ? STYLE_FOCUS : STYLE_PLAIN,
	    row->label);
	if (!chosen)
		return;
	terminal_put(page->terminal, at.y, at.x - MARK, 1, STYLE_FOCUS, "›");
	terminal_cursor(page->terminal, at.y, at.x);
}

/* The text stands in its own column; under the label, indented, where that would be too narrow for
 * it. */
static bool
is_under(const struct page *page, const struct menu_row *row, int labels)
{
	int columns = (int)text_columns(row->text, strlen(row->text));
	int room = page->rest.width - labels - GAP;

	return columns > room && room < TEXT_LEAST;
}

static int
row_lines(const struct page *page, const struct menu_row *row, int labels)
{
	bool under = is_under(page, row, labels);
	int width = page->rest.width - (under ? MARK : labels + GAP);

	if (row->text[0] == '\0')
		return 1;
	return (int)draw_wrap(row->text, (size_t)(width > 0 ? width : 1), NULL, 0) +
	    (under ? 1 : 0);
}

static void
draw_text(struct page *page, const struct menu_row *row, int labels)
{
	bool under = is_under(page, row, labels);

	if (row->text[0] == '\0' || under)
		page_line(page, STYLE_PLAIN, 0, " ");
	if (row->text[0] != '\0')
		page_line(page, STYLE_PLAIN, under ? MARK : labels + GAP, row->text);
}

/* The first visible row, scrolled so that the chosen one is visible. */
static size_t
first_row(const struct page *page, const struct menu_row *rows, size_t count, size_t chosen,
    int labels)
{
	size_t top = chosen < count ? chosen : 0;
	int lines = 0;

	for (size_t i = top + 1; i > 0; i--) {
		lines += row_lines(page, &rows[i - 1], labels);
		if (lines > page->rest.height)
			break;
		top = i - 1;
	}
	return top;
}

void
menu_draw(struct page *page, const struct menu_row *rows, size_t count, size_t chosen)
{
	int labels = label_columns(rows, count);

	for (size_t i = first_row(page, rows, count, chosen, labels);
	     i < count && page->rest.height > 0; i++) {
		draw_label(page, &rows[i], i == chosen);
		draw_text(page, &rows[i], labels);
	}
}
