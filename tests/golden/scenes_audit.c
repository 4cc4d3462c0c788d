/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log: its rows, its filters, one row, and reading that takes long. */
#include "scene.h"

#include <stdio.h>
#include <string.h>

enum { ROWS = 30, HOUR = 3600, TRAIL = 1234567 };

/* From the newest on: what people do all day, and some of what is refused. */
static const struct {
	const char *who, *action, *target, *result, *detail, *source;
} rows[] = {
	{ "dana", "reset-2fa", "bruno", "ok", "lost phone", "10.0.0.7" },
	{ "alice", "sign-in", "", "ok", "", "203.0.113.9" },
	{ "alice", "code", "", "wrong", "", "203.0.113.9" },
	{ "alice", "password", "", "ok", "", "203.0.113.9" },
	{ "unknown name #1a2b3c4d", "password", "", "paused", "and 4812 more", "2001:db8::17" },
	{ "host:root", "setting", "require-2fa", "ok", "yes -> no", "local" },
	{ "claire", "user-add", "eve", "ok", "operator", "10.0.0.7" },
	{ "claire", "sign-out", "", "ok", "", "10.0.0.7" },
};

enum { KINDS = sizeof rows / sizeof *rows };

static void
put_row(struct wire_audit_row *row, int i, int64_t id)
{
	int kind = i % KINDS;

	memset(row, 0, sizeof *row);
	row->id = id;
	row->time = TODAY_1503 - (int64_t)i * HOUR;
	row->key = 4;
	row->version = 2;
	row->peer_uid = 998;
	wire_put(row->who, sizeof row->who, rows[kind].who);
	wire_put(row->action, sizeof row->action, rows[kind].action);
	wire_put(row->target, sizeof row->target, rows[kind].target);
	wire_put(row->result, sizeof row->result, rows[kind].result);
	wire_put(row->detail, sizeof row->detail, rows[kind].detail);
	wire_put(row->source, sizeof row->source, rows[kind].source);
	wire_put(row->terminal, sizeof row->terminal, "xterm-256color");
	wire_put(row->seal, sizeof row->seal,
	    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
}

/* The keeper's page of so many rows; more: there are older ones. */
static void
page(struct ui *ui, int count, int64_t from, bool more)
{
	struct wire_reply reply = answer(WIRE_AUDIT_LIST, ERR_OK, DOOR_HOME);

	for (int i = 0; i < count; i++)
		put_row(&reply.u.audit_page.row[i], i, TRAIL - i);
	reply.u.audit_page.count = (uint32_t)count;
	reply.u.audit_page.newest = TRAIL;
	reply.u.audit_page.from = from;
	reply.u.audit_page.more = more;
	give(ui, &reply);
}

/* At home the item is the one above Settings. */
static void
open_log(struct ui *ui, enum role role)
{
	signed_in(ui, role, true);
	ui_push(ui, &screen_audit, NULL);
}

static void
audit(struct ui *ui)
{
	open_log(ui, ROLE_SUPER_ADMINISTRATOR);
	page(ui, ROWS, TRAIL - ROWS + 1, false);
}

static void
audit_chosen(struct ui *ui)
{
	audit(ui);
	press(ui, KEY_DOWN_);
	press(ui, KEY_DOWN_);
}

static void
audit_end(struct ui *ui)
{
	audit(ui);
	for (int i = 0; i < ROWS; i++)
		press(ui, KEY_DOWN_);
}

static void
audit_help(struct ui *ui)
{
	audit(ui);
	press(ui, KEY_HELP_);
}

static void
audit_empty(struct ui *ui)
{
	open_log(ui, ROLE_ADMINISTRATOR);
	page(ui, 0, 0, false);
}

static void
audit_row(struct ui *ui)
{
	audit(ui);
	press(ui, KEY_ENTER_);
}

static void
audit_row_seal(struct ui *ui)
{
	audit(ui);
	press(ui, KEY_ENTER_);
	for (int i = 0; i < 11; i++)
		press(ui, KEY_DOWN_);
}

static void
audit_person(struct ui *ui)
{
	audit(ui);
	type(ui, "p");
}

static void
audit_day_wrong(struct ui *ui)
{
	audit(ui);
	type(ui, "d2026-11-31");
	press(ui, KEY_ENTER_);
}

static void
audit_word(struct ui *ui)
{
	audit(ui);
	type(ui, "/lost");
}

static void
audit_verbs(struct ui *ui)
{
	audit(ui);
	type(ui, "v");
	press(ui, KEY_DOWN_);
}

/* Person, day and word at once. */
static void
audit_filtered(struct ui *ui)
{
	audit(ui);
	type(ui, "p");
	press(ui, KEY_ENTER_);
	page(ui, 3, TRAIL - 2, false);
	type(ui, "d");
	press(ui, KEY_ENTER_);
	page(ui, 2, TRAIL - 1, false);
	type(ui, "/lost");
	press(ui, KEY_ENTER_);
	page(ui, 1, TRAIL, false);
}

/* A page that the keeper has not filled yet, and is asked on for. */
static void
audit_reading(struct ui *ui)
{
	audit(ui);
	type(ui, "/needle");
	press(ui, KEY_ENTER_);
	page(ui, 1, TRAIL / 2, true);
}

/* Any key stops it. */
static void
audit_stopped(struct ui *ui)
{
	audit_reading(ui);
	press(ui, KEY_ESC);
	page(ui, 1, TRAIL / 3, true);
}

static void
audit_new_rows(struct ui *ui)
{
	struct wire_reply reply = answer(WIRE_NEWS, ERR_OK, DOOR_HOME);

	audit_chosen(ui);
	reply.u.news.trail = 1;
	ui_receive(ui, &reply);
}

static void
audit_refused(struct ui *ui)
{
	open_log(ui, ROLE_ADMINISTRATOR);
	refuse(ui, WIRE_AUDIT_LIST, ERR_DENIED, DOOR_HOME, 0);
}

const struct scene scenes_audit[] = {
	{ "audit", audit },
	{ "audit-chosen", audit_chosen },
	{ "audit-end", audit_end },
	{ "audit-help", audit_help },
	{ "audit-empty", audit_empty },
	{ "audit-row", audit_row },
	{ "audit-row-seal", audit_row_seal },
	{ "audit-person", audit_person },
	{ "audit-day-wrong", audit_day_wrong },
	{ "audit-word", audit_word },
	{ "audit-verbs", audit_verbs },
	{ "audit-filtered", audit_filtered },
	{ "audit-reading", audit_reading },
	{ "audit-stopped", audit_stopped },
	{ "audit-new-rows", audit_new_rows },
	{ "audit-refused", audit_refused },
	{ NULL, NULL },
};
