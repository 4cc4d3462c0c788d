/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command's run, from its file to the last of its processes. */
#ifndef RUNNER_RUN_H
#define RUNNER_RUN_H

#include "runner/plan.h"
#include "wire/run.h"

/* line: the order's; console: the pump; teller: a line of reports (runner/report.h). The first two
 * are closed here. What it could not start is told to the console and the teller, too. */
void
run_command(const struct plan *plan, const struct run_order *order, int line, int console,
    int teller);

#endif
