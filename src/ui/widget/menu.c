/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/menu.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "ui/widget/draw.h"
#include "core/words.h"

enum {
	GAP = 3,	 /* between label and text */
	MARK = 2,	 /* columns left of the bar: the mark and a blank */
	PAD = 1,	 /* of the bar, at each end */
	BOX = 4,	 /* a box, and a blank */
	INDENT = 2,	 /* of a text that stands under its label */
	TEXT_LEAST = 24, /* columns */
	HEADING_ROWS = 1,
	MARKS = 2,	/* rows of the marks above and below */
	MARKED_ROWS = 4 /* a list of that height says how many items are out of sight */
};

/* What all rows of a menu have in common. */
struct measure {
	int width;  /* of what stands inside the bar */
	int labels; /* columns of the widest label */
};

/* Columns left of the label. */
static int
box_columns(const struct menu_row *row)
{
	return row->box != NULL ? BOX : 0;
}

static struct measure
measure_of(const struct page *page, const struct menu_row *rows, size_t count)
{
	struct measure measure = { .width = page->rest.width - 2 * PAD };

	if (measure.width < 1)
		measure.width = 1;
	for (size_t i = 0; i < count; i++) {
		int columns = box_columns(&rows[i]) + draw_columns(rows[i].label);

		/* A box that is all label needs no column for a text. */
		if ((rows[i].box == NULL || rows[i].text[0] != '\0') && columns > measure.labels)
			measure.labels = columns;
	}
	return measure;
}

/* The text stands in its own column; under the label, indented, where that would be too narrow for
 * it. */
static bool
is_under(const struct measure *measure, const struct menu_row *row)
{
	int columns = draw_columns(row->text);
	int room = measure->width - measure->labels - GAP;

	return columns > room && room < TEXT_LEAST;
}

static int
text_width(const struct measure *measure, const struct menu_row *row)
{
	int width = measure->width - (is_under(measure, row) ? INDENT : measure->labels + GAP);

	return width > 0 ? width : 1;
}

static int
label_lines(const struct measure *measure, const struct menu_row *row)
{
	int width = measure->width - box_columns(row);
	int lines = (int)draw_wrap(row->label, (size_t)(width > 0 ? width : 1), NULL, 0);

	return lines > 0 ? lines : 1;
}

/* Of what stands under the label. */
static int
below_lines(const struct measure *measure, const struct menu_row *row)
{
	int width = measure->width - box_columns(row);

	if (row->below == NULL)
		return 0;
	return (int)draw_wrap(row->below, (size_t)(width > 0 ? width : 1), NULL, 0);
}

/* What the bar covers. */
static int
bar_lines(const struct measure *measure, const struct menu_row *row)
{
	int labels = label_lines(measure, row) + below_lines(measure, row);
	int lines;

	if (row->field != NULL)
		return 1;
	if (row->text[0] == '\0')
		return labels;
	lines = (int)draw_wrap(row->text, (size_t)text_width(measure, row), NULL, 0);
	if (is_under(measure, row))
		return labels + lines;
	return lines > labels ? lines : labels;
}

static int
row_lines(const struct measure *measure, const struct menu_row *row)
{
	return bar_lines(measure, row) +
	    (row->heading == NULL ? 0
		    : row->gap	  ? HEADING_ROWS + 1
				  : HEADING_ROWS);
}

/* The bar, and the cursor on its mark: readers follow the cursor, and its cell breaks no bar. */
static void
draw_bar(const struct page *page, int lines)
{
	struct rect bar = page->rest;

	bar.height = lines < bar.height ? lines : bar.height;
	terminal_fill(page->terminal, bar, STYLE_FOCUS);
	terminal_put(page->terminal, bar.y, bar.x - MARK, 1, STYLE_SIGN, "›");
	terminal_cursor(page->terminal, bar.y, bar.x - MARK);
}

static void
draw_label(struct terminal *terminal, const struct menu_row *row, struct rect rect,
    enum style style)
{
	int box = box_columns(row);

	if (box > 0)
		terminal_put(terminal, rect.y, rect.x, BOX - 1, style, row->box);
	rect.x += box;
	rect.width -= box;
	paint_text(terminal, rect, style, row->label);
}

static void
draw_heading(struct page *page, const struct menu_row *row)
{
	if (row->heading == NULL)
		return;
	page_advance(page, page->rest.y + (row->gap ? 1 : 0));
	page_line(page, STYLE_BOLD, 0, row->heading);
}

/* Under the label. */
static void
draw_below(const struct page *page, const struct menu_row *row, struct rect label, int labels,
    enum style style)
{
	int box = box_columns(row);

	if (row->below == NULL)
		return;
	label.y += labels;
	label.height -= labels;
	label.x += box;
	label.width -= box;
	paint_text(page->terminal, label, style == STYLE_PLAIN ? STYLE_DIM : style, row->below);
}

