/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/keeper_task.h"

/* The state of the host's service, as its unit in data/systemd has it. */
static const char service_state[] = "/var/lib/provconsole";

enum err
keeper_task_find(const struct cli *cli, struct keeper_task *ret_task)
{
	enum err err = place_find(cli->way->socket, cli->way->state, &ret_task->place);

	if (err != ERR_OK)
		return err;
	if (cli->way->state != NULL)
		ret_task->state = cli->way->state;
	else if (ret_task->place.may_start)
		ret_task->state = ret_task->place.directory;
	else if (place_is_service(&ret_task->place))
		ret_task->state = service_state;
	else
		return ERR_STATE_PATH;
	return place_keeper(cli->way->libexec, ret_task->keeper, sizeof ret_task->keeper);
}
