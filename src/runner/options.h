/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What provconsole-runner was told on its command line. */
#ifndef RUNNER_OPTIONS_H
#define RUNNER_OPTIONS_H

#include <limits.h>
#include <stdbool.h>

#include "runner/plan.h"

struct options {
	struct plan plan;
	const char *embedded;	   /* --embedded: the state directory */
	const char *listen, *user; /* --listen, --for */
	int channel;		   /* --channel; -1 */
	int most;		   /* --most: runs at once, of --listen */
	bool instance, sums;
	char commands[PATH_MAX], keeper[PATH_MAX], work[PATH_MAX], recordings[PATH_MAX];
};

/* -1: go on. Else a status of exit: help or a version was printed, or what is wrong. */
int
options_read(int argc, char **argv, struct options *ret_options);

#endif
