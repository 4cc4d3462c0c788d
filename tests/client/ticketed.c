/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ticketed STATE SOURCE "TYPE BASE64" COMMAND...
 *
 * What sshd and its PAM module do, as root: gets a ticket for a session that comes from SOURCE by
 * that SSH key, runs COMMAND with it in its environment, and gives it back when COMMAND has ended,
 * whose status is its own.
 */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire/line.h"

static struct wire_request request;
static struct wire_reply reply;

static int
come(const char *state, const char *source)
{
	int line = -1;

	if (client_try(state, &line) != ERR_OK)
		client_die("There is no keeper.");
	wire_request_init(&request, WIRE_HELLO);
	request.u.hello.kind = WIRE_PAM;
	wire_put(request.u.hello.source, sizeof request.u.hello.source, source);
	if (line_ask(line, &request, &reply) != ERR_OK)
		client_die(err_sentence((enum err)reply.err));
	return line;
}

static int
run(char **command)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		(void)execvp(command[0], command);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child)
		client_die("The command does not run.");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int
main(int argc, char **argv)
{
	char ticket[WIRE_TICKET_SIZE];
	int line, status;

	if (argc < 5)
		client_die("Usage: ticketed STATE SOURCE KEY COMMAND...");
	line = come(argv[1], argv[2]);
	wire_request_init(&request, WIRE_TICKET_OPEN);
	wire_put(request.u.pam.account, sizeof request.u.pam.account, "console");
	wire_put(request.u.pam.service, sizeof request.u.pam.service, "sshd");
	wire_put(request.u.pam.key, sizeof request.u.pam.key, argv[3]);
	if (line_ask(line, &request, &reply) != ERR_OK)
		client_die(err_sentence((enum err)reply.err));
	wire_put(ticket, sizeof ticket, reply.u.ticket.ticket);
	close(line); /* a line of this kind is not kept; the session is */
	if (setenv("PROVCONSOLE_TICKET", ticket, 1) != 0)
		client_die("There is no room in the environment.");
	status = run(argv + 4);
	line = come(argv[1], argv[2]);
	wire_request_init(&request, WIRE_TICKET_CLOSE);
	wire_put(request.u.ticket.ticket, sizeof request.u.ticket.ticket, ticket);
	if (line_ask(line, &request, &reply) != ERR_OK)
		client_die(err_sentence((enum err)reply.err));
	return status;
}
