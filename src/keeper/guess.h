/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guessing: the pure rules of core/throttle.h over what the store has counted (DESIGN 3). */
#ifndef KEEPER_GUESS_H
#define KEEPER_GUESS_H

#include "keeper/request.h"

/*
 * Whether a password may be tried now for the request's name hash and source. ERR_PAUSED sets
 * reply->wait. *ret_room is how many attempts on this name and source may be in flight at once.
 */
MUST_CHECK enum err
guess_password_check(struct request *request, uint32_t *ret_room);

/* The same once the password is compared, where keepers of other hosts count too; ERR_OK where
 * there are none. */
MUST_CHECK enum err
guess_password_again(struct request *request);

/* After a refused request was undone: a pause that a clock set back has shortened stays short. */
MUST_CHECK enum err
guess_clamp(struct request *request);

/* One more failure of the request's name and source, of the name, and of the source. */
MUST_CHECK enum err
guess_password_failed(struct request *request);

/* A right password clears only its name and source. */
MUST_CHECK enum err
guess_password_passed(struct request *request);

/* Whether a code may be tried now for the request's account: ERR_PAUSED (reply->wait),
 * ERR_CODE_LOCKED. */
MUST_CHECK enum err
guess_code_check(struct request *request);

MUST_CHECK enum err
guess_code_failed(struct request *request);

MUST_CHECK enum err
guess_code_passed(struct request *request);

/*
 * Whether the request's source may have a verdict now; in_flight: how many of its attempts are not
 * judged yet. If these could make it slow, the request is parked until one is (OUTCOME_PARK). One
 * that failed too often over all names gets one in two seconds: ERR_PAUSED (reply->wait) until its
 * turn comes. Once asked for and given, the turn is used up, also where this turn of the keeper is
 * lost: that is the safe side.
 */
MUST_CHECK enum err
guess_source_check(struct request *request, uint32_t in_flight);

/* Asks what the next check of that source will ask (store_lock.h, expect). */
void
guess_source_expect(struct keeper *keeper, const struct session_state *state);

/* One more failure of the request's source, over all names. */
MUST_CHECK enum err
guess_source_failed(struct request *request);

/* Seconds since boot until which a refusal of now is held back: all that are held back at a time
 * are released together, so that they share one commit. */
int64_t
guess_hold_until(int64_t boot);

/* Until when a person is paused, by codes or passwords: 0, Unix seconds, or INT64_MAX until
 * unlocked. */
MUST_CHECK enum err
guess_paused_until(struct keeper *keeper, const struct account *account, int64_t now,
    int64_t *ret_until);

/* Likewise, by codes alone. */
int64_t
guess_codes_paused_until(const struct account *account, int64_t now);

/* The key of a name's rows. */
MUST_CHECK enum err
guess_name_hash(struct keeper *keeper, const char *name, unsigned char ret_hash[STORE_HASH_SIZE]);

#endif
