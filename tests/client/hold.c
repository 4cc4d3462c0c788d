/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hold STATE LINES SOURCE
 *
 * Comes so many times and asks nothing. Prints how many hellos were answered; stays until standard
 * input ends.
 */
#include "stranger.h"

#include <stdio.h>
#include <stdlib.h>

enum { LINES_MOST = 8192, PATIENCE = 10000 };

static long
come(const char *state, long lines, const char *source)
{
	static struct wire_reply reply;
	long held = 0;

	for (long i = 0; i < lines; i++) {
		int line = stranger_come(state, source, WIRE_PERSON);

		if (line >= 0 && stranger_hear(line, PATIENCE, &reply) == ERR_OK)
			held++;
	}
	return held;
}

int
main(int argc, char **argv)
{
	long lines = argc == 4 ? strtol(argv[2], NULL, 10) : 0;

	if (lines < 1 || lines > LINES_MOST)
		client_die("Usage: hold STATE LINES SOURCE");
	stranger_many();
	(void)printf("%ld\n", come(argv[1], lines, argv[3]));
	(void)fflush(stdout);
	while (getchar() != EOF)
		continue;
	return EXIT_SUCCESS;
}
