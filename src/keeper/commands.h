/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which commands there are, as root's files say now: for lists, and to refuse early. Nothing here
 * lets anything run: the runner reads the file again, and that decides (DESIGN 10). */
#ifndef KEEPER_COMMANDS_H
#define KEEPER_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/command.h"
#include "keeper/keeper.h"

struct commands_facts {
	char name[COMMAND_NAME_SIZE];
	char title[COMMAND_TITLE_SIZE];
	unsigned roles; /* OR of 1 << enum role */
	bool confirm, code, record;
};

/* ERR_COMMAND_NONE where there is no such file, or that is no name of one; ERR_COMMAND_FILE where
 * it is not in order. */
MUST_CHECK enum err
commands_find(const struct keeper *keeper, const char *name, struct commands_facts *ret_facts);

/* Those of a role whose names stand behind `after`, by name, *io_count at most. Files that are not
 * in order are left out: who may run them is not known. */
MUST_CHECK enum err
commands_page(const struct keeper *keeper, enum role role, const char *after,
    struct commands_facts *facts, size_t *io_count);

/* How many there are of a role. */
uint32_t
commands_count(const struct keeper *keeper, enum role role);

#endif
