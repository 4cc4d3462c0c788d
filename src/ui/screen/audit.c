/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log: who did what, and when, newest first; by person, by verb, by day, by any word. */
#include "ui/screen/audit.h"

#include <stdio.h>
#include <string.h>

#include "conv/moment.h"
#include "ui/screen/audit_chart.h"
#include "ui/screen/screens.h"

enum { CHOOSE = PART_OWN, TAKE, KEEP, PERSON, VERB, DAY, WORD, CHART, CLEAR };

enum { NAME_POINTS = 64, DAY_POINTS = 20, WORD_POINTS = 30 };

/* What is typed, one field at a time: Enter always takes it. */
static const struct form_plan plans[] = {
	[AUDIT_EDIT_PERSON] = { .fields = 1,
	    .field = { { N_("Person"), FIELD_TEXT, NAME_POINTS } } },
	[AUDIT_EDIT_DAY] = { .fields = 1, .field = { { N_("Day"), FIELD_TEXT, DAY_POINTS } } },
	[AUDIT_EDIT_WORD] = { .fields = 1,
	    .field = { { N_("Any word"), FIELD_TEXT, WORD_POINTS } } },
	[AUDIT_EDIT_NOTHING] = { .fields = 0 },
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40,
	    N_("Goes from one row to the next; Page Up and Page Down by pages, Home to the newest, "
	       "End to the oldest.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Open"), 50,
	    N_("Shows all that the row says, with its number and seal.") },
	{ TAKE, KEY_ENTER_, 0, N_("Enter"), N_("Filter"), 50, N_("Shows only the rows that fit.") },
	{ PERSON, KEY_NONE_, 'p', "p", N_("Person"), 39,
	    N_("Only what one person did, or what was done to them.") },
	{ VERB, KEY_NONE_, 'v', "v", N_("Action"), 38,
	    N_("Only one kind of action, from a list.") },
	{ DAY, KEY_NONE_, 'd', "d", N_("Day"), 37, N_("Only one day.") },
	{ WORD, KEY_NONE_, '/', "/", N_("Word"), 36,
	    N_("Only rows that hold a word, anywhere. This reads row by row; any key stops it.") },
	{ CHART, KEY_NONE_, 'g', "g", N_("Chart"), 40,
	    N_("Draws the sign-ins and refusals of the last 14 days.") },
	{ CLEAR, KEY_NONE_, 'x', "x", N_("Clear"), 41, N_("Shows all rows again.") },
	{ KEEP, KEY_ESC, 0, N_("Esc"), N_("Cancel"), KEY_ROW_ALWAYS,
	    N_("Leaves the filters as they were.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to where you came from.") },
	{ .id = 0 },
};

bool
audit_filtered(const struct audit *audit)
{
	const struct wire_audit_page_request *asked = &audit->asked;

	return asked->person[0] != '\0' || asked->action[0] != '\0' || asked->word[0] != '\0' ||
	    asked->since != 0 || asked->until != 0;
}

/* --- life ------------------------------------------------------------------------- */

/* argument: a person's name, or NULL for everyone's rows. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct audit *audit = state;

	audit->editing = AUDIT_EDIT_NOTHING;
	if (argument != NULL)
		wire_put(audit->asked.person, sizeof audit->asked.person, argument);
	audit_begin(ui, audit, AUDIT_NEWEST);
	return ERR_OK;
}

/* Only where the list of actions has chosen one: rows do not change. */
static void
resume(struct ui *ui, void *state)
{
	struct audit *audit = state;

	if (audit->changed)
		audit_begin(ui, audit, AUDIT_NEWEST);
}

/* --- filters ------------------------------------------------------------------------ */

static const struct wire_audit_row *
chosen(const struct audit *audit)
{
	return audit->list.chosen < audit->list.count ? &audit->row[audit->list.chosen] : NULL;
}

static void
edit(struct ui *ui, struct audit *audit, enum audit_edit what)
{
	enum err err = form_reopen(&audit->form, &plans[what]);

	audit->editing = err == ERR_OK ? what : AUDIT_EDIT_NOTHING;
	if (err != ERR_OK)
		ui_say_err(ui, err, 0);
}

/* Nothing typed is the person of the chosen row. */
static bool
take_person(struct ui *ui, struct audit *audit, const char *typed)
{
	const struct wire_audit_row *row = chosen(audit);

	if (*typed == '\0' && row != NULL)
		typed = row->who;
	if (*typed == '\0') {
		ui_say_err(ui, ERR_NAME_EMPTY, 0);
		return false;
	}
	wire_put(audit->asked.person, sizeof audit->asked.person, typed);
	return true;
}

/* Nothing typed is the day of the chosen row. */
static bool
take_day(struct ui *ui, struct audit *audit, const char *typed)
{
	const struct wire_audit_row *row = chosen(audit);
	int64_t now = ui->clock();
	struct moment moment = { .first = row != NULL && *typed == '\0' ? row->time : now };

	if (*typed != '\0' && moment_parse(typed, now, &moment) != ERR_OK) {
		ui_say_err(ui, ERR_TIME_FORMAT, 0);
		return false;
	}
	moment = moment_day(moment.first);
	audit->asked.since = moment.first;
	audit->asked.until = moment.end;
	return true;
}

