/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the PAM module says, as root: tickets for consoles, and codes for UNIX accounts. */
#include "talk.h"

#include <fcntl.h>
#include <unistd.h>

enum { PATIENCE = 10000 }; /* milliseconds */

/* A ticket for a console that came from there. The line that asked for it may go: the ticket stands
 * until it is closed. */
static void
ask_ticket(const char *state, const char *source, char ticket[WIRE_TICKET_SIZE])
{
	static struct wire_reply reply;
	struct wire_request request;
	int line = stranger_come(state, source, WIRE_PAM);

	if (line < 0 || stranger_hear(line, PATIENCE, &reply) != ERR_OK)
		client_die("There is no line for PAM.");
	wire_request_init(&request, WIRE_TICKET_OPEN);
	wire_put(request.u.pam.account, sizeof request.u.pam.account, "console");
	wire_put(request.u.pam.service, sizeof request.u.pam.service, "sshd");
	stranger_say(line, &request);
	if (stranger_hear(line, PATIENCE, &reply) != ERR_OK)
		client_die("There is no ticket.");
	wire_put(ticket, WIRE_TICKET_SIZE, reply.u.ticket.ticket);
	close(line);
}

int
talk_vouched(const char *state, const char *source)
{
	struct wire_request hello;
	int line = -1;

	wire_request_init(&hello, WIRE_HELLO);
	hello.u.hello.kind = WIRE_PERSON;
	ask_ticket(state, source, hello.u.hello.ticket);
	if (client_try(state, &line) != ERR_OK || fcntl(line, F_SETFL, O_NONBLOCK) != 0)
		client_die("There is no line.");
	wire_put(hello.u.hello.source, sizeof hello.u.hello.source, "192.0.2.99");
	wire_put(hello.u.hello.terminal, sizeof hello.u.hello.terminal, "/dev/pts/9");
	stranger_say(line, &hello);
	return line;
}

void
talk_answer(const char *account, const char *answer, struct wire_request *request)
{
	wire_request_init(request, WIRE_PAM_ANSWER);
	wire_put(request->u.pam.account, sizeof request->u.pam.account, account);
	wire_put(request->u.pam.service, sizeof request->u.pam.service, "sshd");
	wire_put(request->u.pam.answer, sizeof request->u.pam.answer, answer);
}
