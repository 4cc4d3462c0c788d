/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request must come to, by DESIGN and core/permission.c; written down a second time, and not
 * taken from the keeper. */
#ifndef TESTS_CLIENT_PERMISSIONS_WANT_H
#define TESTS_CLIENT_PERMISSIONS_WANT_H

#include "core/permission.h"
#include "wire/wire.h"

enum { WANT_ME = 1, WANT_OTHER = 2 }; /* ids, as core/permission.c sees them */
/* UNPROVED: it is allowed, to a proof. */
enum want { ALLOWED, UNPROVED, DENIED, CUT, LOCKED };

/* Whom it is done to: nobody else; a person by name; or a person to be, of a role. */
enum aim { NOBODY, PERSON, NEW_PERSON };

enum aim
want_aim(enum wire_op op);

/* Whether anything is known of it: one that was added to the messages and not here fails. */
bool
want_has_row(enum wire_op op);

/* Whether it belongs to home. */
bool
want_is_home(enum wire_op op);

/* Of someone at home, or the host; done to oneself or to another one of that role. */
enum want
want_of(const struct actor *actor, enum wire_op op, bool self, enum role target);

#endif
