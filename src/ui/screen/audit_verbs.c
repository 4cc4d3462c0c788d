/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The actions of the audit log, to choose one from: those that the reader may see. */
#include <stdio.h>
#include <string.h>

#include "core/audit.h"
#include "ui/screen/audit.h"
#include "ui/screen/screens.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN };

struct verbs {
	struct audit *audit; /* the list below, whose filter it is */
	struct list list;
	enum audit_verb verb[AUDIT_VERB_COUNT]; /* the first is AUDIT_NONE: any */
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one action to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Filter"), 50,
	    N_("Shows only rows of this action.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

/* argument: the struct audit below, which lives longer. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct verbs *verbs = state;
	struct audit *const *place = argument;

	verbs->audit = *place;
	for (int verb = 0; verb < AUDIT_VERB_COUNT; verb++) {
		const char *name = audit_name((enum audit_verb)verb);

		if (verb != AUDIT_NONE && audit_reader((enum audit_verb)verb) > ui->facts.role)
			continue;
		if (strcmp(name, verbs->audit->asked.action) == 0)
			verbs->list.chosen = verbs->list.count;
		verbs->verb[verbs->list.count++] = (enum audit_verb)verb;
	}
	return ERR_OK;
}

static void
take(struct ui *ui, struct verbs *verbs)
{
	struct audit *audit = verbs->audit;

	wire_put(audit->asked.action, sizeof audit->asked.action,
	    audit_name(verbs->verb[verbs->list.chosen]));
	audit->changed = true;
	ui_pop(ui);
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct verbs *verbs = state;
	struct rect area = ui_area(ui, &screen_audit_verbs);

	return list_handle(&verbs->list, event, (size_t)(area.height > 1 ? area.height : 1));
}

static void
act(struct ui *ui, void *state, int id)
{
	if (id == PART_ENTER)
		take(ui, state);
	if (id == PART_BACK)
		ui_pop(ui);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct verbs *verbs = state;
	struct menu_row rows[AUDIT_VERB_COUNT] = { { .label = NULL } };
	struct page page = parts_page(ui, area);

	for (size_t i = 0; i < verbs->list.count; i++) {
		enum audit_verb verb = verbs->verb[i];

		rows[i].label = verb == AUDIT_NONE ? _("Any action") : audit_name(verb);
		(void)snprintf(rows[i].text, sizeof rows[i].text, "%s",
		    verb == AUDIT_NONE ? "" : _(audit_says(verb)));
	}
	menu_draw(&page, rows, verbs->list.count, verbs->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_audit_verbs = {
	.name = "audit-verbs",
	.least = ROLE_ADMINISTRATOR,
	.about = N_("The actions that stand in the audit log, by the names that the command line "
		    "and JSON have for them."),
	.title = N_("Audit log > Action"),
	.state_size = sizeof(struct verbs),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
};
