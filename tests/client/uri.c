/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * uri STATE NAME PASSWORD-FILE
 *
 * Prints the key URI that the configure screen would draw for a person without two-factor
 * authentication.
 */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>

int
main(int argc, char **argv)
{
	static struct wire_reply reply;
	struct wire_request request;
	char password[TEXT_PASSWORD_SIZE];
	int line;

	if (argc != 4)
		client_die("Usage: uri STATE NAME PASSWORD-FILE");
	client_line(argv[3], password, sizeof password);
	line = client_open(argv[1], WIRE_PERSON);
	if (client_password(line, argv[2], password, &reply) != ERR_OK)
		client_die("The password is wrong.");
	wire_request_init(&request, WIRE_ENROL);
	/* At home it is asked for; at the door it is not looked at. */
	wire_put(request.u.enrol.proof.password, sizeof request.u.enrol.proof.password, password);
	if (client_ask(line, &request, &reply) != ERR_OK)
		client_die("There is nothing to configure.");
	(void)printf("%s\n", reply.u.enrol.uri);
	return EXIT_SUCCESS;
}
