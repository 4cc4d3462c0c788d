/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail: a row appended in the same transaction as what it records, chained, and the head
 * moved. */
#ifndef KEEPER_AUDIT_H
#define KEEPER_AUDIT_H

#include "core/err.h"
#include "keeper/keeper.h"

/* What an error is called in a row's result: "ok", "wrong", "paused", "replay", "denied" ... */
const char *
audit_result(enum err err);

/*
 * Appends the turn's row (turn->row; its `who` is filled in where it is empty) with the result of
 * err. No row where its action is empty. The transaction must stand.
 */
MUST_CHECK enum err
audit_turn(struct turn *turn, enum err err);

/* Appends a row about a session outside a request: "sign-out", "idle". */
MUST_CHECK enum err
audit_session(struct keeper *keeper, const struct session *session, const char *action,
    const char *result, int64_t now);

/* Whether the head's seal fits its count and last MAC: ERR_AUDIT_BROKEN. */
MUST_CHECK enum err
audit_check_head(struct keeper *keeper);

/* How far a trail holds. */
struct audit_verdict {
	int64_t rows;	/* fit, from the first on */
	int64_t newest; /* time of the last of these; 0 without any */
};

/*
 * Reads the whole trail: numbers without gaps, each row's seal over the one before, and the head
 * over the last. ERR_AUDIT_BROKEN: the row after ret_verdict->rows is the first that does not fit,
 * or is missing at the end. *ret_verdict is set on failure too.
 */
MUST_CHECK enum err
audit_verify(struct store *store, const struct keyring *ring, struct audit_verdict *ret_verdict);

/* The seal of a row whose every member but the seal is filled in; previous: that of the row before.
 */
MUST_CHECK enum err
audit_seal(const struct keyring *ring, const struct store_audit *row,
    const unsigned char previous[STORE_MAC_SIZE], unsigned char ret_mac[STORE_MAC_SIZE]);

/* The head's seal: ERR_AUDIT_BROKEN where it does not fit its count and last row. */
MUST_CHECK enum err
audit_fits_head(const struct keyring *ring, const struct store_head *head);

/* "host:root", from the peer's uid. */
void
audit_host_name(uid_t uid, char who[TEXT_NAME_SIZE]);

/* "unknown name #1a2b3c4d". */
void
audit_unknown_name(const unsigned char hash[STORE_HASH_SIZE], char who[TEXT_NAME_SIZE]);

#endif
