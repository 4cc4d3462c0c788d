/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/audit_chart.h"

#include <stdio.h>
#include <string.h>

#include "conv/moment.h"
#include "ui/screen/screens.h"

enum { CHOOSE = PART_OWN, ROWS, ROWS_TOO };

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "←→", N_("Choose"), 40,
	    N_("Goes from one bar to the next; Home to the first, End to the last.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Hours"), 50,
	    N_("Shows the hours of the chosen day.") },
	{ ROWS, KEY_ENTER_, 0, N_("Enter"), N_("Rows"), 50,
	    N_("Shows the rows of the chosen hour in the audit log.") },
	{ ROWS_TOO, KEY_NONE_, 'r', "r", N_("Rows"), 39,
	    N_("Shows the rows of the chosen day in the audit log.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to where you came from. What is still being counted is left.") },
	{ .id = 0 },
};

/* --- counting --------------------------------------------------------------------------- */

static void
ask(struct ui *ui, const struct audit_chart *screen)
{
	struct wire_request request;

	chart_ask(&screen->chart, &request);
	ui_ask(ui, &request, NULL);
}

/* Keys that came meanwhile are handled first; what they leave unasked the next tick asks for. */
static void
go_on(struct ui *ui, const struct audit_chart *screen)
{
	if (!screen->chart.done && !screen->refused && !ui->waiting && ui->kept_count == 0)
		ask(ui, screen);
}

static void
answered(struct ui *ui, struct audit_chart *screen, const struct wire_reply *reply)
{
	if (reply->err != ERR_OK) {
		screen->refused = true;
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	} else if (reply->op == WIRE_AUDIT_CHART) {
		chart_take(&screen->chart, &reply->u.audit_chart);
	}
}

/* argument: struct audit_chart_of. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct audit_chart *screen = state;
	const struct audit_chart_of *of = argument;

	screen->audit = of->audit;
	screen->hours = of->hours;
	if (of->hours)
		chart_hours(&screen->chart, of->day);
	else
		chart_days(&screen->chart, ui->clock());
	while (screen->chosen + 1 < screen->chart.asked.slots &&
	    screen->chart.asked.border[screen->chosen + 1] <= ui->clock())
		screen->chosen++;
	ask(ui, screen);
	return ERR_OK;
}

/* --- keys ----------------------------------------------------------------------------------- */

static bool
moved(struct audit_chart *screen, enum key key)
{
	size_t slots = screen->chart.asked.slots, last = slots > 0 ? slots - 1 : 0;

	if (key == KEY_LEFT_ || key == KEY_UP_)
		screen->chosen -= screen->chosen > 0 ? 1 : 0;
	else if (key == KEY_RIGHT_ || key == KEY_DOWN_)
		screen->chosen += screen->chosen < last ? 1 : 0;
	else if (key == KEY_HOME_ || key == KEY_PAGE_UP)
		screen->chosen = 0;
	else if (key == KEY_END_ || key == KEY_PAGE_DOWN)
		screen->chosen = last;
	else
		return false;
	return true;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct audit_chart *screen = state;
	bool used = true;

	if (event->type == EVENT_REPLY)
		answered(ui, screen, event->reply);
	else if (event->type != EVENT_TICK)
		used = event->type == EVENT_KEY && moved(screen, event->key);
	if (used)
		go_on(ui, screen);
	return used;
}

/* The chosen slot's rows, in the list below. */
static void
show_rows(struct ui *ui, const struct audit_chart *screen)
{
	struct audit *audit = screen->audit;

	memset(&audit->asked, 0, sizeof audit->asked);
	audit->asked.since = screen->chart.asked.border[screen->chosen];
	audit->asked.until = screen->chart.asked.border[screen->chosen + 1];
	audit->changed = true;
	ui_pop(ui);
	if (screen->hours)
		ui_pop(ui);
}

static void
act(struct ui *ui, void *state, int id)
{
	const struct audit_chart *screen = state;
	const struct audit_chart_of of = { .audit = screen->audit,
		.hours = true,
		.day = screen->chart.asked.border[screen->chosen] };

	if (id == PART_ENTER)
		ui_push(ui, &screen_audit_chart, &of);
	else if (id == ROWS || id == ROWS_TOO)
		show_rows(ui, screen);
	else if (id == PART_BACK)
		ui_pop(ui);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct audit_chart *screen = state;

	(void)ui;
	if (id == ROWS)
		return screen->hours;
	return (id != PART_ENTER && id != ROWS_TOO) || !screen->hours;
}

static void
put_title(const struct ui *ui, const void *state, char *buf, size_t size)
{
	const struct audit_chart *screen = state;
	char date[32];

	(void)ui;
	moment_date(screen->chart.asked.border[0], date, sizeof date);
	if (screen->hours)
		(void)snprintf(buf, size, _("Audit log > %s"), date);
	else
		(void)snprintf(buf, size, "%s", _("Audit log > 14 days"));
}

const struct screen screen_audit_chart = {
	.name = "audit-chart",
	.least = ROLE_ADMINISTRATOR,
	.about = N_("Sign-ins and refusals in local time, each on a scale of its own, and the "
		    "sources with most refusals; IPv6 by /64. They are counted from the rows "
		    "that you may read, the newest first. Without UTF-8 a digit on top of a bar is "
		    "its eighths of a row."),
	.put_title = put_title,
	.state_size = sizeof(struct audit_chart),
	.key_rows = key_rows,
	.ticks = true,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = audit_chart_draw,
};
