/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stack of screens. */
#include "ui/ui_inside.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/secret.h"

static const struct screen *const door_screens[DOOR_COUNT] = { [DOOR_NAME] = &screen_signin,
	[DOOR_CODE] = &screen_code,
	[DOOR_PASSWORD] = &screen_new_password,
	[DOOR_CONFIGURE] = &screen_configure,
	[DOOR_RECOVERY] = &screen_codes,
	[DOOR_HOME] = &screen_home };

static int64_t
unix_seconds(void)
{
	return (int64_t)time(NULL);
}

static void
know(struct ui_facts *facts, const struct wire_hello_reply *hello)
{
	char host[sizeof facts->host];

	memcpy(facts->console_name, hello->console_name, sizeof facts->console_name);
	memcpy(facts->applications, hello->applications, sizeof facts->applications);
	facts->idle_lock = hello->idle_lock;
	facts->door = DOOR_NAME;
	facts->recovery_left = -1;
	if (gethostname(host, sizeof host) != 0)
		host[0] = '\0';
	host[sizeof host - 1] = '\0';
	text_show(host, strlen(host), facts->host, sizeof facts->host);
}

enum err
ui_open(struct ui *ui, struct terminal *terminal, int line, const struct wire_reply *hello)
{
	memset(ui, 0, sizeof *ui);
	ui->terminal = terminal;
	ui->line = line;
	ui->clock = unix_seconds;
	ui->last_key = ui->last_sent = ui->last_asked = terminal_clock();
	know(&ui->facts, &hello->u.hello);
	return ERR_OK;
}

struct ui_slot *
ui_top(struct ui *ui)
{
	return &ui->stack[ui->depth - 1];
}

/* --- leaving ----------------------------------------------------------------- */

static void
wipe_state(struct ui_slot *slot)
{
	secret_wipe(slot->state, slot->screen->state_size);
	free(slot->state);
	slot->state = NULL;
}

void
ui_free_gone(struct ui *ui)
{
	while (ui->gone_count > 0) {
		struct ui_slot *slot = &ui->gone[--ui->gone_count];

		if (slot->screen->leave != NULL)
			slot->screen->leave(ui, slot->state);
		wipe_state(slot);
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
put_on(struct ui *ui, const struct screen *screen)
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
	if (screen->enter != NULL)
		err = screen->enter(ui, slot->state);
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
	if (slot->screen->leave != NULL)
		slot->screen->leave(ui, slot->state);
	wipe_state(slot);
	if (ui->old && !ui->ended)
		ui_resume(ui);
}

void *
ui_state_of(const struct ui *ui, const struct screen *screen)
{
	for (size_t i = ui->depth; i > 0; i--)
		if (ui->stack[i - 1].screen == screen)
			return ui->stack[i - 1].state;
	return NULL;
}

void
ui_push(struct ui *ui, const struct screen *screen)
{
	conceal(ui);
	put_on(ui, screen);
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
	if (ui->old || (gone != &screen_help && !gone->dialog))
		ui_resume(ui);
}

void
ui_resume(struct ui *ui)
{
	struct ui_slot top = *ui_top(ui);

	ui->old = ui->waiting || top.screen == &screen_help; /* then as soon as it can be */
	if (!ui->old && !ui->ended && top.screen->resume != NULL)
		top.screen->resume(ui, top.state);
}

void
ui_go_over(struct ui *ui, enum signin_door door, const struct screen *screen)
{
	ui->facts.door = door;
	ui_push(ui, screen);
}

void
ui_replace(struct ui *ui, const struct screen *screen)
{
	while (ui->depth > 0)
		take_off(ui);
	put_on(ui, screen);
}

void
ui_enter_door(struct ui *ui, enum signin_door door)
{
	if (door >= DOOR_COUNT || door_screens[door] == NULL) {
		ui_end(ui, 1, ERR_ENDED, NULL);
		return;
	}
	ui->facts.door = door;
	ui->facts.inside = ui->facts.inside || door == DOOR_HOME;
	ui_replace(ui, door_screens[door]);
}

/* --- the end ------------------------------------------------------------------- */

void
ui_end(struct ui *ui, int status, enum err why, const char *farewell)
{
	if (ui->ended)
		return;
	ui->ended = true;
	ui->status = status;
	ui->why = why;
	ui->farewell = farewell;
}

void
ui_leave(struct ui *ui)
{
	if (ui->facts.inside)
		ui_end(ui, 0, ERR_OK, N_("Signed out."));
	else
		ui_end(ui, 1, ERR_OK, NULL);
}

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
