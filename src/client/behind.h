/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A command behind the doors: it has the terminal, and the console passes bytes both ways and keeps
 * none. Meanwhile the keeper is heard: a session that ends or locks ends the command (DESIGN 10).
 *
 * Idle lock and longest session hold while it runs. A minute before either (for short limits, half
 * of it) the person is warned: by BEL, and by a line of its own where the command has only written
 * text so far; a command that draws keeps its screen, and the terminal's title says it, where there
 * is one. Nothing is written in the middle of what the command is writing.
 */
#ifndef CLIENT_BEHIND_H
#define CLIENT_BEHIND_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "wire/run.h"

/* What whoever shows the console does for a command while it waits. */
struct behind_face {
	void *self;	      /* the first argument of all that follow */
	int in, out;	      /* the terminal, in raw modes */
	int line;	      /* to the keeper */
	int signals;	      /* can be read when a signal came; -1: they break the wait */
	const sigset_t *mask; /* while waiting, as ppoll(2); NULL: as it is */
	bool titled;	      /* the terminal has a title, or ignores one */
	void (*hear_signals)(void *self);
	void (*hear_keeper)(void *self);
	/* Whether the terminal was resized since it was asked last; then its size. */
	bool (*resized)(void *self, struct run_size *ret_size);
	/* Whether the session still stands behind its doors. */
	bool (*goes_on)(void *self);
	/* Seconds that may pass without a key; 0: any. */
	int64_t (*idle)(void *self);
	/* Seconds of behind_clock() until which the session may last, as the keeper said last; 0:
	 * any. */
	int64_t (*ends)(void *self);
};

struct behind_end {
	struct run_over over; /* RUN_ENDED where the console itself ended it; then value is why:
				 ERR_IDLE, or another enum err */
	bool drew;	      /* it has written more than text: ESC at least */
};

/* Seconds of CLOCK_MONOTONIC. */
int64_t
behind_clock(void);

/* When a session ends that lasts so many seconds from now on; 0: any. */
int64_t
behind_ends(int64_t lasts);

/* Passes bytes until the command is over. pump: closed here. name: the command's. */
void
behind_run(const struct behind_face *face, int pump, const char *name, struct behind_end *ret_end);

#endif
