/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each key does on the screen below: made from the rows that dispatch there. */
#include <stdio.h>

#include "ui/widget/list.h"
#include "ui/screen/screens.h"
#include "ui/stack/bar.h"
#include "ui/stack/frame.h"
#include "ui/stack/stack.h"
#include "ui/widget/draw.h"
#include "ui/widget/paint.h"
#include "core/words.h"

enum { MARGIN = 3, COLUMN = 72, KEY_COLUMNS = 13, PAGE = 5, ROWS = 2 * UI_ROWS_MAX };

struct help {
	struct list list;
};

/* The keys of every form. */
static const struct key_row form_rows[] = {
	{ 1, KEY_NONE_, '\0', N_("Tab"), NULL, -1,
	    N_("Goes to the next field or button; so does the arrow down.") },
	{ 2, KEY_NONE_, '\0', N_("Shift-Tab"), NULL, -1,
	    N_("Goes to the one before; so does the arrow up.") },
	{ 3, KEY_NONE_, '\0', N_("Space"), NULL, -1, N_("Presses the button that has the focus.") },
	{ 4, KEY_NONE_, '\0', N_("^U"), NULL, -1, N_("Clears the field.") },
	{ 7, KEY_NONE_, '\0', N_("^K"), NULL, -1, N_("Clears the rest of the field.") },
	{ 8, KEY_NONE_, '\0', N_("^W Alt-d"), NULL, -1,
	    N_("Clears the word before the cursor, or after it.") },
	{ 9, KEY_NONE_, '\0', N_("Alt-b Alt-f"), NULL, -1, N_("Moves a word back or forward.") },
	{ .id = 0 }
};

/* The keys of every screen. */
static const struct key_row all_rows[] = {
	{ 5, KEY_NONE_, '\0', N_("^L"), NULL, -1, N_("Redraws the screen.") }, { .id = 0 }
};

static const struct key_row key_rows[] = { { 6, KEY_NONE_, '\0', N_("\xe2\x86\x91\xe2\x86\x93"),
					       N_("Scroll"), 10, N_("Scrolls the help.") },
	{ .id = 0 } };

static size_t
append(struct key_row *rows, size_t count, const struct key_row *from)
{
	for (size_t i = 0; from[i].id != 0 && count + 1 < ROWS; i++)
		rows[count++] = from[i];
	return count;
}

/* All rows there are to explain; returns how many. */
static size_t
collect(const struct ui *ui, struct key_row rows[ROWS])
{
	const struct form *form;
	size_t count;

	if (ui->depth < 2)
		return 0;
	count = ui_rows_of(ui, ui->depth - 2, rows);
	form = ui_form_at(ui, ui->depth - 2);
	if (form != NULL && form->plan->fields > 0)
		count = append(rows, count, form_rows);
	return append(rows, count, all_rows);
}

static const char *
text_of(const struct key_row *row)
{
	const char *text = row->help != NULL ? row->help : row->label;

	return text != NULL ? _(text) : "";
}

/* Lines that a row takes in so many columns. */
static int
lines_of(const struct key_row *row, int columns)
{
	size_t lines = columns > KEY_COLUMNS
	    ? draw_wrap(text_of(row), (size_t)(columns - KEY_COLUMNS), NULL, 0)
	    : 1;
	size_t keys = draw_wrap(_(row->key_label), KEY_COLUMNS - 1, NULL, 0);

	return (int)(keys > lines ? keys : lines);
}

/* The first row from which on all are in sight. */
static size_t
last_page(const struct key_row *rows, size_t count, struct rect rect)
{
	size_t first = count;
	int used = 0;

	while (first > 0 && used + lines_of(&rows[first - 1], rect.width) <= rect.height)
		used += lines_of(&rows[--first], rect.width);
	return first;
}

static void
draw_more(const struct ui *ui, struct rect rect, size_t hidden)
{
	char line[64];

	snprintf(line, sizeof line, ngettext("▾ %zu more", "▾ %zu more", hidden), hidden);
	terminal_put(ui->terminal, rect.y, rect.x, rect.width, STYLE_DIM, line);
}

