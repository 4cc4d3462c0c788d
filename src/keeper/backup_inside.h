/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What backup.c and backup_restore.c share. */
#ifndef KEEPER_BACKUP_INSIDE_H
#define KEEPER_BACKUP_INSIDE_H

#include <stdint.h>
#include <stdio.h>

#include "core/err.h"
#include "core/secret.h"
#include "wire/report.h"

void
backup_tell(FILE *out, enum report_kind kind, enum err err, int64_t number, int64_t of,
    const char *text);

/* The line on a descriptor, without its newline; owned by the caller. ERR_PASSPHRASE if it is empty
 * or longer than a passphrase. */
MUST_CHECK enum err
backup_passphrase(int fd, struct secret **ret_passphrase);

#endif
