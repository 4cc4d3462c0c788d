/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * commander STATE NAME PASSWORD-FILE list
 * commander STATE NAME PASSWORD-FILE run COMMAND [yes] [proof] [drop] [late]
 *
 * Somebody at home, without a screen: which commands there are, a line each, or one of them run at
 * a terminal of 24 by 80. What comes on standard input is typed; what the command writes is
 * written; the last line is how it ended: "over HOW VALUE", or "refused ERROR" where the keeper
 * gave no run. yes: the person is sure. proof: the password is typed again. drop: the line drops as
 * soon as the command has written something. late: nothing that comes is read before standard input
 * ends.
 */
#include "at_home.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wire/line.h"
#include "wire/run.h"

static struct wire_request request;
static struct wire_reply reply;

static void
list(int line)
{
	wire_request_init(&request, WIRE_COMMAND_LIST);
	if (at_home_ask(line, &request, &reply) != ERR_OK)
		client_die("There is no list.");
	for (uint32_t i = 0; i < reply.u.command_page.count; i++) {
		const struct wire_command *command = &reply.u.command_page.command[i];

		(void)printf("%s|%s|%s%s%s|%s\n", command->name, command->title,
		    command->confirm ? "confirm " : "", command->code ? "code " : "",
		    command->record ? "record " : "", command->last_run > 0 ? "ran" : "never");
	}
}

/* The answer past news, and the pump that comes with it. */
static int
order(int line)
{
	int pump = -1;
	enum err err;

	if (line_send_request(line, &request) != ERR_OK)
		client_die("The line is down.");
	do
		err = line_receive_reply_with(line, &reply, &pump);
	while (err == ERR_OK && reply.op != WIRE_COMMAND_RUN && reply.op != WIRE_NO_OP);
	if (err == ERR_OK)
		err = (enum err)reply.err;
	if (err != ERR_OK) {
		(void)printf("refused %s\n", client_err_name(err));
		exit(1);
	}
	if (pump < 0)
		client_die("There is no pump.");
	return pump;
}

static bool
type(int pump)
{
	char bytes[4096];
	ssize_t size = read(STDIN_FILENO, bytes, sizeof bytes);

	if (size > 0 && run_send(pump, RUN_INPUT, bytes, (size_t)size) != ERR_OK)
		client_die("The pump takes no keys.");
	return size > 0;
}

/* False when it is over. */
static bool
hear(int pump, bool drop)
{
	char bytes[RUN_PUMP_MAX], kind = 0;
	struct run_over over;
	size_t size = 0;
	enum err err = run_receive(pump, &kind, bytes, &size);

	if (err != ERR_OK) {
		(void)printf("\nover GONE %s\n", client_err_name(err));
		return false;
	}
	if (kind == RUN_OUTPUT) {
		(void)fwrite(bytes, 1, size, stdout);
		return !drop;
	}
	if (kind == RUN_STARTED)
		return true;
	memcpy(&over, bytes, size < sizeof over ? size : sizeof over);
	if (kind != RUN_OVER || !run_over_valid(&over, size))
		client_die("The runner speaks nonsense.");
	(void)printf("\nover %" PRIu32 " %s\n", over.how,
	    over.how == RUN_REFUSED ? client_err_name((enum err)over.value) : "");
	(void)printf("status %d\n", run_status(&over));
	return false;
}

static void
attend(int pump, bool drop, bool late)
{
	struct pollfd lines[] = { { .fd = late ? -1 : pump, .events = POLLIN },
		{ .fd = STDIN_FILENO, .events = POLLIN } };
	bool goes_on = true;

	while (goes_on && poll(lines, 2, -1) > 0) {
		if (lines[1].revents != 0 && !type(pump)) {
			lines[1].fd = -1;
			lines[0].fd = pump;
		}
		if (lines[0].revents != 0)
			goes_on = hear(pump, drop);
		(void)fflush(stdout);
	}
}

int
main(int argc, char **argv)
{
	char password[TEXT_PASSWORD_SIZE];
	bool drop = false, late = false;
	int line;

	if (argc < 5)
		client_die("usage: commander STATE NAME PASSWORD-FILE list | run COMMAND ...");
	client_line(argv[3], password, sizeof password);
	line = client_open(argv[1], WIRE_PERSON);
	if (at_home_password(line, argv[2], password, &reply) != ERR_OK)
		client_die("The password is wrong.");
	if (strcmp(argv[4], "list") == 0) {
		list(line);
		return 0;
	}
	if (argc < 6)
		client_die("Which command?");
	wire_request_init(&request, WIRE_COMMAND_RUN);
	request.u.run.rows = 24;
	request.u.run.columns = 80;
	wire_put(request.u.run.name, sizeof request.u.run.name, argv[5]);
	wire_put(request.u.run.term, sizeof request.u.run.term, "xterm-256color");
	wire_put(request.u.run.language, sizeof request.u.run.language, "C.UTF-8");
	for (int i = 6; i < argc; i++) {
		request.u.run.confirmed |= strcmp(argv[i], "yes") == 0;
		drop = drop || strcmp(argv[i], "drop") == 0;
		late = late || strcmp(argv[i], "late") == 0;
		if (strcmp(argv[i], "proof") == 0)
			wire_put(request.u.run.proof.password, sizeof request.u.run.proof.password,
			    password);
	}
	attend(order(line), drop, late);
	return 0;
}
