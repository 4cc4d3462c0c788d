/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person's role may run: chosen, asked about where its file says so, and run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conv/when.h"
#include "core/text.h"
#include "ui/screen/confirm.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"
#include "wire/run.h"

enum { CHOOSE = PART_OWN };

enum { COMMANDS_MOST = 512, LABEL_SIZE = WIRE_TITLE_SIZE };

struct commands_screen {
	struct list list;
	bool have; /* all of them */
	int64_t next_code;
	size_t count;
	struct wire_command command[COMMANDS_MOST];
	char running[WIRE_COMMAND_SIZE];
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one item to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Run"), 50, N_("Runs the command.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS, N_("Goes back.") },
	{ .id = 0 },
};

/* --- the list ---------------------------------------------------------------------------- */

static void
ask_behind(struct ui *ui, const char *after)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_COMMAND_LIST);
	wire_put(request.u.command_page.after, sizeof request.u.command_page.after, after);
	ui_ask(ui, &request, NULL);
}

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	(void)state;
	(void)argument;
	ask_behind(ui, "");
	return ERR_OK;
}

static void
take_page(struct ui *ui, struct commands_screen *screen, const struct wire_command_page_reply *page)
{
	if (screen->have)
		screen->count = 0; /* it is read anew */
	screen->have = false;
	for (uint32_t i = 0; i < page->count && screen->count < COMMANDS_MOST; i++)
		screen->command[screen->count++] = page->command[i];
	screen->next_code = page->next_code;
	if (page->more && screen->count < COMMANDS_MOST) {
		ask_behind(ui, screen->command[screen->count - 1].name);
		return;
	}
	screen->have = true;
	screen->list.count = screen->count;
	list_fit(&screen->list, screen->list.count);
}

/* --- running one ---------------------------------------------------------------------------- */

/* What the terminal is, as the command is told; the size is told once more when it changes. */
static void
fill_run(const struct ui *ui, const struct wire_command *command, struct wire_request *request)
{
	const char *term = getenv("TERM"), *language = getenv("LANG");
	int rows, columns;

	terminal_size(ui->terminal, &rows, &columns);
	wire_request_init(request, WIRE_COMMAND_RUN);
	request->u.run.rows = (uint32_t)rows;
	request->u.run.columns = (uint32_t)columns;
	wire_put(request->u.run.name, sizeof request->u.run.name, command->name);
	wire_put(request->u.run.term, sizeof request->u.run.term, term == NULL ? "" : term);
	wire_put(request->u.run.language, sizeof request->u.run.language,
	    language == NULL ? "" : language);
	request->u.run.confirmed = command->confirm;
}

static void
put_question(const struct wire_command *command, char *buf, size_t size)
{
	char title[LABEL_SIZE];

	(void)text_show(command->title, strlen(command->title), title, sizeof title);
	(void)snprintf(buf, size, "%s (%s)%s%s", title, command->name,
	    command->record ? "\n\n" : "",
	    command->record ? _("What this command shows is recorded.") : "");
}

static void
run_chosen(struct ui *ui, struct commands_screen *screen)
{
	const struct wire_command *command = &screen->command[screen->list.chosen];
	struct confirm confirm = { .verb = N_("Run"),
		.by_code = ui->facts.has_2fa,
		.proven = !command->code,
		.next_code = screen->next_code };
	struct wire_request request;

	wire_put(screen->running, sizeof screen->running, command->name);
	fill_run(ui, command, &request);
	if (!command->confirm && !command->code && !command->record) {
		ui_ask(ui, &request, NULL);
		return;
	}
	put_question(command, confirm.question, sizeof confirm.question);
	confirm.request = request;
	confirm_open(ui, &confirm);
}

