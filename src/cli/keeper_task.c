/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/keeper_task.h"

enum err
keeper_task_find(const struct cli *cli, struct keeper_task *ret_task)
{
	enum err err = place_find(cli->way->socket, cli->way->state, &ret_task->place);

	if (err != ERR_OK)
		return err;
	ret_task->state = command_state(cli->way, &ret_task->place);
	if (ret_task->state == NULL)
		return ERR_STATE_PATH;
	return place_keeper(cli->way->libexec, ret_task->keeper, sizeof ret_task->keeper);
}
