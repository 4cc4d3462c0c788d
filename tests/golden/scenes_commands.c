/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands: what a role may run, many of them, and one that was asked for over SSH. */
#include "scene.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <setjmp.h>

#include <cmocka.h>

static struct wire_command
command(const char *name, const char *title, int64_t last_run, bool record)
{
	struct wire_command command = { .last_run = last_run, .record = record };

	wire_put(command.name, sizeof command.name, name);
	wire_put(command.title, sizeof command.title, title);
	return command;
}

static struct wire_reply
three(void)
{
	struct wire_reply reply = answer(WIRE_COMMAND_LIST, ERR_OK, DOOR_HOME);
	struct wire_command_page_reply *page = &reply.u.command_page;

	page->command[0] = command("db1", "Datenbank db1", YESTERDAY_1703, true);
	page->command[1] = command("protokoll", "Protokoll des Webservers", 0, false);
	page->command[2] = command("neustart-web", "Neustart des Webservers", 0, false);
	page->command[2].confirm = 1;
	page->count = 3;
	return reply;
}

static void
open_commands(struct ui *ui)
{
	password_passed(ui, DOOR_HOME);
	struct wire_reply reply = at_home(ROLE_OPERATOR, true, 9);
	reply.u.home.commands = 3;
	give(ui, &reply);
	press(ui, KEY_ENTER_);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "commands");
}

static void
commands(struct ui *ui)
{
	open_commands(ui);
	struct wire_reply reply = three();
	give(ui, &reply);
}

static void
commands_none(struct ui *ui)
{
	open_commands(ui);
	struct wire_reply reply = answer(WIRE_COMMAND_LIST, ERR_OK, DOOR_HOME);
	give(ui, &reply);
}

/* A recording is told before it begins. */
static void
commands_recorded(struct ui *ui)
{
	commands(ui);
	press(ui, KEY_ENTER_);
}

static void
commands_ended(struct ui *ui)
{
	commands(ui);
	wire_put(ui->running, sizeof ui->running, "protokoll");
	ui->over = (struct run_over){ .how = RUN_ENDED, .value = ERR_IDLE };
	ui_resume(ui);
	struct wire_reply reply = three();
	give(ui, &reply);
}

/* Three hundred, a page at a time. */
static void
commands_many(struct ui *ui)
{
	char name[16], title[32];

	open_commands(ui);
	for (unsigned given = 0; given < 300;) {
		struct wire_reply reply = answer(WIRE_COMMAND_LIST, ERR_OK, DOOR_HOME);
		struct wire_command_page_reply *page = &reply.u.command_page;

		while (page->count < WIRE_COMMANDS_PAGE && given < 300) {
			(void)snprintf(name, sizeof name, "dienst%03u", ++given);
			(void)snprintf(title, sizeof title, "Dienst Nummer %03u", given);
			page->command[page->count++] = command(name, title, 0, false);
		}
		page->more = given < 300;
		give(ui, &reply);
	}
}

static void
commands_end(struct ui *ui)
{
	commands_many(ui);
	press(ui, KEY_END_);
}

static void
commands_filter(struct ui *ui)
{
	commands_many(ui);
	type(ui, "/NUMMER 27");
}

static void
commands_filter_none(struct ui *ui)
{
	commands_many(ui);
	type(ui, "/nichts");
}

static void
remote(struct ui *ui)
{
	ui->screens = &screens_remote;
	ui->remote = "neustart-web";
	signed_in(ui, ROLE_OPERATOR, true);
	struct wire_reply reply = three();
	give(ui, &reply);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "confirm");
}

static void
remote_not(struct ui *ui)
{
	remote(ui);
	press(ui, KEY_ESC);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "remote");
}

const struct scene scenes_commands[] = {
	{ "commands", commands },
	{ "commands-none", commands_none },
	{ "commands-recorded", commands_recorded },
	{ "commands-ended", commands_ended },
	{ "commands-many", commands_many },
	{ "commands-end", commands_end },
	{ "commands-filter", commands_filter },
	{ "commands-filter-none", commands_filter_none },
	{ "remote", remote },
	{ "remote-not", remote_not },
	{ NULL, NULL },
};
