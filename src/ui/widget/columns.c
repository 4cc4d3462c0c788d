/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/columns.h"

#include "core/words.h"
#include "ui/widget/draw.h"

enum { GAP = 2, MARK = 2 /* columns left of the bar */, PAD = 1 /* of the bar, at each end */ };

/* What a column wants, for its title and all cells. */
static int
wanted(const struct column *column, size_t at, const struct columns_row *rows, size_t count)
{
	int widest = draw_columns(_(column->title));

	for (size_t i = 0; i < count; i++) {
		int columns = draw_columns(rows[i].cell[at]);

		widest = columns > widest ? columns : widest;
	}
	return widest;
}

static int
least_of(const struct columns *columns, size_t at)
{
	int least = columns->column[at].least;

	return least > 0 && least < columns->width[at] ? least : columns->width[at];
}

/* The most important one that is not shown yet, and has room; count: none. */
static size_t
next(const struct columns *columns, int room)
{
	size_t best = columns->count;

	for (size_t i = 0; i < columns->count; i++)
		if (!columns->shown[i] && least_of(columns, i) <= room &&
		    (best == columns->count ||
			columns->column[i].rank > columns->column[best].rank))
			best = i;
	return best;
}

/* What is cut is cut no more than it must be; what is left goes to each as it is wont, and then to
 * the first. */
static void
share(struct columns *columns, int room)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->shown[i])
			room -= columns->width[i];
	for (size_t i = columns->count; i-- > 0 && room > 0;) {
		int more = columns->shown[i] ? columns->column[i].usual - columns->width[i] : 0;

		more = more < 0 ? 0 : more < room ? more : room;
		columns->width[i] += more;
		room -= more;
	}
	columns->width[0] += room > 0 ? room : 0;
	for (size_t i = 0; i < columns->count && room < 0; i++) {
		int spare = columns->shown[i] ? columns->width[i] - least_of(columns, i) : 0;

		spare = spare < -room ? spare : -room;
		columns->width[i] -= spare;
		room += spare;
	}
}

void
columns_plan(struct columns *columns, const struct page *page, const struct column *column,
    size_t count, const struct columns_row *rows, size_t rows_count)
{
	int width = page->rest.width - 2 * PAD, room = width, gaps = 0;
	size_t at;

	*columns = (struct columns){ .column = column, .count = count };
	for (size_t i = 0; i < count; i++)
		columns->width[i] = wanted(&column[i], i, rows, rows_count);
	for (at = next(columns, room); at < count; at = next(columns, room - GAP)) {
		gaps += room < width ? GAP : 0;
		columns->shown[at] = true;
		room -= least_of(columns, at) + (room < width ? GAP : 0);
	}
	if (room == width) { /* not even one: the first, as it can be */
		columns->shown[0] = true;
		columns->width[0] = width > 0 ? width : 1;
	}
	share(columns, width - gaps);
}

static void
put_cells(const struct page *page, const struct columns *columns, enum style style,
    const char *(*text)(const void *of, const struct columns *columns, size_t at), const void *of)
{
	int x = page->rest.x + PAD;

	for (size_t i = 0; i < columns->count; i++) {
		char cut[COLUMNS_CELL];

		if (!columns->shown[i])
			continue;
		draw_cut(text(of, columns, i), (size_t)columns->width[i],
		    terminal_utf8(page->terminal), cut, sizeof cut);
		terminal_put(page->terminal, page->rest.y, x, columns->width[i], style, cut);
		x += columns->width[i] + GAP;
	}
}

static const char *
title_of(const void *of, const struct columns *columns, size_t at)
{
	(void)of;
	return _(columns->column[at].title);
}

static const char *
cell_of(const void *of, const struct columns *columns, size_t at)
{
	const struct columns_row *row = of;

	(void)columns;
	return row->cell[at];
}

void
columns_head(struct page *page, const struct columns *columns)
{
	if (page->rest.height < 1)
		return;
	put_cells(page, columns, STYLE_DIM, title_of, NULL);
	page_advance(page, page->rest.y + 1);
}

void
columns_put(struct page *page, const struct columns *columns, const struct columns_row *row,
    bool chosen)
{
	struct rect bar = page->rest;

	if (page->rest.height < 1)
		return;
	bar.height = 1;
	if (chosen) {
		terminal_fill(page->terminal, bar, STYLE_FOCUS);
		terminal_put(page->terminal, bar.y, bar.x - MARK, 1, STYLE_SIGN, "›");
		terminal_cursor(page->terminal, bar.y, bar.x - MARK);
	}
	put_cells(page, columns, chosen ? STYLE_FOCUS : STYLE_PLAIN, cell_of, row);
	page_advance(page, page->rest.y + 1);
}
