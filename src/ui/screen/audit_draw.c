/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log's picture: filters, columns by the room there is, and the chosen row in full. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "conv/deed.h"
#include "conv/when.h"
#include "ui/screen/audit.h"
#include "ui/screen/screens.h"
#include "ui/widget/draw.h"

enum {
	GAP = 2,	/* between columns */
	MARK = 2,	/* left of the bar: the mark and a blank */
	PAD = 1,	/* of the bar, at each end */
	WARN = 2,	/* the mark of what was refused, and a blank */
	CELL = 512,	/* bytes */
	FOOT = 3,	/* rows of the chosen row in full, and the gap above it */
	FOOT_FROM = 16, /* rows of an area that has room for it */
	HEAD_FROM = 6	/* rows of one with room for titles */
};

enum column { TIME, WHO, WHAT, RESULT, FROM, COLUMNS };

static const struct {
	const char *title; /* message id */
	int from;	   /* columns of the page from which on it is there */
	int most;	   /* its columns; 0: what is left */
} columns[COLUMNS] = {
	[TIME] = { N_("Time"), 34, 20 },
	[WHO] = { N_("Who"), 104, 18 },
	[WHAT] = { N_("What"), 0, 0 },
	[RESULT] = { N_("Result"), 104, 16 },
	[FROM] = { N_("From"), 66, 16 },
};

/* Where each column stands. */
struct table {
	int x[COLUMNS], width[COLUMNS]; /* 0: it has no room */
	bool utf8, brief;
};

/* --- rows -------------------------------------------------------------------------- */

static bool
has_foot(int height)
{
	return height >= FOOT_FROM;
}

/* Of an area of that height; where there is room for one row, it is the field while it is typed
 * into. */
static int
list_rows(const struct audit *audit, int height)
{
	bool typing = audit->editing != AUDIT_EDIT_NOTHING;
	int others = (height > 1 || typing ? 1 : 0) + (height >= HEAD_FROM ? 1 : 0) +
	    (has_foot(height) ? FOOT : 0);

	return height > others ? height - others : 0;
}

int
audit_height(const struct ui *ui, const struct audit *audit)
{
	int height = list_rows(audit, ui_area(ui, &screen_audit).height);

	return height > 1 ? height : 1;
}

static bool
is_refused(const struct wire_audit_row *row)
{
	return strcmp(row->result, "ok") != 0;
}

/* Short where there is little room. */
static void
put_time(const struct ui *ui, const struct table *table, int64_t when, char *buf, size_t size)
{
	time_t value = (time_t)when;
	struct tm local;

	if (!table->brief)
		when_put(when, ui->clock(), buf, size);
	else if (localtime_r(&value, &local) == NULL ||
	    strftime(buf, size, "%m-%d %H:%M", &local) == 0)
		buf[0] = '\0';
}

static void
put_cell(const struct ui *ui, const struct table *table, const struct wire_audit_row *row,
    enum column column, char buf[CELL])
{
	char text[DEED_SIZE] = "";

	switch (column) {
	case TIME:
		put_time(ui, table, row->time, text, sizeof text);
		break;
	case WHO:
		(void)text_show(row->who, strlen(row->who), text, sizeof text);
		break;
	case WHAT:
		deed_of_row(row, text, sizeof text);
		break;
	case RESULT:
		(void)snprintf(text, sizeof text, "%s", deed_result(row->result));
		break;
	case FROM:
		deed_source(row->source, text, sizeof text);
		break;
	case COLUMNS:
		break;
	}
	draw_cut(text, (size_t)table->width[column], table->utf8, buf, CELL);
}

/* --- columns ------------------------------------------------------------------------- */

/* As wide as what stands in it, up to its most. */
static int
measure(const struct ui *ui, const struct audit *audit, const struct list *seen,
    struct table *table, enum column column, int height)
{
	int widest = draw_columns(_(columns[column].title));
	char cell[CELL];

	table->width[column] = columns[column].most;
	for (int i = 0; i < height && seen->top + (size_t)i < seen->count; i++) {
		int width;

		put_cell(ui, table, &audit->row[seen->top + (size_t)i], column, cell);
		width = draw_columns(cell);
		widest = width > widest ? width : widest;
	}
	return widest < columns[column].most ? widest : columns[column].most;
}

