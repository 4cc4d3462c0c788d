/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the host's log is told of the trail (DESIGN 9): one event a line, `key=value`, the source
 * first, then fixed words, and what a stranger chose last, quoted as in JSON:
 *
 *   refused src=203.0.113.9 vouched=yes step=password reason=wrong name=#1a2b3c4d
 *   accepted src=203.0.113.9 vouched=yes step=home factor=authenticator name="alice" with="phone"
 *
 * The lines are made from rows that are read back after the commit: nothing is told that was not
 * committed, once each, and there are never more lines than rows, which strangers have a budget for
 * (budget.h).
 */
#ifndef KEEPER_JOURNAL_H
#define KEEPER_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include "core/incident.h"
#include "keeper/host_log.h"
#include "store/store_audit.h"

struct keeper;

enum { JOURNAL_LINE_SIZE = 6144 }; /* three texts of 256 bytes, each byte escaped, and the words */

/* Since the keeper started. */
struct journal {
	struct host_log log;
	int64_t told;		       /* number of the newest row that was looked at */
	int64_t sign_ins, pam, alarms; /* pam: codes accepted for UNIX accounts */
	int64_t refusals[INCIDENT_STEPS][INCIDENT_REASONS]; /* and pauses, summed up ones too */
};

/* The line of a row; "" for one that the log is not told. */
void
journal_line(const struct store_audit *row, char buf[JOURNAL_LINE_SIZE]);

/* That the keeper "started" or "stopped", and which it is. */
void
journal_say(struct keeper *keeper, const char *what);

/* The trail as it is now is not told again. Outside a transaction. */
MUST_CHECK enum err
journal_begin(struct keeper *keeper);

/* Tells and counts what was committed since. Outside a transaction. What cannot be read now is told
 * next time. */
void
journal_tell(struct keeper *keeper);

#endif
