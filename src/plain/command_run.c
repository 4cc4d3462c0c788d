/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command has the terminal for a while; what comes before and after it is told line by line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/behind.h"
#include "conv/ended.h"
#include "core/text.h"
#include "core/words.h"
#include "plain/inside.h"

/* --- it has the terminal ----------------------------------------------------------- */

struct lent {
	struct plain *plain;
	enum err err; /* of the line to the keeper */
};

static void
hear_signals(void *self)
{
	const struct lent *lent = self;

	tty_hear(&lent->plain->tty);
}

static void
hear_keeper(void *self)
{
	struct lent *lent = self;

	lent->err = conv_hear(&lent->plain->conv);
}

static bool
resized(void *self, struct run_size *ret_size)
{
	const struct lent *lent = self;

	if (!tty_resized(&lent->plain->tty))
		return false;
	tty_size(&lent->plain->tty, &ret_size->rows, &ret_size->columns);
	return true;
}

static bool
goes_on(void *self)
{
	const struct lent *lent = self;

	return !lent->plain->tty.left && lent->err == ERR_OK;
}

static int64_t
idle(void *self)
{
	const struct lent *lent = self;

	return lent->plain->conv.idle_lock;
}

static int64_t
ends(void *self)
{
	const struct lent *lent = self;

	return lent->plain->conv.ends;
}

/* What was said meanwhile is told now. */
static void
tell_held(struct plain *plain)
{
	size_t length = strlen(plain->held);

	if (length == 0)
		return;
	plain->held[length - 1] = '\0';
	tty_put(&plain->tty, plain->held);
	plain->held[0] = '\0';
}

/* ERR_LOCKED: the lock has closed, here or at the keeper; all else but ERR_OK ends the console. */
static enum err
go_behind(struct plain *plain, int pump, const struct wire_run_reply *run,
    struct run_over *ret_over)
{
	struct lent lent = { .plain = plain };
	const struct behind_face face = { .self = &lent,
		.in = plain->tty.in,
		.out = plain->tty.out,
		.line = plain->conv.line,
		.signals = plain->tty.signals,
		.hear_signals = hear_signals,
		.hear_keeper = hear_keeper,
		.resized = resized,
		.goes_on = goes_on,
		.idle = idle,
		.ends = ends };
	struct behind_end end;
	enum err err;

	plain->conv.ends = behind_ends(run->lasts);
	tty_lend(&plain->tty);
	behind_run(&face, pump, run->name, &end);
	err = tty_take_back(&plain->tty, end.drew);
	tty_put(&plain->tty, "");
	tell_held(plain);
	if (lent.err == ERR_LOCKED)
		end.over.value = ERR_IDLE;
	*ret_over = end.over;
	plain->last_typed = conv_clock();
	if (plain->tty.left)
		return ERR_ENDED;
	if (lent.err != ERR_OK)
		return lent.err;
	if (err == ERR_OK && end.over.how == RUN_ENDED && end.over.value == ERR_IDLE)
		return conv_lock(&plain->conv);
	return err;
}

/* --- before it ------------------------------------------------------------------------- */

static void
fill_run(const struct plain *plain, const struct wire_command *command,
    struct wire_request *request)
{
	const char *term = getenv("TERM"), *language = getenv("LANG");
	struct wire_run_request *run = &request->u.run;
	unsigned short rows, columns;

	tty_size(&plain->tty, &rows, &columns);
	wire_request_init(request, WIRE_COMMAND_RUN);
	run->rows = rows;
	run->columns = columns;
	wire_put(run->name, sizeof run->name, command->name);
	wire_put(run->term, sizeof run->term, term == NULL ? "" : term);
	wire_put(run->language, sizeof run->language, language == NULL ? "" : language);
	run->confirmed = command->confirm;
	run->remote = plain->remote != NULL;
}

static enum err
ask_keeper(struct plain *plain, struct wire_request *request, struct conv_asked *asked)
{
	enum err err = conv_exchange(&plain->conv, request, &asked->reply);

	asked->done = err == ERR_OK;
	if (err == ERR_OK && asked->reply.err != ERR_OK && plain->remote == NULL)
		conv_tell_err(&plain->conv, (enum err)asked->reply.err, asked->reply.wait);
	return err;
}

/* A proof, a yes, or nothing, as its file says; and the notice of a recording. */
static enum err
ask_person(struct plain *plain, const struct wire_command *command, struct wire_request *request,
    struct conv_asked *asked)
{
	char title[WIRE_TITLE_SIZE], question[CONV_TEXT_SIZE];
	bool yes = true;
	enum err err = ERR_OK;

	(void)text_show(command->title, strlen(command->title), title, sizeof title);
	(void)snprintf(question, sizeof question, "%s (%s)%s%s", title, command->name,
	    command->record ? "\n" : "",
	    command->record ? _("What this command shows is recorded.") : "");
	if (command->code)
		return conv_prove(&plain->conv, question, request, asked);
	if (command->confirm || command->record)
		err = plain_yes(plain, question, &yes);
	return err == ERR_OK && yes ? ask_keeper(plain, request, asked) : err;
}

enum err
command_run(struct plain *plain, const struct wire_command *command, int64_t next_code,
    struct run_over *ret_over, enum err *ret_why)
{
	struct wire_request request;
	struct conv_asked asked = { .done = false };
	enum err err;
	int pump;

	*ret_over = (struct run_over){ .how = 0 };
	plain->conv.next_code = next_code;
	fill_run(plain, command, &request);
	err = ask_person(plain, command, &request, &asked);
	pump = conv_take_passed(&plain->conv);
	*ret_why = asked.done ? (enum err)asked.reply.err : ERR_OK;
	if (err == ERR_OK && asked.done && asked.reply.err == ERR_OK && pump >= 0)
		err = go_behind(plain, pump, &asked.reply.u.run, ret_over);
	else if (pump >= 0)
		close(pump);
	secret_wipe(&asked, sizeof asked);
	return err;
}