static struct table
table_of(const struct ui *ui, const struct audit *audit, const struct list *seen, struct rect rect,
    int height)
{
	struct table table = { .utf8 = terminal_utf8(ui->terminal),
		.brief = rect.width < columns[FROM].from };
	int x = rect.x + PAD, left = rect.width - 2 * PAD;

	for (int i = 0; i < COLUMNS; i++) {
		if (i == WHAT || rect.width < columns[i].from)
			continue;
		table.width[i] = measure(ui, audit, seen, &table, (enum column)i, height);
		left -= table.width[i] + GAP;
	}
	table.width[WHAT] = left - WARN > 1 ? left - WARN : 1;
	for (int i = 0; i < COLUMNS; i++) {
		table.x[i] = x + (i == WHAT ? WARN : 0);
		if (table.width[i] > 0)
			x = table.x[i] + table.width[i] + GAP;
	}
	return table;
}

static void
draw_titles(const struct ui *ui, const struct table *table, int y)
{
	char cell[CELL];

	for (int i = 0; i < COLUMNS; i++) {
		if (table->width[i] == 0)
			continue;
		draw_cut(_(columns[i].title), (size_t)table->width[i], table->utf8, cell,
		    sizeof cell);
		terminal_put(ui->terminal, y, table->x[i], table->width[i], STYLE_BOLD, cell);
	}
}

static void
draw_row(const struct ui *ui, const struct table *table, const struct wire_audit_row *row,
    struct rect bar, bool chosen)
{
	enum style style = chosen ? STYLE_FOCUS : STYLE_PLAIN;
	char cell[CELL];

	if (chosen) {
		terminal_fill(ui->terminal, bar, STYLE_FOCUS);
		terminal_put(ui->terminal, bar.y, bar.x - MARK, 1, STYLE_SIGN, "›");
		terminal_cursor(ui->terminal, bar.y, bar.x - MARK);
	}
	if (is_refused(row))
		terminal_put(ui->terminal, bar.y, table->x[WHAT] - WARN, 1,
		    chosen ? STYLE_FOCUS : STYLE_ERROR, "!");
	for (int i = 0; i < COLUMNS; i++) {
		if (table->width[i] == 0)
			continue;
		put_cell(ui, table, row, (enum column)i, cell);
		terminal_put(ui->terminal, bar.y, table->x[i], table->width[i], style, cell);
	}
}

/* --- what stands above and below ------------------------------------------------------ */

static void
draw_field(const struct ui *ui, const struct audit *audit, const struct page *page)
{
	const char *label = _(audit->form.plan->field[0].label);
	int labels = draw_columns(label) + GAP, area = page->rest.width - labels - GAP;

	paint_field(ui->terminal, &audit->form, 0, page->rest.y, page->rest.x + PAD, labels,
	    paint_area_columns(FIELD_TEXT, area > 1 ? area : 1));
}

static void
draw_line(const struct page *page, int y, int x, int width, enum style style, const char *text,
    bool utf8)
{
	char cell[CELL];

	if (width < 1)
		return;
	draw_cut(text, (size_t)width, utf8, cell, sizeof cell);
	terminal_put(page->terminal, y, x, width, style, cell);
}

/* The field, or what is filtered; and beside it that there are new rows. */
static void
draw_head(const struct ui *ui, const struct audit *audit, struct page *page, bool utf8)
{
	char words[CELL], line[CELL + 64];
	const char *hint = _("New rows: Home shows them");
	int room = page->rest.width - PAD, width = draw_columns(hint);

	deed_filter(&audit->asked, words, sizeof words);
	if (audit->editing != AUDIT_EDIT_NOTHING) {
		draw_field(ui, audit, page);
		return;
	}
	if (ui->facts.trail_grew) {
		if (width > room || (words[0] != '\0' && room < 2 * width))
			hint = "▴", width = 1;
		terminal_put(ui->terminal, page->rest.y, page->rest.x + room - width, width,
		    STYLE_GOOD, hint);
		room -= width + GAP;
	}
	if (words[0] != '\0')
		(void)snprintf(line, sizeof line, _("Only %s"), words);
	else
		(void)snprintf(line, sizeof line, "%s", _("All rows, the newest first"));
	draw_line(page, page->rest.y, page->rest.x + PAD, room, STYLE_DIM, line, utf8);
}

