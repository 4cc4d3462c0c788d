/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands, line by line: a few at a time, found by a part of their name or title. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "conv/ended.h"
#include "conv/when.h"
#include "core/text.h"
#include "core/words.h"
#include "plain/inside.h"
#include "plain/menu.h"

enum {
	COMMANDS_MOST = 512,
	SHOWN_MOST = 9, /* that are told at once; behind them what else there is to choose */
	STATUS_NO_COMMAND = 1
};

enum more { MORE_NEXT, MORE_FILTER, MORES };

struct commands {
	int64_t next_code;
	size_t count;
	struct wire_command command[COMMANDS_MOST];
	char holds[CONV_ANSWER_SIZE]; /* the filter */
	size_t from;		      /* of those that fit, the first one that is told */
};

/* --- the keeper's list ------------------------------------------------------------------ */

/* All pages. *ret_why: why there is none. */
static enum err
load(struct plain *plain, struct commands *commands, enum err *ret_why)
{
	struct wire_request request;
	struct wire_reply reply;
	const struct wire_command_page_reply *page = &reply.u.command_page;
	enum err err;

	commands->count = 0;
	do {
		wire_request_init(&request, WIRE_COMMAND_LIST);
		if (commands->count > 0)
			wire_put(request.u.command_page.after, sizeof request.u.command_page.after,
			    commands->command[commands->count - 1].name);
		err = conv_exchange(&plain->conv, &request, &reply);
		*ret_why = err == ERR_OK ? (enum err)reply.err : ERR_OK;
		if (err != ERR_OK || reply.err != ERR_OK)
			return err;
		for (uint32_t i = 0; i < page->count && commands->count < COMMANDS_MOST; i++)
			commands->command[commands->count++] = page->command[i];
		commands->next_code = page->next_code;
	} while (page->more && page->count > 0 && commands->count < COMMANDS_MOST);
	return ERR_OK;
}

/* --- the menu ------------------------------------------------------------------------------ */

static bool
fits(const struct commands *commands, size_t i)
{
	return text_holds(commands->command[i].name, commands->holds) ||
	    text_holds(commands->command[i].title, commands->holds);
}

/* Which are told; *ret_all: how many fit. */
static size_t
pick(const struct commands *commands, size_t shown[SHOWN_MOST], size_t *ret_all)
{
	size_t count = 0, all = 0;

	for (size_t i = 0; i < commands->count; i++) {
		if (!fits(commands, i))
			continue;
		if (all >= commands->from && count < SHOWN_MOST)
			shown[count++] = i;
		all++;
	}
	*ret_all = all;
	return count;
}

static void
put_row(const struct wire_command *command, char label[WIRE_TITLE_SIZE], struct menu_row *row)
{
	char when[128] = "";

	(void)text_show(command->title, strlen(command->title), label, WIRE_TITLE_SIZE);
	if (command->last_run != 0)
		when_put(command->last_run, (int64_t)time(NULL), when, sizeof when);
	(void)snprintf(row->text, sizeof row->text, "%s%s%s%s%s", command->name,
	    command->record ? ", " : "", command->record ? _("recorded") : "",
	    when[0] != '\0' ? ", " : "", when);
	row->label = label;
}

static enum err
ask_filter(struct plain *plain, struct commands *commands)
{
	const struct conv_question question = { .prompt = _("Filter"),
		.help = _("Shows only those whose name or title holds what you type. Enter alone "
			  "shows all.") };

	commands->from = 0;
	return conv_question(&plain->conv, &question, commands->holds);
}

static enum err
run_one(struct plain *plain, const struct commands *commands, size_t which)
{
	const struct wire_command *command = &commands->command[which];
	struct run_over over;
	char text[ENDED_SIZE];
	enum err why, err;
	bool well;

	err = command_run(plain, command, commands->next_code, &over, &why);
	if (over.how == 0)
		return err;
	well = ended_put(command->name, &over, text, sizeof text);
	conv_tell(&plain->conv, well ? CONV_GOOD : CONV_WRONG, text);
	return err;
}

