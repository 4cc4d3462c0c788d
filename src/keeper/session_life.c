/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/session_life.h"

/* One more than the state, so that what is not named is 0: not in the table. */
#define TO(life) (LIFE_##life + 1)

/* clang-format off */
static const unsigned char moves[LIFE_COUNT][LIFE_EVENT_COUNT] = {
	[LIFE_QUIET] = {
		[LIFE_EVENT_REQUEST] = TO(ASKED),
		[LIFE_EVENT_IDLE_LOCK] = TO(LOCKING),
		[LIFE_EVENT_HANG_UP] = TO(ENDING),
		[LIFE_EVENT_END] = TO(ENDING),
	},
	[LIFE_ASKED] = {
		[LIFE_EVENT_ANSWERED] = TO(QUIET),
		[LIFE_EVENT_DEFER] = TO(HASHING),
		[LIFE_EVENT_PARK] = TO(PARKED),
		[LIFE_EVENT_HOLD] = TO(HELD),
		[LIFE_EVENT_TURN_LOST] = TO(QUIET),
		[LIFE_EVENT_HANG_UP] = TO(ENDING),
		[LIFE_EVENT_END] = TO(ENDING),
	},
	/* What has begun is judged and counted, also where nobody hears of it. */
	[LIFE_HASHING] = {
		[LIFE_EVENT_HASH_BACK] = TO(HASHED),
		[LIFE_EVENT_HANG_UP] = TO(ADRIFT),
		[LIFE_EVENT_END] = TO(ADRIFT),
	},
	[LIFE_ADRIFT] = {
		[LIFE_EVENT_HASH_BACK] = TO(HASHED),
		[LIFE_EVENT_HANG_UP] = TO(ADRIFT),
		[LIFE_EVENT_END] = TO(ADRIFT),
	},
	[LIFE_HASHED] = {
		[LIFE_EVENT_ANSWERED] = TO(QUIET),
		[LIFE_EVENT_DEFER] = TO(HASHING),
		[LIFE_EVENT_HOLD] = TO(HELD),
		[LIFE_EVENT_TURN_LOST] = TO(QUIET),
		[LIFE_EVENT_HANG_UP] = TO(HASHED),
		[LIFE_EVENT_END] = TO(HASHED),
	},
	[LIFE_PARKED] = {
		[LIFE_EVENT_WAKE] = TO(ASKED),
		[LIFE_EVENT_HANG_UP] = TO(ENDING),
		[LIFE_EVENT_END] = TO(ENDING),
	},
	[LIFE_HELD] = {
		[LIFE_EVENT_WAKE] = TO(ASKED),
		[LIFE_EVENT_HANG_UP] = TO(ENDING),
		[LIFE_EVENT_END] = TO(ENDING),
	},
	[LIFE_LOCKING] = {
		[LIFE_EVENT_LOCKED] = TO(QUIET),
		[LIFE_EVENT_LOCK_LATER] = TO(QUIET),
		[LIFE_EVENT_HANG_UP] = TO(ENDING),
		[LIFE_EVENT_END] = TO(ENDING),
	},
};
/* clang-format on */

enum life
life_next(enum life life, enum life_event event)
{
	unsigned char to = moves[life][event];

	if (to != 0)
		return (enum life)(to - 1);
	return life_has_worker(life) ? LIFE_ADRIFT : LIFE_ENDING;
}

bool
life_ready(enum life life)
{
	return life == LIFE_ASKED || life == LIFE_HASHED || life == LIFE_LOCKING ||
	    life == LIFE_ENDING;
}

bool
life_hears(enum life life)
{
	return life == LIFE_QUIET;
}

bool
life_has_worker(enum life life)
{
	return life == LIFE_HASHING || life == LIFE_ADRIFT;
}
