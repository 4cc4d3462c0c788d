/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/commands.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/file.h"
#include "wire/wire.h"

/* A service's are root's; embedded ones stand in the state, which is its owner's. */
static enum err
open_directory(const struct keeper *keeper, int *ret_directory)
{
	enum err err = ERR_OK;

	if (keeper->stays)
		return command_directory(COMMAND_DIRECTORY, 0, ret_directory);
	*ret_directory = openat(keeper->directory, "commands.d",
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (*ret_directory < 0)
		err = ERR_COMMAND_NONE;
	return err;
}

static uid_t
owner_of(const struct keeper *keeper)
{
	return keeper->stays ? 0 : keeper->owner;
}

static enum err
look(const struct keeper *keeper, int directory, const char *name, struct command *command,
    struct commands_facts *ret_facts)
{
	struct command_file file;
	enum err err = command_file_read(directory, owner_of(keeper), name, command, &file);

	if (err != ERR_OK)
		return err;
	*ret_facts = (struct commands_facts){ .roles = command->roles,
		.confirm = command->confirm,
		.code = command->code,
		.record = command->record };
	wire_put(ret_facts->name, sizeof ret_facts->name, command->name);
	wire_put(ret_facts->title, sizeof ret_facts->title, command->title);
	return ERR_OK;
}

enum err
commands_find(const struct keeper *keeper, const char *name, struct commands_facts *ret_facts)
{
	struct command *command = malloc(sizeof *command);
	int directory = -1;
	enum err err = command == NULL ? ERR_MEMORY : open_directory(keeper, &directory);

	if (err == ERR_OK) {
		err = look(keeper, directory, name, command, ret_facts);
		close(directory);
	}
	free(command);
	return err;
}

static enum err
collect(const struct keeper *keeper, int directory, enum role role, const char *after,
    struct commands_facts *facts, size_t *io_count)
{
	char (*names)[COMMAND_NAME_SIZE] = NULL;
	struct command *command = malloc(sizeof *command);
	size_t count = 0, found = 0;
	enum err err = command == NULL ? ERR_MEMORY : command_names(directory, &names, &count);

	for (size_t i = 0; err == ERR_OK && i < count && found < *io_count; i++)
		if (strcmp(names[i], after) > 0 &&
		    look(keeper, directory, names[i], command, &facts[found]) == ERR_OK &&
		    (facts[found].roles & 1u << role) != 0)
			found++;
	if (err == ERR_OK)
		*io_count = found;
	free(names);
	free(command);
	return err;
}

enum err
commands_page(const struct keeper *keeper, enum role role, const char *after,
    struct commands_facts *facts, size_t *io_count)
{
	int directory = -1;
	enum err err = open_directory(keeper, &directory);

	if (err == ERR_OK) {
		err = collect(keeper, directory, role, after, facts, io_count);
		close(directory);
		return err;
	}
	*io_count = 0; /* there are none, or none that can be trusted */
	return ERR_OK;
}
