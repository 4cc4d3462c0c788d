/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of a run, told to the keeper for its trail: late where it was away (DESIGN 10). */
#ifndef RUNNER_REPORT_H
#define RUNNER_REPORT_H

#include "runner/plan.h"
#include "wire/run.h"

/* All of a report but its event and what that says. */
void
report_begin(const struct run_order *order, struct wire_run_report_request *ret_report);

/*
 * Tells it, a try a second for a minute; then it is kept in the work directory, for the next
 * runner. *io_away: whether the keeper was away for the last one; while it is, one try is enough,
 * for those that come meanwhile wait behind this one.
 */
void
report_tell(const struct plan *plan, const struct wire_run_report_request *report, bool *io_away);

/* Between a run and who tells of it, on a line of SOCK_SEQPACKET: passes one, and waits where too
 * many wait already; takes one, false at the end. */
void
report_pass(int teller, const struct wire_run_report_request *report);

bool
report_take(int heard, struct wire_run_report_request *ret_report);

/* Tells what earlier runners kept, once each; what is not taken stays. */
void
report_kept(const struct plan *plan);

#endif
