/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/when.h"

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "core/words.h"

static bool
same_day(const struct tm *a, const struct tm *b)
{
	return a->tm_year == b->tm_year && a->tm_yday == b->tm_yday;
}

/* Noon of the day before, so that no change of the clocks comes between. */
static struct tm
day_before(struct tm day)
{
	day.tm_mday--;
	day.tm_hour = 12;
	day.tm_isdst = -1;
	(void)mktime(&day);
	return day;
}

/* A local time, and whether its day is today or the one before. */
struct when {
	struct tm then;
	bool today, yesterday;
};

/* False: there is no such time. */
static bool
when_of(int64_t when, int64_t now, struct when *ret_when)
{
	time_t then_time = (time_t)when, now_time = (time_t)now;
	struct tm today, yesterday;

	if (when == 0 || localtime_r(&then_time, &ret_when->then) == NULL ||
	    localtime_r(&now_time, &today) == NULL)
		return false;
	yesterday = day_before(today);
	ret_when->today = same_day(&ret_when->then, &today);
	ret_when->yesterday = same_day(&ret_when->then, &yesterday);
	return true;
}

void
when_put(int64_t when, int64_t now, char *buf, size_t size)
{
	struct when found;
	char clock[16];

	if (!when_of(when, now, &found)) {
		(void)snprintf(buf, size, "%s", _("never"));
		return;
	}
	(void)strftime(clock, sizeof clock, "%H:%M", &found.then);
	if (found.today)
		(void)snprintf(buf, size, _("today %s"), clock);
	else if (found.yesterday)
		(void)snprintf(buf, size, _("yesterday %s"), clock);
	else
		(void)strftime(buf, size, "%Y-%m-%d %H:%M", &found.then);
}

void
when_day(int64_t when, int64_t now, char *buf, size_t size)
{
	struct when found;

	if (!when_of(when, now, &found) || found.today)
		when_put(when, now, buf, size);
	else if (found.yesterday)
		(void)snprintf(buf, size, "%s", _("yesterday"));
	else
		(void)strftime(buf, size, "%Y-%m-%d", &found.then);
}
