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
	int slave;    /* its other side, open as long as the leader is: a terminal that nobody has
		       * open has ended, and the leader may open it again */
	int children; /* signalfd of SIGCHLD */
	int stop;     /* ... of SIGTERM; nobody reads it: whoever asks later sees it, too */
	pid_t leader;
	int64_t bytes;		   /* that the command wrote */
	struct recorder *recorder; /* gets them too, before more is read; its line may be -1 */
	void (*step)(void *context, const struct recorder_event *event); /* it says how far it is */
	/* Ends what is left of the run but its terminal; false: something is left. */
	bool (*clear)(void *context);
	void *context;
};

/* Until the command is over, its person has gone, or the keeper or a signal says so: how, in
 * *ret_over (without the time). What was written before the leader ended is passed on, however slow
 * its person is; its children may write for a moment more, and are ended then. */
void
pump_run(struct pump *pump, struct run_over *ret_over);

/* Tells the person that it is over, and closes their line; waits for them no longer than until the
 * keeper or a signal says so, or `most` ms, -1: any time. False: that time is over, the line is
 * open. */
bool
pump_tell_over(struct pump *pump, const struct run_over *over, int most);

#endif
