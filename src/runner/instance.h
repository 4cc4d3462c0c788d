/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run, from its order to the last of its processes. */
#ifndef RUNNER_INSTANCE_H
#define RUNNER_INSTANCE_H

#include "runner/plan.h"

/* Takes one order from the line, which it owns, and sees it through. In a process of its own. */
void
instance_run(const struct plan *plan, int line);

#endif
