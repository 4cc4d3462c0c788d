/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/commands.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "command/command_file.h"
#include "wire/wire.h"

/* A service's are root's. Embedded ones stand in the state, whose owner the keeper is, and which
 * was checked when it was opened. */
static enum err
open_directory(const struct keeper *keeper, struct command_dir *ret_dir)
{
	struct command_wrong wrong;
	int fd;

	if (keeper->stays)
		return command_dir_open(COMMAND_DIR_HOST, 0, 0, ret_dir, &wrong);
	fd = openat(keeper->directory, "commands.d",
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return ERR_COMMAND_NONE;
	*ret_dir = (struct command_dir){ .fd = fd, .owner = keeper->owner };
	return ERR_OK;
}

static enum err
look(const struct command_dir *dir, const char *name, struct command *command,
    struct commands_facts *ret_facts)
{
	struct command_wrong wrong;
	enum err err = command_file_read(dir, name, command, &wrong);

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
	struct command_dir dir;
	enum err err = command == NULL ? ERR_MEMORY : open_directory(keeper, &dir);

	if (err == ERR_OK) {
		err = look(&dir, name, command, ret_facts);
		command_dir_close(&dir);
	}
	free(command);
	return err;
}

static enum err
collect(const struct command_dir *dir, enum role role, const char *after,
    struct commands_facts *facts, size_t *io_count)
{
	struct command *command = malloc(sizeof *command);
	struct command_names names = { 0, NULL };
	struct command_wrong wrong;
	size_t found = 0;
	enum err err = command == NULL ? ERR_MEMORY : command_file_names(dir, &names, &wrong);

	for (size_t i = 0; err == ERR_OK && i < names.count && found < *io_count; i++)
		if (strcmp(names.name[i], after) > 0 &&
		    look(dir, names.name[i], command, &facts[found]) == ERR_OK &&
		    (facts[found].roles & 1u << role) != 0)
			found++;
	if (err == ERR_OK)
		*io_count = found;
	command_names_free(&names);
	free(command);
	return err;
}

enum err
commands_page(const struct keeper *keeper, enum role role, const char *after,
    struct commands_facts *facts, size_t *io_count)
{
	struct command_dir dir;
	enum err err = open_directory(keeper, &dir);

	if (err == ERR_OK) {
		err = collect(&dir, role, after, facts, io_count);
		command_dir_close(&dir);
		return err;
	}
	*io_count = 0; /* there are none, or none that can be trusted */
	return ERR_OK;
}

uint32_t
commands_count(const struct keeper *keeper, enum role role)
{
	struct commands_facts *facts = calloc(COMMAND_FILES_MAX, sizeof *facts);
	size_t count = COMMAND_FILES_MAX;

	if (facts == NULL || commands_page(keeper, role, "", facts, &count) != ERR_OK)
		count = 0;
	free(facts);
	return (uint32_t)count;
}
