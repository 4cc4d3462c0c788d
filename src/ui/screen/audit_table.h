/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log as a table: columns by the room there is. */
#ifndef UI_SCREEN_AUDIT_TABLE_H
#define UI_SCREEN_AUDIT_TABLE_H

#include "ui/screen/audit.h"

enum audit_column {
	AUDIT_TIME,
	AUDIT_WHO,
	AUDIT_WHAT,
	AUDIT_WHOM,
	AUDIT_RESULT,
	AUDIT_FROM,
	AUDIT_COLUMNS
};

/* Where each column stands, and where the mark of what was refused. */
struct audit_table {
	int x[AUDIT_COLUMNS], width[AUDIT_COLUMNS]; /* 0: it has no room */
	int mark;
	bool utf8, brief; /* times are short */
};

/* Of all rows of the window, so that no column moves while one goes through them. */
struct audit_table
audit_table_of(const struct ui *ui, const struct audit *audit, struct rect rect);

void
audit_table_titles(const struct ui *ui, const struct audit_table *table, int y);

/* bar: the row's place, all over the table's width. */
void
audit_table_row(const struct ui *ui, const struct audit_table *table,
    const struct wire_audit_row *row, struct rect bar, bool chosen);

/* Whether a row is one of something that did not come about. */
bool
audit_is_refused(const struct wire_audit_row *row);

#endif
