/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of a person's authenticators, and recovery codes: tried, and used up (RFC 6238 5.2). */
#ifndef KEEPER_CODE_H
#define KEEPER_CODE_H

#include "keeper/request.h"
#include "store/store_device.h"

/*
 * Tries a code on all of a person's authenticators: ERR_OK and spent on each that it fits, since
 * one code is one sign-in, always; used where any of them took it before. ERR_CODE_WRONG or
 * ERR_CODE_USED with reply->wait; ERR_CLOCK_BACK where it is right and its step was spent by a
 * clock that was ahead, with the seconds until codes work again; ERR_CODE_FORMAT. It neither counts
 * nor checks pauses.
 */
MUST_CHECK enum err
code_spend(struct request *request, int64_t user, const char *code);

/* An authenticator's code was accepted: its id is the request's, and the row tells its name where
 * it tells nothing else; so does that of the sign-in. */
void
code_accepted(struct request *request, const struct store_device *device);

/* Uses up a recovery code of the request's account: ERR_RECOVERY_WRONG, ERR_RECOVERY_FORMAT. It
 * neither counts nor checks pauses. */
MUST_CHECK enum err
code_use_recovery(struct request *request, const char *typed);

/* Whether an error is a verdict on a code, and so counts. */
bool
code_is_verdict(enum err err);

/* Unix seconds of the first code of a person's authenticators that is not spent; 0: there is one
 * now, or no authenticator. */
MUST_CHECK enum err
code_next(struct request *request, int64_t user, int64_t *ret_next);

/*
 * Whether codes count again after a restore, which leaves it open which were spent since the backup
 * (DESIGN 8): until the step after its floor none is looked at. ERR_RESTORED, with reply->wait;
 * ERR_CLOCK_BACK where the clock was ahead when it was restored. code_spend() asks it itself.
 */
MUST_CHECK enum err
code_floor(struct request *request);

#endif
