/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ticketed STATE SOURCE "TYPE BASE64" COMMAND...
 *
 * What sshd and its PAM module do, as root: gets a ticket for a session that comes from SOURCE by
 * that SSH key, runs COMMAND with it in its environment, and gives it back when COMMAND has ended,
 * whose status is its own.
 */
#include "pam.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire/line.h"

static struct wire_request request;
static struct wire_reply reply;

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
	pam_ticket(argv[1], argv[2], argv[3], ticket);
	if (setenv("PROVCONSOLE_TICKET", ticket, 1) != 0)
		client_die("There is no room in the environment.");
	status = run(argv + 4);
	line = pam_come(argv[1], argv[2]);
	wire_request_init(&request, WIRE_TICKET_CLOSE);
	wire_put(request.u.ticket.ticket, sizeof request.u.ticket.ticket, ticket);
	if (line_ask(line, &request, &reply) != ERR_OK)
		client_die(err_sentence((enum err)reply.err));
	return status;
}
