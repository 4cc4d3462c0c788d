/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/audit_table.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "conv/deed.h"
#include "conv/when.h"
#include "ui/widget/draw.h"

enum {
	GAP = 2,	/* between columns */
	MARK = 2,	/* left of the bar: the mark and a blank */
	PAD = 1,	/* of the bar, at each end */
	WARN = 2,	/* the mark of what was refused, and a blank */
	CELL = 512,	/* bytes */
	WIDE_FROM = 100 /* columns of a table with room for days in words */
};

/* A column is as wide as its widest cell, up to `most`, and gives way down to `least`; What has the
 * rest. */
static const struct {
	const char *title; /* message id */
	int from;	   /* columns of the table from which on it is there */
	int least, most;
} columns[AUDIT_COLUMNS] = {
	[AUDIT_TIME] = { N_("Time"), 34, 11, 20 },
	[AUDIT_WHO] = { N_("Who"), 50, 10, 20 },
	[AUDIT_WHAT] = { N_("What"), 0, 1, 0 },
	[AUDIT_WHOM] = { N_("Whom"), 92, 10, 20 },
	[AUDIT_RESULT] = { N_("Result"), 50, 9, 14 },
	[AUDIT_FROM] = { N_("From"), 66, 11, 24 },
};

/* What is left for What before others give way to it. */
enum { WHAT_LEAST = 24 };

/* Which give way, one after the other. */
static const enum audit_column giving[] = { AUDIT_FROM, AUDIT_WHO, AUDIT_RESULT, AUDIT_WHOM };

bool
audit_is_refused(const struct wire_audit_row *row)
{
	return strcmp(row->result, "ok") != 0;
}

/* --- cells ----------------------------------------------------------------------------- */

/* Short where there is little room. */
static void
put_time(const struct ui *ui, const struct audit_table *table, int64_t when, char *buf, size_t size)
{
	time_t value = (time_t)when;
	struct tm local;

	if (!table->brief)
		when_put(when, ui->clock(), buf, size);
	else if (localtime_r(&value, &local) == NULL ||
	    strftime(buf, size, "%m-%d %H:%M", &local) == 0)
		buf[0] = '\0';
}

/* Where no column says who, the row is the sentence that does. A detail that has no room is left
 * out: the chosen row is told in full below. */
static void
put_what(const struct audit_table *table, const struct wire_audit_row *row, int width, char *buf,
    size_t size)
{
	unsigned whom = table->width[AUDIT_WHOM] == 0 ? DEED_WHOM : DEED_VERB;

	if (table->width[AUDIT_WHO] == 0) {
		deed_of_row(row, buf, size);
		return;
	}
	deed_brief(row, whom | DEED_DETAIL, buf, size);
	if (draw_columns(buf) > width)
		deed_brief(row, whom, buf, size);
}

static void
put_cell(const struct ui *ui, const struct audit_table *table, const struct wire_audit_row *row,
    enum audit_column column, int width, char buf[CELL])
{
	char text[DEED_SIZE] = "";

	switch (column) {
	case AUDIT_TIME:
		put_time(ui, table, row->time, text, sizeof text);
		break;
	case AUDIT_WHO:
		(void)text_show(row->who, strlen(row->who), text, sizeof text);
		break;
	case AUDIT_WHAT:
		put_what(table, row, width, text, sizeof text);
		break;
	case AUDIT_WHOM:
		(void)text_show(row->target, strlen(row->target), text, sizeof text);
		break;
	case AUDIT_RESULT:
		(void)snprintf(text, sizeof text, "%s", deed_result(row->result));
		break;
	case AUDIT_FROM:
		deed_source(row->source, text, sizeof text);
		break;
	case AUDIT_COLUMNS:
		break;
	}
	draw_cut(text, (size_t)width, table->utf8, buf, CELL);
}

/* --- columns ------------------------------------------------------------------------- */

static int
measure(const struct ui *ui, const struct audit *audit, const struct audit_table *table,
    enum audit_column column)
{
	int widest = draw_columns(_(columns[column].title));
	int most = columns[column].most;
	char cell[CELL];

