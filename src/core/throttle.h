/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Failures -> how long to wait (DESIGN 3, NIST SP 800-63B 5.2.2, RFC 4226 7.3).
 * Pure: times are arguments, Unix seconds.
 */
#ifndef CORE_THROTTLE_H
#define CORE_THROTTLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	THROTTLE_FREE = 5,	   /* failures in a row before the first pause */
	THROTTLE_FIRST = 30,	   /* seconds */
	THROTTLE_LONGEST = 900,	   /* seconds */
	THROTTLE_CODES_MAX = 100,  /* wrong codes in a row; then only an unlock helps */
	THROTTLE_WINDOW_MAX = 100, /* password failures of a name in a sliding hour */
	THROTTLE_MINUTES = 60,
	THROTTLE_TRUST = 30 * 86400 /* a source that signed in within this is not paused by name */
};

/* Failures in a row of one counter, and until when it pauses. */
struct throttle {
	uint32_t failures;
	int64_t paused_until; /* 0: not paused */
};

/* Failures of a name in the sliding hour, by the minute. */
struct throttle_window {
	int64_t minute;			  /* Unix minutes of the newest bucket */
	uint16_t count[THROTTLE_MINUTES]; /* index: minute modulo 60 */
};

/* Seconds of the pause that the n-th failure in a row starts; 0 below the fifth. */
int64_t
throttle_pause(uint32_t failures);

/*
 * Seconds still to wait, 0 if none. Never longer than the pause's own length from
 * now: a clock that was set back shortens *throttle to that (returned changed).
 */
int64_t
throttle_wait(struct throttle *throttle, int64_t now);

/* One more failure. */
void
throttle_fail(struct throttle *throttle, int64_t now);

/* How many attempts may be in flight at once: what is left of the free ones, else one. */
uint32_t
throttle_room(const struct throttle *throttle);

/* One more failure of the name. A clock set back empties nothing. */
void
throttle_window_fail(struct throttle_window *window, int64_t now);

/* Seconds until the name is below THROTTLE_WINDOW_MAX failures an hour; 0 if it is. At most 3600.
 */
int64_t
throttle_window_wait(const struct throttle_window *window, int64_t now);

#endif
