/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keeper's program, run to look at a state: what it says is wire/examine.h. */
#ifndef CLIENT_EXAMINATION_H
#define CLIENT_EXAMINATION_H

#include "wire/examine.h"

/*
 * Runs `keeper --state directory --doctor` to its end; it may read for minutes. Its findings, each
 * check at most once, are in findings[0 .. EXAMINE_COUNT - 1] by check, and ret_seen tells which
 * are there: those of before it died also on failure. ERR_KEEPER_START: it could not be run, did
 * not come to EXAMINE_END, or spoke nonsense.
 */
MUST_CHECK enum err
examination_run(const char *keeper, const char *directory,
    struct examine_finding findings[EXAMINE_COUNT], bool seen[EXAMINE_COUNT]);

#endif
