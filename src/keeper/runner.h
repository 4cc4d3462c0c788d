/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keeper's side of runs: it orders them of the runner, once what says so is committed, and has
 * them end (DESIGN 10; wire/run.h). The keeper itself starts no program of anybody's.
 */
#ifndef KEEPER_RUNNER_H
#define KEEPER_RUNNER_H

#include <stdbool.h>

#include "core/err.h"
#include "keeper/keeper.h"
#include "wire/run.h"

/* Where a service's runner listens, unless an option says otherwise. */
#define RUNNER_SOCKET "/run/provconsole-runner/socket"

enum {
	RUNNER_PERSON_MOST =
	    8, /* runs of one person at once: whoever has them has a line for each */
	RUNNER_HOST_MOST = 1024
};

/* An order that waits for its turn's commit. */
struct runner_start {
	struct run_order order;
	int line;    /* to the runner */
	int pump;    /* the runner's end */
	int console; /* the console's */
};

/* A run of a session, as long as something of it is left. */
struct session_run {
	int line;
	int64_t keys; /* seconds since boot at which keys were typed last */
	char name[COMMAND_NAME_SIZE];
};

/*
 * Embedded: starts the helper that will run commands of the state directory, before the keeper's
 * walls stand. Without its program there are no commands; the console works without.
 */
void
runner_embed(struct keeper *keeper, const char *state);

/* Whether that person may have one more run at once: ERR_RUN_MANY. Runs that were ordered and wait
 * for their commit count. */
MUST_CHECK enum err
runner_room(const struct keeper *keeper, int64_t user);

/*
 * Reaches the runner and makes a pump; never waits. ERR_RUNNER_AWAY where nobody listens,
 * ERR_RUN_MANY where too many wait already. The caller gives *ret_start, whose order it fills in
 * but for version and id, to outcome->start, or to runner_discard().
 */
MUST_CHECK enum err
runner_prepare(struct keeper *keeper, struct runner_start **ret_start);

/* NULL is allowed. */
void
runner_discard(struct runner_start *start);

/* After the commit: sends the order. On success the session has the run, and the console's end is
 * in start still; on failure there is no run. */
MUST_CHECK enum err
runner_go(struct session *session, struct runner_start *start);

/* The runner said something, or closed its line: then the run is over. */
void
runner_hear(struct keeper *keeper, struct session *session);

/* The run is to end, if there is one; the runner sees to it. */
void
runner_end(struct session *session);

/* The keeper leaves: the run goes on without it. */
void
runner_leave(struct session *session);

#endif
