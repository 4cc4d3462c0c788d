/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The console line by line: for screen readers, braille, scripts, and terminals that cannot move
 * their cursor. One question a line, nothing is painted twice, no colour, and no escape sequence is
 * ever written.
 */
#ifndef PLAIN_PLAIN_H
#define PLAIN_PLAIN_H

#include "client/handover.h"

/*
 * Runs the console on a connected line until it ends, and gives the terminal's modes back; then
 * prints the last sentence on standard error (or "Signed out." on standard output). Returns the
 * exit status: with opening->remote the command's (run_status()), RUN_STATUS_NEVER where it never
 * ran.
 */
int
plain_run(const struct opening *opening);

/*
 * The same where screens were until now, on their line: it goes on where they stood, behind the
 * walls that stand already. Their terminal was given back.
 */
int
plain_go_on(const struct opening *opening, const struct handover *handover);

#endif
