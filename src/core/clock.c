/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/clock.h"

#include "core/throttle.h"

/* ahead: the furthest from now that a right clock writes; life: how long what opens stays open. */
static const struct rule {
	int64_t ahead;
	int64_t life;
	bool opens;
} rules[CLOCK_COUNT] = {
	[CLOCK_SPENT_STEP] = { .ahead = 1 }, /* a code of the next step is taken: TOTP_WINDOW */
	[CLOCK_PAUSE] = { .ahead = THROTTLE_LONGEST },
	[CLOCK_COUNTED] = { .ahead = 0 },
	[CLOCK_PENDING_SEEN] = { .opens = true, .ahead = 0, .life = CLOCK_PENDING_LIFE },
	[CLOCK_INVITATION] = { .opens = true, .ahead = CLOCK_INVITATION_LONGEST, .life = 0 },
	[CLOCK_WAITING] = { .opens = true, .ahead = CLOCK_WAITING_LONGEST, .life = 0 },
	[CLOCK_TRUSTED] = { .opens = true, .ahead = 0, .life = THROTTLE_TRUST },
};

/* later - earlier, where later is not below earlier: any two times have a distance. */
static uint64_t
distance(int64_t earlier, int64_t later)
{
	return (uint64_t)later - (uint64_t)earlier;
}

static int64_t
plus(int64_t a, int64_t b)
{
	int64_t sum;

	if (!__builtin_add_overflow(a, b, &sum))
		return sum;
	return b > 0 ? INT64_MAX : INT64_MIN;
}

static int64_t
minus(int64_t a, int64_t b)
{
	int64_t rest;

	if (!__builtin_sub_overflow(a, b, &rest))
		return rest;
	return b < 0 ? INT64_MAX : INT64_MIN;
}

bool
clock_ahead(enum clock_time which, int64_t stored, int64_t now)
{
	return stored > now && distance(now, stored) > (uint64_t)rules[which].ahead;
}

bool
clock_open(enum clock_time which, int64_t stored, int64_t now)
{
	const struct rule *rule = &rules[which];

	if (!rule->opens || clock_ahead(which, stored, now))
		return false;
	return stored >= now || distance(stored, now) <= (uint64_t)rule->life;
}

bool
clock_step_ahead(int64_t last_step, int64_t offset, int64_t now_step)
{
	return clock_ahead(CLOCK_SPENT_STEP, minus(last_step, offset), now_step);
}

int64_t
clock_wait_until(int64_t last_step, int64_t offset)
{
	int64_t step = minus(plus(last_step, 1), offset), seconds;

	if (!__builtin_mul_overflow(step, (int64_t)CLOCK_STEP, &seconds))
		return seconds;
	return step < 0 ? INT64_MIN : INT64_MAX;
}

enum { DAY = 86400 };

bool
clock_trust_step(struct clock_trust *trust, int64_t now)
{
	int64_t passed = now - trust->seen;

	if (trust->seen == 0 || passed < 0) {
		if (trust->seen == 0)
			trust->trusted = now;
		trust->seen = now;
		return false;
	}
	if (passed < DAY)
		return false;
	trust->trusted += passed < 2 * DAY ? passed : 2 * DAY;
	if (trust->trusted > now)
		trust->trusted = now;
	trust->seen = now;
	return true;
}

int64_t
clock_trusted(const struct clock_trust *trust, int64_t now)
{
	return trust->trusted < now ? trust->trusted : now;
}
