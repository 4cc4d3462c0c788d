/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/throttle.h"

int64_t
throttle_pause(uint32_t failures, uint32_t after)
{
	int64_t pause = THROTTLE_FIRST;

	if (failures < after)
		return 0;
	for (uint32_t n = after; n < failures && pause < THROTTLE_LONGEST; n++)
		pause *= 2;
	return pause < THROTTLE_LONGEST ? pause : THROTTLE_LONGEST;
}

/* a + b, saturating. b is not negative. */
static int64_t
plus(int64_t a, int64_t b)
{
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

int64_t
throttle_wait(struct throttle *throttle, uint32_t after, int64_t now)
{
	int64_t latest;

	if (throttle->paused_until == 0 || throttle->paused_until <= now)
		return 0;
	/* Longer than a pause that began now: the clock was set back. */
	latest = plus(now, throttle_pause(throttle->failures, after));
	if (throttle->paused_until > latest)
		throttle->paused_until = latest;
	return throttle->paused_until - now;
}

void
throttle_fail(struct throttle *throttle, uint32_t after, int64_t now)
{
	int64_t pause;

	if (throttle->failures < UINT32_MAX)
		throttle->failures++;
	pause = throttle_pause(throttle->failures, after);
	throttle->paused_until = pause == 0 ? 0 : plus(now, pause);
}

uint32_t
throttle_room(const struct throttle *throttle, uint32_t after)
{
	return throttle->failures < after ? after - throttle->failures : 1;
}

/* The minute of a time, and the second in it; rounded down before 1970 too. */
static int64_t
minute_of(int64_t now)
{
	return now / 60 - (now % 60 < 0);
}

static int64_t
second_of(int64_t now)
{
	int64_t rest = now % 60;

	return rest < 0 ? rest + 60 : rest;
}

/* Minutes from the earlier to the later, as far as a window reaches. Never overflows. */
static size_t
minutes_between(int64_t earlier, int64_t later)
{
	uint64_t minutes = (uint64_t)later - (uint64_t)earlier;

	return minutes < THROTTLE_MINUTES ? (size_t)minutes : THROTTLE_MINUTES;
}

/* The index of the minute that was age minutes (below 60) before minute. */
static size_t
bucket(int64_t minute, size_t age)
{
	int64_t rest = minute % THROTTLE_MINUTES;

	if (rest < 0)
		rest += THROTTLE_MINUTES;
	return ((size_t)rest + THROTTLE_MINUTES - age) % THROTTLE_MINUTES;
}

/* Advances the window to minute; clears the buckets of the minutes in between. */
static void
advance(struct throttle_window *window, int64_t minute)
{
	size_t passed = minutes_between(window->minute, minute);

	for (size_t age = 0; age < passed; age++)
		window->count[bucket(minute, age)] = 0;
	window->minute = minute;
}

/* The clock was set back to minute: failures keep their age. */
static void
set_back(struct throttle_window *window, int64_t minute)
{
	struct throttle_window old = *window;

	for (size_t age = 0; age < THROTTLE_MINUTES; age++)
		window->count[bucket(minute, age)] = old.count[bucket(old.minute, age)];
	window->minute = minute;
}

void
throttle_window_fail(struct throttle_window *window, int64_t now)
{
	int64_t minute = minute_of(now);
	uint16_t *count = &window->count[bucket(minute, 0)];

	if (minute > window->minute)
		advance(window, minute);
	else if (minute < window->minute)
		set_back(window, minute);
	if (*count < UINT16_MAX)
		(*count)++;
}

/* Failures in the newest buckets, that many. */
static uint32_t
sum(const struct throttle_window *window, size_t buckets)
{
	uint32_t failures = 0;

	for (size_t age = 0; age < buckets; age++)
		failures += window->count[bucket(window->minute, age)];
	return failures;
}

/* Whether the name has too many failures in the hour that ends passed minutes after the newest. */
static bool
too_many(const struct throttle_window *window, size_t passed)
{
	return passed < THROTTLE_MINUTES &&
	    sum(window, THROTTLE_MINUTES - passed) >= THROTTLE_WINDOW_MAX;
}

/*
 * The minutes that have passed since the newest failure; false if nothing can be said. A clock
 * behind it: no time has passed since. But one that was set back by more than the window itself
 * would hold the pause until it catches up, perhaps in years: then the next failure decides, which
 * moves the window, with all its counts, to now.
 */
static bool
minutes_passed(const struct throttle_window *window, int64_t minute, size_t *ret_passed)
{
	if (minute < window->minute) {
		if (minutes_between(minute, window->minute) == THROTTLE_MINUTES)
			return false;
		minute = window->minute;
	}
	*ret_passed = minutes_between(window->minute, minute);
	return true;
}

int64_t
throttle_window_wait(const struct throttle_window *window, int64_t now)
{
	int64_t minute = minute_of(now);
	int64_t second = minute < window->minute ? 0 : second_of(now);
	size_t passed, wait = 0;

	if (!minutes_passed(window, minute, &passed))
		return 0;
	while (too_many(window, passed + wait))
		wait++;
	return wait == 0 ? 0 : (int64_t)wait * 60 - second;
}

/* Failures in the ten minutes that end with the one that is age minutes old. */
static uint32_t
burst(const struct throttle_window *window, size_t age)
{
	uint32_t failures = 0;

	for (size_t n = 0; n < THROTTLE_SOURCE_MINUTES && age + n < THROTTLE_MINUTES; n++)
		failures += window->count[bucket(window->minute, age + n)];
	return failures;
}

/* From the oldest minute to the newest, then on to now: too many make it slow, quiet ends that. */
bool
throttle_source_slow(const struct throttle_window *window, int64_t now)
{
	size_t passed, quiet = 0;
	bool slow = false;

	if (!minutes_passed(window, minute_of(now), &passed))
		return false;
	for (size_t age = THROTTLE_MINUTES; age-- > 0;) {
		quiet = window->count[bucket(window->minute, age)] == 0 ? quiet + 1 : 0;
		if (quiet >= THROTTLE_SOURCE_MINUTES)
			slow = false;
		else if (burst(window, age) >= THROTTLE_SOURCE_MAX)
			slow = true;
	}
	/* The minute of now is not over. */
	quiet += passed > 0 ? passed - 1 : 0;
	return slow && quiet < THROTTLE_SOURCE_MINUTES;
}

int64_t
throttle_source_wait(int64_t *last, int64_t now)
{
	uint64_t since;

	if (*last > now)
		*last = now;
	since = (uint64_t)now - (uint64_t)*last;
	return since >= THROTTLE_SOURCE_GAP ? 0 : THROTTLE_SOURCE_GAP - (int64_t)since;
}
