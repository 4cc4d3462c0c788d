/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A form in a page: its fields and buttons in the order of the focus, as many as have room. */
#include <string.h>

#include "core/text.h"
#include "ui/widget/draw.h"
#include "ui/widget/page.h"
#include "core/words.h"

enum {
	LABEL_GAP = 3,	/* between a label and its field */
	BESIDE_GAP = 5, /* between a field and what stands right of it */
	BESIDE_LEAST = 2,
	AREA_LEAST = 12,  /* of a field; with less room its label goes above it */
	AREA_TIGHT = 8,	  /* or is cut, where there is no row to spare */
	CHOICE_MARKS = 4, /* columns around a choice */
	NOTE_LEAST = 24,  /* columns of a note; with less room it begins at the left */
	MARK = 2,	  /* columns left of the form: of the marks that it goes on */
	WIDEST = 72,
	LINE_SIZE = 512
};

/* How a form stands in a page. */
struct stand {
	int labels;  /* columns of its labels with the gap behind them; 0: they stand above */
	int buttons; /* where its buttons begin */
	bool above;
	int gap;	 /* rows between the fields and the buttons */
	size_t from, to; /* its fields, then its buttons: those that are in sight */
};

static int
least(int a, int b)
{
	return a < b ? a : b;
}

static size_t
count_of(const struct form *form)
{
	return form->plan->fields + form->plan->buttons;
}

static bool
has_beside(const struct form *form, size_t i, const char *beside)
{
	return form->plan->field[i].kind == FIELD_CODE && beside != NULL;
}

/* Whether what stands beside a field has to go under it. */
static bool
is_under(const struct page *page, const struct stand *stand, const char *beside)
{
	return stand->labels + paint_area_columns(FIELD_CODE, WIDEST) + BESIDE_LEAST +
	    draw_columns(beside) >
	    page->rest.width;
}

/* Where a note stands that is about something so far in. */
static int
note_at(const struct page *page, int indent)
{
	return page->rest.width - indent < NOTE_LEAST ? 0 : indent;
}

static int
note_rows(const struct page *page, int indent)
{
	if (page->noted)
		return 0;
	return paint_note_rows(&page->note, page->rest.width - note_at(page, indent));
}

static int
put_note(struct page *page, int y, int indent)
{
	int at = note_at(page, indent);

	return page_note_at(page, y, page->rest.x + at, page->rest.width - at);
}

/* --- measuring -------------------------------------------------------------------- */

static int
field_rows(const struct page *page, const struct form *form, size_t i, const struct stand *stand,
    const char *beside)
{
	int rows = stand->above ? 2 : 1;

	if (has_beside(form, i, beside) && is_under(page, stand, beside))
		rows++;
	if (form->focus == i)
		rows += note_rows(page, stand->labels);
	return rows;
}

/* Rows of fields and buttons [from, to). */
static int
rows_of(const struct page *page, const struct form *form, const struct stand *stand,
    const char *beside, size_t from, size_t to)
{
	size_t fields = form->plan->fields;
	int rows = 0;

	for (size_t i = from; i < fields && i < to; i++)
		rows += field_rows(page, form, i, stand, beside);
	if (to <= fields)
		return rows;
	if (from < fields)
		rows += stand->gap;
	from = from > fields ? from - fields : 0;
	rows += paint_button_rows(form, from, to - fields - from,
	    page->rest.width - stand->buttons);
	if (form->focus >= fields && form->focus < to)
		rows += note_rows(page, stand->buttons);
	return rows;
}

static bool
fits(const struct page *page, const struct form *form, const struct stand *stand,
    const char *beside)
{
	return rows_of(page, form, stand, beside, 0, count_of(form)) <= page->rest.height;
}

/* --- choosing --------------------------------------------------------------------- */

/* Under the fields, unless that costs a row. */
static int
buttons_at(const struct page *page, const struct form *form, int labels)
{
	size_t count = form->plan->buttons;
	int width = page->rest.width;

	return paint_button_rows(form, 0, count, width - labels) ==
		paint_button_rows(form, 0, count, width)
	    ? labels
	    : 0;
}

static int
widest_area(const struct form *form)
{
	int widest = 0;

	for (size_t i = 0; i < form->plan->fields; i++) {
		int columns = paint_area_columns(form->plan->field[i].kind, WIDEST);

		widest = columns > widest ? columns : widest;
	}
	return widest;
}

/* Columns that some field must have: a choice is read whole. */
static int
least_area(const struct form *form)
{
	int most = least(widest_area(form), AREA_LEAST);

	for (size_t i = 0; i < form->plan->fields; i++) {
		const struct field *field = &form->field[i];

		for (size_t j = 0; j < field->count; j++) {
			int columns = draw_columns(_(field->choices[j])) + CHOICE_MARKS;

			most = columns > most ? columns : most;
		}
	}
	return most;
}

/* The labels left of their fields, or above them where that leaves too little of those. */
static struct stand
roomy(const struct page *page, const struct form *form)
{
	struct stand stand = { .labels = paint_label_columns(form) + LABEL_GAP,
		.gap = page->tight || form->plan->fields == 0 ? 0 : 1,
		.to = count_of(form) };

	stand.above = form->plan->fields > 0 && stand.labels + least_area(form) > page->rest.width;
	if (stand.above || form->plan->fields == 0)
		stand.labels = 0;
	stand.buttons = buttons_at(page, form, stand.labels);
	return stand;
}

