/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A stored time is not trusted to lie in the past (DESIGN 3). Where the clock was ahead once and
 * was then put right, what was stored meanwhile lies further ahead than a right clock can have
 * written it. Two rules for all of them:
 *
 * - what opens (an invitation, a key that is shown again, a trusted source) does not open by a time
 *   that lies too far ahead: it counts as over;
 * - what closes (a spent step, a pause, a count) stays closed, but no longer than its own length
 *   from now; a spent step has none, so the person is told the day, and `unlock` mends it.
 *
 * One table says how far ahead of now each may lie. Pure: now is an argument.
 */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum {
	CLOCK_STEP = 30, /* seconds of a time step (RFC 6238 5.2) */
	CLOCK_PENDING_LIFE = 600,
	CLOCK_WAITING_LONGEST = 86400,
	CLOCK_INVITATION_LONGEST = 30 * 86400 /* the longest that the setting takes */
};

/*
 * The time by which things are forgotten. A clock that is ahead, for a while or for good, would
 * take everything with it: so this time goes on by two days at most for each day that passed, as
 * far as anybody looked. After a long rest it is behind, and catches up in as long again.
 */
struct clock_trust {
	int64_t seen;	 /* Unix seconds of the clock, at the last step; 0: never */
	int64_t trusted; /* how far it is believed */
};

/* One step; whether a day has passed since the last one. A clock that was set back begins a new
 * day. */
bool
clock_trust_step(struct clock_trust *trust, int64_t now);

/* The time that ages are counted from: never ahead of the clock. */
int64_t
clock_trusted(const struct clock_trust *trust, int64_t now);

/* The times that the store keeps and something is decided by. Unix seconds, but where it says. */
enum clock_time {
	CLOCK_SPENT_STEP, /* closes: the greatest spent step, less the device's offset; in steps */
	CLOCK_PAUSE,	  /* closes: the end of a pause */
	CLOCK_COUNTED,	  /* closes: the newest failure of a window; in minutes */
	CLOCK_PENDING_SEEN, /* opens: a pending key was on its screen */
	CLOCK_INVITATION,   /* opens: the end of an invitation, or of configuring after a reset */
	CLOCK_TRUSTED,	    /* opens: a source at which somebody has signed in */
	CLOCK_WAITING,	    /* opens: the end of what waits for a second Super Administrator */
	CLOCK_COUNT
};

/* Whether a stored time lies further ahead of now than a right clock can have written it: for
 * `doctor`, and for what follows. now in the unit of the time. */
bool
clock_ahead(enum clock_time which, int64_t stored, int64_t now);

/*
 * Whether a time that opens still does: it is not too far ahead, and it is not over
 * (CLOCK_INVITATION, CLOCK_WAITING: now is not past it; the others: it is not older than its life).
 * False for a time that closes. A stored 0 ("no limit") is the caller's.
 */
bool
clock_open(enum clock_time which, int64_t stored, int64_t now);

/* Whether the spent step of a device lies beyond now_step + 1, so that every right code would be
 * "already used" until then: that is no failure of the person, and does not count. */
bool
clock_step_ahead(int64_t last_step, int64_t offset, int64_t now_step);

/* Unix seconds at which an application that is right (by its offset) shows the first code that
 * works again. At the end of the range where it would leave it. */
int64_t
clock_wait_until(int64_t last_step, int64_t offset);

#endif
