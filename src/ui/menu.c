/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/menu.h"

#include <string.h>

enum { GAP = 3, MARK = 2, NARROW = 50 };	/* columns */

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

	terminal_put(page->ui->terminal, at.y, at.x, at.width, chosen ? STYLE_FOCUS : STYLE_PLAIN, row->label);
	if (!chosen)
		return;
	terminal_put(page->ui->terminal, at.y, at.x - MARK, 1, STYLE_FOCUS, "›");
	terminal_cursor(page->ui->terminal, at.y, at.x);
}

/* In its own column; under the label, indented, where the terminal is narrow and it would break. */
static void
draw_text(struct page *page, const struct menu_row *row, int labels)
{
	int columns = (int)text_columns(row->text, strlen(row->text));
	bool under = page->rest.width < labels + GAP + columns && page->rest.width < NARROW + labels;

	if (row->text[0] == '\0' || under)
		page_line(page, STYLE_PLAIN, 0, " ");
	if (row->text[0] != '\0')
		page_line(page, STYLE_PLAIN, under ? MARK : labels + GAP, row->text);
}

void
menu_draw(struct page *page, const struct menu_row *rows, size_t count, size_t chosen)
{
	int labels = label_columns(rows, count);

	for (size_t i = 0; i < count && page->rest.height > 0; i++) {
		draw_label(page, &rows[i], i == chosen);
		draw_text(page, &rows[i], labels);
	}
}
