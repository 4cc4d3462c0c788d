/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * enrol STATE NAME PASSWORD-FILE
 *
 * Configures two-factor authentication as the console does, for tests that need a person who has
 * it. Prints the key, reads a line with a code from standard input, prints the ten recovery codes,
 * one a line, and confirms them. A verdict that is none of success is printed by its name, and the
 * exit status is 1.
 */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
check(const char *step, enum err err)
{
	if (err == ERR_OK)
		return;
	(void)printf("%s:%s\n", step, client_err_name(err));
	exit(EXIT_FAILURE);
}

int
main(int argc, char **argv)
{
	static struct wire_reply reply;
	struct wire_request request;
	char password[TEXT_PASSWORD_SIZE], code[64];
	int line;

	if (argc != 4)
		client_die("Usage: enrol STATE NAME PASSWORD-FILE");
	client_line(argv[3], password, sizeof password);
	line = client_open(argv[1], WIRE_PERSON);
	check("PASSWORD", client_password(line, argv[2], password, &reply));
	wire_request_init(&request, WIRE_ENROL);
	/* At home it is asked for; at the door it is not looked at. */
	wire_put(request.u.enrol.proof.password, sizeof request.u.enrol.proof.password, password);
	check("ENROL", client_ask(line, &request, &reply));
	(void)printf("%s\n", reply.u.enrol.key);
	(void)fflush(stdout);
	if (fgets(code, sizeof code, stdin) == NULL)
		client_die("No code was given.");
	code[strcspn(code, "\n")] = '\0';
	wire_request_init(&request, WIRE_ACTIVATE);
	wire_put(request.u.activate.code, sizeof request.u.activate.code, code);
	check("ACTIVATE", client_ask(line, &request, &reply));
	check("CODES", client_ask_op(line, WIRE_CODES, &reply));
	for (int i = 0; i < ACCOUNT_RECOVERY_CODES; i++)
		(void)printf("%s\n", reply.u.codes.code[i]);
	check("CODES_SAVED", client_ask_op(line, WIRE_CODES_SAVED, &reply));
	return reply.door == DOOR_HOME ? EXIT_SUCCESS : EXIT_FAILURE;
}
