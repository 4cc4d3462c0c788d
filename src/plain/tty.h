/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A terminal as a typewriter: lines in, lines out, and echo that can be off. The line editing is
 * the terminal's own (termios(3), canonical mode). Signals wait until they are looked for.
 */
#ifndef PLAIN_TTY_H
#define PLAIN_TTY_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "core/err.h"
#include "core/secret.h"

struct crash;

struct tty {
	int in, out, signals;
	struct termios before, seen, unseen; /* as it was; with echo; without */
	sigset_t mask;			     /* as it was */
	bool hidden;			     /* unseen is in force */
	struct crash *crash;
	struct secret *line; /* typed, but its end is still to come */
	bool lent;	     /* a command has it, in raw modes */
	bool resized;	     /* since tty_resized() was asked last */
	bool left;	     /* ^C, ^D, a signal, or the line is down */
};

enum tty_event { TTY_TYPED, TTY_OTHER, TTY_TIME, TTY_LEFT };

/* ERR_TERMINAL where there is none; ERR_MEMORY. Failure changes nothing. */
MUST_CHECK enum err
tty_open(int in, int out, struct tty *ret_tty);

/* Gives the modes and the signals back; forgets what was typed. */
void
tty_close(struct tty *tty);

/* Writes text, whose lines '\n' separates, and a line's end. What a terminal would not show as
 * such (control characters, bad bytes) is '?'. */
void
tty_put(struct tty *tty, const char *text);

/* Writes a question, with its answer to come on the same line; hidden: without echo. What was typed
 * before echo went off was seen, and is dropped. */
void
tty_prompt(struct tty *tty, const char *prompt, bool hidden);

/* Ends the line of a question that is not answered, and forgets what was typed. */
void
tty_break(struct tty *tty);

/* Forgets what was typed and not read. */
void
tty_drop(struct tty *tty);

/*
 * Waits until something was typed (typed: whether that matters), `other` can be read, or so many
 * milliseconds have passed (-1: any time); TTY_TIME may come earlier. TTY_LEFT: the person leaves,
 * or is gone.
 */
enum tty_event
tty_wait(struct tty *tty, bool typed, int other, int milliseconds);

/*
 * Takes what was typed. ERR_OK: a whole line, in buf without its end; ERR_BUSY: its end is still to
 * come; ERR_FIELD_LONG: a line without room in buf; ERR_ENDED: ^D, or the line is down. A NUL byte
 * is put as 0x01: no text holds either.
 */
MUST_CHECK enum err
tty_take(struct tty *tty, char *buf, size_t size);

/* Lends the terminal to a command: raw modes, and what was typed so far is dropped; then takes it
 * back. drew: the command wrote more than text, which is undone (client/fence.h). */
void
tty_lend(struct tty *tty);

MUST_CHECK enum err
tty_take_back(struct tty *tty, bool drew);

/* Looks for signals that came. */
void
tty_hear(struct tty *tty);

/* Whether it was resized since that was asked last. */
bool
tty_resized(struct tty *tty);

/* Its size; 24 by 80 where it does not say. */
void
tty_size(const struct tty *tty, unsigned short *ret_rows, unsigned short *ret_columns);

#endif
