/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The console line by line: for screen readers, braille, scripts, and terminals that cannot move
 * their cursor. One question a line, nothing is painted twice, no colour, and no escape sequence is
 * ever written.
 */
#ifndef PLAIN_PLAIN_H
#define PLAIN_PLAIN_H

#include <stdbool.h>

#include "client/handover.h"
#include "client/letter.h"
#include "core/err.h"
#include "wire/wire.h"

/*
 * Runs the console on a connected line until it ends, and gives the terminal's modes back; then
 * prints the last sentence on standard error (or "Signed out." on standard output). Returns the
 * exit status. hello: the keeper's, already received; way: how others come here; first_run: asks
 * for the first Super Administrator (the line has host authority); why: a sentence said first
 * (translated), or NULL; confine: called once, when all is open and before anything is read.
 */
int
plain_run(int line, const struct wire_reply *hello, const struct letter_way *way, bool first_run,
    const char *why, enum err (*confine)(void));

/*
 * The same where screens were until now, on their line: it goes on where they stood, behind the
 * walls that stand already. Their terminal was given back.
 */
int
plain_go_on(int line, const struct wire_reply *hello, const struct letter_way *way,
    const struct handover *handover);

#endif
