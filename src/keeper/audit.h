/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail: a row appended in the same transaction as what it records, chained, and the head moved. */
#ifndef KEEPER_AUDIT_H
#define KEEPER_AUDIT_H

#include "core/err.h"
#include "keeper/keeper.h"

/* What an error is called in a row's result: "ok", "wrong", "paused", "replay", "denied" ... */
const char *
audit_result(enum err err);

/*
 * Appends the turn's row (turn->row; its `who` is filled in where it is empty) with the result of err.
 * No row where its action is empty. The transaction must stand.
 */
MUST_CHECK enum err
audit_turn(struct turn *turn, enum err err);

/* Appends a row about a session outside a request: "sign-out", "idle". */
MUST_CHECK enum err
audit_session(struct keeper *keeper, const struct session *session, const char *action, const char *result, int64_t now);

/* Whether the head's seal fits its count and last MAC: ERR_AUDIT_BROKEN. */
MUST_CHECK enum err
audit_check_head(struct keeper *keeper);

/* "host:root", from the peer's uid. */
void
audit_host_name(uid_t uid, char who[TEXT_NAME_SIZE]);

/* "unknown name #1a2b3c4d". */
void
audit_unknown_name(const unsigned char hash[STORE_HASH_SIZE], char who[TEXT_NAME_SIZE]);

#endif
