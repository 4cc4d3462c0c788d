/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connection is a session: its memory, its reading, its end. */
#ifndef KEEPER_SESSION_H
#define KEEPER_SESSION_H

#include "core/err.h"
#include "keeper/keeper.h"

/* Seconds since boot, suspended time included: no clock change moves a limit. */
int64_t
session_clock(void);

/* Tells whoever is on the line why there is no session for them. The line stays the caller's. */
void
session_refuse(int fd, enum err why);

/* A new session of an accepted connection, which it owns from here, also on error (then it is told
 * why, and closed). */
MUST_CHECK enum err
session_add(struct keeper *keeper, int fd);

/* Reads the one request that waits. A malformed one, or the end of the line, marks the session
 * closing. */
void
session_read(struct keeper *keeper, struct session *session);

/* The line is down: what is at a worker still counts, the rest ends with this turn. */
void
session_hang_up(struct session *session);

/* Seconds since boot at which the session has been idle or alive for too long. */
int64_t
session_deadline(const struct session *session);

/* Whether it has something to do in a turn. returned: hashes came back or sessions went, so that
 * parked ones try again. */
bool
session_ready(const struct session *session, bool returned);

/* What its end writes, inside the turn: the pending key's last moment, the audit row. */
MUST_CHECK enum err
session_farewell(struct keeper *keeper, struct session *session, int64_t now);

/* Takes over what the turn did, and sends its answer. */
void
session_settle(struct keeper *keeper, struct session *session);

/* The lock has closed, or (err) is tried again later. */
void
session_locked(struct session *session, enum err err);

/* Seconds since boot at which an idle session at home is locked; INT64_MAX elsewhere. */
int64_t
session_lock_time(const struct keeper *keeper, const struct session *session);

/* Throws away what a lost turn did; the answer is err, and no verdict. */
void
session_fail(struct session *session, enum err err, int64_t now);

/* Tells why, if there is a why, closes, wipes and frees. */
void
session_remove(struct keeper *keeper, struct session *session);

#endif
