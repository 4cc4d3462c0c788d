/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * demotions STATE PASSWORD-FILE ROUNDS [STATE-OF-TWO]
 *
 * Two Super Administrators, one and two, the only ones, take each other's role, disable or remove
 * each other at one moment: both requests are sent before either is answered. One always stays.
 * 2FA is optional, and neither has any. Prints for each round what both were told. With
 * another state, two asks the keeper of that: both states are nodes of one database.
 */
#include "at_home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/secret.h"
#include "wire/line.h"

static const char *const names[] = { "one", "two" };
static const char *states[2];
static char password[TEXT_PASSWORD_SIZE];
static int host;

static void
ask_host(struct wire_request *request)
{
	struct wire_reply reply;
	enum err err = at_home_ask(host, request, &reply);

	if (err != ERR_OK && err != ERR_NAME_TAKEN)
		client_die(client_err_name(err));
}

/* Both are there, enabled, and Super Administrators. */
static void
restore(void)
{
	struct wire_request request;

	for (int i = 0; i < 2; i++) {
		wire_request_init(&request, WIRE_USER_ADD);
		wire_put(request.u.user_add.name, sizeof request.u.user_add.name, names[i]);
		wire_put(request.u.user_add.password, sizeof request.u.user_add.password, password);
		request.u.user_add.role = ROLE_SUPER_ADMINISTRATOR;
		ask_host(&request);
		wire_request_init(&request, WIRE_USER_ENABLE);
		wire_put(request.u.user_enable.name, sizeof request.u.user_enable.name, names[i]);
		request.u.user_enable.enabled = 1;
		ask_host(&request);
		wire_request_init(&request, WIRE_USER_ROLE);
		wire_put(request.u.user_role.name, sizeof request.u.user_role.name, names[i]);
		request.u.user_role.role = ROLE_SUPER_ADMINISTRATOR;
		ask_host(&request);
	}
}

/* What is done to a person in that round, proved by the password. */
static void
fill(struct wire_request *request, int round, const char *target)
{
	struct wire_proof *proof;

	switch (round % 3) {
	case 0:
		wire_request_init(request, WIRE_USER_ROLE);
		wire_put(request->u.user_role.name, sizeof request->u.user_role.name, target);
		request->u.user_role.role = ROLE_ADMINISTRATOR;
		break;
	case 1:
		wire_request_init(request, WIRE_USER_ENABLE);
		wire_put(request->u.user_enable.name, sizeof request->u.user_enable.name, target);
		break;
	default:
		wire_request_init(request, WIRE_USER_REMOVE);
		wire_put(request->u.user_remove.name, sizeof request->u.user_remove.name, target);
		break;
	}
	proof = wire_request_proof(request);
	wire_put(proof->password, sizeof proof->password, password);
}

static void
play(int round)
{
	struct wire_request request;
	struct wire_reply reply;
	int line[2];

	for (int i = 0; i < 2; i++) {
		line[i] = client_open(states[i], WIRE_PERSON);
		if (at_home_password(line[i], names[i], password, &reply) != ERR_OK)
			client_die("A password is wrong.");
	}
	for (int i = 0; i < 2; i++) {
		fill(&request, round, names[1 - i]);
		if (line_send_request(line[i], &request) != ERR_OK)
			client_die("The line is gone.");
		secret_wipe(&request, sizeof request);
	}
	for (int i = 0; i < 2; i++)
		(void)printf("%s%s", client_err_name(at_home_verdict(line[i])),
		    i == 0 ? " " : "\n");
	for (int i = 0; i < 2; i++)
		close(line[i]);
}

int
main(int argc, char **argv)
{
	if (argc != 4 && argc != 5)
		client_die("usage: demotions STATE PASSWORD-FILE ROUNDS [STATE-OF-TWO]");
	states[0] = argv[1];
	states[1] = argv[argc - 1 == 4 ? 4 : 1];
	client_line(argv[2], password, sizeof password);
	host = client_open(states[0], WIRE_HOST);
	for (int round = 0; round < atoi(argv[3]); round++) {
		restore();
		play(round);
	}
	close(host);
	return 0;
}