static bool
take_word(struct ui *ui, struct audit *audit, const char *typed)
{
	(void)ui;
	wire_put(audit->asked.word, sizeof audit->asked.word, typed);
	return true;
}

static void
take_edit(struct ui *ui, struct audit *audit)
{
	static bool (*const takes[])(struct ui *, struct audit *, const char *) = {
		[AUDIT_EDIT_PERSON] = take_person,
		[AUDIT_EDIT_DAY] = take_day,
		[AUDIT_EDIT_WORD] = take_word,
	};
	const char *typed = field_text(&audit->form.field[0]);

	if (!takes[audit->editing](ui, audit, typed))
		return;
	audit->editing = AUDIT_EDIT_NOTHING;
	audit_begin(ui, audit, AUDIT_NEWEST);
}

static void
clear(struct ui *ui, struct audit *audit)
{
	memset(&audit->asked, 0, sizeof audit->asked);
	audit_begin(ui, audit, AUDIT_NEWEST);
}

/* --- keys ----------------------------------------------------------------------------- */

static void
answered(struct ui *ui, struct audit *audit, const struct wire_reply *reply)
{
	if (reply->err != ERR_OK)
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	else if (reply->op == WIRE_AUDIT_LIST)
		audit_take(ui, audit, reply);
}

static bool
moved(struct ui *ui, struct audit *audit, enum key key)
{
	int page = audit_height(ui, audit) > 1 ? audit_height(ui, audit) - 1 : 1;

	if (key == KEY_UP_)
		audit_move(ui, audit, -1);
	else if (key == KEY_DOWN_)
		audit_move(ui, audit, 1);
	else if (key == KEY_PAGE_UP)
		audit_move(ui, audit, -page);
	else if (key == KEY_PAGE_DOWN)
		audit_move(ui, audit, page);
	else if (key == KEY_HOME_)
		audit_begin(ui, audit, AUDIT_NEWEST);
	else if (key == KEY_END_)
		audit_begin(ui, audit, AUDIT_OLDEST);
	else
		return false;
	return true;
}

/* There is one field: nothing leads from it to another. */
static bool
leaves_field(const struct event *event)
{
	return event->type == EVENT_KEY &&
	    (event->key == KEY_TAB || event->key == KEY_BACKTAB || event->key == KEY_UP_ ||
		event->key == KEY_DOWN_);
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct audit *audit = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		answered(ui, audit, event->reply);
		return true;
	}
	if (audit->editing != AUDIT_EDIT_NOTHING)
		return leaves_field(event) || parts_form(ui, &audit->form, event, &button);
	if (event->type == EVENT_RESIZE)
		list_fit(&audit->list, (size_t)audit_height(ui, audit));
	return event->type == EVENT_KEY && audit->have && moved(ui, audit, event->key);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct audit *audit = state;
	const struct audit_chart_of of = { .audit = audit };

	if (id == PART_ENTER && chosen(audit) != NULL)
		ui_push(ui, &screen_audit_row, chosen(audit));
	else if (id == PERSON)
		edit(ui, audit, AUDIT_EDIT_PERSON);
	else if (id == DAY)
		edit(ui, audit, AUDIT_EDIT_DAY);
	else if (id == WORD)
		edit(ui, audit, AUDIT_EDIT_WORD);
	else if (id == VERB)
		ui_push(ui, &screen_audit_verbs, &audit);
	else if (id == CHART)
		ui_push(ui, &screen_audit_chart, &of);
	else if (id == CLEAR)
		clear(ui, audit);
	else if (id == TAKE)
		take_edit(ui, audit);
	else if (id == KEEP)
		audit->editing = AUDIT_EDIT_NOTHING;
	else if (id == PART_BACK)
		ui_pop(ui);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct audit *audit = state;
	bool typing = audit->editing != AUDIT_EDIT_NOTHING;

	(void)ui;
	if (id == TAKE || id == KEEP)
		return typing;
	if (typing)
		return false;
	if (id == PART_ENTER || id == CHOOSE)
		return audit->list.count > (id == CHOOSE ? 1 : 0);
	return id != CLEAR || audit_filtered(audit);
}

static struct form *
form_of(void *state)
{
	struct audit *audit = state;

	return audit->editing != AUDIT_EDIT_NOTHING ? &audit->form : NULL;
}

const struct screen screen_audit = {
	.name = "audit",
	.least = ROLE_ADMINISTRATOR,
	.about = N_("Who did what, and when, the newest first. A row is never changed; each has a "
		    "number and a seal over itself and the one before. An administrator sees what "
		    "operators did, what was done to them, and their own rows."),
	.title = N_("Audit log"),
	.state_size = sizeof(struct audit),
	.plan = &plans[AUDIT_EDIT_NOTHING],
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = audit_draw,
	.form = form_of,
	.resume = resume,
};