/* How it ended, in one sentence. */
static void
tell_end(struct ui *ui, const struct commands_screen *screen)
{
	const struct run_over *over = &ui->over;
	char text[UI_MESSAGE_SIZE];
	long long seconds = over->milliseconds / 1000;

	switch (over->how) {
	case RUN_EXITED:
		if (over->value == 0)
			(void)snprintf(text, sizeof text, _("%s has ended."), screen->running);
		else
			(void)snprintf(text, sizeof text,
			    _("%s ended with status %u after %lld s."), screen->running,
			    over->value, seconds);
		break;
	case RUN_SIGNALLED:
		(void)snprintf(text, sizeof text, _("%s was ended by signal %u after %lld s."),
		    screen->running, over->value, seconds);
		break;
	case RUN_STOPPED:
		(void)snprintf(text, sizeof text,
		    _("%s stopped itself, which nobody here can undo, and was ended."),
		    screen->running);
		break;
	case RUN_FULL:
		(void)snprintf(text, sizeof text,
		    _("%s was ended: there is no more room for its recording."), screen->running);
		break;
	case RUN_REFUSED:
		ui_say_err(ui, (enum err)over->value, 0);
		return;
	default:
		(void)snprintf(text, sizeof text, _("%s was ended."), screen->running);
		break;
	}
	ui_say_text(ui, over->how == RUN_EXITED && over->value == 0 ? STYLE_PLAIN : STYLE_ERROR,
	    text);
}

static void
resume(struct ui *ui, void *state)
{
	struct commands_screen *screen = state;

	if (ui->over.how != 0)
		tell_end(ui, screen);
	ui->over.how = 0;
	ask_behind(ui, "");
}

static void
answered(struct ui *ui, struct commands_screen *screen, const struct wire_reply *reply)
{
	if (reply->err != ERR_OK)
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	else if (reply->op == WIRE_COMMAND_LIST)
		take_page(ui, screen, &reply->u.command_page);
	else if (reply->op == WIRE_COMMAND_RUN)
		ui->behind = true;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct commands_screen *screen = state;

	if (event->type == EVENT_REPLY) {
		answered(ui, screen, event->reply);
		return true;
	}
	return list_handle(&screen->list, event, screen->list.count);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct commands_screen *screen = state;

	if (id == PART_ENTER && screen->have && screen->list.chosen < screen->count)
		run_chosen(ui, screen);
	if (id == PART_BACK)
		ui_pop(ui);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct commands_screen *screen = state;

	(void)ui;
	if (id == CHOOSE)
		return screen->list.count > 1;
	return id != PART_ENTER || screen->count > 0;
}

/* --- drawing -----------------------------------------------------------------------------------
 */

static void
put_row(const struct ui *ui, const struct wire_command *command, char label[LABEL_SIZE],
    struct menu_row *row)
{
	char when[128] = "";

	(void)text_show(command->title, strlen(command->title), label, LABEL_SIZE);
	if (command->last_run != 0)
		when_put(command->last_run, ui->clock(), when, sizeof when);
	(void)snprintf(row->text, sizeof row->text, "%s%s%s%s%s", command->name,
	    command->record ? ", " : "", command->record ? _("recorded") : "",
	    when[0] != '\0' ? ", " : "", when);
	row->label = label;
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct commands_screen *screen = state;
	struct page page = parts_page(ui, area);
	struct menu_row *rows = calloc(COMMANDS_MOST, sizeof *rows);
	char(*labels)[LABEL_SIZE] = calloc(COMMANDS_MOST, sizeof *labels);

	if (rows != NULL && labels != NULL && screen->have) {
		for (size_t i = 0; i < screen->count; i++)
			put_row(ui, &screen->command[i], labels[i], &rows[i]);
		if (screen->count == 0)
			page_line(&page, STYLE_BOLD, 0, _("There are no commands for your role."));
		menu_draw(&page, rows, screen->count, screen->list.chosen);
		page_gap(&page);
		page_note(&page);
	}
	free(rows);
	free(labels);
	return page.noted;
}

const struct screen screen_commands = {
	.name = "commands",
	.title = N_("Commands"),
	.about = N_("What root lets your role run. A command has this terminal until it ends; "
		    "^C and ^Z go to it."),
	.state_size = sizeof(struct commands_screen),
	.key_rows = key_rows,
	.enter = enter,
	.resume = resume,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
};
