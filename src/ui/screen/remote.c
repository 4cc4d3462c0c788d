/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one command that was asked for over SSH (ssh -t HOST NAME): instead of home. It is run at
 * once, after its question where it has one, and the console ends with it. */
#include <string.h>

#include "core/text.h"
#include "ui/screen/commands.h"
#include "ui/screen/home.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"

enum { SIGN_OUT = PART_OWN };

enum { STATUS_NO_COMMAND = 1 }; /* as where anything else is asked for over SSH */

struct remote {
	bool have; /* the command */
	int64_t next_code;
	struct wire_command command;
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Run"), 50, N_("Runs the command.") },
	{ SIGN_OUT, KEY_INTERRUPT, 0, "^C", N_("Sign out"), KEY_ROW_ALWAYS,
	    N_("Ends the console.") },
	{ .id = 0 },
};

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct remote *remote = state;

	(void)argument;
	wire_put(remote->command.name, sizeof remote->command.name, ui->remote);
	ui_ask_plain(ui, WIRE_HOME, NULL);
	return ERR_OK;
}

/* What is in no page the keeper is asked for all the same: it refuses, and the trail knows. */
static void
take_page(struct ui *ui, struct remote *remote, const struct wire_command_page_reply *page)
{
	for (uint32_t i = 0; i < page->count && !remote->have; i++)
		if (strcmp(page->command[i].name, ui->remote) == 0) {
			remote->command = page->command[i];
			remote->have = true;
		}
	remote->next_code = page->next_code;
	if (!remote->have && page->more && page->count > 0)
		commands_ask_behind(ui, page->command[page->count - 1].name);
	else
		commands_run(ui, &remote->command, remote->next_code);
}

static void
answered(struct ui *ui, struct remote *remote, const struct wire_reply *reply)
{
	enum err err = (enum err)reply->err;

	if (err != ERR_OK) {
		ui->remote_said = err == ERR_COMMAND_NONE;
		ui_end(ui, STATUS_NO_COMMAND, err, NULL);
	} else if (reply->op == WIRE_HOME) {
		home_note(ui, &reply->u.home);
		commands_ask_behind(ui, "");
	} else if (reply->op == WIRE_COMMAND_LIST) {
		take_page(ui, remote, &reply->u.command_page);
	} else if (reply->op == WIRE_COMMAND_RUN) {
		commands_begin(ui, &reply->u.run);
	}
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	if (event->type != EVENT_REPLY)
		return false;
	answered(ui, state, event->reply);
	return true;
}

static void
act(struct ui *ui, void *state, int id)
{
	const struct remote *remote = state;

	if (id == PART_ENTER)
		commands_run(ui, &remote->command, remote->next_code);
	if (id == SIGN_OUT)
		ui_leave(ui);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct remote *remote = state;

	(void)ui;
	return id != PART_ENTER || remote->have;
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct remote *remote = state;
	struct page page = parts_page(ui, area);
	char title[WIRE_TITLE_SIZE];

	(void)text_show(remote->command.title, strlen(remote->command.title), title, sizeof title);
	page_line(&page, STYLE_BOLD, 0, remote->have ? title : remote->command.name);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_remote = {
	.name = "remote",
	.title = N_("Commands"),
	.about = N_("The command that you asked for when you connected. The console ends with it."),
	.state_size = sizeof(struct remote),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
};
