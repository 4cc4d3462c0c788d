/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A task of the keeper's program, in a process of its own: where that and the state are. */
#ifndef CLI_KEEPER_TASK_H
#define CLI_KEEPER_TASK_H

#include <limits.h>

#include "cli/command.h"
#include "client/place.h"

struct keeper_task {
	struct place place;
	char keeper[PATH_MAX];
	const char *state; /* borrowed of the command line, or of place */
};

/* As the options say. ERR_STATE_PATH: they do not tell the state. Give it to place_free(). */
MUST_CHECK enum err
keeper_task_find(const struct cli *cli, struct keeper_task *ret_task);

#endif
