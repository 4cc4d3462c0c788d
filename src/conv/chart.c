/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/chart.h"

#include <stdio.h>
#include <string.h>

#include "conv/moment.h"

enum { HOUR = 3600, PERCENT = 100 };

/* --- slots ---------------------------------------------------------------------------- */

void
chart_days(struct chart *chart, int64_t now)
{
	struct moment day = moment_day(now);

	memset(chart, 0, sizeof *chart);
	chart->asked.slots = CHART_DAYS;
	chart->asked.border[CHART_DAYS] = day.end;
	for (int i = CHART_DAYS - 1; i >= 0; i--) {
		chart->asked.border[i] = day.first;
		day = moment_day(day.first - 1);
	}
}

void
chart_hours(struct chart *chart, int64_t time)
{
	struct moment day = moment_day(time);
	uint32_t slots = 0;

	memset(chart, 0, sizeof *chart);
	while (slots < WIRE_CHART_SLOTS && day.first + (int64_t)slots * HOUR < day.end) {
		chart->asked.border[slots] = day.first + (int64_t)slots * HOUR;
		slots++;
	}
	chart->asked.border[slots] = day.end;
	chart->asked.slots = slots;
}

bool
chart_before(const struct chart *chart, size_t slot)
{
	return chart->begins != 0 && chart->asked.border[slot + 1] <= chart->begins;
}

int64_t
chart_most(const int64_t *numbers, size_t count)
{
	int64_t most = 0;

	for (size_t i = 0; i < count; i++)
		most = numbers[i] > most ? numbers[i] : most;
	return most;
}

int64_t
chart_sum(const int64_t *numbers, size_t count)
{
	int64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += numbers[i];
	return sum;
}

/* --- answers --------------------------------------------------------------------------- */

void
chart_ask(const struct chart *chart, struct wire_request *request)
{
	wire_request_init(request, WIRE_AUDIT_CHART);
	request->u.audit_chart = chart->asked;
}

static struct wire_chart_source *
find_source(struct chart *chart, const char *source)
{
	for (size_t i = 0; i < chart->count; i++)
		if (strcmp(chart->source[i].source, source) == 0)
			return &chart->source[i];
	return NULL;
}

/* Takes as many from each as the one with the fewest has, or the newcomer; returns what is left of
 * that one. */
static int64_t
give_way(struct chart *chart, int64_t newcomer)
{
	int64_t fewest = newcomer;
	size_t kept = 0;

	for (size_t i = 0; i < chart->count; i++)
		if (chart->source[i].refusals < fewest)
			fewest = chart->source[i].refusals;
	for (size_t i = 0; i < chart->count; i++)
		if (chart->source[i].refusals > fewest) {
			chart->source[kept] = chart->source[i];
			chart->source[kept++].refusals -= fewest;
		}
	chart->count = kept;
	chart->missed += fewest;
	return newcomer - fewest;
}

static void
add_source(struct chart *chart, const struct wire_chart_source *source)
{
	struct wire_chart_source *found = find_source(chart, source->source);
	int64_t refusals = source->refusals;

	if (found != NULL) {
		found->refusals += refusals;
		return;
	}
	while (refusals > 0 && chart->count == CHART_SOURCES)
		refusals = give_way(chart, refusals);
	if (refusals == 0)
		return;
	chart->source[chart->count] = *source;
	chart->source[chart->count++].refusals = refusals;
}

void
chart_take(struct chart *chart, const struct wire_audit_chart_reply *reply)
{
	for (size_t i = 0; i < chart->asked.slots; i++) {
		chart->sign_ins[i] += reply->sign_ins[i];
		chart->refusals[i] += reply->refusals[i];
	}
	for (uint32_t i = 0; i < reply->count; i++)
		add_source(chart, &reply->source[i]);
	chart->read += reply->read;
	chart->left = reply->left;
	chart->begins = reply->begins;
	chart->asked.from = reply->from;
	chart->done = !reply->more;
}

int
chart_progress(const struct chart *chart)
{
	int64_t all = chart->read + chart->left;

	if (chart->done || all <= 0)
		return chart->done ? PERCENT : 0;
	return (int)((double)chart->read / (double)all * PERCENT);
}

static bool
is_before(const struct wire_chart_source *a, const struct wire_chart_source *b)
{
	if (a->refusals != b->refusals)
		return a->refusals > b->refusals;
	return strcmp(a->source, b->source) < 0;
}

size_t
chart_top(const struct chart *chart, const struct wire_chart_source *ret_top[CHART_TOP])
{
	size_t count = 0;

	for (size_t i = 0; i < chart->count; i++) {
		const struct wire_chart_source *source = &chart->source[i];
		size_t at = count < CHART_TOP ? count : CHART_TOP;

		while (at > 0 && is_before(source, ret_top[at - 1]))
			at--;
		if (at == CHART_TOP)
			continue;
		count += count < CHART_TOP ? 1 : 0;
		for (size_t k = count - 1; k > at; k--)
			ret_top[k] = ret_top[k - 1];
		ret_top[at] = source;
	}
	return count;
}