/* Where there is no row to spare: left of their fields and cut if they must be. */
static struct stand
tight(const struct page *page, const struct form *form)
{
	int area = least(widest_area(form), AREA_TIGHT);
	struct stand stand = { .labels = paint_label_columns(form) + 1, .to = count_of(form) };

	if (form->plan->fields == 0)
		stand.labels = 0;
	if (stand.labels + area > page->rest.width)
		stand.labels = page->rest.width > area ? page->rest.width - area : 0;
	return stand;
}

/* Without room for all: from the first that lets the focused one be seen to the last that has
 * room. */
static void
look_at_focus(const struct page *page, const struct form *form, const char *beside,
    struct stand *stand)
{
	int height = page->rest.height;

	stand->to = form->focus + 1;
	while (stand->from < form->focus &&
	    rows_of(page, form, stand, beside, stand->from, stand->to) > height)
		stand->from++;
	while (stand->to < count_of(form) &&
	    rows_of(page, form, stand, beside, stand->from, stand->to + 1) <= height)
		stand->to++;
}

static struct stand
stand_of(const struct page *page, const struct form *form, const char *beside)
{
	struct stand stand = roomy(page, form);

	if (!fits(page, form, &stand, beside))
		stand.gap = 0;
	if (!fits(page, form, &stand, beside))
		stand = tight(page, form);
	if (!fits(page, form, &stand, beside))
		look_at_focus(page, form, beside, &stand);
	return stand;
}

/* --- painting --------------------------------------------------------------------- */

/* Without room for all its words, what stands beside a field is its number and what follows. */
static const char *
shortest(const struct page *page, const char *beside)
{
	if (beside == NULL || draw_columns(beside) <= page->rest.width)
		return beside;
	return beside + strcspn(beside, "0123456789");
}

/* Right of the field for a code, as far as there is room; or under it. */
static void
put_beside(const struct page *page, const struct stand *stand, int y, const char *text)
{
	int x = page->rest.x + stand->labels, right = page->rest.x + page->rest.width;
	int end = x + paint_area_columns(FIELD_CODE, WIDEST), columns = draw_columns(text);

	if (!is_under(page, stand, text))
		terminal_put(page->terminal, y, end + least(right - columns - end, BESIDE_GAP),
		    columns, STYLE_DIM, text);
	else if (y + 1 < page->rest.y + page->rest.height)
		terminal_put(page->terminal, y + 1, least(x, right - columns), columns, STYLE_DIM,
		    text);
}

static void
put_label(const struct page *page, const struct form *form, size_t i, int y, int columns)
{
	enum style style = form->focus == i ? STYLE_SIGN : STYLE_PLAIN;
	char label[LINE_SIZE];

	if (columns < 1)
		return;
	draw_cut(_(form->plan->field[i].label), (size_t)columns, terminal_utf8(page->terminal),
	    label, sizeof label);
	terminal_put(page->terminal, y, page->rest.x, columns, style, label);
}

/* One field from row y on; returns the next free row. */
static int
put_one(struct page *page, const struct form *form, size_t i, const struct stand *stand, int y,
    const char *beside)
{
	int x = page->rest.x + stand->labels, columns = page->rest.width - stand->labels;

	put_label(page, form, i, y, stand->above ? columns : stand->labels - 1);
	y += stand->above ? 1 : 0;
	paint_area(page->terminal, form, i,
	    (struct rect){ y, x, 1, paint_area_columns(form->plan->field[i].kind, columns) });
	if (has_beside(form, i, beside))
		put_beside(page, stand, y, beside);
	y += has_beside(form, i, beside) && is_under(page, stand, beside) ? 2 : 1;
	return form->focus == i ? put_note(page, y, stand->labels) : y;
}

/* The form goes on out of sight: above its first row, or below its last, before row end. */
static void
put_marks(const struct page *page, const struct form *form, const struct stand *stand, int end)
{
	int top = page->rest.y, x = page->rest.x - MARK;

	end = least(end, top + page->rest.height);

	if (stand->from > 0)
		terminal_put(page->terminal, top, x, 1, STYLE_DIM, "▴");
	if (stand->to < count_of(form) && (stand->from == 0 || end - 1 > top))
		terminal_put(page->terminal, end - 1, x, 1, STYLE_DIM, "▾");
}

void
page_form(struct page *page, const struct form *form, const char *beside)
{
	beside = shortest(page, beside);
	struct stand stand = stand_of(page, form, beside);
	size_t fields = form->plan->fields;
	struct rect buttons = page->rest;
	int y = page->rest.y;

	if (page->terminal == NULL) {
		page_advance(page, y + page_form_rows(page, form, beside));
		page_gap(page);
		return;
	}
	for (size_t i = stand.from; i < fields && i < stand.to; i++)
		y = put_one(page, form, i, &stand, y, beside);
	if (stand.to > fields) {
		size_t first = stand.from > fields ? stand.from - fields : 0;

		buttons.x += stand.buttons;
		buttons.width -= stand.buttons;
		buttons.y = y + (stand.from < fields ? stand.gap : 0);
		y = paint_buttons(page->terminal, form, first, stand.to - fields - first, buttons);
		if (form->focus >= fields)
			y = put_note(page, y, stand.buttons);
	}
	put_marks(page, form, &stand, y);
	/* Nothing follows a form that goes on. */
	page_advance(page, stand.to < count_of(form) ? page->rest.y + page->rest.height : y);
	page_gap(page);
}

int
page_form_rows(const struct page *page, const struct form *form, const char *beside)
{
	beside = shortest(page, beside);
	struct stand stand = stand_of(page, form, beside);
	int rows = rows_of(page, form, &stand, beside, stand.from, stand.to);

	return least(rows, page->rest.height);
}
