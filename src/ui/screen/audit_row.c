/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the audit log: all that it says, with its number and its seal. */
#include "conv/deed.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN };

struct audit_row_screen {
	struct list list;
	struct wire_audit_row row;
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one line to the next.") },
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

/* argument: the row. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct audit_row_screen *screen = state;
	struct menu_row rows[DEED_FACTS] = { { .label = NULL } };

	(void)ui;
	screen->row = *(const struct wire_audit_row *)argument;
	screen->list.count = fill(&screen->row, rows);
	return ERR_OK;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct audit_row_screen *screen = state;

	(void)ui;
	return list_handle(&screen->list, event, screen->list.count);
}

static void
act(struct ui *ui, void *state, int id)
{
	(void)state;
	if (id == PART_BACK)
		ui_pop(ui);
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
	.act = act,
	.draw = draw,
};