/* Enter alone takes what the chosen row has. */
static void
draw_hint(const struct audit *audit, struct page *page)
{
	char name[TEXT_NAME_SIZE], text[CELL];
	const struct wire_audit_row *row = audit->list.chosen < audit->list.count
	    ? &audit->row[audit->list.chosen]
	    : NULL;

	if (audit->editing == AUDIT_EDIT_WORD) {
		page_line(page, STYLE_DIM, PAD,
		    _("Somewhere in a row: a name, an address, a reason. It is looked for row by "
		      "row."));
		return;
	}
	if (audit->editing == AUDIT_EDIT_DAY) {
		page_line(page, STYLE_DIM, PAD,
		    _("2026-11-27, today, yesterday or 3d. Enter alone takes the day of the chosen "
		      "row."));
		return;
	}
	(void)text_show(row != NULL ? row->who : "", row != NULL ? strlen(row->who) : 0, name,
	    sizeof name);
	(void)snprintf(text, sizeof text, _("Who did it, or to whom. Enter alone takes %s."), name);
	page_line(page, STYLE_DIM, PAD,
	    row != NULL ? text : _("Who did it, or to whom it was done."));
}

/* The chosen row in full. */
static void
draw_foot(const struct audit *audit, struct page *page)
{
	const struct wire_audit_row *row = &audit->row[audit->list.chosen];
	char says[DEED_SIZE];

	if (audit->editing != AUDIT_EDIT_NOTHING) {
		draw_hint(audit, page);
		return;
	}
	if (audit->list.count == 0)
		return;
	deed_of_row(row, says, sizeof says);
	page_line(page, is_refused(row) ? STYLE_ERROR : STYLE_PLAIN, PAD, says);
}

static void
draw_rows(const struct ui *ui, const struct audit *audit, const struct list *seen,
    const struct table *table, struct page *page, int height)
{
	struct rect bar = { page->rest.y, page->rest.x, 1, page->rest.width };
	size_t top = seen->top, i = 0;

	for (; i < (size_t)height && top + i < audit->list.count; i++, bar.y++)
		draw_row(ui, table, &audit->row[top + i], bar,
		    top + i == audit->list.chosen && audit->editing == AUDIT_EDIT_NOTHING);
	if (i > 0 && (top > 0 || !audit->newest))
		terminal_put(ui->terminal, page->rest.y, bar.x - MARK - PAD, 1, STYLE_DIM, "▴");
	if (i > 0 && (top + i < audit->list.count || !audit->oldest))
		terminal_put(ui->terminal, bar.y - 1, bar.x - MARK - PAD, 1, STYLE_DIM, "▾");
	if (height > 0 && audit->list.count == 0 && audit->have && !ui->waiting)
		draw_line(page, page->rest.y, page->rest.x + PAD, page->rest.width - PAD,
		    STYLE_PLAIN, _("No row fits."), table->utf8);
	page_advance(page, page->rest.y + height);
}

bool
audit_draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct audit *audit = state;
	struct page page = parts_page(ui, area);
	int height = list_rows(audit, area.height);
	struct list seen = audit->list;
	struct table table;

	list_fit(&seen, (size_t)height);
	page.rest.width = page.room;
	table = table_of(ui, audit, &seen, page.rest, height);
	if (area.height > height) {
		draw_head(ui, audit, &page, table.utf8);
		page_advance(&page, page.rest.y + 1);
	}
	if (area.height >= HEAD_FROM) {
		draw_titles(ui, &table, page.rest.y);
		page_advance(&page, page.rest.y + 1);
	}
	draw_rows(ui, audit, &seen, &table, &page, height);
	if (!has_foot(area.height))
		return false;
	page_advance(&page, page.rest.y + 1);
	if (page.note.text != NULL && page.note.text[0] != '\0')
		page_note(&page);
	else
		draw_foot(audit, &page);
	return page.noted;
}
