/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a module that is loaded into a program must leave as it was. */
#ifndef TESTS_PAM_UNTOUCHED_H
#define TESTS_PAM_UNTOUCHED_H

#include <signal.h>

enum { UNTOUCHED_SIGNALS = 65, UNTOUCHED_TEXT = 8192 };

struct untouched {
	struct sigaction actions[UNTOUCHED_SIGNALS];
	sigset_t mask;
	char locale[UNTOUCHED_TEXT], descriptors[UNTOUCHED_TEXT], environment[UNTOUCHED_TEXT];
	char process[UNTOUCHED_TEXT]; /* threads, locked memory, directory, mask of modes, dumps */
};

/* Of this process, now. */
void
untouched_look(struct untouched *ret_untouched);

/* Prints a line "changed: WHAT" for each thing that is another one now, and "child" where there is
 * one. Returns how many. */
int
untouched_compare(const struct untouched *before);

#endif
