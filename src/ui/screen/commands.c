/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the person's role may run: chosen, asked about where its file says so, and run. */
#include "ui/screen/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conv/ended.h"
#include "conv/when.h"
#include "core/text.h"
#include "ui/screen/screens.h"
#include "ui/stack/frame.h"
#include "ui/stack/parts.h"
#include "ui/widget/draw.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN, FILTER, LEAVE_FILTER };

enum {
	COMMANDS_MOST = 512,
	LABEL_SIZE = WIRE_TITLE_SIZE,
	MANY = 8, /* from more on they can be filtered */
	FILTER_POINTS = 64,
	FILTER_COLUMNS = 20,
	HEAD = 4 /* rows that are no command's: the filter, the marks */
};

static const struct form_plan plan = { .fields = 1,
	.buttons = 1, /* none that is drawn: the focus that is in the list */
	.field = { { N_("Filter"), FIELD_TEXT, FILTER_POINTS } },
	.button = { N_("Run") } };

struct commands_screen {
	struct form form; /* the filter */
	bool typing;	  /* into it */
	struct list list; /* of those that are shown */
	bool have;	  /* all of them */
	int64_t next_code;
	size_t count;
	struct wire_command command[COMMANDS_MOST];
	char chosen[WIRE_COMMAND_SIZE]; /* that was, before it is read anew */
	size_t shown[COMMANDS_MOST];	/* which of them, list.count of these */
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one item to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Run"), 50, N_("Runs the command.") },
	{ LEAVE_FILTER, KEY_ENTER_, 0, N_("Enter"), N_("To the list"), 50,
	    N_("Goes to the list.") },
	{ FILTER, KEY_NONE_, '/', "/", N_("Filter"), 58,
	    N_("Shows only those whose name or title holds what you type.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Clears the filter, then goes back.") },
	{ .id = 0 },
};

/* --- the list ---------------------------------------------------------------------------- */

static const char *
filter_of(const struct commands_screen *screen)
{
	return field_text(&screen->form.field[0]);
}

/* The filter changed, or the list did: who was chosen stays so, where it is still shown. */
static void
fit(struct commands_screen *screen, const char *chosen)
{
	screen->list.count = 0;
	screen->list.chosen = 0;
	for (size_t i = 0; i < screen->count; i++) {
		const struct wire_command *command = &screen->command[i];

		if (!text_holds(command->name, filter_of(screen)) &&
		    !text_holds(command->title, filter_of(screen)))
			continue;
		if (strcmp(command->name, chosen) == 0)
			screen->list.chosen = screen->list.count;
		screen->shown[screen->list.count++] = i;
	}
}

static const struct wire_command *
chosen_of(const struct commands_screen *screen)
{
	if (!screen->have || screen->list.chosen >= screen->list.count)
		return NULL;
	return &screen->command[screen->shown[screen->list.chosen]];
}

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct commands_screen *screen = state;

	(void)argument;
	form_focus(&screen->form, 1);
	commands_ask_behind(ui, "");
	return ERR_OK;
}

static void
take_page(struct ui *ui, struct commands_screen *screen, const struct wire_command_page_reply *page)
{
	if (chosen_of(screen) != NULL)
		wire_put(screen->chosen, sizeof screen->chosen, chosen_of(screen)->name);
	if (screen->have)
		screen->count = 0; /* it is read anew */
	screen->have = false;
	for (uint32_t i = 0; i < page->count && screen->count < COMMANDS_MOST; i++)
		screen->command[screen->count++] = page->command[i];
	screen->next_code = page->next_code;
	if (page->more && screen->count < COMMANDS_MOST) {
		commands_ask_behind(ui, screen->command[screen->count - 1].name);
		return;
	}
	screen->have = true;
	fit(screen, screen->chosen);
}

static void
run_chosen(struct ui *ui, const struct commands_screen *screen)
{
	const struct wire_command *command = chosen_of(screen);

	if (command != NULL)
		commands_run(ui, command, screen->next_code);
}

static void
resume(struct ui *ui, void *state)
{
	char text[ENDED_SIZE];
	bool well;

	(void)state;
	if (ui->over.how != 0) {
		well = ended_put(ui->running, &ui->over, text, sizeof text);
		ui_say_text(ui, well ? STYLE_PLAIN : STYLE_ERROR, text);
	}
	ui->over.how = 0;
	commands_ask_behind(ui, "");
}

static void
answered(struct ui *ui, struct commands_screen *screen, const struct wire_reply *reply)
{
	if (reply->err != ERR_OK)
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	else if (reply->op == WIRE_COMMAND_LIST)
		take_page(ui, screen, &reply->u.command_page);
	else if (reply->op == WIRE_COMMAND_RUN)
		commands_begin(ui, &reply->u.run);
}

/* --- the filter ------------------------------------------------------------------------ */

static void
to_list(struct commands_screen *screen)
{
	screen->typing = false;
	form_focus(&screen->form, 1);
}

