/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/handle.h"

#include "ui/stack/ask.h"
#include "ui/stack/bar.h"
#include "ui/stack/say.h"
#include "ui/stack/stack.h"
#include "ui/stack/typed.h"

/* Whether letters are shortcuts: no text is typed now. */
static bool
letters_free(struct ui *ui)
{
	const struct form *form = ui_form(ui);

	return form == NULL || !form_takes_letters(form);
}

static void
toggle_help(struct ui *ui)
{
	if (ui_top(ui)->screen == ui->screens->help)
		ui_pop(ui);
	else
		ui_push(ui, ui->screens->help, NULL);
}

static bool
field_is_empty(struct ui *ui)
{
	struct form *form = ui_form(ui);
	const struct field *field = form != NULL ? form_focused(form) : NULL;

	return field != NULL && field_empty(field);
}

/* The keys that mean the same everywhere. */
static bool
common_key(struct ui *ui, enum key key)
{
	if (key == KEY_HELP_)
		toggle_help(ui);
	else if (key == KEY_ESC && ui->depth > 1)
		ui_pop(ui);
	else if (key == KEY_STOP && ui_administering(ui) > 0)
		ui_ask_plain(ui, WIRE_ADMINISTER_END, NULL);
	else if (key == KEY_EOF && field_is_empty(ui))
		ui_leave(ui);
	else
		return false;
	return true;
}

/* An event for a row of the screen itself. The common rows wait for what the screen does not use.
 */
static bool
give_to_rows(struct ui *ui, const struct event *event, bool letters)
{
	struct key_row rows[UI_ROWS_MAX];
	struct ui_slot top = *ui_top(ui);
	const struct key_row *row;

	if (event->pasted)
		return false;
	ui_rows(ui, rows);
	row = key_row_find(rows, event, letters);
	if (row == NULL || row->id >= UI_ROW_HELP || top.screen->act == NULL)
		return false;
	top.screen->act(ui, top.state, row->id);
	return true;
}

static bool
asks_help(const struct event *event, bool letters)
{
	return letters && event->type == EVENT_TEXT && event->point == '?' && !event->pasted;
}

/* A key or a character for the screen on top. The message of the last one goes when this one was
 * used. */
static void
typed(struct ui *ui, const struct event *event)
{
	bool letters = letters_free(ui);
	bool used;

	ui->fresh = false;
	used = give_to_rows(ui, event, letters);
	if (!used && asks_help(event, letters)) {
		toggle_help(ui);
		used = true;
	}
	used = used || ui_give(ui, event) ||
	    (event->type == EVENT_KEY && common_key(ui, event->key));
	if (used && !ui->fresh)
		ui_say_text(ui, STYLE_PLAIN, "");
}

/* While waiting for an answer only help opens; other keys are kept. */
static void
typed_while_waiting(struct ui *ui, const struct event *event)
{
	if (ui->depth - 1 > ui->asker)
		typed(ui, event);
	else if (event->type == EVENT_KEY && event->key == KEY_HELP_)
		ui_push(ui, ui->screens->help, NULL);
	else
		ui_keep(ui, event);
}

static void
input(struct ui *ui, const struct event *event)
{
	ui->last_key = terminal_clock();
	ui->unread[0] = '\0';
	if (event->type == EVENT_KEY && event->key == KEY_REDRAW)
		ui->full = true;
	else if (event->type == EVENT_KEY && event->key == KEY_INTERRUPT)
		ui_leave(ui);
	else if (ui->waiting)
		typed_while_waiting(ui, event);
	else
		typed(ui, event);
}

void
ui_handle(struct ui *ui, const struct event *event)
{
	if (ui->ended || ui->depth == 0)
		return;
	switch (event->type) {
	case EVENT_NONE:
	case EVENT_REPLY:
	case EVENT_PASTE_START:
	case EVENT_PASTE_END:
		break;
	case EVENT_KEY:
	case EVENT_TEXT:
	case EVENT_BAD:
		input(ui, event);
		break;
	case EVENT_RESIZE:
		ui->full = true;
		ui_give(ui, event);
		break;
	case EVENT_TICK:
		ui_recount(ui);
		ui_give(ui, event);
		break;
	}
	ui_free_gone(ui);
}