	for (size_t i = 0; i < audit->list.count && widest < most; i++) {
		int width;

		put_cell(ui, table, &audit->row[i], column, most, cell);
		width = draw_columns(cell);
		widest = width > widest ? width : widest;
	}
	return widest < most ? widest : most;
}

/* Columns that the rest leaves to What. */
static int
left_of(const struct audit_table *table, int width)
{
	for (int i = 0; i < AUDIT_COLUMNS; i++)
		if (i != AUDIT_WHAT && table->width[i] > 0)
			width -= table->width[i] + GAP;
	return width - WARN;
}

static void
give_way(struct audit_table *table, int width)
{
	for (size_t i = 0; i < sizeof giving / sizeof *giving; i++) {
		enum audit_column column = giving[i];
		int missing = WHAT_LEAST - left_of(table, width);
		int can = table->width[column] - columns[column].least;

		if (can > 0 && missing > 0)
			table->width[column] -= can < missing ? can : missing;
	}
}

/* The mark stands before the result, or, without that column, before what was done. */
static void
place(struct audit_table *table, int x)
{
	enum audit_column marked = table->width[AUDIT_RESULT] > 0 ? AUDIT_RESULT : AUDIT_WHAT;

	for (int i = 0; i < AUDIT_COLUMNS; i++) {
		if (table->width[i] == 0)
			continue;
		if (i == (int)marked) {
			table->mark = x;
			x += WARN;
		}
		table->x[i] = x;
		x += table->width[i] + GAP;
	}
}

struct audit_table
audit_table_of(const struct ui *ui, const struct audit *audit, struct rect rect)
{
	struct audit_table table = { .utf8 = terminal_utf8(ui->terminal),
		.brief = rect.width < WIDE_FROM };
	int width = rect.width - 2 * PAD;

	for (int i = 0; i < AUDIT_COLUMNS; i++)
		if (i != AUDIT_WHAT && rect.width >= columns[i].from)
			table.width[i] = measure(ui, audit, &table, (enum audit_column)i);
	give_way(&table, width);
	width = left_of(&table, width);
	table.width[AUDIT_WHAT] = width > 1 ? width : 1;
	place(&table, rect.x + PAD);
	return table;
}

/* --- drawing --------------------------------------------------------------------------- */

void
audit_table_titles(const struct ui *ui, const struct audit_table *table, int y)
{
	char cell[CELL];

	for (int i = 0; i < AUDIT_COLUMNS; i++) {
		if (table->width[i] == 0)
			continue;
		draw_cut(_(columns[i].title), (size_t)table->width[i], table->utf8, cell,
		    sizeof cell);
		terminal_put(ui->terminal, y, table->x[i], table->width[i], STYLE_BOLD, cell);
	}
}

void
audit_table_row(const struct ui *ui, const struct audit_table *table,
    const struct wire_audit_row *row, struct rect bar, bool chosen)
{
	enum style plain = chosen ? STYLE_FOCUS : STYLE_PLAIN;
	enum style marked = chosen ? STYLE_FOCUS : STYLE_ERROR;
	char cell[CELL];

	if (chosen) {
		terminal_fill(ui->terminal, bar, STYLE_FOCUS);
		terminal_put(ui->terminal, bar.y, bar.x - MARK, 1, STYLE_SIGN, "›");
		terminal_cursor(ui->terminal, bar.y, bar.x - MARK);
	}
	if (audit_is_refused(row))
		terminal_put(ui->terminal, bar.y, table->mark, 1, marked, "!");
	for (int i = 0; i < AUDIT_COLUMNS; i++) {
		bool refused = i == AUDIT_RESULT && audit_is_refused(row);

		if (table->width[i] == 0)
			continue;
		put_cell(ui, table, row, (enum audit_column)i, table->width[i], cell);
		terminal_put(ui->terminal, bar.y, table->x[i], table->width[i],
		    refused ? marked : plain, cell);
	}
}
