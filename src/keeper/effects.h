/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sign-in machine asks for, done in the request's transaction (core/signin.h). */
#ifndef KEEPER_EFFECTS_H
#define KEEPER_EFFECTS_H

#include "keeper/request.h"

/*
 * Moves the machine by request->event, with the facts as they are after the request's own change,
 * and does its effects. At the first door the facts are unknown until the password is verified.
 */
MUST_CHECK enum err
effects_advance(struct request *request);

/* The door facts of an account under a policy. */
struct signin_facts
effects_facts(const struct account *account, const struct policy *policy);

/*
 * All sessions of a person but the asking one end with this turn: the account's generation is
 * raised, and a session keeps the one it began with (DESIGN 4). Those that were signed in read
 * why, by the request's verb; at a door nobody reads more than that it ended, for who stands there
 * may have no more than the password, and must not learn that there is one factor less.
 */
MUST_CHECK enum err
effects_end_sessions(struct request *request, int64_t user);

#endif
