/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the audit log: all that it says, with its number and its seal. */
#include <string.h>

#include "conv/deed.h"
#include "core/audit.h"
#include "recording/point.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"
#include "wire/run.h"

enum { CHOOSE = PART_OWN, PLAY };

struct audit_row_screen {
	struct list list;
	struct wire_audit_row row;
	char run[POINT_RUN_SIZE]; /* whose recording it tells of; "": of none */
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one line to the next.") },
	{ PLAY, KEY_NONE_, 'p', "p", N_("Play"), 50,
	    N_("Plays the recording that the row tells of. Space pauses; q, or Esc, leads back.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to the list.") },
	{ .id = 0 },
};

static size_t
fill(const struct wire_audit_row *row, struct menu_row rows[DEED_FACTS])
{
	size_t count = 0;

	for (size_t fact = 0; fact < DEED_FACTS; fact++) {
		rows[count].label = deed_fact(row, fact, rows[count].text, sizeof rows[count].text);
		count += rows[count].text[0] != '\0' ? 1 : 0;
	}
	return count;
}

/* Rows of a recording say whose run it is of. */
static void
find_run(const struct wire_audit_row *row, char run[POINT_RUN_SIZE])
{
	static const enum audit_verb verbs[] = { AUDIT_RECORDING, AUDIT_RECORDING_STEP,
		AUDIT_RECORDING_END };

	run[0] = '\0';
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (strcmp(row->action, audit_name(verbs[i])) == 0 && !point_run(row->detail, run))
			run[0] = '\0';
}

static void
ask_to_play(struct ui *ui, const struct audit_row_screen *screen)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_RECORDING_PLAY);
	wire_put(request.u.recording.id, sizeof request.u.recording.id, screen->run);
	ui_ask(ui, &request, NULL);
}

/* argument: the row. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct audit_row_screen *screen = state;
	struct menu_row rows[DEED_FACTS] = { { .label = NULL } };

	(void)ui;
	screen->row = *(const struct wire_audit_row *)argument;
	screen->list.count = fill(&screen->row, rows);
	find_run(&screen->row, screen->run);
	return ERR_OK;
}

/* It was played, or could not be. */
static void
resume(struct ui *ui, void *state)
{
	(void)state;
	if (ui->over.how == RUN_REFUSED)
		ui_say_err(ui, (enum err)ui->over.value, 0);
	ui->over.how = 0;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct audit_row_screen *screen = state;

	if (event->type == EVENT_REPLY) {
		if (event->reply->err != ERR_OK)
			ui_say_err(ui, (enum err)event->reply->err, event->reply->wait);
		else if (event->reply->op == WIRE_RECORDING_PLAY)
			ui->plays = true;
		return true;
	}
	return list_handle(&screen->list, event, screen->list.count);
}

static void
act(struct ui *ui, void *state, int id)
{
	if (id == PLAY)
		ask_to_play(ui, state);
	if (id == PART_BACK)
		ui_pop(ui);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct audit_row_screen *screen = state;

	(void)ui;
	return id != PLAY || screen->run[0] != '\0';
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct audit_row_screen *screen = state;
	struct menu_row rows[DEED_FACTS] = { { .label = NULL } };
	struct page page = parts_page(ui, area);
	size_t count = fill(&screen->row, rows);

	menu_draw(&page, rows, count, screen->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_audit_row = {
	.name = "audit-row",
	.least = ROLE_ADMINISTRATOR,
	.about = N_("All that a row of the audit log says. Its seal goes over all of it, and over "
		    "the seal of the row before; the key is the number of the one that made it."),
	.title = N_("Audit log > One row"),
	.state_size = sizeof(struct audit_row_screen),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.resume = resume,
	.act = act,
	.offers = offers,
	.draw = draw,
};
