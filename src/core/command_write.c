/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/command.h"

static const char head[] = "# A command of provconsole: provconsole-commands(5)\n";

static const char *const faults[COMMAND_FAULT_COUNT] = {
	[COMMAND_FINE] = N_("It is in order."),
	[COMMAND_LONG] = N_("It is too long: a file has 16,383 bytes and 64 arguments at most."),
	[COMMAND_BYTE] = N_("There is a character that cannot be seen, such as a tab, a carriage "
			    "return or a line's end inside a value, or one that is no UTF-8."),
	[COMMAND_WORD] = N_("The line begins with none of the words title, role, as, confirm, "
			    "code, record, program and argument."),
	[COMMAND_TWICE] = N_("This word stands there already; only role and argument may stand "
			     "more than once."),
	[COMMAND_VALUE_NONE] = N_("title, role, as and program need a value behind one blank; "
				  "confirm, code and record stand alone."),
	[COMMAND_TITLE] = N_("The title is longer than 128 bytes."),
	[COMMAND_ROLE] = N_(
	    "This is no role: operator, administrator and super-administrator are."),
	[COMMAND_USER] = N_("This cannot be the name of a UNIX user."),
	[COMMAND_RELATIVE] = N_(
	    "The program is named by its whole path, from / on, of 1,023 bytes at most."),
	[COMMAND_TITLE_NONE] = N_("A title is missing: title Restart the web server"),
	[COMMAND_ROLE_NONE] = N_("Nobody may run it: a role is missing, such as: role operator"),
	[COMMAND_PROGRAM_NONE] = N_("A program is missing: program /usr/bin/uptime"),
};

const char *
command_fault_says(enum command_fault fault)
{
	return (unsigned)fault < COMMAND_FAULT_COUNT ? faults[fault] : faults[COMMAND_WORD];
}

/* A text that grows in an array; once it did not fit it stays full. */
struct text {
	char *at;
	size_t size;
	bool full;
};

__attribute__((format(printf, 2, 3))) static void
put(struct text *text, const char *format, ...)
{
	va_list list;
	int length;

	va_start(list, format);
	length = text->full ? 0 : vsnprintf(text->at, text->size, format, list);
	va_end(list);
	text->full = text->full || length < 0 || (size_t)length >= text->size;
	if (!text->full) {
		text->at += length;
		text->size -= (size_t)length;
	}
}

static void
put_all(struct text *text, const struct command *command)
{
	put(text, "%s", head);
	if (command->title[0] != '\0')
		put(text, "title %s\n", command->title);
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		if (command_allows(command, (enum role)role))
			put(text, "role %s\n", role_word((enum role)role));
	if (command->as[0] != '\0')
		put(text, "as %s\n", command->as);
	put(text, "%s%s%s", command->confirm ? "confirm\n" : "", command->code ? "code\n" : "",
	    command->record ? "record\n" : "");
	if (command->program[0] != '\0')
		put(text, "program %s\n", command->program);
	/* No blank at the end of a line: an editor that takes it away changes nothing. */
	for (size_t i = 0; i < command->count; i++)
		put(text, "argument%s%s\n", command->argument[i][0] == '\0' ? "" : " ",
		    command->argument[i]);
}

/* It would be two lines of the file, each of which may well be in order. */
static bool
has_line_end(const struct command *command)
{
	bool has = strchr(command->title, '\n') != NULL || strchr(command->as, '\n') != NULL ||
	    strchr(command->program, '\n') != NULL;

	for (size_t i = 0; !has && i < command->count; i++)
		has = strchr(command->argument[i], '\n') != NULL;
	return has;
}

/* Roles that there are not were not written. */
static bool
same(const struct command *one, const struct command *other)
{
	bool same = strcmp(one->title, other->title) == 0 && one->roles == other->roles &&
	    strcmp(one->as, other->as) == 0 && one->confirm == other->confirm &&
	    one->code == other->code && one->record == other->record &&
	    strcmp(one->program, other->program) == 0 && one->count == other->count;

	for (size_t i = 0; same && i < one->count; i++)
		same = strcmp(one->argument[i], other->argument[i]) == 0;
	return same;
}

enum command_fault
command_write(const struct command *command, char *ret_text, size_t size)
{
	struct text text = { ret_text, size, size == 0 };
	struct command again;
	enum command_fault fault;
	size_t line;

	if (command->count > COMMAND_ARGUMENTS_MAX)
		return COMMAND_LONG;
	if (has_line_end(command))
		return COMMAND_BYTE;
	put_all(&text, command);
	if (text.full)
		return COMMAND_LONG;
	fault = command_parse(command->name, ret_text, (size_t)(text.at - ret_text), &again, &line);
	return fault == COMMAND_FINE && !same(command, &again) ? COMMAND_ROLE : fault;
}
