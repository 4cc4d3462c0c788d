/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Guessing: the pure rules of core/throttle.h over what the store has counted (DESIGN 3). */
#ifndef KEEPER_GUESS_H
#define KEEPER_GUESS_H

#include "core/err.h"
#include "keeper/keeper.h"

/*
 * Whether a password may be tried now for the turn's name hash and source. ERR_PAUSED sets
 * reply->wait. *ret_room is how many attempts on this name and source may be in flight at once.
 */
MUST_CHECK enum err
guess_password_check(struct turn *turn, uint32_t *ret_room);

/* After a refused request was undone: a pause that a clock set back has shortened stays short. */
MUST_CHECK enum err
guess_shorten(struct turn *turn);

/* One more failure of the turn's name and source, and of the name. */
MUST_CHECK enum err
guess_password_failed(struct turn *turn);

/* A right password clears only its name and source. */
MUST_CHECK enum err
guess_password_passed(struct turn *turn);

/* Whether a code may be tried now for the turn's account: ERR_PAUSED (reply->wait),
 * ERR_CODE_LOCKED. */
MUST_CHECK enum err
guess_code_check(struct turn *turn);

MUST_CHECK enum err
guess_code_failed(struct turn *turn);

MUST_CHECK enum err
guess_code_passed(struct turn *turn);

/* Until when a person is paused, by codes or passwords: 0, Unix seconds, or INT64_MAX until
 * unlocked. */
MUST_CHECK enum err
guess_paused_until(struct keeper *keeper, const struct account *account, int64_t now,
    int64_t *ret_until);

/* The key of a name's rows. */
MUST_CHECK enum err
guess_name_hash(struct keeper *keeper, const char *name, unsigned char ret_hash[STORE_HASH_SIZE]);

#endif
