/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log's picture: what is filtered, the rows, and the chosen one as a sentence. */
#include <stdio.h>
#include <string.h>

#include "conv/deed.h"
#include "ui/screen/audit.h"
#include "ui/screen/audit_table.h"
#include "ui/screen/screens.h"
#include "ui/widget/draw.h"

enum {
	GAP = 2,	/* between label and field, line and hint */
	MARK = 2,	/* left of the bar: the mark and a blank */
	PAD = 1,	/* of the bar, at each end */
	CELL = 512,	/* bytes */
	FOOT = 3,	/* rows of the chosen row as a sentence, and the gap above it */
	FOOT_FROM = 16, /* rows of an area that has room for it */
	HEAD_FROM = 6	/* rows of one with room for titles */
};

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
	page_line(page, audit_is_refused(row) ? STYLE_ERROR : STYLE_PLAIN, PAD, says);
}

static void
draw_rows(const struct ui *ui, const struct audit *audit, const struct list *seen,
    const struct audit_table *table, struct page *page, int height)
{
	struct rect bar = { page->rest.y, page->rest.x, 1, page->rest.width };
	size_t top = seen->top, i = 0;

	for (; i < (size_t)height && top + i < audit->list.count; i++, bar.y++)
		audit_table_row(ui, table, &audit->row[top + i], bar,
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
	struct audit_table table;

	list_fit(&seen, (size_t)height);
	page.rest.width = page.room;
	table = audit_table_of(ui, audit, page.rest);
	if (area.height > height) {
		draw_head(ui, audit, &page, table.utf8);
		page_advance(&page, page.rest.y + 1);
	}
	if (area.height >= HEAD_FROM) {
		audit_table_titles(ui, &table, page.rest.y);
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