static void
draw_row(struct page *page, const struct measure *measure, const struct menu_row *row, bool chosen)
{
	enum style style = chosen ? STYLE_FOCUS : STYLE_PLAIN;
	int lines = bar_lines(measure, row), labels = label_lines(measure, row);
	bool under = is_under(measure, row);

	draw_heading(page, row);
	if (page->rest.height < 1)
		return;
	struct rect label = { page->rest.y, page->rest.x + PAD, page->rest.height, measure->width };
	struct rect text = label;

	if (row->field != NULL) {
		paint_field(page->terminal, row->field, 0, label.y, label.x, 0,
		    paint_area_columns(FIELD_TEXT, label.width));
		page_advance(page, label.y + 1);
		return;
	}
	if (chosen)
		draw_bar(page, lines);
	draw_label(page->terminal, row, label, style);
	draw_below(page, row, label, labels, style);
	text.y += under ? labels : 0;
	text.height -= under ? labels : 0;
	text.x += under ? INDENT : measure->labels + GAP;
	text.width = text_width(measure, row);
	if (row->text[0] != '\0')
		paint_text(page->terminal, text, style, row->text);
	lines = lines < page->rest.height ? lines : page->rest.height;
	page->rest.y += lines;
	page->rest.height -= lines;
}

/* --- which rows are in sight ------------------------------------------------------ */

struct sight {
	size_t top, end; /* rows [top, end) */
	bool marks;	 /* what is out of sight is counted above and below */
};

static int
lines_between(const struct measure *measure, const struct menu_row *rows, size_t from, size_t to)
{
	int lines = 0;

	for (size_t i = from; i < to; i++)
		lines += row_lines(measure, &rows[i]);
	return lines;
}

/* Lines for rows when [top, end) are in sight. */
static int
room_for(int height, const struct sight *sight, size_t count)
{
	if (!sight->marks)
		return height;
	return height - (sight->top > 0 ? 1 : 0) - (sight->end < count ? 1 : 0);
}

/* From the first row that lets the chosen one be seen whole, to the last that has room. */
static struct sight
sight_of(const struct page *page, const struct measure *measure, const struct menu_row *rows,
    size_t count, size_t chosen)
{
	int height = page->rest.height, lines;
	struct sight sight = { .end = count, .marks = height >= MARKED_ROWS };

	if (chosen >= count)
		chosen = 0;
	if (lines_between(measure, rows, 0, count) <= height)
		return sight;
	sight.end = chosen + 1;
	lines = lines_between(measure, rows, 0, sight.end);
	while (sight.top < chosen && lines > room_for(height, &sight, count))
		lines -= row_lines(measure, &rows[sight.top++]);
	while (sight.end < count) {
		struct sight more = sight;

		more.end++;
		lines += row_lines(measure, &rows[sight.end]);
		if (lines > room_for(height, &more, count))
			break;
		sight = more;
	}
	return sight;
}

/* "▾ 12 more" */
static void
draw_more(struct page *page, const char *mark, size_t hidden)
{
	char line[96];
	int used = snprintf(line, sizeof line, "%s ", mark);

	snprintf(line + used, sizeof line - (size_t)used, ngettext("%zu more", "%zu more", hidden),
	    hidden);
	page_line(page, STYLE_DIM, PAD, line);
}

/* Without a row to spare: the mark alone, at the edge. */
static void
draw_ends(const struct page *page, struct rect list, bool above, bool below)
{
	int x = list.x - MARK - PAD;

	if (above)
		terminal_put(page->terminal, list.y, x, 1, STYLE_DIM, "▴");
	if (below && (!above || list.height > 1))
		terminal_put(page->terminal, page->rest.y - 1, x, 1, STYLE_DIM, "▾");
}

void
menu_draw(struct page *page, const struct menu_row *rows, size_t count, size_t chosen)
{
	struct measure measure = measure_of(page, rows, count);
	struct sight sight = sight_of(page, &measure, rows, count, chosen);

	struct rect list = page->rest;

	if (sight.marks && sight.top > 0)
		draw_more(page, "▴", sight.top);
	int reserved = page_reserve(page, sight.marks && sight.end < count ? 1 : 0);
	for (size_t i = sight.top; i < sight.end && page->rest.height > 0; i++)
		draw_row(page, &measure, &rows[i], i == chosen);
	page_release(page, reserved);
	if (sight.marks && sight.end < count)
		draw_more(page, "▾", count - sight.end);
	if (!sight.marks && list.height > 0)
		draw_ends(page, list, sight.top > 0, sight.end < count);
}

int
menu_lines(const struct page *page, const struct menu_row *rows, size_t count)
{
	struct measure measure = measure_of(page, rows, count);

	return lines_between(&measure, rows, 0, count);
}

int
menu_least(const struct page *page, const struct menu_row *rows, size_t count, size_t chosen)
{
	struct measure measure = measure_of(page, rows, count);
	int all = lines_between(&measure, rows, 0, count);
	int least = MARKS + (chosen < count ? row_lines(&measure, &rows[chosen]) : 1);

	return least < all ? least : all;
}
