/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A console of another version, and whoever else comes to a keeper and is not let in.
 *
 * other_console STATE hello VERSION SIZE PROGRAM
 *     Says the hello of that version of the wire, SIZE bytes long, and prints what it hears before
 *     the line ends: "version 3, 0.1.0", or "nothing".
 * other_console STATE besiege
 *     Comes again and again, in all ways that are refused, and keeps a line that says nothing;
 *     until no keeper is there. Prints how many came.
 * other_console STATE late
 *     Comes, and says its hello, of our version, when the keeper has taken its socket's name away.
 *     Prints "answered, others too" if it is answered and others are let in as well.
 */
#include "client.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "client/hello.h"
#include "wire/line.h"

enum { LONGEST = 70000, PATIENCE = 10 /* seconds */, PAUSE = 50 /* ms */ };

static unsigned char message[LONGEST];

/* As wire/greeting.h has it, written once more; versions 1 and 2 had the first two numbers alone.
 * Returns where its known part ends. */
static size_t
fill_hello(uint32_t version, const char *program)
{
	const uint32_t hello = 1;

	memset(message, 'x', sizeof message);
	memcpy(message, &version, 4);
	memcpy(message + 4, &hello, 4);
	if (version < 3)
		return 8;
	memset(message + 8, 0, 64 - 8);
	memcpy(message + 12, "provcon", 7);
	(void)snprintf((char *)message + 20, 44, "%s", program);
	return 64;
}

static void
be_patient(int line)
{
	const struct timeval patience = { .tv_sec = PATIENCE };

	(void)setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

/* Whether these are the 64 bytes of an answer, with an error in it. */
static bool
is_answer(const unsigned char *bytes, ssize_t size)
{
	static const unsigned char zero[8];

	return size == 64 && memcmp(bytes + 4, zero, 4) == 0 && memcmp(bytes + 8, zero, 4) != 0 &&
	    memcmp(bytes + 12, "provcon", 8) == 0 && bytes[63] == 0;
}

static void
say_hello(const char *state, uint32_t version, size_t size, const char *program)
{
	static unsigned char heard[LONGEST];
	int line = client_connect(state);
	uint32_t theirs;
	ssize_t got;

	if (fill_hello(version, program) > size || size > sizeof message ||
	    send(line, message, size, MSG_NOSIGNAL) != (ssize_t)size)
		client_die("The hello cannot be said.");
	be_patient(line);
	got = recv(line, heard, sizeof heard, 0);
	if (got <= 0) {
		(void)puts(got == 0 ? "nothing" : "no end of the line");
		return;
	}
	if (!is_answer(heard, got))
		client_die("What was heard is no answer to a hello.");
	memcpy(&theirs, heard, 4);
	(void)printf("version %lu, %s\n", (unsigned long)theirs, (const char *)heard + 20);
	if (recv(line, heard, sizeof heard, 0) != 0)
		client_die("The line did not end.");
}

/* --- a siege ------------------------------------------------------------------------- */

enum way { OTHER_VERSION, FALSE_TICKET, NONSENSE, SILENCE, WAYS };

static void
send_one(int line, enum way way)
{
	struct wire_request request;
	enum err err = ERR_OK;

	if (way == FALSE_TICKET) {
		wire_request_init(&request, WIRE_HELLO);
		request.u.hello.kind = WIRE_PERSON;
		wire_put(request.u.hello.ticket, WIRE_TICKET_SIZE, "none");
		err = line_send_request(line, &request);
	} else if (way == OTHER_VERSION) {
		(void)fill_hello(9, "10.23");
		(void)!send(line, message, 100, MSG_NOSIGNAL);
	} else if (way == NONSENSE) {
		(void)!send(line, "nonsense", 8, MSG_NOSIGNAL);
	}
	if (err != ERR_OK && err != ERR_KEEPER_GONE)
		client_die(err_sentence(err));
}

/* The lines that are open at any time: each goes when its way has its turn again. */
static void
besiege(const char *state)
{
	int line[WAYS * 4], count = 0;

	for (size_t i = 0; i < WAYS * 4; i++)
		line[i] = -1;
	for (;; count++) {
		int *next = &line[(size_t)count % (WAYS * 4)];

		if (*next >= 0)
			close(*next);
		*next = -1;
		if (client_try(state, next) != ERR_OK)
			break;
		send_one(*next, (enum way)(count % WAYS));
		(void)poll(NULL, 0, PAUSE);
	}
	(void)printf("%d\n", count);
}

/* --- the last one ---------------------------------------------------------------------- */

static void
come_late(const char *state)
{
	struct wire_request request;
	struct wire_reply reply;
	char path[4096];
	int line = client_connect(state), other = -1;

	(void)snprintf(path, sizeof path, "%s/socket", state);
	while (access(path, F_OK) == 0)
		(void)poll(NULL, 0, PAUSE);
	hello_fill(&request, WIRE_PERSON);
	if (client_ask(line, &request, &reply) != ERR_OK)
		client_die("The hello was not answered.");
	while (access(path, F_OK) != 0)
		(void)poll(NULL, 0, PAUSE);
	if (client_try(state, &other) != ERR_OK)
		client_die("Others are not let in.");
	(void)puts("answered, others too");
}

int
main(int argc, char **argv)
{
	(void)alarm(60);
	if (argc == 6 && strcmp(argv[2], "hello") == 0)
		say_hello(argv[1], (uint32_t)strtoul(argv[3], NULL, 10), strtoul(argv[4], NULL, 10),
		    argv[5]);
	else if (argc == 3 && strcmp(argv[2], "besiege") == 0)
		besiege(argv[1]);
	else if (argc == 3 && strcmp(argv[2], "late") == 0)
		come_late(argv[1]);
	else
		client_die(
		    "Usage: other_console STATE hello VERSION SIZE PROGRAM | besiege | late");
	return EXIT_SUCCESS;
}
