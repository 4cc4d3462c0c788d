/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "cli/ask.h"
#include "cli/command.h"
#include "cli/letter_print.h"
#include "cli/say.h"

enum err
command_password(struct cli *cli, const char *name, char array[TEXT_PASSWORD_SIZE])
{
	struct secret *password = NULL;
	enum err err = ask_password((cli->options & OPTION_STDIN) != 0, name, &password);

	if (err == ERR_TERMINAL) {
		say_sentence(ask_no_terminal);
		cli->said = true;
	}
	if (err != ERR_OK)
		return err;
	wire_put(array, TEXT_PASSWORD_SIZE, (const char *)password->bytes);
	secret_free(password);
	return ERR_OK;
}

enum err
init_run(struct cli *cli)
{
	struct wire_request request;
	struct letter letter;
	enum err err;

	/* Check first, before asking for a password. */
	if (cli->reply.u.hello.set_up)
		return ERR_SET_UP;
	letter_fill(&letter, cli->user, cli->reply.u.hello.console_name,
	    cli->reply.u.hello.applications);
	wire_request_init(&request, WIRE_INIT);
	err = command_name(cli->user, request.u.init.name);
	if (err == ERR_OK)
		err = command_password(cli, cli->user, request.u.init.password);
	if (err == ERR_OK)
		err = command_ask(cli, &request);
	secret_wipe(&request, sizeof request);
	if (err != ERR_OK)
		return err;
	say_sentence(N_("Super Administrator created. To sign in, run: provconsole"));
	letter_print_begin(&letter, cli->way);
	letter_print_end(&letter, cli->way);
	return ERR_OK;
}
