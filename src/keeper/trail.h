/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail: a row appended in the same transaction as what it records, chained, and the head
 * moved. */
#ifndef KEEPER_TRAIL_H
#define KEEPER_TRAIL_H

#include "auth/chain.h"
#include "core/err.h"
#include "keeper/request.h"
#include "store/store_audit.h"

enum { TRAIL_VERSION = 2 }; /* of the encoding that new rows are sealed over */

/* What an error is called in a row's result: "ok", "wrong", "paused", "replay", "denied" ... */
const char *
trail_result(enum err err);

/*
 * Appends the request's row (request->row) with the result of a verdict, or counts it where the
 * budget of strangers is used up (budget.h). Nothing for AUDIT_NONE. The transaction must stand.
 */
MUST_CHECK enum err
trail_request(struct request *request, enum err verdict);

/* Who asks, as the trail names them, as far as that is known. */
void
trail_asker(const struct request *request, char who[TEXT_NAME_SIZE]);

/* Appends a row about a session outside a request: AUDIT_SIGN_OUT, AUDIT_LOCK. */
MUST_CHECK enum err
trail_session(struct keeper *keeper, const struct session *session, enum audit_verb verb,
    const char *result, int64_t now);

/* Appends a row of which all but number, key and seal is filled in, and moves the head. */
MUST_CHECK enum err
trail_append(struct keeper *keeper, struct store_audit *row);

/*
 * Tells the system's log the number and the seal of the last row, as `audit verify --anchor` takes
 * them: a whole older copy fits its own head, and only what was told elsewhere finds it. when:
 * "start", "hourly", "stop". Outside a transaction.
 */
void
trail_log_head(struct keeper *keeper, const char *when);

/* Whether the head's seal fits its count and last MAC: ERR_AUDIT_BROKEN; and that of the
 * checkpoint: ERR_CHECKPOINT. */
MUST_CHECK enum err
trail_check_head(struct keeper *keeper);

/* The seal of a row whose every member but the seal is filled in; previous: that of the row before.
 */
MUST_CHECK enum err
trail_seal(const struct keyring *ring, const struct store_audit *row,
    const unsigned char previous[STORE_MAC_SIZE], unsigned char ret_mac[STORE_MAC_SIZE]);

/* The head's seal: ERR_AUDIT_BROKEN where it does not fit its count and last row. */
MUST_CHECK enum err
trail_fits_head(const struct keyring *ring, const struct store_head *head);

/* The same seal by a handle for many rows: ERR_AUDIT_BROKEN where it is not the row's. */
MUST_CHECK enum err
trail_fits_row(struct chain *chain, const struct store_audit *row,
    const unsigned char previous[STORE_MAC_SIZE]);

/* Sets key and seal of a checkpoint whose every other member is filled in. */
MUST_CHECK enum err
trail_seal_checkpoint(const struct keyring *ring, struct store_checkpoint *checkpoint);

/* ERR_CHECKPOINT where its seal does not fit. */
MUST_CHECK enum err
trail_fits_checkpoint(const struct keyring *ring, const struct store_checkpoint *checkpoint);

/* "host:root", from the peer's uid. */
void
trail_host_name(uid_t uid, char who[TEXT_NAME_SIZE]);

/* "unknown name #1a2b3c4d". */
void
trail_unknown_name(const unsigned char hash[STORE_HASH_SIZE], char who[TEXT_NAME_SIZE]);

/* A row in somebody's name, of what another program saw (DESIGN 10). */
struct trail_other {
	enum audit_verb verb;
	const char *who, *source, *result;
	char detail[TEXT_REASON_SIZE];
};

MUST_CHECK enum err
trail_other(struct keeper *keeper, const struct trail_other *other, int64_t now);

/* A row of what the keeper did by itself, about something that `who` had begun. */
MUST_CHECK enum err
trail_keeper(struct keeper *keeper, enum audit_verb verb, const char *who, const char *target,
    const char *detail, int64_t now);

#endif
