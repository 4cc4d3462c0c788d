/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keeper's program, run to look at a state: what it says is wire/examine.h. */
#ifndef CLIENT_EXAMINATION_H
#define CLIENT_EXAMINATION_H

#include "wire/examine.h"

/* What it is run for. All is borrowed. */
struct examination {
	const char *keeper, *directory;
	const char *action; /* "--doctor", "--verify", "--export" */
	const char *anchor; /* with "--verify"; or NULL */
	int in;		    /* its standard input; -1: /dev/null */
	void (*tell)(void *context, int64_t done, int64_t all); /* how far it is; or NULL */
	void *context;
};

/*
 * Runs `keeper --state directory ACTION` to its end; it may read for minutes. Its findings, each
 * check at most once, are in findings[0 .. EXAMINE_COUNT - 1] by check, and ret_seen tells which
 * are there: those of before it died also on failure. EXAMINE_PROGRESS is told, not kept.
 * ERR_KEEPER_START: it could not be run, did not come to EXAMINE_END, or spoke nonsense.
 * ERR_LOOK_LONG: its time was up.
 */
MUST_CHECK enum err
examination_do(const struct examination *examination,
    struct examine_finding findings[EXAMINE_COUNT], bool seen[EXAMINE_COUNT]);

/* For the doctor. */
MUST_CHECK enum err
examination_run(const char *keeper, const char *directory,
    struct examine_finding findings[EXAMINE_COUNT], bool seen[EXAMINE_COUNT]);

#endif
