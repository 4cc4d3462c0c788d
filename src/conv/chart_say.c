/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the slots of a chart are called. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "conv/chart.h"
#include "conv/moment.h"
#include "core/words.h"

/* Message ids: as short as they stand below a bar. */
static const char *const weekdays[7] = { N_("Su"), N_("Mo"), N_("Tu"), N_("We"), N_("Th"), N_("Fr"),
	N_("Sa") };

static bool
is_days(const struct chart *chart)
{
	return chart->asked.slots == CHART_DAYS;
}

/* All zero where there is no such time. */
static struct tm
local_of(int64_t when)
{
	time_t value = (time_t)when;
	struct tm local;

	if (localtime_r(&value, &local) == NULL)
		memset(&local, 0, sizeof local);
	return local;
}

const char *
chart_weekday(const struct chart *chart, size_t slot)
{
	return is_days(chart) ? _(weekdays[local_of(chart->asked.border[slot]).tm_wday]) : "";
}

int
chart_number(const struct chart *chart, size_t slot)
{
	struct tm local = local_of(chart->asked.border[slot]);

	return is_days(chart) ? local.tm_mday : local.tm_hour;
}

static void
put_hours(const struct chart *chart, size_t slot, char *buf, size_t size)
{
	struct tm from = local_of(chart->asked.border[slot]);
	struct tm to = local_of(chart->asked.border[slot + 1]);

	(void)snprintf(buf, size, "%02d:%02d - %02d:%02d", from.tm_hour, from.tm_min, to.tm_hour,
	    to.tm_min);
}

void
chart_slot_name(const struct chart *chart, size_t slot, int64_t now, char *buf, size_t size)
{
	int64_t first = chart->asked.border[slot];
	struct moment today = moment_day(now);
	char date[32];

	moment_date(first, date, sizeof date);
	if (!is_days(chart))
		put_hours(chart, slot, buf, size);
	else if (first == today.first)
		(void)snprintf(buf, size, "%s", _("today"));
	else if (first == moment_day(today.first - 1).first)
		(void)snprintf(buf, size, "%s", _("yesterday"));
	else
		(void)snprintf(buf, size, "%s %s", chart_weekday(chart, slot), date);
}

void
chart_slot_says(const struct chart *chart, size_t slot, int64_t now, char *buf, size_t size)
{
	long long sign_ins = chart->sign_ins[slot], refusals = chart->refusals[slot];
	char name[64], ins[64], refused[64];

	chart_slot_name(chart, slot, now, name, sizeof name);
	(void)snprintf(ins, sizeof ins,
	    ngettext("%lld sign-in", "%lld sign-ins", (unsigned long)sign_ins), sign_ins);
	(void)snprintf(refused, sizeof refused,
	    ngettext("%lld refusal", "%lld refusals", (unsigned long)refusals), refusals);
	(void)snprintf(buf, size, _("%s: %s, %s"), name, ins, refused);
}
