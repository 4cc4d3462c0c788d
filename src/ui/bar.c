/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows in force, and the key bar made from them. */
#include <libintl.h>
#include <stdio.h>

#include "ui/ui.h"

enum { LINE_SIZE = 1024 };

static const struct ui_action help = {
	UI_ROW_HELP, KEY_HELP_, 0, "F1", N_("Help"), ACTION_RANK_ALWAYS, N_("Shows the keys of this screen."),
};

/* Help stands before what leaves the screen. */
static bool
leaves(const struct ui_action *row)
{
	return row->key == KEY_ESC || row->key == KEY_INTERRUPT;
}

size_t
ui_rows(const struct ui *ui, struct ui_action rows[UI_ROWS_MAX])
{
	static const struct ui_action none = { .id = 0 };
	const struct ui_slot *top = &ui->stack[ui->depth - 1];
	const struct ui_action *row = top->screen->actions != NULL ? top->screen->actions : &none;
	bool helped = false;
	size_t count = 0;

	for (; row->id != 0 && count < UI_ROWS_MAX - 2; row++) {
		if (top->screen->offers != NULL && !top->screen->offers(top->state, row->id))
			continue;
		if (!helped && leaves(row)) {
			rows[count++] = help;
			helped = true;
		}
		rows[count++] = *row;
	}
	if (!helped)
		rows[count++] = help;
	rows[count] = none;
	return count;
}

/* Drops the row of the lowest rank, the last of equals; what always stays is never dropped. Returns how many are left. */
static size_t
drop_lowest(struct ui_action *rows, size_t count)
{
	size_t lowest = 0;

	for (size_t i = 1; i < count; i++)
		if (rows[i].rank <= rows[lowest].rank)
			lowest = i;
	if (count == 0 || rows[lowest].rank >= ACTION_RANK_ALWAYS)
		return 0;
	for (size_t i = lowest; i < count; i++)
		rows[i] = rows[i + 1];
	return count - 1;
}

void
paint_bar(const struct ui *ui, struct rect rect)
{
	struct ui_action rows[UI_ROWS_MAX];
	size_t count = ui_rows(ui, rows);
	char line[LINE_SIZE];

	if (rect.height <= 1) {
		action_bar(rows, (size_t)rect.width, line, sizeof line);
		terminal_put(ui->terminal, rect.y, rect.x, rect.width, STYLE_DIM, line);
		return;
	}
	for (size_t left = count; left > (size_t)rect.height; count = left) {
		left = drop_lowest(rows, left);
		if (left == 0)
			break;
	}
	for (size_t i = 0; i < count && i < (size_t)rect.height; i++) {
		snprintf(line, sizeof line, "%s %s", gettext(rows[i].key_label), gettext(rows[i].label));
		terminal_put(ui->terminal, rect.y + (int)i, rect.x, rect.width, STYLE_DIM, line);
	}
}
