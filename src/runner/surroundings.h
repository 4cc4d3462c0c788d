/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a command finds around it: nothing is inherited (DESIGN 10). */
#ifndef RUNNER_SURROUNDINGS_H
#define RUNNER_SURROUNDINGS_H

#include "runner/user.h"
#include "wire/run.h"

enum { SURROUNDINGS_MAX = 16, SURROUNDINGS_SIZE = 8192 };

struct surroundings {
	char *variable[SURROUNDINGS_MAX + 1]; /* as execve(2) takes them */
	char text[SURROUNDINGS_SIZE];
};

/* PATH, who it runs as, and who asked. TERM and LANG where they are words and no more. */
void
surroundings_fill(const struct run_order *order, const struct user *user,
    struct surroundings *ret_surroundings);

/* In the child: directory, mask of files, signals as a new program expects them, no descriptor but
 * the first three. */
void
surroundings_clear(const struct user *user);

#endif
