/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A state that was left by a power cut, opened as a keeper opens it. */
#ifndef TESTS_FAULT_LOOK_H
#define TESTS_FAULT_LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "keeper/keeper.h"

enum { LOOK_WHY = 512 };

struct look {
	struct keeper keeper; /* with store and ring alone */
	bool set_up;	      /* there is somebody */
	uint64_t digest;      /* of all that is in the database; 0 while nobody is there */
};

/*
 * Opens a state, making what is not there, and each secret in it; reads the whole trail and every
 * page, and begins a change. False: why not, in why. The caller gives what was opened to
 * look_close(), and has called auth_start().
 */
bool
look_open(const char *state, struct look *ret_look, char why[LOOK_WHY]);

void
look_close(struct look *look);

/*
 * Whether a fact holds, a line KIND NAME VALUE:
 *   person NAME ROLE|gone             setting KEY VALUE
 *   spent NAME STEP                   that step is spent, or a later one
 *   failures NAME N                   so many wrong passwords within an hour, or more
 *   wrong NAME N                      wrong codes in a row
 *   trail NAME/VERB/RESULT N          as many rows, or more
 * A text that is none of these holds never.
 */
bool
look_holds(struct look *look, const char *fact);

#endif