/* One round: what there is, and what was chosen. */
static enum err
choose(struct plain *plain, struct commands *commands, bool *ret_back)
{
	struct menu_row rows[SHOWN_MOST + MORES];
	char labels[SHOWN_MOST][WIRE_TITLE_SIZE];
	enum more more[MORES] = { MORE_NEXT };
	size_t shown[SHOWN_MOST] = { 0 }, all, count = pick(commands, shown, &all), mores = 0;
	int choice = MENU_BACK;
	enum err err;

	for (size_t i = 0; i < count; i++)
		put_row(&commands->command[shown[i]], labels[i], &rows[i]);
	if (commands->from + count < all)
		more[mores++] = MORE_NEXT;
	if (commands->count > SHOWN_MOST)
		more[mores++] = MORE_FILTER;
	for (size_t i = 0; i < mores; i++)
		rows[count + i] = (struct menu_row){
			.label = more[i] == MORE_NEXT ? _("The next ones") : _("Filter")
		};
	if (commands->count == 0)
		conv_tell(&plain->conv, CONV_TEXT, _("There are no commands for your role."));
	else if (all == 0)
		conv_tell(&plain->conv, CONV_TEXT, _("No command fits."));
	err = menu_ask(plain, rows, (int)(count + mores), N_("Goes back."), &choice);
	*ret_back = choice == MENU_BACK;
	if (err != ERR_OK || *ret_back)
		return err;
	if ((size_t)choice < count)
		return run_one(plain, commands, shown[choice]);
	if (more[(size_t)choice - count] == MORE_FILTER)
		return ask_filter(plain, commands);
	commands->from += count;
	return ERR_OK;
}

enum err
commands_ask(struct plain *plain)
{
	struct commands *commands = calloc(1, sizeof *commands);
	enum err err = ERR_OK, why = ERR_OK;
	bool back = false;

	if (commands == NULL)
		return ERR_MEMORY;
	while (err == ERR_OK && !back) {
		conv_tell(&plain->conv, CONV_TITLE, _("Commands"));
		err = load(plain, commands, &why);
		if (err == ERR_OK && why != ERR_OK) {
			conv_tell_err(&plain->conv, why, 0);
			break;
		}
		if (err == ERR_OK)
			err = choose(plain, commands, &back);
	}
	free(commands);
	return err;
}

/* --- over SSH ------------------------------------------------------------------------------- */

/* What is not in the list the keeper is asked for all the same: it refuses, and the trail knows. */
static enum err
run_remote(struct plain *plain, const struct commands *commands)
{
	struct wire_command none = { .last_run = 0 };
	const struct wire_command *command = &none;
	struct run_over over;
	char text[ENDED_SIZE];
	enum err why = ERR_OK, err;

	wire_put(none.name, sizeof none.name, plain->remote);
	for (size_t i = 0; i < commands->count; i++)
		if (strcmp(commands->command[i].name, plain->remote) == 0)
			command = &commands->command[i];
	err = command_run(plain, command, commands->next_code, &over, &why);
	plain->remote_said = err == ERR_OK || over.how != 0;
	plain->status = over.how != 0 ? run_status(&over)
	    : why == ERR_COMMAND_NONE ? STATUS_NO_COMMAND
				      : RUN_STATUS_NEVER;
	plain->why = over.how == 0 ? why : err == ERR_LOCKED || err == ERR_ENDED ? ERR_OK : err;
	if (over.how != 0 && !ended_put(plain->remote, &over, text, sizeof text) &&
	    over.how != RUN_EXITED)
		conv_tell(&plain->conv, CONV_WRONG, text);
	return err == ERR_OK || over.how != 0 ? ERR_ENDED : err;
}

enum err
commands_remote(struct plain *plain)
{
	struct commands *commands = calloc(1, sizeof *commands);
	enum err why = ERR_OK, err = commands == NULL ? ERR_MEMORY : home_take(plain);

	if (err == ERR_OK)
		err = load(plain, commands, &why);
	if (err == ERR_OK)
		err = why;
	if (err == ERR_OK)
		err = run_remote(plain, commands);
	free(commands);
	return err;
}
