/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command's file: what is taken is whole, and is written and read as the same. */
#include "fuzz.h"

#include <string.h>

#include "core/command.h"

static void
same(const struct command *one, const struct command *other)
{
	MUST(strcmp(one->name, other->name) == 0 && strcmp(one->title, other->title) == 0);
	MUST(one->roles == other->roles && strcmp(one->as, other->as) == 0);
	MUST(one->confirm == other->confirm && one->code == other->code);
	MUST(one->record == other->record && strcmp(one->program, other->program) == 0);
	MUST(one->count == other->count);
	for (size_t i = 0; i < one->count; i++)
		MUST(strcmp(one->argument[i], other->argument[i]) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct command command, again;
	char text[COMMAND_TEXT_SIZE];
	size_t line;
	enum command_fault fault = command_parse("x", (const char *)data, size, &command, &line);

	MUST(fault < COMMAND_FAULT_COUNT && line <= size + 1);
	if (fault != COMMAND_FINE)
		return 0;
	MUST(line == 0 && command.program[0] == '/' && command.title[0] != '\0');
	MUST(command.roles != 0 && command.count <= COMMAND_ARGUMENTS_MAX);
	fault = command_write(&command, text, sizeof text);
	/* With what is written above it, the longest file is too long. */
	MUST(fault == COMMAND_FINE || (fault == COMMAND_LONG && size > sizeof text - 128));
	if (fault == COMMAND_FINE) {
		MUST(command_parse("x", text, strlen(text), &again, &line) == COMMAND_FINE);
		same(&command, &again);
	}
	return 0;
}
