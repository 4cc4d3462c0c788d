/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a runner was started: where it finds commands, whom it tells, and whether it is root's. */
#ifndef RUNNER_PLAN_H
#define RUNNER_PLAN_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Bytes. */
struct tape_limits {
	int64_t each;	 /* of one recording, */
	int64_t all;	 /* of all of them; */
	int64_t reserve; /* and so much stays free on their disk */
};

struct plan {
	const char *commands;	/* directory of the commands' files */
	const char *keeper;	/* the keeper's socket */
	const char *work;	/* a directory of its own: locks of users, reports that wait */
	const char *recordings; /* directory of the recordings */
	const char *recorder;	/* the UNIX user who records; embedded: whoever runs this */
	struct tape_limits limits;
	bool full;   /* as many run as may: the next is refused */
	bool root;   /* runs are given users, terminals and groups of their own */
	uid_t owner; /* who beside root may own commands' files */
};

#endif