static bool
type(struct ui *ui, struct commands_screen *screen, const struct event *event)
{
	bool used = false;
	enum err err;

	if (event->type == EVENT_KEY && (event->key == KEY_DOWN_ || event->key == KEY_TAB)) {
		to_list(screen);
		return true;
	}
	err = field_handle(&screen->form.field[0], event, &used);
	if (err != ERR_OK)
		ui_say_err(ui, err, 0);
	if (used)
		fit(screen, "");
	return used;
}

static void
back(struct ui *ui, struct commands_screen *screen)
{
	if (filter_of(screen)[0] == '\0' && !screen->typing) {
		ui_pop(ui);
		return;
	}
	field_clear(&screen->form.field[0]);
	to_list(screen);
	fit(screen, "");
}

/* --- events ----------------------------------------------------------------------------- */

/* Rows that one has in sight: a page of the list. */
static size_t
height_now(const struct ui *ui)
{
	int rows = ui_area(ui, &screen_commands).height - HEAD;

	return rows > 1 ? (size_t)rows : 1;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct commands_screen *screen = state;

	if (event->type == EVENT_REPLY) {
		answered(ui, screen, event->reply);
		return true;
	}
	if (screen->typing)
		return type(ui, screen, event);
	return list_handle(&screen->list, event, height_now(ui));
}

static void
act(struct ui *ui, void *state, int id)
{
	struct commands_screen *screen = state;

	if (id == PART_ENTER)
		run_chosen(ui, screen);
	if (id == LEAVE_FILTER)
		to_list(screen);
	if (id == FILTER) {
		screen->typing = true;
		form_focus(&screen->form, 0);
	}
	if (id == PART_BACK)
		back(ui, screen);
}

static bool
is_filtered(const struct commands_screen *screen)
{
	return screen->count > MANY || screen->typing || filter_of(screen)[0] != '\0';
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct commands_screen *screen = state;

	(void)ui;
	switch (id) {
	case LEAVE_FILTER:
		return screen->typing;
	case FILTER:
		return !screen->typing && is_filtered(screen);
	case CHOOSE:
		return !screen->typing && screen->list.count > 1;
	case PART_ENTER:
		return !screen->typing && screen->list.count > 0;
	}
	return true;
}

/* --- drawing ------------------------------------------------------------------------ */

static void
put_row(const struct ui *ui, const struct wire_command *command, char label[LABEL_SIZE],
    struct menu_row *row)
{
	char when[128] = "";

	(void)text_show(command->title, strlen(command->title), label, LABEL_SIZE);
	if (command->last_run != 0)
		when_put(command->last_run, ui->clock(), when, sizeof when);
	(void)snprintf(row->text, sizeof row->text, "%s%s%s%s%s", command->name,
	    command->record ? ", " : "", command->record ? _("recorded") : "",
	    when[0] != '\0' ? ", " : "", when);
	row->label = label;
}

static void
draw_filter(const struct ui *ui, const struct commands_screen *screen, struct page *page)
{
	int label = draw_columns(_(plan.field[0].label)) + 1;
	int room = page->rest.width - label - 2;

	if (!is_filtered(screen) || page->rest.height < 2)
		return;
	paint_field(ui->terminal, &screen->form, 0, page->rest.y, page->rest.x + 1, label,
	    room < FILTER_COLUMNS ? room : FILTER_COLUMNS);
	page_advance(page, page->rest.y + 1);
	page_gap(page);
}

static void
draw_list(const struct ui *ui, const struct commands_screen *screen, struct page *page)
{
	struct menu_row *rows = calloc(COMMANDS_MOST, sizeof *rows);
	char(*labels)[LABEL_SIZE] = calloc(COMMANDS_MOST, sizeof *labels);
	size_t count = screen->list.count;

	if (rows != NULL && labels != NULL) {
		for (size_t i = 0; i < count; i++)
			put_row(ui, &screen->command[screen->shown[i]], labels[i], &rows[i]);
		menu_draw(page, rows, count, screen->typing ? count : screen->list.chosen);
	}
	free(rows);
	free(labels);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct commands_screen *screen = state;
	struct page page = parts_page(ui, area);

	if (!screen->have)
		return page.noted;
	draw_filter(ui, screen, &page);
	if (screen->count == 0)
		page_line(&page, STYLE_BOLD, 0, _("There are no commands for your role."));
	else if (screen->list.count == 0)
		page_line(&page, STYLE_BOLD, 0, _("No command fits."));
	draw_list(ui, screen, &page);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

static struct form *
form_now(void *state)
{
	struct commands_screen *screen = state;

	return screen->typing ? &screen->form : NULL;
}

const struct screen screen_commands = {
	.name = "commands",
	.title = N_("Commands"),
	.about = N_("What root lets your role run. A command has this terminal until it ends; "
		    "^C and ^Z go to it."),
	.state_size = sizeof(struct commands_screen),
	.plan = &plan,
	.key_rows = key_rows,
	.form = form_now,
	.enter = enter,
	.resume = resume,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
};
