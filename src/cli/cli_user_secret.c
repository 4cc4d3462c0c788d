/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other people's credentials: add with a password or invitation, set a password, reset 2FA. */
#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/letter_print.h"
#include "cli/say.h"
#include "core/secret.h"

enum err
command_put_invitation(struct cli *cli, char *line, size_t length)
{
	struct wire_user_add_reply *reply = &cli->reply.u.user_add;
	ssize_t written = write(STDOUT_FILENO, line, length);

	secret_wipe(line, length);
	secret_wipe(reply->invitation, sizeof reply->invitation);
	if (written == (ssize_t)length)
		return ERR_OK;
	say_sentence(N_("The invitation could not be written to standard output. Make another "
			"one: provconsole user set-password NAME --invite"));
	cli->said = true;
	return ERR_FAILED;
}

static enum err
secret_invitation(struct cli *cli, struct letter *letter)
{
	char line[WIRE_RECOVERY_SIZE + 1];
	int length = snprintf(line, sizeof line, "%s\n", cli->reply.u.user_add.invitation);
	enum err err;

	letter->until = cli->reply.u.user_add.expires;
	letter_print_begin(letter, cli->way);
	err = command_put_invitation(cli, line, (size_t)length);
	if (err == ERR_OK)
		letter_print_end(letter, cli->way);
	return err;
}

/* Fills in name and password, sends the request, and prints the invitation if one was made. */
static enum err
secret_ask(struct cli *cli, struct wire_request *request)
{
	struct wire_user_add_request *add = &request->u.user_add;
	bool invite = add->invite != 0;
	struct letter letter;
	enum err err = command_name(cli->operand[0], add->name);

	letter_fill(&letter, add->name, cli->reply.u.hello.console_name,
	    cli->reply.u.hello.applications);
	if (err == ERR_OK && !invite)
		err = command_password(cli, add->name, add->password);
	if (err == ERR_OK)
		err = command_ask(cli, request);
	secret_wipe(request, sizeof *request);
	return err == ERR_OK && invite ? secret_invitation(cli, &letter) : err;
}

enum err
user_add_run(struct cli *cli)
{
	struct wire_request request;
	enum role role = ROLE_OPERATOR;
	enum err err = cli->role != NULL ? role_from_word(cli->role, &role) : ERR_OK;

	if (err != ERR_OK)
		return err;
	wire_request_init(&request, WIRE_USER_ADD);
	request.u.user_add.role = (uint8_t)role;
	request.u.user_add.invite = (cli->options & OPTION_STDIN) == 0;
	return secret_ask(cli, &request);
}

enum err
user_set_password_run(struct cli *cli)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_USER_PASSWORD);
	request.u.user_add.invite = (cli->options & OPTION_INVITE) != 0;
	return secret_ask(cli, &request);
}

/* The keeper validates the reason. One that is cut here is still too long for the keeper. */
enum err
user_reset_run(struct cli *cli)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_USER_RESET);
	wire_put(request.u.user_reset.reason, sizeof request.u.user_reset.reason, cli->reason);
	return command_ask_name(cli, &request, request.u.user_reset.name);
}
