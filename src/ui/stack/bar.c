/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/bar.h"

#include <string.h>

#include "core/text.h"
#include "ui/widget/draw.h"
#include "core/words.h"

enum { LABEL_SIZE = 256 };

static const struct key_row row_help = { UI_ROW_HELP, KEY_HELP_, '\0', N_("F1"), N_("Help"),
	KEY_ROW_ALWAYS, N_("Shows the keys of this screen.") };
static const struct key_row row_stop = { UI_ROW_STOP, KEY_STOP, '\0', N_("^X"), N_("Stop"), 45,
	N_("Stops administering: the next change to an operator asks for a code again.") };
static const struct key_row row_back = { UI_ROW_BACK, KEY_ESC, '\0', N_("Esc"), N_("Back"),
	KEY_ROW_ALWAYS, N_("Goes back and changes nothing.") };
static const struct key_row row_end = { UI_ROW_END, KEY_INTERRUPT, '\0', N_("^C"), N_("End"), -1,
	N_("Ends the console at once.") };

static bool
has_key(const struct key_row *rows, size_t count, enum key key)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].key == key)
			return true;
	return false;
}

/* Puts a row before place `at`, unless the screen has one of that key itself or there is no room.
 */
static size_t
insert(struct key_row *rows, size_t count, size_t at, const struct key_row *row)
{
	if (has_key(rows, count, row->key) || count + 1 >= UI_ROWS_MAX)
		return count;
	memmove(&rows[at + 1], &rows[at], (count - at) * sizeof *rows);
	rows[at] = *row;
	return count + 1;
}

/* What Enter does now: on the way through a form it goes to the next field, on another button than
 * the first it presses that. */
static void
tell_enter(const struct ui *ui, size_t place, struct key_row *row)
{
	const struct form *form = ui_form_at(ui, place);

	if (row->key != KEY_ENTER_ || form == NULL)
		return;
	if (form_enter_moves(form))
		row->label = N_("Next field");
	else if (form->focus > form->plan->fields &&
	    form->focus < form->plan->fields + form->plan->buttons)
		row->label = form->plan->button[form->focus - form->plan->fields];
}

/* Help stands before what leaves the screen. */
static size_t
help_place(const struct key_row *rows, size_t count)
{
	size_t i = 0;

	while (i < count && rows[i].key != KEY_ESC && rows[i].key != KEY_INTERRUPT)
		i++;
	return i;
}

size_t
ui_rows_of(const struct ui *ui, size_t place, struct key_row rows[UI_ROWS_MAX])
{
	const struct ui_slot *slot = &ui->stack[place];
	const struct key_row *key_rows = slot->screen->key_rows;
	size_t count = 0;

	for (size_t i = 0; i < key_row_count(key_rows) && count + 4 < UI_ROWS_MAX; i++)
		if (slot->screen->offers == NULL ||
		    slot->screen->offers(ui, slot->state, key_rows[i].id))
			rows[count++] = key_rows[i];
	if (ui_administering(ui) > 0)
		count = insert(rows, count, help_place(rows, count), &row_stop);
	if (place > 0)
		count = insert(rows, count, count, &row_back);
	count = insert(rows, count, help_place(rows, count), &row_help);
	count = insert(rows, count, count, &row_end);
	for (size_t i = 0; i < count; i++)
		tell_enter(ui, place, &rows[i]);
	rows[count] = (struct key_row){ .id = 0 };
	return count;
}

size_t
ui_rows(const struct ui *ui, struct key_row rows[UI_ROWS_MAX])
{
	rows[0] = (struct key_row){ .id = 0 };
	return ui->depth > 0 ? ui_rows_of(ui, ui->depth - 1, rows) : 0;
}

/* A key as a chip, and its label, cut where it must be; returns the next free column. */
static int
paint_chip(struct terminal *terminal, int y, int x, int columns, const char *key, const char *label)
{
	int end = x + columns;
	char text[LABEL_SIZE];

	x += terminal_put(terminal, y, x, end - x, STYLE_KEY, key);
	if (*label == '\0' || end - x < 2)
		return x;
	if (draw_columns(label) >= end - x) {
		draw_cut_word(label, (size_t)(end - x - 1), terminal_utf8(terminal), text,
		    sizeof text);
		label = text;
	}
	return x + 1 + terminal_put(terminal, y, x + 1, end - x - 1, STYLE_PLAIN, label);
}

/* One row a line. */
static void
paint_rows(const struct ui *ui, struct rect rect, const struct key_row *rows, size_t count)
{
	bool keep[UI_ROWS_MAX];
	int y = rect.y;

	key_row_keep(rows, count, (size_t)rect.height, keep);
	for (size_t i = 0; i < count && y < rect.y + rect.height; i++)
		if (keep[i])
			paint_chip(ui->terminal, y++, rect.x, rect.width, _(rows[i].key_label),
			    _(rows[i].label));
}

void
paint_bar(const struct ui *ui, struct rect rect)
{
	struct key_row rows[UI_ROWS_MAX];
	size_t count = ui_rows(ui, rows);
	enum key_row_labels labels;
	bool keep[UI_ROWS_MAX];
	int x = rect.x + 1;

	if (rect.height < 1 || rect.width < 1)
		return;
	if (rect.height > 1) {
		paint_rows(ui, rect, rows, count);
		return;
	}
	key_row_fit(rows, count, (size_t)rect.width, keep, &labels);
	int others = (int)key_row_columns(rows, count, keep, KEY_ROW_LABELS_NONE);
	for (size_t i = 0; i < count; i++) {
		const char *key = _(rows[i].key_label), *label = key_row_label(&rows[i], labels);
		int room = rect.x + rect.width - x;

		if (!keep[i])
			continue;
		if (labels == KEY_ROW_LABELS_ENTER && *label != '\0')
			room = rect.width - others + draw_columns(key);
		x = 2 + paint_chip(ui->terminal, rect.y, x, room, key, label);
	}
}
