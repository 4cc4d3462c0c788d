/* SPDX-License-Identifier: GPL-3.0-or-later */
/* provconsole-keeper --verify: whether the audit trail holds, for `provconsole audit verify`. */
#ifndef KEEPER_VERIFY_H
#define KEEPER_VERIFY_H

#include <stdio.h>

#include "core/err.h"
#include "keeper/look.h"
#include "keeper/trail_verify.h"

/*
 * Reads the whole trail of a state, as its owner from here on, and writes lines (wire/examine.h):
 * how far it is (progress), then audit, pruned and anchor. anchor: "ID:SEAL", or "". Fails only if
 * not everything could be written; ERR_ANCHOR_FORMAT is a line as well.
 */
MUST_CHECK enum err
verify_write(const char *state, const char *anchor, FILE *out);

/* Where several hosts share a store: tells how many chains of others hold, or whose does not, and
 * up to which row it does. After it the store looks at the last of them. */
enum err
verify_others(struct look *look, struct trail_reading *reading);

#endif
