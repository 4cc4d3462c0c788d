/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recording, sent as it stands to who looks at it: the console draws. */
#ifndef RUNNER_PLAY_H
#define RUNNER_PLAY_H

#include "runner/plan.h"
#include "wire/run.h"

/* Sends the file from its first byte, an empty RUN_OUTPUT at its end, and again from where RUN_SEEK
 * says, behind a RUN_STARTED, until the console or the keeper's line ends. Reads as the user who
 * records. line, console: closed here. */
void
play(const struct plan *plan, const struct run_order *order, int line, int console);

#endif
