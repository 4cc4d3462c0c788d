/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/page.h"

#include <string.h>

#include "core/text.h"
#include "ui/widget/draw.h"
#include "ui/words.h"

enum {
	COLUMN = 72,	   /* DESIGN 5.4 */
	BLOCK = 56,	   /* of at most 60 (DESIGN 5.4) */
	MARGIN = 3,	   /* left of a page */
	BESIDE_FROM = 110, /* columns of a terminal with room for a second column (DESIGN 5.4) */
	COLUMN_GAP = 5,	   /* between the two */
	LABEL_GAP = 3,	   /* between a label and its field */
	BESIDE_GAP = 5,	   /* between a field and what stands right of it */
	BESIDE_LEAST = 2,
	AREA_LEAST = 12, /* of a field; with less room its label goes above it */
	TIGHT_ROWS = 12	 /* below that no line is spent on looks */
};

static int
columns_of(const char *text)
{
	return (int)text_columns(text, strlen(text));
}

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

static void
advance(struct page *page, int y)
{
	page->rest.height -= y - page->rest.y;
	page->rest.y = y;
	if (page->rest.height < 0)
		page->rest.height = 0;
}

void
page_gap(struct page *page)
{
	if (!page->tight)
		advance(page, page->rest.y + 1);
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
		advance(page, put_text(page, rect, style, text));
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
	advance(page, put_text(page, rect, style, text));
	page_gap(page);
}

/* The note in a part of the page; returns the next free row. */
static int
put_note(struct page *page, int y, int x, int columns)
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
	advance(page, put_note(page, page->rest.y, page->rest.x, page->rest.width));
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
	advance(page, rect.y + rows);
}

/* --- a form -------------------------------------------------------------------- */

/* How a form stands in a page: columns of its labels (0: they stand above their fields), where its
 * buttons begin, and whether `beside` has to go under its field. */
struct stand {
	int labels, buttons;
	bool above, under;
};

static int
widest_area(const struct form *form)
{
	int widest = 0;

	for (size_t i = 0; i < form->plan->fields; i++) {
		int columns = paint_area_columns(form->plan->field[i].kind, COLUMN);

		widest = columns > widest ? columns : widest;
	}
	return widest;
}

static struct stand
stand_of(const struct page *page, const struct form *form, const char *beside)
{
	int width = page->rest.width, area = least(widest_area(form), AREA_LEAST);
	struct stand stand = { .labels = paint_label_columns(form) + LABEL_GAP };

	stand.above = form->plan->fields > 0 && stand.labels + area > width;
	if (stand.above || form->plan->fields == 0)
		stand.labels = 0;
	if (paint_button_rows(form, 0, form->plan->buttons, width - stand.labels) ==
	    paint_button_rows(form, 0, form->plan->buttons, width))
		stand.buttons = stand.labels;
	for (size_t i = 0; i < form->plan->fields; i++)
		if (form->plan->field[i].kind == FIELD_CODE && beside != NULL)
			stand.under = stand.labels + paint_area_columns(FIELD_CODE, COLUMN) +
				BESIDE_LEAST + columns_of(beside) >
			    width;
	return stand;
}

/* Right of the field for a code, as far as there is room; or under it. */
static void
put_beside(const struct page *page, const struct stand *stand, int y, const char *text)
{
	int x = page->rest.x + stand->labels, columns = columns_of(text);
	int end = x + paint_area_columns(FIELD_CODE, COLUMN);
	int gap = page->rest.x + page->rest.width - columns - end;

	if (stand->under)
		terminal_put(page->terminal, y + 1, x, columns, STYLE_DIM, text);
	else
		terminal_put(page->terminal, y, end + least(gap, BESIDE_GAP), columns, STYLE_DIM,
		    text);
}

/* One field from row y on; returns the next free row. */
static int
put_one(struct page *page, const struct form *form, size_t i, const struct stand *stand, int y,
    const char *beside)
{
	enum field_kind kind = form->plan->field[i].kind;
	int x = page->rest.x, columns = page->rest.width - stand->labels;
	bool has_beside = kind == FIELD_CODE && beside != NULL;

	if (stand->above && page->terminal != NULL)
		terminal_put(page->terminal, y, x, page->rest.width,
		    form->focus == i ? STYLE_BOLD : STYLE_PLAIN, _(form->plan->field[i].label));
	y += stand->above ? 1 : 0;
	if (page->terminal != NULL)
		paint_field(page->terminal, form, i, y, x, stand->labels,
		    paint_area_columns(kind, columns));
	if (page->terminal != NULL && has_beside)
		put_beside(page, stand, y, beside);
	y += has_beside && stand->under ? 2 : 1;
	return form->focus == i ? put_note(page, y, x + stand->labels, columns) : y;
}

/* As page_form(), from the top of the page; returns the next free row. */
static int
put_form(struct page *page, const struct form *form, const char *beside)
{
	struct stand stand = stand_of(page, form, beside);
	struct rect buttons = page->rest;
	int y = page->rest.y;

	for (size_t i = 0; i < form->plan->fields; i++)
		y = put_one(page, form, i, &stand, y, beside);
	if (form->plan->fields > 0 && !page->tight)
		y++;
	buttons.x += stand.buttons;
	buttons.width -= stand.buttons;
	buttons.y = y;
	if (page->terminal != NULL)
		y = paint_buttons(page->terminal, form, 0, form->plan->buttons, buttons);
	else
		y += paint_button_rows(form, 0, form->plan->buttons, buttons.width);
	return form->focus >= form->plan->fields ? put_note(page, y, buttons.x, buttons.width) : y;
}

void
page_form(struct page *page, const struct form *form, const char *beside)
{
	advance(page, put_form(page, form, beside));
	page_gap(page);
}

int
page_form_rows(const struct page *page, const struct form *form, const char *beside)
{
	struct page measured = *page;

	measured.terminal = NULL;
	return put_form(&measured, form, beside) - page->rest.y;
}
