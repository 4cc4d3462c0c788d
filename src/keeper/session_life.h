/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The life of a session's line and of the request on it, as one table: (state, event) -> state.
 * Which doors its person has passed is another machine (core/signin.h). Pure.
 */
#ifndef KEEPER_SESSION_LIFE_H
#define KEEPER_SESSION_LIFE_H

#include <stdbool.h>

enum life {
	LIFE_QUIET,   /* no request is open: its line is read */
	LIFE_ASKED,   /* a request was read, and is served in the next turn */
	LIFE_HASHING, /* its job is at a worker, or waits for one */
	LIFE_HASHED,  /* the job came back: the request is served again */
	LIFE_PARKED,  /* earlier verdicts on its name and source come first */
	LIFE_HELD,    /* its refusal is held back until a time */
	LIFE_LOCKING, /* idle at home: the lock closes in the next turn */
	LIFE_ADRIFT,  /* the line is down or to be ended, and a worker still has its job */
	LIFE_ENDING,  /* goes with the next turn, which writes its farewell */
	LIFE_COUNT
};

enum life_event {
	LIFE_EVENT_REQUEST,    /* a request was read */
	LIFE_EVENT_DEFER,      /* the turn gave a job out */
	LIFE_EVENT_PARK,       /* the turn lets it wait for other verdicts */
	LIFE_EVENT_HOLD,       /* the turn holds its refusal back */
	LIFE_EVENT_HASH_BACK,  /* a worker is done with its job, or the job was taken back */
	LIFE_EVENT_WAKE,       /* what it waited for has come */
	LIFE_EVENT_ANSWERED,   /* the turn answered it */
	LIFE_EVENT_TURN_LOST,  /* the turn failed, and it was told so */
	LIFE_EVENT_IDLE_LOCK,  /* it was idle at home for too long */
	LIFE_EVENT_LOCKED,     /* the lock has closed */
	LIFE_EVENT_LOCK_LATER, /* the turn that was to close it failed */
	LIFE_EVENT_HANG_UP,    /* the line is down */
	LIFE_EVENT_END,	       /* it must go: idle, ended by others, nonsense */
	LIFE_EVENT_COUNT
};

/*
 * The next state. A pair that is not in the table is a fault of this program: it ends the session,
 * but not before its job is back, for the worker that has it would go on in memory that was freed.
 */
enum life
life_next(enum life life, enum life_event event);

/* Whether it has something to do in a turn. */
bool
life_ready(enum life life);

/* Whether its line is read: one request at a time. */
bool
life_hears(enum life life);

/* Whether a worker has its job, which must not be freed then. */
bool
life_has_worker(enum life life);

#endif
