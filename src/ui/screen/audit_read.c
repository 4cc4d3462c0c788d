/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window of the audit log: what is asked for, and where its rows go. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/audit.h"

enum { PERCENT = 100 };

/* --- asking ----------------------------------------------------------------------- */

static bool
is_up(enum audit_way way)
{
	return way == AUDIT_NEWER || way == AUDIT_OLDEST;
}

static void
ask(struct ui *ui, struct audit *audit)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_AUDIT_LIST);
	request.u.audit_page = audit->asked;
	request.u.audit_page.oldest_first = is_up(audit->way);
	request.u.audit_page.from = 0;
	if (audit->started)
		request.u.audit_page.from = is_up(audit->way) ? audit->newer : audit->older;
	ui_ask(ui, &request, NULL);
}

void
audit_begin(struct ui *ui, struct audit *audit, enum audit_way way)
{
	audit->way = way;
	audit->started = false;
	audit->move = 0;
	audit->changed = false;
	if (way == AUDIT_NEWEST)
		ui->facts.trail_grew = false;
	ask(ui, audit);
}

/* --- taking ------------------------------------------------------------------------- */

/* Makes room for `count` rows at the end that they come to, by giving up some at the other. */
static void
make_room(struct audit *audit, size_t count, bool above)
{
	size_t have = audit->list.count;
	size_t over = have + count > AUDIT_ROWS ? have + count - AUDIT_ROWS : 0;

	if (above) {
		if (over > 0) {
			audit->older = audit->row[have - over].id + 1;
			audit->oldest = false;
			have -= over;
		}
		memmove(audit->row + count, audit->row, have * sizeof *audit->row);
		audit->list.chosen += count;
		audit->list.top += count;
	} else if (over > 0) {
		audit->newer = audit->row[over - 1].id - 1;
		audit->newest = false;
		have -= over;
		memmove(audit->row, audit->row + over, have * sizeof *audit->row);
		audit->list.chosen -= audit->list.chosen < over ? audit->list.chosen : over;
		audit->list.top -= audit->list.top < over ? audit->list.top : over;
	}
	audit->list.count = have + count;
}

static void
put_rows(struct audit *audit, const struct wire_audit_page_reply *page, bool above)
{
	size_t count = page->count;

	make_room(audit, count, above);
	for (size_t i = 0; i < count; i++)
		audit->row[above ? count - 1 - i : audit->list.count - count + i] = page->row[i];
}

/* The first page of a window that begins anew. */
static void
start(struct audit *audit, const struct wire_audit_page_reply *page)
{
	bool up = is_up(audit->way);

	audit->started = true;
	audit->have = true;
	audit->list = (struct list){ .count = 0 };
	audit->trail = page->newest;
	audit->newest = !up;
	audit->oldest = up;
	audit->newer = audit->older = 0;
	if (page->count > 0)
		audit->newer = audit->older = page->row[0].id;
}

/* Where the window goes on, and whether it does. */
static void
note_end(struct audit *audit, const struct wire_audit_page_reply *page)
{
	if (is_up(audit->way)) {
		audit->newer = page->from > 0 ? page->from : audit->newer;
		audit->newest = !page->more;
	} else {
		audit->older = page->from > 0 ? page->from : audit->older;
		audit->oldest = !page->more;
	}
}

/* The rows that were missing for a move, or to fill the screen. */
static bool
is_wanted(const struct ui *ui, const struct audit *audit)
{
	long long target = (long long)audit->list.chosen + audit->move;

	if (is_up(audit->way) ? audit->newest : audit->oldest)
		return false;
	if ((long long)audit->list.count < audit_height(ui, audit))
		return true;
	return target < 0 || target >= (long long)audit->list.count;
}

static void
apply_move(const struct ui *ui, struct audit *audit)
{
	long long target = (long long)audit->list.chosen + audit->move;

	if (target >= (long long)audit->list.count)
		target = (long long)audit->list.count - 1;
	audit->list.chosen = target > 0 ? (size_t)target : 0;
	audit->move = 0;
	list_fit(&audit->list, (size_t)audit_height(ui, audit));
}

/* How much of the trail lies behind, from the end where reading began. */
static void
say_progress(struct ui *ui, const struct audit *audit, const struct wire_audit_page_reply *page)
{
	int64_t all = page->newest > 0 ? page->newest : 1;
	int64_t read = is_up(audit->way) ? page->from : all - page->from;
	char text[UI_MESSAGE_SIZE];

	read = read < 0 ? 0 : read > all ? all : read;
	(void)snprintf(text, sizeof text, _("Reading: %d %% of the log. Any key stops."),
	    (int)((double)read / (double)all * PERCENT));
	ui_say_text(ui, STYLE_PLAIN, text);
}

static void
say_stopped(struct ui *ui, const struct audit *audit)
{
	if (is_up(audit->way))
		ui_say(ui, STYLE_PLAIN, N_("Stopped. Page Up reads on."));
	else
		ui_say(ui, STYLE_PLAIN, N_("Stopped. Page Down reads on."));
}

void
audit_take(struct ui *ui, struct audit *audit, const struct wire_reply *reply)
{
	const struct wire_audit_page_reply *page = &reply->u.audit_page;
	int64_t before = is_up(audit->way) ? audit->newer : audit->older;
	bool first = !audit->started;

	if (first)
		start(audit, page);
	put_rows(audit, page, is_up(audit->way));
	note_end(audit, page);
	if (first && audit->way == AUDIT_OLDEST)
		audit->move = AUDIT_ROWS;
	if (page->newest > audit->trail)
		ui->facts.trail_grew = true;
	if (!is_wanted(ui, audit) || (!first && page->from == before)) {
		apply_move(ui, audit);
	} else if (ui->kept_count > 0) {
		apply_move(ui, audit);
		say_stopped(ui, audit);
	} else {
		say_progress(ui, audit, page);
		ask(ui, audit);
	}
}

/* --- moving -------------------------------------------------------------------------- */

void
audit_move(struct ui *ui, struct audit *audit, int by)
{
	long long target = (long long)audit->list.chosen + by;

	audit->move = by;
	if (target < 0 && !audit->newest)
		audit->way = AUDIT_NEWER;
	else if (target >= (long long)audit->list.count && !audit->oldest)
		audit->way = AUDIT_OLDER;
	else
		by = 0;
	if (by == 0) {
		apply_move(ui, audit);
		return;
	}
	audit->started = true;
	ask(ui, audit);
}
