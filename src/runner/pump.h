/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Between a command's terminal and its person's: bytes both ways, none lost and none kept. Who does
 * not take what there is makes the other wait (DESIGN 10).
 */
#ifndef RUNNER_PUMP_H
#define RUNNER_PUMP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "runner/recorder.h"
#include "wire/run.h"

struct pump {
	int console;  /* its line; -1: it has gone */
	int order;    /* the keeper's; -1: it has gone */
	int master;   /* of the terminal */
	int children; /* signalfd of SIGCHLD */
	int stop;     /* ... of SIGTERM; nobody reads it: whoever asks later sees it, too */
	pid_t leader;
	int64_t bytes;		   /* that the command wrote */
	struct recorder *recorder; /* gets them too, before more is read; its line may be -1 */
	void (*step)(void *context, const struct recorder_event *event); /* it says how far it is */
	void *context;
};

/* Until the command is over, its person has gone, or the keeper or a signal says so: how, in
 * *ret_over (without the time). What the leader wrote before it ended is passed on; what its
 * children hold up is not waited for longer than a moment. */
void
pump_run(struct pump *pump, struct run_over *ret_over);

#endif
