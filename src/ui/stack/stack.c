/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/stack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/secret.h"
#include "core/words.h"
#include "ui/stack/say.h"
#include "ui/stack/typed.h"

struct ui_slot *
ui_top(struct ui *ui)
{
	return &ui->stack[ui->depth - 1];
}

/* --- leaving ----------------------------------------------------------------- */

static void
wipe_state(struct ui_slot *slot)
{
	if (slot->screen->plan != NULL)
		form_close(slot->state);
	secret_wipe(slot->state, slot->screen->state_size);
	free(slot->state);
	slot->state = NULL;
}

static void
close_slot(struct ui *ui, struct ui_slot *slot)
{
	if (slot->screen->leave != NULL)
		slot->screen->leave(ui, slot->state);
	wipe_state(slot);
}

void
ui_free_gone(struct ui *ui)
{
	while (ui->gone_count > 0) {
		struct ui_slot *slot = &ui->gone[--ui->gone_count];

		close_slot(ui, slot);
	}
}

/* What a secret screen showed must not stay in the terminal's history (DESIGN 5.5). */
static void
conceal(struct ui *ui)
{
	if (ui->depth > 0 && ui_top(ui)->screen->secret)
		terminal_overwrite(ui->terminal);
}

/* Takes the top screen off. Its functions may still be running: it is freed after the event. */
static void
take_off(struct ui *ui)
{
	conceal(ui);
	if (ui->gone_count == UI_GONE)
		abort(); /* far more screens than one event can close */
	ui->gone[ui->gone_count++] = ui->stack[--ui->depth];
}

static void
clear_old_message(struct ui *ui)
{
	if (!ui->fresh)
		ui_say_text(ui, STYLE_PLAIN, "");
}

/* --- coming ------------------------------------------------------------------- */

static void
put_on(struct ui *ui, const struct screen *screen, const void *argument)
{
	struct ui_slot *slot = &ui->stack[ui->depth];
	enum err err = ERR_OK;

	if (ui->depth == UI_DEPTH) {
		ui_end(ui, 1, ERR_STATE, NULL);
		return;
	}
	if (screen->drops_typed)
		ui_drop_typed(ui);
	clear_old_message(ui);
	slot->screen = screen;
	slot->state = calloc(1, screen->state_size > 0 ? screen->state_size : 1);
	if (slot->state == NULL) {
		ui_end(ui, 1, ERR_MEMORY, NULL);
		return;
	}
	ui->depth++;
	if (screen->plan != NULL)
		err = form_open(slot->state, screen->plan);
	if (err == ERR_OK && screen->enter != NULL)
		err = screen->enter(ui, slot->state, argument);
	if (err != ERR_OK) {
		ui->depth--;
		wipe_state(slot);
		ui_end(ui, 1, err, NULL);
	}
}

struct ui_slot
ui_lift(struct ui *ui)
{
	return ui->stack[--ui->depth];
}

void
ui_lower(struct ui *ui, struct ui_slot *slot, const struct ui_slot *below)
{
	if (below != NULL && !ui->ended && ui->depth > 0 && ui->depth < UI_DEPTH &&
	    ui_top(ui)->state == below->state) {
		ui->stack[ui->depth++] = *slot;
		return;
	}
	close_slot(ui, slot);
	if (ui->old && !ui->ended)
		ui_resume(ui);
}

void
ui_push(struct ui *ui, const struct screen *screen, const void *argument)
{
	conceal(ui);
	put_on(ui, screen, argument);
}

void
ui_close_top(struct ui *ui)
{
	if (ui->depth < 2)
		return;
	take_off(ui);
	clear_old_message(ui);
}

void
ui_pop(struct ui *ui)
{
	const struct screen *gone = ui_top(ui)->screen;

	if (ui->depth < 2)
		return;
	ui_close_top(ui);
	if (ui->old || (gone != ui->screens->help && !gone->dialog))
		ui_resume(ui);
}

void
ui_resume(struct ui *ui)
{
	struct ui_slot top = *ui_top(ui);

	ui->old = ui->waiting || top.screen == ui->screens->help; /* then as soon as it can be */
	if (!ui->old && !ui->ended && top.screen->resume != NULL)
		top.screen->resume(ui, top.state);
}

void
ui_go_over(struct ui *ui, enum signin_door door, const struct screen *screen)
{
	ui->facts.door = door;
	ui_push(ui, screen, NULL);
}

void
ui_replace(struct ui *ui, const struct screen *screen)
{
	while (ui->depth > 0)
		take_off(ui);
	put_on(ui, screen, NULL);
}

void
ui_enter_door(struct ui *ui, enum signin_door door)
{
	if (door >= DOOR_COUNT || ui->screens->door[door] == NULL) {
		ui_end(ui, 1, ERR_ENDED, NULL);
		return;
	}
	ui->facts.door = door;
	ui->facts.optional = false;
	if (door == DOOR_NAME)
		language_speak(&ui->language, ""); /* whoever comes next */
	ui->facts.inside = ui->facts.inside || door == DOOR_HOME;
	ui_replace(ui, ui->screens->door[door]);
}

/* The lowest place that a role may not have. */
static size_t
first_forbidden(const struct ui *ui, enum role role)
{
	size_t place = 0;

	while (place < ui->depth && ui->stack[place].screen->least <= role)
		place++;
	return place;
}

/* What stands under the lock is not seen, and waits. */
void
ui_set_role(struct ui *ui, enum role role)
{
	size_t place = first_forbidden(ui, role);
	bool changed = ui->facts.role_known && ui->facts.role != role;
	char text[UI_MESSAGE_SIZE];

	if (ui->ended || ui->facts.door != DOOR_HOME)
		return;
	ui->facts.role = role;
	ui->facts.role_known = true;
	if (place > 0 && place < ui->depth) {
		while (ui->depth > place)
			take_off(ui);
		ui_resume(ui);
	}
	if (!changed)
		return;
	snprintf(text, sizeof text, _("Your role was changed: you are now %s."),
	    _(role_title(role)));
	ui_say_text(ui, STYLE_GOOD, text);
}

void
ui_lock(struct ui *ui)
{
	ui->last_key = terminal_clock();
	terminal_overwrite(ui->terminal);
	ui_push(ui, ui->screens->lock, NULL);
	ui->facts.door = DOOR_LOCKED;
}

/* --- the screen on top -------------------------------------------------------- */

bool
ui_give(struct ui *ui, const struct event *event)
{
	struct ui_slot top = *ui_top(ui);

	return top.screen->handle != NULL && top.screen->handle(ui, top.state, event);
}

struct form *
ui_form(struct ui *ui)
{
	return ui_form_at(ui, ui->depth - 1);
}

/* --- the end ------------------------------------------------------------------- */

void
ui_close(struct ui *ui)
{
	ui_free_gone(ui);
	while (ui->depth > 0)
		take_off(ui);
	ui_free_gone(ui);
	secret_wipe(&ui->queue, sizeof ui->queue);
	secret_wipe(&ui->again, sizeof ui->again);
	secret_wipe(ui->kept, sizeof ui->kept);
	ui->kept_count = 0;
}
