/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * racer STATE NAME PASSWORD-FILE CODE N
 *
 * N processes pass the password, wait for each other, and then all send the same code at once.
 * Prints a line for each verdict and how many had it: "OK 1", "CODE_USED 199". A verdict on the
 * password, where that was not passed, reads "PASSWORD:PAUSED 3". "AMISS": a code was accepted, and
 * still the door is none behind it; or a client ended otherwise.
 */
#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RACER_MOST = 1000, RACER_PASSWORD = 100, RACER_AMISS = 255 };

_Static_assert((int)ERR_COUNT <= (int)RACER_PASSWORD, "a verdict and its stage fit an exit status");

/* Says that it is ready, and waits until the other end of the gate is closed. */
static void
racer_barrier(int ready, int gate)
{
	char byte;

	if (write(ready, "", 1) != 1)
		client_die("The barrier is broken.");
	while (read(gate, &byte, 1) > 0)
		continue;
}

static int
racer_run(char **argv, const char *password, int ready, int gate)
{
	static struct wire_reply reply;
	struct wire_request request;
	int line = client_open(argv[1], WIRE_PERSON);
	enum err err = client_password(line, argv[2], password, &reply);

	racer_barrier(ready, gate);
	if (err != ERR_OK)
		return RACER_PASSWORD + (int)err;
	wire_request_init(&request, WIRE_CODE);
	wire_put(request.u.code.code, sizeof request.u.code.code, argv[4]);
	err = client_ask(line, &request, &reply);
	if (err == ERR_OK && reply.door != DOOR_HOME && reply.door != DOOR_RECOVERY &&
	    reply.door != DOOR_PASSWORD)
		return RACER_AMISS;
	return (int)err;
}

static void
racer_count(int status, unsigned counts[256])
{
	counts[WIFEXITED(status) ? WEXITSTATUS(status) : RACER_AMISS]++;
}

static void
racer_print(const unsigned counts[256])
{
	for (int i = 0; i < 256; i++) {
		if (counts[i] == 0)
			continue;
		if (i < ERR_COUNT)
			(void)printf("%s %u\n", client_err_name((enum err)i), counts[i]);
		else if (i >= RACER_PASSWORD && i < RACER_PASSWORD + ERR_COUNT)
			(void)printf("PASSWORD:%s %u\n",
			    client_err_name((enum err)(i - RACER_PASSWORD)), counts[i]);
		else
			(void)printf("AMISS %u\n", counts[i]);
	}
}

int
main(int argc, char **argv)
{
	unsigned counts[256] = { 0 };
	char password[TEXT_PASSWORD_SIZE], byte;
	long clients = argc == 6 ? strtol(argv[5], NULL, 10) : 0;
	int ready[2], gate[2], status;

	if (clients < 1 || clients > RACER_MOST)
		client_die("Usage: racer STATE NAME PASSWORD-FILE CODE N");
	client_line(argv[3], password, sizeof password);
	if (pipe(ready) != 0 || pipe(gate) != 0)
		client_die("There are no pipes.");
	for (long i = 0; i < clients; i++) {
		pid_t pid = fork();

		if (pid == 0) {
			close(ready[0]);
			close(gate[1]);
			_exit(racer_run(argv, password, ready[1], gate[0]));
		}
		if (pid < 0)
			client_die("There are no more processes.");
	}
	close(ready[1]);
	for (long i = 0; i < clients && read(ready[0], &byte, 1) == 1; i++)
		continue;
	close(gate[1]);
	while (wait(&status) > 0)
		racer_count(status, counts);
	racer_print(counts);
	return EXIT_SUCCESS;
}
