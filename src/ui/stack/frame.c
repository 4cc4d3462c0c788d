/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/frame.h"

#include <stdio.h>

#include "ui/stack/bar.h"
#include "ui/stack/door.h"
#include "ui/stack/say.h"
#include "ui/widget/draw.h"
#include "ui/widget/paint.h"
#include "ui/widget/title.h"
#include "core/words.h"

enum {
	LEAST_ROWS = 5,
	LEAST_COLUMNS = 20,
	ROOMY_ROWS = 12, /* of a terminal with room for a blank line below the title */
	TITLE_ROWS = 7,	 /* of one with room for the title */
	BAR_ROWS = 1,
	MESSAGE_ROWS_MAX = 3,
	MARGIN = 1,
	MINUTE = 60 /* seconds */
};

/* --- the title line -------------------------------------------------------------- */

static void
place_text(const struct ui *ui, char *buf, size_t size)
{
	snprintf(buf, size, "%s · %s", ui->facts.console_name, ui->facts.host);
}

/* Right in the title line: who is here, and as what. Before a name is known, which door it is. */
static void
who_text(const struct ui *ui, const struct screen *screen, char *buf, size_t size)
{
	const struct ui_facts *facts = &ui->facts;
	long long left = ui_administering(ui);

	if (left > 0 && facts->role_known)
		snprintf(buf, size, _("unlocked %lld:%02lld · %s · %s"), left / MINUTE,
		    left % MINUTE, facts->user, _(role_title(facts->role)));
	else if (facts->door == DOOR_NAME)
		snprintf(buf, size, "%s", screen->door != NULL ? _(screen->door) : "");
	else if (facts->role_known)
		snprintf(buf, size, "%s · %s", facts->user, _(role_title(facts->role)));
	else
		snprintf(buf, size, "%s", facts->user);
}

static void
draw_title(const struct ui *ui, const struct ui_slot *slot, int columns)
{
	const struct screen *screen = slot->screen;
	char place[TITLE_SIZE];
	char who[TEXT_NAME_SIZE + 128];

	if (screen->put_title != NULL)
		screen->put_title(ui, slot->state, place, sizeof place);
	else if (screen->title != NULL)
		snprintf(place, sizeof place, "%s", _(screen->title));
	else
		place_text(ui, place, sizeof place);
	who_text(ui, screen, who, sizeof who);
	title_paint(ui->terminal, (struct rect){ 0, 0, 1, columns }, place, who);
}

/* --- the screens ----------------------------------------------------------------- */

/* Where a screen may draw, above so many rows of message. */
static struct rect
area_of(const struct screen *screen, int rows, int columns, int message)
{
	struct rect area = { 0, 0, rows, columns };

	if (screen->whole)
		return area;
	area.y = rows >= ROOMY_ROWS ? 2 : rows >= TITLE_ROWS ? 1 : 0;
	area.height = rows - area.y - BAR_ROWS - message;
	if (area.height < 0)
		area.height = 0;
	return area;
}

/* Rows of a message that stands above the key bar. */
static int
message_rows(const struct note *note, int columns)
{
	int height = paint_note_rows(note, columns - 2 * MARGIN);

	return height < MESSAGE_ROWS_MAX ? height : MESSAGE_ROWS_MAX;
}

struct rect
ui_area(const struct ui *ui, const struct screen *screen)
{
	struct note note = ui_note(ui);
	int rows, columns;

	terminal_size(ui->terminal, &rows, &columns);
	return area_of(screen, rows, columns, message_rows(&note, columns));
}

/* Whether the message has been drawn. */
static bool
draw_slot(const struct ui *ui, const struct ui_slot *slot, int rows, int columns, int message)
{
	const struct screen *screen = slot->screen;

	if (!screen->whole && !screen->dialog && rows >= TITLE_ROWS)
		draw_title(ui, slot, columns);
	if (screen->fill != NULL)
		return ui_draw_door(ui, slot, area_of(screen, rows, columns, message));
	return screen->draw(ui, slot->state, area_of(screen, rows, columns, message));
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

static bool
draw_slots(const struct ui *ui, int rows, int columns, int message)
{
	bool noted = false;

	terminal_erase(ui->terminal);
	for (size_t place = first_seen(ui); place < ui->depth; place++) {
		terminal_under(ui->terminal, place + 1 < ui->depth);
		noted = draw_slot(ui, &ui->stack[place], rows, columns, message);
	}
	return noted;
}

/* Where the message has no place of its own, it stands above the key bar, in rows that the screen
 * then has to do without. */
static void
draw_stack(const struct ui *ui, int rows, int columns)
{
	struct rect bar = { rows - BAR_ROWS, 0, BAR_ROWS, columns };
	struct note note = ui_note(ui);
	int height = message_rows(&note, columns);
	bool noted = draw_slots(ui, rows, columns, 0);

	if (ui->stack[ui->depth - 1].screen->whole)
		return;
	if (!noted && height > 0) {
		draw_slots(ui, rows, columns, height);
		paint_note(ui->terminal,
		    (struct rect){ bar.y - height, MARGIN, height, columns - 2 * MARGIN }, &note);
	}
	paint_bar(ui, bar);
}

void
ui_draw(struct ui *ui, bool full)
{
	int rows, columns;

	if (ui->ended || ui->depth == 0)
		return;
	terminal_size(ui->terminal, &rows, &columns);
	if (rows < LEAST_ROWS || columns < LEAST_COLUMNS) {
		terminal_erase(ui->terminal);
		paint_text(ui->terminal, (struct rect){ 0, 0, rows, columns }, STYLE_PLAIN,
		    _("Too small: at least 20 columns by 5 lines are needed."));
	} else {
		draw_stack(ui, rows, columns);
	}
	terminal_show(ui->terminal, full || ui->full);
	ui->full = false;
}
