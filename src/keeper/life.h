/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeper life: the file `lock` is locked for life and never unlinked; only its holder binds or
 * unlinks the socket. Exactly one keeper a state, however many start at once.
 */
#ifndef KEEPER_LIFE_H
#define KEEPER_LIFE_H

#include <stdbool.h>

#include "core/err.h"
#include "keeper/keeper.h"

struct life_plan {
	const char *state;
	const char *console; /* the name of the account in which sshd runs consoles */
	const char *keys;    /* and of that as which it asks about SSH keys */
	const char *runner;  /* the socket of a service's runner; NULL: embedded */
};

/*
 * Opens the state directory (its owner, mode and kind checked; an empty one of ours is closed to
 * others), becomes its owner for good if started by root, locks it, and opens store, ring and
 * workers. *ret_lost: another keeper holds the lock; then ERR_OK is not returned. What was opened
 * stays in keeper for life_close(). The embedded runner is started before the walls stand.
 */
MUST_CHECK enum err
life_open(struct keeper *keeper, const struct life_plan *plan, bool *ret_lost);

/* The state directory alone, its owner and kind checked, as its owner from here on. The caller
 * closes *ret_directory. */
MUST_CHECK enum err
life_open_directory(const char *state, int *ret_directory);

/* Whether others may do nothing with it; an empty one of ours is closed to them. ERR_STATE_MODE. */
MUST_CHECK enum err
life_check_mode(int directory);

/* Takes over a listening socket that was passed in, instead of one of its own in the state
 * directory. */
void
life_adopt(struct keeper *keeper, int listener);

/* Binds the socket and listens, unless one was adopted. */
MUST_CHECK enum err
life_listen(struct keeper *keeper);

/* Takes the socket's name away, unless it was adopted; who connected before is still accepted. */
void
life_unlink(struct keeper *keeper);

/* After life_unlink(), when a client had come: a new socket. */
MUST_CHECK enum err
life_listen_again(struct keeper *keeper);

/* Sums up what was counted beside the trail: at the start, where it proves that the store can be
 * written, and at the end. */
MUST_CHECK enum err
life_sum_up(struct keeper *keeper);

/* Unlinks, closes, frees. */
void
life_close(struct keeper *keeper);

#endif
