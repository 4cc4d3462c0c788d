/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * enrolments STATE NAME PASSWORD-FILE @SECONDS N
 *
 * N processes, two a machine as it looks, pass the password of
 * one person, wait for each other, and then all configure at once: they ask for a key, make its
 * code at that time (oathtool) and send it. Each prints a line: the step it came to, its verdict,
 * and its key, "ACTIVATE:OK KEY".
 */
#include "at_home.h"
#include "crowd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 200 };

static struct wire_request request;
static struct wire_reply reply;

static void
say(const char *step, enum err err, const char *key)
{
	char text[256];
	int length = snprintf(text, sizeof text, "%s:%s %s\n", step, client_err_name(err), key);

	/* One write, so that the lines of all stay whole. */
	if (write(STDOUT_FILENO, text, (size_t)length) != length)
		client_die("The verdict cannot be written.");
}

static void
configure(int line, const char *password, const char *when)
{
	char key[WIRE_KEY_SIZE] = "", code[WIRE_CODE_SIZE];
	enum err err;

	wire_request_init(&request, WIRE_ENROL);
	wire_put(request.u.enrol.proof.password, sizeof request.u.enrol.proof.password, password);
	err = at_home_ask(line, &request, &reply);
	if (err != ERR_OK) {
		say("ENROL", err, "-");
		return;
	}
	wire_put(key, sizeof key, reply.u.enrol.key);
	at_home_code(key, when, code);
	wire_request_init(&request, WIRE_ACTIVATE);
	wire_put(request.u.activate.code, sizeof request.u.activate.code, code);
	say("ACTIVATE", at_home_ask(line, &request, &reply), key);
}

struct enrolments {
	const char *state, *name, *when;
	char password[TEXT_PASSWORD_SIZE];
};

static void
enrol_member(struct crowd *crowd, size_t number, void *context)
{
	const struct enrolments *all = context;
	char from[64];
	enum err err;
	int line;

	(void)snprintf(from, sizeof from, "192.0.2.%zu 5022 192.0.2.250 22", number / 2 + 1);
	(void)setenv("SSH_CONNECTION", from, 1);
	line = client_open(all->state, WIRE_PERSON);
	err = at_home_password(line, all->name, all->password, &reply);
	crowd_wait(crowd);
	if (err != ERR_OK)
		say("PASSWORD", err, "-");
	else
		configure(line, all->password, all->when);
}

int
main(int argc, char **argv)
{
	static struct enrolments all;
	long clients = argc == 6 ? strtol(argv[5], NULL, 10) : 0;

	if (clients < 1 || clients > MOST)
		client_die("Usage: enrolments STATE NAME PASSWORD-FILE TIME N");
	all.state = argv[1];
	all.name = argv[2];
	all.when = argv[4];
	client_line(argv[3], all.password, sizeof all.password);
	(void)crowd_run((size_t)clients, enrol_member, &all);
	return EXIT_SUCCESS;
}
