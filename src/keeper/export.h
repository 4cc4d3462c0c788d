/* SPDX-License-Identifier: GPL-3.0-or-later */
/* provconsole-keeper --export: the audit trail as JSON Lines, for `provconsole audit export`. */
#ifndef KEEPER_EXPORT_H
#define KEEPER_EXPORT_H

#include <stdio.h>

#include "core/err.h"

/*
 * Appends the rows of a state's trail, of which it becomes the owner, to the open file `file`, and
 * writes lines (wire/examine.h) to out: how far it is (progress), then export. A regular file is
 * gone on with after its last whole row, which must be one of this trail (ERR_EXPORT_OTHER); what
 * was torn off behind it is cut. Each row's seal is compared before it is written. Whatever ends
 * it, the file has whole rows and at most one that is torn. Fails only if not everything could be
 * written to out.
 */
MUST_CHECK enum err
export_write(const char *state, int file, FILE *out);

#endif
