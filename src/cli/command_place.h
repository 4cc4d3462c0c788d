/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the commands' files of a console are, as the command line's options say. */
#ifndef CLI_COMMAND_PLACE_H
#define CLI_COMMAND_PLACE_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#include "cli/command.h"
#include "command/command_dir.h"

struct command_place {
	char path[PATH_MAX];
	bool host;   /* of the host's service: root's */
	uid_t owner; /* 0, or the state's owner */
};

/* ERR_STATE_PATH: options do not tell the state, as a socket alone does not; ERR_NO_STATE. */
MUST_CHECK enum err
command_place_find(const struct hello_way *way, struct command_place *ret_place);

/* Opens the directory; one that is not believed was told. ERR_COMMAND_NONE: there is none. */
MUST_CHECK enum err
command_place_open(struct cli *cli, struct command_dir *ret_dir);

/* Says that there is no such command. */
MUST_CHECK enum err
command_place_none(struct cli *cli);

/* The sentences, translated, of what is wrong with the file `name` ("": the directory itself), with
 * its line: "restart-web, line 3: ..." Names in it are fit to be shown. Returns text. */
const char *
command_place_wrong(const char *name, const struct command_wrong *wrong, char *text, size_t size);

#endif
