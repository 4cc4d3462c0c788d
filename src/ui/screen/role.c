/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Users > one person > another role. */
#include <stdio.h>

#include "ui/screen/screens.h"
#include "ui/screen/users.h"
#include "ui/widget/menu.h"
#include "ui/widget/title.h"

enum { CHOOSE = PART_OWN };

struct role_screen {
	struct list list;
	struct person *person; /* the screen below */
	enum role role[ROLE_COUNT];
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one role to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Change"), 50,
	    N_("Asks whether the person shall have this role.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

/* argument: struct person * of the screen below, which lives longer. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct role_screen *screen = state;

	screen->person = (struct person *)(uintptr_t)argument;
	screen->list.count = people_roles(ui->facts.role, screen->role);
	for (size_t i = 0; i < screen->list.count; i++)
		if (screen->role[i] == (enum role)screen->person->user.role)
			screen->list.chosen = i;
	return ERR_OK;
}

/* The answer to the question is the person's page's. */
static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct role_screen *screen = state;

	if (event->type == EVENT_REPLY) {
		ui_close_top(ui);
		ui_give(ui, event);
		return true;
	}
	return list_handle(&screen->list, event, screen->list.count);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct role_screen *screen = state;
	enum role role = screen->role[screen->list.chosen];

	if (id == PART_BACK)
		ui_pop(ui);
	if (id != PART_ENTER)
		return;
	if (role == (enum role)screen->person->user.role) {
		ui_say(ui, STYLE_PLAIN, N_("This person has that role already."));
		return;
	}
	screen->person->role = role;
	person_confirm(ui, screen->person);
}

static void
put_title(const struct ui *ui, const void *state, char *buf, size_t size)
{
	const struct role_screen *screen = state;
	char person[TITLE_SIZE];

	(void)ui;
	users_title(screen->person->user.name, person, sizeof person);
	(void)snprintf(buf, size, "%s > %s", person, _("Change role"));
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct role_screen *screen = state;
	struct menu_row rows[ROLE_COUNT] = { { .label = NULL } };
	struct page page = parts_page(ui, area);

	for (size_t i = 0; i < screen->list.count; i++) {
		rows[i].label = _(role_title(screen->role[i]));
		(void)snprintf(rows[i].text, sizeof rows[i].text, "%s",
		    _(people_role_text(screen->role[i])));
	}
	menu_draw(&page, rows, screen->list.count, screen->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_role = {
	.name = "role",
	.about = N_("A person's role decides what they may do here. Another one holds at once, for "
		    "open sessions too."),
	.put_title = put_title,
	.state_size = sizeof(struct role_screen),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
};
