/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows in force: those of a screen that it offers now, and the common ones; and the key bar
 * made from them. */
#include <string.h>

#include "ui/ui.h"

static const struct ui_action row_help = { UI_ROW_HELP, KEY_HELP_, '\0', N_("F1"), N_("Help"),
	ACTION_RANK_ALWAYS, N_("Shows the keys of this screen.") };
static const struct ui_action row_back = { UI_ROW_BACK, KEY_ESC, '\0', N_("Esc"), N_("Back"),
	ACTION_RANK_ALWAYS, N_("Goes back and changes nothing.") };
static const struct ui_action row_end = { UI_ROW_END, KEY_INTERRUPT, '\0', N_("^C"), N_("End"), -1,
	N_("Ends the console at once.") };

static bool
has_key(const struct ui_action *rows, size_t count, enum key key)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].key == key)
			return true;
	return false;
}

/* Puts a row before place `at`, unless the screen has one of that key itself or there is no room.
 */
static size_t
insert(struct ui_action *rows, size_t count, size_t at, const struct ui_action *row)
{
	if (has_key(rows, count, row->key) || count + 1 >= UI_ROWS_MAX)
		return count;
	memmove(&rows[at + 1], &rows[at], (count - at) * sizeof *rows);
	rows[at] = *row;
	return count + 1;
}

/* Help stands before what leaves the screen. */
static size_t
help_place(const struct ui_action *rows, size_t count)
{
	size_t i = 0;

	while (i < count && rows[i].key != KEY_ESC && rows[i].key != KEY_INTERRUPT)
		i++;
	return i;
}

size_t
ui_rows_of(const struct ui *ui, size_t place, struct ui_action rows[UI_ROWS_MAX])
{
	const struct ui_slot *slot = &ui->stack[place];
	const struct ui_action *actions = slot->screen->actions;
	size_t count = 0;

	for (size_t i = 0; i < action_count(actions) && count + 3 < UI_ROWS_MAX; i++)
		if (slot->screen->offers == NULL ||
		    slot->screen->offers(slot->state, actions[i].id))
			rows[count++] = actions[i];
	if (place > 0)
		count = insert(rows, count, count, &row_back);
	count = insert(rows, count, help_place(rows, count), &row_help);
	count = insert(rows, count, count, &row_end);
	rows[count] = (struct ui_action){ .id = 0 };
	return count;
}

size_t
ui_rows(const struct ui *ui, struct ui_action rows[UI_ROWS_MAX])
{
	rows[0] = (struct ui_action){ .id = 0 };
	return ui->depth > 0 ? ui_rows_of(ui, ui->depth - 1, rows) : 0;
}

/* One row a line. */
static void
paint_rows(const struct ui *ui, struct rect rect, const struct ui_action *rows, size_t count)
{
	bool keep[UI_ROWS_MAX];
	char text[160];
	int y = rect.y;

	action_keep(rows, count, (size_t)rect.height, keep);
	for (size_t i = 0; i < count && y < rect.y + rect.height; i++) {
		if (!keep[i])
			continue;
		action_text(&rows[i], text, sizeof text);
		terminal_put(ui->terminal, y++, rect.x, rect.width, STYLE_DIM, text);
	}
}

void
paint_bar(const struct ui *ui, struct rect rect)
{
	struct ui_action rows[UI_ROWS_MAX];
	size_t count = ui_rows(ui, rows);
	char bar[1024];

	if (rect.height < 1 || rect.width < 1)
		return;
	if (rect.height > 1) {
		paint_rows(ui, rect, rows, count);
		return;
	}
	action_bar(rows, (size_t)rect.width, bar, sizeof bar);
	terminal_put(ui->terminal, rect.y, rect.x, rect.width, STYLE_DIM, bar);
}
