/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which state: --socket, else --state, else $PROVCONSOLE_STATE, else /run/provconsole where it
 * exists, else $XDG_STATE_HOME/provconsole or ~/.local/state/provconsole (DESIGN 1).
 * And how to reach its keeper, starting one where that is allowed.
 */
#ifndef CLIENT_PLACE_H
#define CLIENT_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

struct place {
	char *directory; /* that holds the socket; owned */
	char *socket;	 /* the socket's name in it; owned */
	bool may_start;	 /* a keeper may be started for this state */
	bool may_make;	 /* and the state made, directory and all, if there is none */
};

/* socket and state: option values or NULL. may_make is false. The caller gives it to place_free().
 * ERR_MEMORY, ERR_STATE_PATH. */
MUST_CHECK enum err
place_find(const char *socket, const char *state, struct place *ret_place);

void
place_free(struct place *place);

/* Whether it is that of the host's service, to which people come over SSH. */
bool
place_is_service(const struct place *place);

/*
 * A connection to the place's keeper. Where none answers and may_start: starts `keeper` (path of
 * provconsole-keeper) with a readiness pipe as descriptor 3, and connects; having lost the race it
 * goes on trying for 5 s. The keeper gets no other descriptor and a clean environment. Where there
 * is no state: makes the directory (0700, parents too) if may_make, else ERR_NO_STATE, and nothing
 * is made (DESIGN 1). The caller closes *ret_fd.
 * Errors: ERR_NO_STATE, ERR_STATE_..., ERR_KEEPER_START, ERR_KEEPER_ABSENT, ERR_KEEPER_STRANGER, or
 * what the keeper said through the pipe: one byte, an enum err (0: ready).
 */
MUST_CHECK enum err
place_connect(const struct place *place, const char *keeper, int *ret_fd);

/* Makes a state's directory and those above it, closed to others (0700); those that are there stay
 * as they are. */
MUST_CHECK enum err
place_make(const char *directory);

/*
 * Waits, for some milliseconds at most, until the keeper that listens at the place has taken its
 * socket away, and returns whether it has. It is not connected to, for that would keep an older
 * one from leaving.
 */
bool
place_leaves(const struct place *place, long patience);

/*
 * Path of the keeper's program: beside the running console if it is there (a build tree),
 * else libexec. Written to buf of size bytes.
 */
MUST_CHECK enum err
place_keeper(const char *libexec, char *buf, size_t size);

#endif
