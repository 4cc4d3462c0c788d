/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the process does that records: runner/recorder.h has the other end of its line. */
#ifndef RUNNER_RECORDER_PROCESS_H
#define RUNNER_RECORDER_PROCESS_H

#include "core/command.h"
#include "runner/plan.h"
#include "wire/run.h"

/* Until the other end has no more to say, or has gone. line: blocking. Returns a status of exit. */
int
recorder_process(int line, int directory, const struct run_order *order,
    const struct command *command, const struct tape_limits *limits);

#endif
