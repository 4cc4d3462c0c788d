/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hold STATE LINES SOURCE [ALIVE]
 *
 * Comes so many times and asks nothing. Prints how many hellos were answered; stays until standard
 * input ends. ALIVE: on every line it says that a key was pressed, every so many milliseconds.
 */
#include "stranger.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LINES_MOST = 8192, PATIENCE = 10000 };

static int line[LINES_MOST];

static long
come(const char *state, long lines, const char *source)
{
	static struct wire_reply reply;
	long held = 0;

	for (long i = 0; i < lines; i++) {
		line[i] = stranger_come(state, source, WIRE_PERSON);
		if (line[i] >= 0 && stranger_hear(line[i], PATIENCE, &reply) == ERR_OK)
			held++;
	}
	return held;
}

/* What is not read fills up, and the keeper cuts off whom it cannot tell anything. */
static void
say_alive(long lines)
{
	static struct wire_reply reply;
	struct wire_request alive;

	wire_request_init(&alive, WIRE_ALIVE);
	for (long i = 0; i < lines; i++) {
		if (line[i] < 0)
			continue;
		stranger_say(line[i], &alive);
		while (stranger_hear(line[i], 0, &reply) == ERR_OK)
			continue;
	}
}

int
main(int argc, char **argv)
{
	long lines = argc >= 4 ? strtol(argv[2], NULL, 10) : 0;
	int every = argc == 5 ? atoi(argv[4]) : -1;
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };

	if (lines < 1 || lines > LINES_MOST)
		client_die("Usage: hold STATE LINES SOURCE [ALIVE]");
	stranger_many();
	(void)printf("%ld\n", come(argv[1], lines, argv[3]));
	(void)fflush(stdout);
	while (poll(&input, 1, every) == 0)
		say_alive(lines);
	return EXIT_SUCCESS;
}
