/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/frame.h"

#include "ui/stack/bar.h"
#include "ui/widget/draw.h"
#include "ui/widget/paint.h"
#include "ui/words.h"

enum {
	LEAST_ROWS = 5,
	LEAST_COLUMNS = 20,
	TITLE_ROWS = 2,
	BAR_ROWS = 1,
	MESSAGE_ROWS_MAX = 3,
	MARGIN = 1
};

/* Rows of the message; one is always there, so that nothing moves when it is said. */
static int
message_rows(const struct ui *ui, int columns)
{
	struct draw_line lines[MESSAGE_ROWS_MAX];
	size_t count = draw_wrap(ui->message, (size_t)(columns - 2 * MARGIN), lines,
	    MESSAGE_ROWS_MAX);

	if (count > MESSAGE_ROWS_MAX)
		return MESSAGE_ROWS_MAX;
	return count > 0 ? (int)count : 1;
}

static void
draw_message(const struct ui *ui, int rows, int columns)
{
	int height = message_rows(ui, columns);
	struct rect rect = { rows - BAR_ROWS - height, MARGIN, height, columns - 2 * MARGIN };

	paint_text(ui->terminal, rect, ui->message_style, ui->message);
}

/* Where a screen may draw. */
static struct rect
area_of(const struct ui *ui, const struct screen *screen, int rows, int columns)
{
	struct rect area = { 0, 0, rows, columns };

	if (screen->whole)
		return area;
	area.y = screen->title != NULL ? TITLE_ROWS : 0;
	area.height = rows - area.y - BAR_ROWS - message_rows(ui, columns);
	if (area.height < 0)
		area.height = 0;
	return area;
}

static void
draw_slot(const struct ui *ui, const struct ui_slot *slot, int rows, int columns)
{
	const struct screen *screen = slot->screen;
	struct rect line = { 0, 0, 1, columns };

	if (screen->title != NULL && !screen->whole && !screen->dialog)
		paint_title(ui->terminal, line, _(screen->title),
		    ui->facts.door != DOOR_NAME ? ui->facts.user : "");
	screen->draw(ui, slot->state, area_of(ui, screen, rows, columns));
}

/* The lowest place that is seen: dialogs stand over what is below them. */
static size_t
first_seen(const struct ui *ui)
{
	size_t place = ui->depth - 1;

	while (place > 0 && ui->stack[place].screen->dialog)
		place--;
	return place;
}

static void
draw_stack(const struct ui *ui, int rows, int columns)
{
	struct rect bar = { rows - BAR_ROWS, 0, BAR_ROWS, columns };

	for (size_t place = first_seen(ui); place < ui->depth; place++)
		draw_slot(ui, &ui->stack[place], rows, columns);
	if (ui->stack[ui->depth - 1].screen->whole)
		return;
	draw_message(ui, rows, columns);
	paint_bar(ui, bar);
}

void
ui_draw(struct ui *ui, bool full)
{
	int rows, columns;

	if (ui->ended || ui->depth == 0)
		return;
	terminal_size(ui->terminal, &rows, &columns);
	terminal_erase(ui->terminal);
	if (rows < LEAST_ROWS || columns < LEAST_COLUMNS) {
		struct rect rect = { 0, 0, rows, columns };

		paint_text(ui->terminal, rect, STYLE_PLAIN,
		    _("Too small: make it 20 columns, 5 lines or more."));
	} else {
		draw_stack(ui, rows, columns);
	}
	terminal_show(ui->terminal, full || ui->full);
	ui->full = false;
}
