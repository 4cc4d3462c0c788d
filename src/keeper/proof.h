/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Re-authentication: a fresh code (or a recovery code; without 2FA the password) is a field of the
 * very request that it authorises. Which requests need one is a column of the table of requests;
 * nothing but administering operators stands open longer than one request (DESIGN 3).
 */
#ifndef KEEPER_PROOF_H
#define KEEPER_PROOF_H

#include "keeper/request.h"

/* Whether a worker must compare a password before the proof can be judged. */
bool
proof_needs_hash(const struct request *request);

/*
 * Gives the job the password that is to be compared, where one is; after the check for pauses.
 * ERR_PAUSED, ERR_PROOF_NEEDED where nothing was typed.
 */
MUST_CHECK enum err
proof_prepare(struct request *request, struct hash_job *job);

/*
 * Judges the proof, if the request needs one: ERR_PROOF_NEEDED, the verdicts on codes and
 * passwords, ERR_PAUSED. It sets request->event, so that failures count like those of a sign-in.
 * A code is spent only where an old password that was asked for too is right.
 */
MUST_CHECK enum err
proof_check(struct request *request);

/* The request was done: one code opens administering operators for five minutes of this session. */
void
proof_passed(struct request *request);

#endif
