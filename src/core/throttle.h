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
	THROTTLE_FIRST = 30,	   /* seconds */
	THROTTLE_LONGEST = 900,	   /* seconds */
	THROTTLE_CODES_MAX = 100,  /* wrong codes in a row; then only an unlock helps */
	THROTTLE_WINDOW_MAX = 100, /* password failures of a name in a sliding hour */
	THROTTLE_MINUTES = 60,
	THROTTLE_SOURCE_MAX = 20,     /* failures of a source over all names ... */
	THROTTLE_SOURCE_MINUTES = 10, /* ... within this, and it is slow ... */
	THROTTLE_SOURCE_GAP = 2,      /* ... : one verdict in so many seconds */
	THROTTLE_TRUST = 30 * 86400 /* a source that signed in within this is not paused by name */
};

/* Failures in a row of one counter, and until when it pauses. */
struct throttle {
	uint32_t failures;
	int64_t paused_until; /* 0: not paused */
};

/* Failures of a name, or of a source, in the sliding hour, by the minute. */
struct throttle_window {
	int64_t minute;			  /* Unix minutes of the newest bucket */
	uint16_t count[THROTTLE_MINUTES]; /* index: minute modulo 60 */
};

/* Seconds of the pause that the n-th failure in a row starts; 0 below `after`, which is the
 * setting "pause-after". */
int64_t
throttle_pause(uint32_t failures, uint32_t after);

/*
 * Seconds still to wait, 0 if none. Never longer than the pause's own length from
 * now: a clock that was set back shortens *throttle to that (returned changed), and so does an
 * `after` that was raised.
 */
int64_t
throttle_wait(struct throttle *throttle, uint32_t after, int64_t now);

/* One more failure. */
void
throttle_fail(struct throttle *throttle, uint32_t after, int64_t now);

/* How many attempts may be in flight at once: the remaining free ones, else one. */
uint32_t
throttle_room(const struct throttle *throttle, uint32_t after);

/* One more failure of the name or source. A clock set back empties nothing. */
void
throttle_window_fail(struct throttle_window *window, int64_t now);

/* Seconds until the name is below THROTTLE_WINDOW_MAX failures an hour; 0 if it is. At most 3600.
 */
int64_t
throttle_window_wait(const struct throttle_window *window, int64_t now);

/*
 * Whether a source is slow (DESIGN 3: spraying): it failed THROTTLE_SOURCE_MAX times within
 * THROTTLE_SOURCE_MINUTES, and since then no such time passed without a failure. Minutes are all
 * that is known of a failure: it is never slow for failures that lie further apart, and stays so
 * for 10 to 11 minutes after the last one. What is older than the window's hour is forgotten. A
 * clock set back is taken as in throttle_window_wait().
 */
bool
throttle_source_slow(const struct throttle_window *window, int64_t now);

/*
 * Seconds until a slow source may have its next verdict, 0 to THROTTLE_SOURCE_GAP. *last: when it
 * had the latest one; one that lies in the future was a clock ahead, and becomes now.
 */
int64_t
throttle_source_wait(int64_t *last, int64_t now);

#endif
