/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/behind.h"
#include "core/text.h"
#include "ui/screen/confirm.h"
#include "ui/stack/parts.h"

void
commands_ask_behind(struct ui *ui, const char *after)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_COMMAND_LIST);
	wire_put(request.u.command_page.after, sizeof request.u.command_page.after, after);
	ui_ask(ui, &request, NULL);
}

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
	request->u.run.remote = ui->remote != NULL;
}

static void
put_question(const struct wire_command *command, char *buf, size_t size)
{
	char title[WIRE_TITLE_SIZE];

	(void)text_show(command->title, strlen(command->title), title, sizeof title);
	(void)snprintf(buf, size, "%s (%s)%s%s", title, command->name,
	    command->record ? "\n\n" : "",
	    command->record ? _("What this command shows is recorded.") : "");
}

void
commands_run(struct ui *ui, const struct wire_command *command, int64_t next_code)
{
	struct confirm confirm = { .verb = N_("Run"),
		.by_code = ui->facts.has_2fa,
		.proven = !command->code,
		.next_code = next_code };
	struct wire_request request;

	fill_run(ui, command, &request);
	if (!command->confirm && !command->code && !command->record) {
		ui_ask(ui, &request, NULL);
		return;
	}
	put_question(command, confirm.question, sizeof confirm.question);
	confirm.request = request;
	confirm_open(ui, &confirm);
}

void
commands_begin(struct ui *ui, const struct wire_run_reply *run)
{
	wire_put(ui->running, sizeof ui->running, run->name);
	ui->ends = behind_ends(run->lasts);
	ui->behind = true;
}
