/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/page.h"

#include <string.h>

#include "core/text.h"
#include "ui/widget/draw.h"
#include "ui/words.h"

enum {
	COLUMN = 72,   /* DESIGN 5.4 */
	MARGIN = 3,    /* left of it */
	LABEL_GAP = 3, /* between a label and its field */
	BESIDE_GAP = 5,
	BESIDE_LEAST = 2,
	FIELD_EDGES = 4,
	BUTTON_EDGES = 4,
	BUTTON_GAP = 4,	 /* brackets and blanks */
	TIGHT_ROWS = 12, /* below that no line is spent on looks */
	CODE_DIGITS = 6,
	RECOVERY_COLUMNS = 19,
	TEXT_COLUMNS = 32
};

static int
columns_of(const char *text)
{
	return (int)text_columns(text, strlen(text));
}

int
parts_label_columns(const struct form *form)
{
	int widest = 0;

	for (size_t i = 0; i < form->plan->fields; i++) {
		int columns = columns_of(_(form->plan->field[i].label));
		if (columns > widest)
			widest = columns;
	}
	return widest;
}

int
parts_button_columns(const struct form *form, size_t button)
{
	return columns_of(_(form->plan->button[button])) + BUTTON_EDGES;
}

int
parts_inner(enum field_kind kind, int room)
{
	int columns = TEXT_COLUMNS;

	if (kind == FIELD_CODE)
		columns = CODE_DIGITS;
	if (kind == FIELD_RECOVERY)
		columns = RECOVERY_COLUMNS;
	if (columns > room)
		columns = room;
	return columns > 1 ? columns : 1;
}

struct page
page_open(struct terminal *terminal, struct rect area)
{
	struct page page = { .terminal = terminal,
		.rest = area,
		.tight = area.height < TIGHT_ROWS };

	page.rest.x += MARGIN;
	page.rest.width -= MARGIN + 1;
	page.room = page.rest.width;
	if (page.rest.width > COLUMN)
		page.rest.width = COLUMN;
	if (page.rest.width < 1)
		page.rest.width = 1;
	return page;
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

void
page_line(struct page *page, enum style style, int indent, const char *text)
{
	struct rect rect = page->rest;

	rect.x += indent;
	rect.width -= indent;
	if (rect.height > 0 && rect.width > 0)
		advance(page, paint_text(page->terminal, rect, style, text));
}

void
page_text(struct page *page, enum style style, const char *text)
{
	page_line(page, style, 0, text);
	page_gap(page);
}

/* How a form stands in a page: columns of its labels, where its buttons begin, and whether `beside`
 * has to go under its field. */
struct stand {
	int labels, buttons;
	bool under;
};

static struct stand
stand_of(const struct page *page, const struct form *form, const char *beside)
{
	struct stand stand = { .labels = parts_label_columns(form) +
		    (form->plan->fields > 0 ? LABEL_GAP : 0) };
	int width = 0;

	for (size_t i = 0; i < form->plan->buttons; i++)
		width += parts_button_columns(form, i) + (i > 0 ? BUTTON_GAP : 0);
	stand.buttons = stand.labels + width <= page->rest.width ? stand.labels : 0;
	for (size_t i = 0; i < form->plan->fields; i++)
		if (form->plan->field[i].kind == FIELD_CODE && beside != NULL)
			stand.under = stand.labels + CODE_DIGITS + FIELD_EDGES + BESIDE_LEAST +
				columns_of(beside) >
			    page->rest.width;
	return stand;
}

int
page_form_rows(const struct page *page, const struct form *form, const char *beside)
{
	int gap = page->tight || form->plan->fields == 0 ? 0 : 1;

	return (int)form->plan->fields + (stand_of(page, form, beside).under ? 1 : 0) + gap + 1;
}

/* Right of the field for a code, as far as there is room; or under it. */
static void
put_beside(const struct page *page, const struct stand *stand, int y, const char *text)
{
	int x = page->rest.x + stand->labels, columns = columns_of(text);
	int end = x + CODE_DIGITS + FIELD_EDGES;
	int gap = page->rest.x + page->rest.width - columns - end;

	if (stand->under)
		terminal_put(page->terminal, y + 1, x, columns, STYLE_DIM, text);
	else
		terminal_put(page->terminal, y, end + (gap < BESIDE_GAP ? gap : BESIDE_GAP),
		    columns, STYLE_DIM, text);
}

void
page_form(struct page *page, const struct form *form, const char *beside)
{
	struct stand stand = stand_of(page, form, beside);
	int x = page->rest.x;
	int y = page->rest.y;

	for (size_t i = 0; i < form->plan->fields; i++) {
		enum field_kind kind = form->plan->field[i].kind;

		paint_field(page->terminal, form, i, y, x, stand.labels,
		    parts_inner(kind, page->rest.width - stand.labels - FIELD_EDGES));
		if (kind == FIELD_CODE && beside != NULL) {
			put_beside(page, &stand, y, beside);
			y += stand.under ? 1 : 0;
		}
		y++;
	}
	advance(page, y);
	if (form->plan->fields > 0)
		page_gap(page);
	paint_buttons(page->terminal, form, 0, form->plan->buttons, page->rest.y,
	    x + stand.buttons);
	advance(page, page->rest.y + 1);
	page_gap(page);
}
