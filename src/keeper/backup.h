/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `provconsole-keeper --backup` and `--restore`, each in a process of its own: one file, sealed
 * with a passphrase, that holds database and keys (doc/backup.md). What they say is wire/report.h.
 */
#ifndef KEEPER_BACKUP_H
#define KEEPER_BACKUP_H

#include <stdio.h>

#include "core/err.h"

/*
 * Writes a backup of a state to descriptor REPORT_FILE_FD and syncs it, as the state's owner from
 * here on; a keeper that runs goes on meanwhile. The passphrase is the line on standard input. How
 * it ended is told on `out` and returned.
 */
MUST_CHECK enum err
backup_write(const char *state, FILE *out);

/*
 * Makes a state of the backup that is read from REPORT_FILE_FD, in a directory where nobody serves
 * one and none was set up (ERR_RESTORE_FULL). It is built in a directory of its own inside, checked
 * to its end, and put in place by one rename: whenever this ends before, nothing is there.
 */
MUST_CHECK enum err
backup_restore(const char *state, FILE *out);

/* Removes what a restore that was cut off has left in a state. Nothing is no failure. */
void
backup_forget(int directory);

#endif
