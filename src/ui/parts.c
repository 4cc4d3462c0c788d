/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/parts.h"

#include <stdio.h>
#include <string.h>

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
	STEP = 30, /* seconds of a code (RFC 6238 5.2) */
	RECOVERY_COLUMNS = 19,
	TEXT_COLUMNS = 32
};

static int
columns_of(const char *text)
{
	return (int)text_columns(text, strlen(text));
}

/* What is missing in an empty field. */
static enum err
missing(const struct form_plan *plan, const struct field *field)
{
	switch (field->kind) {
	case FIELD_TEXT:
		return plan->empty != ERR_OK ? plan->empty : ERR_FIELD_EMPTY;
	case FIELD_CODE:
		return ERR_CODE_FORMAT;
	case FIELD_RECOVERY:
		return ERR_RECOVERY_FORMAT;
	case FIELD_PASSWORD:
		break;
	}
	return ERR_FIELD_EMPTY;
}

/* Whether every code has all its digits; else focuses the first that has not, and says so. */
static bool
codes_whole(struct ui *ui, struct form *form)
{
	for (size_t i = 0; i < form->plan->fields; i++) {
		const struct field *field = &form->field[i];
		if (field->kind != FIELD_CODE || strlen(field_text(field)) == CODE_DIGITS)
			continue;
		form_focus(form, i);
		ui_say_err(ui, ERR_CODE_FORMAT, 0);
		return false;
	}
	return true;
}

bool
parts_form(struct ui *ui, struct form *form, const struct event *event, size_t *ret_button)
{
	enum err err = ERR_OK;
	size_t button = 0;

	*ret_button = FORM_BUTTONS_MAX;
	switch (form_handle(form, event, &button, &err)) {
	case FORM_UNUSED:
		return false;
	case FORM_USED:
		if (err != ERR_OK)
			ui_say_err(ui, err, 0);
		break;
	case FORM_EMPTY:
		ui_say_err(ui,
		    form_focused(form) != NULL ? missing(form->plan, form_focused(form))
					       : ERR_FIELD_EMPTY,
		    0);
		break;
	case FORM_PRESSED:
		if (button != 0 || codes_whole(ui, form))
			*ret_button = button;
		break;
	}
	return true;
}

size_t
parts_enter(struct ui *ui, struct form *form)
{
	const struct event enter = { .type = EVENT_KEY, .key = KEY_ENTER_ };
	size_t button;

	parts_form(ui, form, &enter, &button);
	return button;
}

void
parts_refuse(struct form *form, size_t first, size_t count)
{
	for (size_t i = first; i < first + count; i++)
		field_clear(&form->field[i]);
	form_focus(form, first);
}

bool
parts_repeated(struct ui *ui, struct form *form, size_t password, size_t repeat)
{
	if (strcmp(field_text(&form->field[password]), field_text(&form->field[repeat])) == 0)
		return true;
	parts_refuse(form, repeat, 1);
	ui_say_err(ui, ERR_PASSWORD_DIFFERS, 0);
	return false;
}

void
parts_ask(struct ui *ui, enum wire_op op, const char *busy)
{
	struct wire_request request;

	wire_request_init(&request, op);
	ui_ask(ui, &request, busy);
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

void
parts_place(const struct ui *ui, struct rect area, const char *right)
{
	char place[POLICY_NAME_SIZE + sizeof ui->facts.host + sizeof " · "];

	snprintf(place, sizeof place, "%s · %s", ui->facts.console_name, ui->facts.host);
	paint_title(ui, area, place, right);
}

struct page
page_open(const struct ui *ui, struct rect area)
{
	struct page page = { .ui = ui, .rest = area, .tight = area.height < TIGHT_ROWS };

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
		advance(page, paint_text(page->ui, rect, style, text));
}

void
page_text(struct page *page, enum style style, const char *text)
{
	page_line(page, style, 0, text);
	page_gap(page);
}

const char *
parts_code_time(const struct ui *ui, int64_t next_code, char *buf, size_t size)
{
	int64_t now = ui->clock();

	if (next_code > now)
		snprintf(buf, size, _("next code in %d s"), (int)(next_code - now));
	else
		snprintf(buf, size, _("new code in %d s"), STEP - (int)(now % STEP));
	return buf;
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
		terminal_put(page->ui->terminal, y + 1, x, columns, STYLE_DIM, text);
	else
		terminal_put(page->ui->terminal, y, end + (gap < BESIDE_GAP ? gap : BESIDE_GAP),
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

		paint_field(page->ui, form, i, y, x, stand.labels,
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
	paint_buttons(page->ui, form, 0, form->plan->buttons, page->rest.y, x + stand.buttons);
	advance(page, page->rest.y + 1);
	page_gap(page);
}
