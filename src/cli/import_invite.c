/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invitations for the people of an import, one a line. */
#include <stdio.h>

#include "cli/import_run.h"

static enum err
print(struct cli *cli, const char *name)
{
	const struct wire_user_add_reply *reply = &cli->reply.u.user_add;
	char line[TEXT_NAME_SIZE + WIRE_RECOVERY_SIZE + TABLE_TIME_SIZE + 4];
	char until[TABLE_TIME_SIZE];
	int length;

	table_time(reply->expires, until);
	length = snprintf(line, sizeof line, "%s,%s,%s\n", name, reply->invitation, until);
	return command_put_invitation(cli, line, (size_t)length);
}

/* Whether somebody has neither a password nor an invitation that is open. */
static bool
needs_one(const struct wire_reply *reply)
{
	const struct wire_user *user = &reply->u.user.user;

	return user->enabled && user->password_due && user->last_sign_in == 0 &&
	    user->password_expires <= reply->now;
}

static enum err
invite(struct cli *cli, const char *name)
{
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_USER_SHOW);
	wire_put(request.u.user_name.name, sizeof request.u.user_name.name, name);
	err = command_ask(cli, &request);
	if (err != ERR_OK || !needs_one(&cli->reply))
		return err;
	wire_request_init(&request, WIRE_USER_PASSWORD);
	wire_put(request.u.user_add.name, sizeof request.u.user_add.name, name);
	request.u.user_add.invite = true;
	err = command_ask(cli, &request);
	return err == ERR_OK ? print(cli, name) : err;
}

enum err
import_invite(struct import_run *run)
{
	char name[TEXT_NAME_SIZE];
	bool end = false;
	enum err err = import_file_rewind(&run->file);

	run->rows = 0;
	while (err == ERR_OK && !end) {
		err = import_next_name(run, name, &end);
		if (err == ERR_OK && !end)
			err = command_name(name, name);
		if (err == ERR_OK && !end)
			err = invite(run->cli, name);
	}
	return err;
}
