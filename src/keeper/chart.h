/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sign-ins and refusals by time, and by source: counted from the rows themselves, in slices of a
 * few milliseconds (reader.h), since no index has them: one would be a page more of each sign-in,
 * and whose rows an administrator may read changes with people's roles.
 */
#ifndef KEEPER_CHART_H
#define KEEPER_CHART_H

#include "keeper/request.h"

/*
 * Goes through rows from last down to first, until the turn's time for reading is over or the
 * answer has as many sources as it has room for, and adds what they say to an answer that is all
 * zero. A few rows are gone through in each call.
 */
MUST_CHECK enum err
chart_count(struct request *request, int64_t first, int64_t last,
    struct wire_audit_chart_reply *reply);

#endif
