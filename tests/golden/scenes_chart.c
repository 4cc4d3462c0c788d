/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart of the audit log: fourteen days, a day's hours, while it is counted, and of a log that
 * is empty or young. */
#include "scene.h"

#include <string.h>

enum { DAYS = 14, DAY = 86400, ROWS = 1234567 };

/* An answer that has come so far; the newest day is the last. */
static struct wire_reply
counted(uint32_t slots, bool more)
{
	static const int64_t sign_ins[] = { 131, 120, 140, 9, 4, 125, 133, 150, 128, 117, 11, 6,
		129, 61 };
	static const int64_t refusals[] = { 3, 0, 5, 1, 0, 4, 4812, 260, 7, 2, 0, 0, 6, 4 };
	static const struct {
		const char *source;
		int64_t refusals;
	} sources[] = { { "203.0.113.9", 4731 }, { "2001:db8:1:2::/64", 300 }, { "local", 12 },
		{ "198.51.100.200", 31 }, { "uid:1000", 1 }, { "192.0.2.1", 29 } };
	struct wire_reply reply = answer(WIRE_AUDIT_CHART, ERR_OK, DOOR_HOME);
	struct wire_audit_chart_reply *chart = &reply.u.audit_chart;
	uint32_t from = more ? slots / 2 : 0;

	for (uint32_t i = from; i < slots; i++) {
		chart->sign_ins[i] = sign_ins[i % DAYS];
		chart->refusals[i] = refusals[i % DAYS];
	}
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		wire_put(chart->source[i].source, WIRE_SOURCE_SIZE, sources[i].source);
		chart->source[i].refusals = sources[i].refusals;
		chart->count++;
	}
	chart->read = more ? ROWS / 3 : ROWS;
	chart->left = more ? ROWS - ROWS / 3 : 0;
	chart->from = more ? ROWS : 1;
	chart->begins = 1;
	chart->more = more;
	return reply;
}

static void
open_chart(struct ui *ui)
{
	struct wire_reply page = answer(WIRE_AUDIT_LIST, ERR_OK, DOOR_HOME);

	signed_in(ui, ROLE_SUPER_ADMINISTRATOR, true);
	ui_push(ui, &screen_audit, NULL);
	give(ui, &page);
	type(ui, "g");
}

static void
chart(struct ui *ui)
{
	struct wire_reply reply = counted(DAYS, false);

	open_chart(ui);
	give(ui, &reply);
}

static void
chart_chosen(struct ui *ui)
{
	chart(ui);
	for (int i = 0; i < 7; i++)
		press(ui, KEY_LEFT_);
}

static void
chart_counting(struct ui *ui)
{
	struct wire_reply reply = counted(DAYS, true);

	open_chart(ui);
	give(ui, &reply);
}

static void
chart_hours(struct ui *ui)
{
	struct wire_reply reply = counted(24, false);

	chart_chosen(ui);
	press(ui, KEY_ENTER_);
	give(ui, &reply);
	for (int i = 0; i < 10; i++)
		press(ui, KEY_LEFT_);
}

/* Eleven days are from before the first row. */
static void
chart_young(struct ui *ui)
{
	struct wire_reply reply = counted(DAYS, false);

	open_chart(ui);
	memset(reply.u.audit_chart.sign_ins, 0, 11 * sizeof(int64_t));
	memset(reply.u.audit_chart.refusals, 0, 11 * sizeof(int64_t));
	reply.u.audit_chart.begins = TODAY_1503 - 2 * DAY;
	give(ui, &reply);
}

static void
chart_empty(struct ui *ui)
{
	struct wire_reply reply = answer(WIRE_AUDIT_CHART, ERR_OK, DOOR_HOME);

	open_chart(ui);
	give(ui, &reply);
}

static void
chart_refused(struct ui *ui)
{
	open_chart(ui);
	refuse(ui, WIRE_AUDIT_CHART, ERR_DENIED, DOOR_HOME, 0);
}

/* The hour's rows are in the list again. */
static void
chart_rows(struct ui *ui)
{
	struct wire_reply page = answer(WIRE_AUDIT_LIST, ERR_OK, DOOR_HOME);

	chart_hours(ui);
	press(ui, KEY_ENTER_);
	give(ui, &page);
}

static void
chart_help(struct ui *ui)
{
	chart(ui);
	press(ui, KEY_HELP_);
}

const struct scene scenes_chart[] = {
	{ "chart", chart },
	{ "chart-chosen", chart_chosen },
	{ "chart-counting", chart_counting },
	{ "chart-hours", chart_hours },
	{ "chart-young", chart_young },
	{ "chart-empty", chart_empty },
	{ "chart-refused", chart_refused },
	{ "chart-rows", chart_rows },
	{ "chart-help", chart_help },
	{ NULL, NULL },
};
