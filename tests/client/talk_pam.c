/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the PAM module says, as root: tickets for consoles, and codes for UNIX accounts. */
#include "talk.h"

#include <fcntl.h>

#include "pam.h"

int
talk_vouched(const char *state, const char *source)
{
	struct wire_request hello;
	int line = -1;

	wire_request_init(&hello, WIRE_HELLO);
	hello.u.hello.kind = WIRE_PERSON;
	pam_ticket(state, source, "", hello.u.hello.ticket);
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
