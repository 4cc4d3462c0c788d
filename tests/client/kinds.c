/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kinds STATE
 *
 * Says every request there is on lines of the two kinds that stand at no door, sshd's question
 * whose key knocks and root's PAM module, each on a line of its own and with nothing in it. Prints
 * what is answered at all, a line each: "pam TICKET_OPEN TICKET_ACCOUNT". What is not was cut off.
 */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "wire/line.h"

static const struct {
	enum wire_kind kind;
	const char *name;
} kinds[] = { { WIRE_KEYS, "keys" }, { WIRE_PAM, "pam" } };

static struct wire_request request;
static struct wire_reply reply;

static int
come(const char *state, enum wire_kind kind)
{
	int line = client_connect(state);

	wire_request_init(&request, WIRE_HELLO);
	request.u.hello.kind = kind;
	if (line_ask(line, &request, &reply) != ERR_OK)
		client_die("A hello is refused.");
	return line;
}

int
main(int argc, char **argv)
{
	if (argc != 2)
		client_die("Usage: kinds STATE");
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		for (int op = WIRE_NO_OP + 1; op < WIRE_OP_COUNT; op++) {
			int line = come(argv[1], kinds[i].kind);
			enum err err;

			wire_request_init(&request, (enum wire_op)op);
			err = line_ask(line, &request, &reply);
			if (err != ERR_KEEPER_GONE)
				(void)printf("%s %s %s\n", kinds[i].name,
				    wire_op_name((enum wire_op)op), client_err_name(err));
			(void)close(line);
		}
	return EXIT_SUCCESS;
}
