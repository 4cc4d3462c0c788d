/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A player at work: a recording from somewhere, and a terminal in raw mode. */
#ifndef RECORDING_PLAY_ON_H
#define RECORDING_PLAY_ON_H

#include <signal.h>

#include "core/err.h"
#include "recording/player.h"

enum { PLAY_ON_BYTES = 32768 };

struct play_on {
	int in, out; /* the terminal */
	int source;  /* readable when more() has something */
	int other;   /* readable when go_on() has something to do; -1 */
	const sigset_t *mask;
	void *context;

	/* Bytes of the file, PLAY_ON_BYTES at most, none at its end. ERR_BUSY: nothing yet. Another
	 * error ends it. */
	enum err (*more)(void *context, char *bytes, size_t *ret_size);

	/* The file from its first byte on, again. */
	enum err (*rewind)(void *context);

	/* After each wait; false ends it. keys: some were typed. */
	bool (*go_on)(void *context, struct player *player, bool keys);
};

/* Plays to the end or until who looks leaves. rows, columns: the terminal's.
 * ERR_OK; ERR_RECORDING_DAMAGED; ERR_TERMINAL: it has gone; what more() and rewind() say. */
MUST_CHECK enum err
play_on(const struct play_on *how, unsigned rows, unsigned columns, struct player *ret_player);

#endif
