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

void
when_put(int64_t when, int64_t now, char *buf, size_t size)
{
	time_t then_time = (time_t)when, now_time = (time_t)now;
	struct tm then, today, yesterday;
	char clock[16];

	if (when == 0 || localtime_r(&then_time, &then) == NULL ||
	    localtime_r(&now_time, &today) == NULL) {
		(void)snprintf(buf, size, "%s", _("never"));
		return;
	}
	yesterday = day_before(today);
	(void)strftime(clock, sizeof clock, "%H:%M", &then);
	if (same_day(&then, &today))
		(void)snprintf(buf, size, _("today %s"), clock);
	else if (same_day(&then, &yesterday))
		(void)snprintf(buf, size, _("yesterday %s"), clock);
	else
		(void)strftime(buf, size, "%Y-%m-%d %H:%M", &then);
}
