/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/page.h"

#include <string.h>

#include "core/text.h"
#include "ui/widget/draw.h"
#include "core/words.h"

enum {
	COLUMN = 72,	   /* DESIGN 5.4 */
	BLOCK = 56,	   /* of at most 60 (DESIGN 5.4) */
	MARGIN = 3,	   /* left of a page */
	BESIDE_FROM = 110, /* columns of a terminal with room for a second column (DESIGN 5.4) */
	COLUMN_GAP = 5,	   /* between the two */
	TIGHT_ROWS = 12	   /* below that no line is spent on looks */
};

static int
least(int a, int b)
{
	return a < b ? a : b;
}

struct page
page_open(struct terminal *terminal, struct rect area, struct note note)
{
	struct page page = { .terminal = terminal,
		.rest = area,
		.note = note,
		.tight = area.height < TIGHT_ROWS };

	page.rest.x += MARGIN;
	page.rest.width -= MARGIN + 1;
	page.room = page.rest.width;
	page.rest.width = page.rest.width < 1 ? 1 : least(page.rest.width, COLUMN);
	return page;
}

struct page
page_block(struct terminal *terminal, struct rect area, struct note note)
{
	struct page page = page_open(terminal, area, note);

	page.rest.width = least(page.rest.width, BLOCK);
	if (area.width > page.rest.width)
		page.rest.x = area.x + (area.width - page.rest.width) / 2;
	page.room = page.rest.width;
	return page;
}

bool
page_beside(const struct page *page, struct rect area, struct page *ret_beside)
{
	struct page beside = *page;

	if (area.width < BESIDE_FROM)
		return false;
	beside.rest.x += page->rest.width + COLUMN_GAP;
	beside.rest.width = area.x + area.width - beside.rest.x - 1;
	beside.room = beside.rest.width;
	beside.noted = true;
	*ret_beside = beside;
	return true;
}

void
page_advance(struct page *page, int y)
{
	page->rest.height -= y - page->rest.y;
	page->rest.y = y;
	if (page->rest.height < 0)
		page->rest.height = 0;
}

int
page_reserve(struct page *page, int rows)
{
	int bottom = page->rest.y + page->rest.height;

	page->rest.height -= least(rows, page->rest.height);
	return bottom;
}

void
page_release(struct page *page, int reserved)
{
	page->rest.height = reserved > page->rest.y ? reserved - page->rest.y : 0;
}

void
page_gap(struct page *page)
{
	if (!page->tight)
		page_advance(page, page->rest.y + 1);
}

/* Paints, or measures. */
static int
put_text(const struct page *page, struct rect rect, enum style style, const char *text)
{
	int rows;

	if (page->terminal != NULL)
		return paint_text(page->terminal, rect, style, text);
	rows = (int)draw_wrap(text, (size_t)rect.width, NULL, 0);
	return rect.y + least(rows, rect.height);
}

void
page_line(struct page *page, enum style style, int indent, const char *text)
{
	struct rect rect = page->rest;

	rect.x += indent;
	rect.width -= indent;
	if (rect.height > 0 && rect.width > 0)
		page_advance(page, put_text(page, rect, style, text));
}

void
page_text(struct page *page, enum style style, const char *text)
{
	page_line(page, style, 0, text);
	page_gap(page);
}

void
page_intro(struct page *page, enum style style, const char *text, int reserve)
{
	struct rect rect = page->rest;

	rect.height -= reserve + (page->tight ? 0 : 1);
	if (rect.height < 1)
		return;
	page_advance(page, put_text(page, rect, style, text));
	page_gap(page);
}

int
page_note_at(struct page *page, int y, int x, int columns)
{
	int rows = paint_note_rows(&page->note, columns);
	struct rect rect = { y, x, rows, columns };

	if (rows == 0 || page->noted || y + rows > page->rest.y + page->rest.height)
		return y;
	page->noted = true;
	return page->terminal != NULL ? paint_note(page->terminal, rect, &page->note) : y + rows;
}

void
page_note(struct page *page)
{
	page_advance(page, page_note_at(page, page->rest.y, page->rest.x, page->rest.width));
}

void
page_marked(struct page *page, enum style style, const char *text)
{
	const struct note note = { style, text };
	int rows = least(paint_note_rows(&note, page->rest.width), page->rest.height);
	struct rect rect = page->rest;

	rect.height = rows;
	if (page->terminal != NULL)
		paint_note(page->terminal, rect, &note);
	page_advance(page, rect.y + rows);
}