/* One row; returns the next free line. */
static int
draw_row(const struct ui *ui, const struct key_row *row, struct rect rect)
{
	struct rect right = { rect.y, rect.x + KEY_COLUMNS, rect.height, rect.width - KEY_COLUMNS };
	struct rect left = { rect.y, rect.x, rect.height, KEY_COLUMNS - 1 };
	int keys = paint_text(ui->terminal, left, STYLE_BOLD, _(row->key_label));
	int next = paint_text(ui->terminal, right, STYLE_PLAIN, text_of(row));

	return next > keys ? next : keys;
}

/* What the screen below is for, or NULL. */
static const char *
about_of(const struct ui *ui)
{
	const char *about = ui->stack[ui->depth - 2].screen->about;

	return about != NULL ? _(about) : NULL;
}

/* Paragraph and rows are all in sight at once: then there is nothing to scroll. */
static bool
has_room(const struct ui *ui, const struct key_row *rows, size_t count, struct rect rect)
{
	const char *about = about_of(ui);
	int used = about != NULL ? (int)draw_wrap(about, (size_t)rect.width, NULL, 0) + 1 : 0;

	for (size_t i = 0; i < count; i++)
		used += lines_of(&rows[i], rect.width);
	return used <= rect.height;
}

/* The furthest that there is to scroll. At 0 the paragraph stands above the first row. */
static size_t
furthest(const struct ui *ui, const struct key_row *rows, size_t count, struct rect rect)
{
	size_t last = last_page(rows, count, rect);

	if (has_room(ui, rows, count, rect))
		return 0;
	return last == 0 && about_of(ui) != NULL ? 1 : last;
}

/* Returns the next free line, behind a gap. */
static int
draw_about(const struct ui *ui, struct rect rect)
{
	const char *about = about_of(ui);
	int y;

	if (about == NULL)
		return rect.y;
	y = paint_text(ui->terminal, rect, STYLE_PLAIN, about);
	return y + 1 < rect.y + rect.height ? y + 1 : y;
}

/* The place of the text in the screen's area. */
static struct rect
text_in(struct rect area)
{
	struct rect rect = { area.y, area.x + MARGIN, area.height, area.width - MARGIN - 1 };

	if (rect.width > COLUMN)
		rect.width = COLUMN;
	return rect;
}

/* Not past the end, or the way back up would begin with keys that do nothing. */
static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct help *help = state;
	struct key_row rows[ROWS];
	size_t most;

	help->list.count = collect(ui, rows);
	most = furthest(ui, rows, help->list.count, text_in(ui_area(ui, &screen_help)));
	if (!list_handle(&help->list, event, PAGE))
		return false;
	if (help->list.chosen > most)
		help->list.chosen = most;
	return true;
}

/* The one row says how to scroll. */
static bool
offers(const struct ui *ui, const void *state, int id)
{
	struct rect rect = text_in(ui_area(ui, &screen_help));
	struct key_row rows[ROWS];
	size_t count = collect(ui, rows);

	(void)state;
	(void)id;
	return !has_room(ui, rows, count, rect);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct help *help = state;
	struct key_row rows[ROWS];
	size_t count = collect(ui, rows);
	int end = area.y + area.height;
	struct rect rect = text_in(area);
	size_t most = furthest(ui, rows, count, rect);
	size_t scrolled = help->list.chosen < most ? help->list.chosen : most;
	/* The first step scrolls the paragraph away where that is enough. */
	size_t first = about_of(ui) != NULL && last_page(rows, count, rect) == 0 ? 0 : scrolled;

	terminal_cursor(ui->terminal, rect.y, rect.x);
	if (scrolled == 0)
		rect.y = draw_about(ui, rect);
	for (size_t i = first; i < count && rect.y < end; i++) {
		rect.height = end - rect.y;
		if (rect.height == 1 && i + 1 < count) {
			draw_more(ui, rect, count - i);
			break;
		}
		rect.y = draw_row(ui, &rows[i], rect);
	}
	return false;
}

const struct screen screen_help = { .name = "help",
	.title = N_("Help"),
	.state_size = sizeof(struct help),
	.key_rows = key_rows,
	.handle = handle,
	.offers = offers,
	.draw = draw };
