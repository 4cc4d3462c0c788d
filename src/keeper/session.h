/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connection is a session: its memory, its reading, its end. */
#ifndef KEEPER_SESSION_H
#define KEEPER_SESSION_H

#include "core/err.h"
#include "keeper/keeper.h"

/* Seconds since boot, suspended time included: no clock change moves a limit. */
int64_t
session_clock(void);

/* Tells the client why it gets no session. The line stays the caller's. */
void
session_refuse(int fd, enum err why);

/*
 * A new session of an accepted connection, which it owns from here, also on error (then it is told
 * why, and closed). Where the share of strangers is full, the one that admission.h names makes
 * room.
 */
MUST_CHECK enum err
session_add(struct keeper *keeper, int fd);

/* Reads the one request that waits. A malformed one, or the end of the line, ends the session. */
void
session_read(struct keeper *keeper, struct session *session);

/* The line is down: a hash that has not begun is taken back and counts as a failure, one that has
 * is waited for, and all else ends with the next turn. */
void
session_hang_up(struct keeper *keeper, struct session *session);

/* Ends with the next turn; why is told. Nothing for one that ends already. */
void
session_end(struct keeper *keeper, struct session *session, enum err why);

/* Its place among the lines by what it has proved; where the share is full, another one ends, the
 * one that admission.h names. False if there is none: then it has the place that it had. */
bool
session_find_place(struct keeper *keeper, struct session *session);

/* Idle at home: the lock closes with the next turn. */
void
session_lock(struct session *session);

/* Its hash is back, or the cause that it waited for has come. */
void
session_hashed(struct session *session);

void
session_wake(struct session *session);

/* What its line has proved. */
enum share
session_share(const struct session *session);

/*
 * Seconds since boot at which the session has lasted as long as one may (NIST SP 800-63B 4.2.3):
 * the setting acts on sessions that are open. Where it was shortened while the session runs a
 * command, RUN_WARNING passes before that counts, so that the person is warned first; but not for
 * who is past the new end by more than that.
 */
int64_t
session_longest(const struct keeper *keeper, const struct session *session);

/* The same as seconds from now on, 1 at least; 0: any. */
int64_t
session_lasts(const struct keeper *keeper, const struct session *session, int64_t now);

/* Seconds since boot at which the session has been idle or alive for too long. */
int64_t
session_deadline(const struct keeper *keeper, const struct session *session);

/* Seconds since boot at which an idle session at home is locked; INT64_MAX elsewhere. */
int64_t
session_lock_time(const struct keeper *keeper, const struct session *session);

/* What time alone brings: the end of an idle session, its lock, and refusals that were held back.
 */
void
session_pass_time(struct keeper *keeper, int64_t now);

/* What its end writes, inside the turn: the pending key's last moment, the audit row. */
MUST_CHECK enum err
session_farewell(struct keeper *keeper, struct session *session, int64_t now);

/* After the commit: takes over its outcome, and sends the answer. */
void
session_apply(struct keeper *keeper, struct session *session);

/* The turn is lost, and its outcome with it; the answer is err, and no verdict. */
void
session_fail(struct keeper *keeper, struct session *session, enum err err, int64_t now);

/* --- what its two files share ------------------------------------------------ */

void
session_move_on(struct session *session, enum life_event event);

/* Wipes and frees the request and its job. */
void
session_drop_request(struct session *session);

/* Tells why, if there is a why, closes, wipes and frees. */
void
session_remove(struct keeper *keeper, struct session *session);

#endif
