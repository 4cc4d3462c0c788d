/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/ui.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

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
	text_show(hello->welcome, strlen(hello->welcome), facts->welcome, sizeof facts->welcome);
	wire_put(facts->fixed, sizeof facts->fixed, hello->name);
	facts->idle_lock = hello->idle_lock;
	facts->password_least = TEXT_PASSWORD_MIN;
	facts->door = DOOR_NAME;
	facts->recovery_left = -1;
	if (gethostname(host, sizeof host) != 0)
		host[0] = '\0';
	host[sizeof host - 1] = '\0';
	text_show(host, strlen(host), facts->host, sizeof facts->host);
}

void
ui_open(struct ui *ui, const struct ui_screens *screens, struct terminal *terminal, int line,
    const struct wire_reply *hello)
{
	memset(ui, 0, sizeof *ui);
	ui->screens = screens;
	ui->terminal = terminal;
	ui->line = line;
	ui->passed = -1;
	ui->clock = unix_seconds;
	ui->last_key = ui->last_sent = ui->last_asked = terminal_clock();
	language_open(&ui->language);
	know(&ui->facts, &hello->u.hello);
}

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
ui_hand_over(struct ui *ui)
{
	if (ui->ended)
		return;
	ui->hands_over = true;
	ui_end(ui, 0, ERR_OK, NULL);
}

void
ui_leave(struct ui *ui)
{
	if (ui->facts.inside)
		ui_end(ui, 0, ERR_OK, N_("Signed out."));
	else
		ui_end(ui, 1, ERR_OK, NULL);
}

struct form *
ui_form_at(const struct ui *ui, size_t place)
{
	const struct ui_slot *slot = &ui->stack[place];

	if (slot->screen->form != NULL)
		return slot->screen->form(slot->state);
	return slot->screen->plan != NULL ? slot->state : NULL;
}

int64_t
ui_administering(const struct ui *ui)
{
	int64_t left = ui->facts.administering - ui->clock();

	return ui->facts.administering != 0 && left > 0 ? left : 0;
}
