/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the keeper's program alone can tell of a state: it reads, in a process of its own, and
 * changes nothing. */
#ifndef KEEPER_DOCTOR_H
#define KEEPER_DOCTOR_H

#include <stdio.h>

#include "core/err.h"

/*
 * Examines a state, as its owner from here on, and writes a line a finding (wire/examine.h); what
 * depends on something that is wrong has no line. A keeper that runs goes on meanwhile. Fails only
 * if not everything could be written.
 */
MUST_CHECK enum err
doctor_write(const char *state, FILE *out);

#endif
