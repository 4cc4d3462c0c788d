/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * generation STATE NAME PASSWORD-FILE TRIES
 *
 * The host sets a new password while somebody signs in with the old one, in the same turn of the
 * keeper where that can be had, so many times, each with the password of the time before. Prints
 * how many of these sessions were let in, how many were home still when both had their answers, and
 * how many were not.
 */
#include "stranger.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PATIENCE = 20000, HOME_LIMIT = 5000 };

static struct wire_request request;
static struct wire_reply reply;
static long entered; /* sessions that were let in */

static int
come_host(const char *state)
{
	int line = stranger_come(state, "local", WIRE_HOST);

	if (line < 0 || stranger_hear(line, PATIENCE, &reply) != ERR_OK)
		client_die("The host is not heard.");
	return line;
}

static void
say_new_password(int host, const char *name, const char *password)
{
	wire_request_init(&request, WIRE_USER_PASSWORD);
	wire_put(request.u.user_add.name, sizeof request.u.user_add.name, name);
	wire_put(request.u.user_add.password, sizeof request.u.user_add.password, password);
	stranger_say(host, &request);
}

/* Whether the session is at home and stays there. */
static bool
stays(int line)
{
	enum err err = stranger_hear(line, PATIENCE, &reply);

	if (err != ERR_OK || reply.door != DOOR_HOME)
		return false;
	entered++;
	wire_request_init(&request, WIRE_HOME);
	stranger_say(line, &request);
	return stranger_hear(line, HOME_LIMIT, &reply) == ERR_OK;
}

static bool
try(const char *state, const char *name, const char *old, const char *fresh)
{
	int host = come_host(state), line = stranger_enter(state, "192.0.2.66");
	bool home;

	stranger_say_password(line, name, old);
	say_new_password(host, name, fresh);
	if (stranger_hear(host, PATIENCE, &reply) != ERR_OK)
		client_die("There is no new password.");
	home = stays(line);
	close(host);
	close(line);
	return home;
}

int
main(int argc, char **argv)
{
	char old[TEXT_PASSWORD_SIZE], fresh[TEXT_PASSWORD_SIZE];
	long tries = argc == 5 ? strtol(argv[4], NULL, 10) : 0, stayed = 0;

	if (tries < 1)
		client_die("Usage: generation STATE NAME PASSWORD-FILE TRIES");
	client_line(argv[3], old, sizeof old);
	for (long i = 0; i < tries; i++) {
		(void)snprintf(fresh, sizeof fresh, "a new pass phrase, number %ld", i);
		stayed += try(argv[1], argv[2], old, fresh);
		wire_put(old, sizeof old, fresh);
	}
	(void)printf("entered %ld\nstayed %ld\nended %ld\n", entered, stayed, tries - stayed);
	return EXIT_SUCCESS;
}
