/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What people are told of what a request did to them, or to the console: rows written in the
 * request's own transaction, which each person concerned keeps until they have read them (DESIGN
 * 8). Who did it, from where and when are the request's. To be called by a handler: where its
 * change is refused the notices go with it.
 *
 * A session is not told at once what it did itself, and cannot mark it as read; that person's next
 * session is told: with a thief at one of them, the other one is where it is seen.
 */
#ifndef KEEPER_NOTICES_H
#define KEEPER_NOTICES_H

#include "keeper/request.h"
#include "store/store_audit.h"
#include "store/store_waiting.h"

/* One row for one person. verb: what was done; detail: a reason, a role's word, a device's name; ""
 * or NULL for none. */
MUST_CHECK enum err
notice_person(struct request *request, int64_t user, enum audit_verb verb, const char *detail);

/*
 * One row for everyone who has at least that role now. target: the name of whom it was done to (it
 * is then about request->target, who is not told by it: see notice_person()), or a setting's key.
 */
MUST_CHECK enum err
notice_role(struct request *request, enum role role, enum audit_verb verb, const char *target,
    const char *detail);

/* What somebody did to their own account: as notice_person(), but nothing at the doors of their
 * very first sign-in, which tells nobody anything. */
MUST_CHECK enum err
notice_self(struct request *request, enum audit_verb verb, const char *detail);

/* What was done to request->target: to that person, and, where the host did it, to all Super
 * Administrators. */
MUST_CHECK enum err
notice_target(struct request *request, enum audit_verb verb, const char *detail);

/*
 * What becomes of a request that waits for a second Super Administrator: to who asked for it, to
 * whom it is about, and to all Super Administrators. verb: AUDIT_WAIT and its like. What expires
 * is nobody's deed: it is told as its asker's.
 */
MUST_CHECK enum err
notice_waiting(struct request *request, enum audit_verb verb, const struct store_waiting *waiting);

/* What stands in a row of the trail that no request wrote: to all Super Administrators. */
MUST_CHECK enum err
notice_row(struct store *store, const struct store_audit *row);

/* What the host did: to all Super Administrators. Nothing where somebody else did it. */
MUST_CHECK enum err
notice_host(struct request *request, enum audit_verb verb, const char *target, const char *detail);

#endif
