/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pam.h"

#include <unistd.h>

#include "wire/line.h"

static struct wire_request request;
static struct wire_reply reply;

int
pam_come(const char *state, const char *source)
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

void
pam_ticket(const char *state, const char *source, const char *key, char ticket[WIRE_TICKET_SIZE])
{
	int line = pam_come(state, source);

	wire_request_init(&request, WIRE_TICKET_OPEN);
	wire_put(request.u.pam.account, sizeof request.u.pam.account, "console");
	wire_put(request.u.pam.service, sizeof request.u.pam.service, "sshd");
	wire_put(request.u.pam.key, sizeof request.u.pam.key, key);
	if (line_ask(line, &request, &reply) != ERR_OK)
		client_die(err_sentence((enum err)reply.err));
	wire_put(ticket, WIRE_TICKET_SIZE, reply.u.ticket.ticket);
	close(line);
}
