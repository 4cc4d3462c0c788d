/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/preference.h"

#include <stdio.h>

#include "ui/widget/menu.h"

void
preference_open(struct preference *preference, const struct preference_way *way, size_t rows,
    size_t now)
{
	preference->way = way;
	preference->list.count = rows;
	preference->now = now;
	preference->list.chosen = now < rows ? now : 0;
}

static void
save(struct ui *ui, const struct preference *preference)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_PREFERENCES);
	preference->way->fill(preference, &request.u.preferences);
	ui_ask(ui, &request, NULL);
}

static void
saved(struct ui *ui, const struct preference *preference)
{
	if (!preference->way->hold(ui, preference))
		return;
	ui_pop(ui);
	ui_say(ui, STYLE_GOOD, N_("Saved. It is used wherever you sign in."));
}

bool
preference_handle(struct ui *ui, void *state, const struct event *event)
{
	struct preference *preference = state;

	if (event->type != EVENT_REPLY)
		return list_handle(&preference->list, event, preference->list.count);
	if (event->reply->err == ERR_OK)
		saved(ui, preference);
	else
		ui_say_err(ui, (enum err)event->reply->err, event->reply->wait);
	return true;
}

void
preference_act(struct ui *ui, void *state, int id)
{
	if (id == PART_ENTER)
		save(ui, state);
	if (id == PART_BACK)
		ui_pop(ui);
}

bool
preference_draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct preference *preference = state;
	const struct list *list = &preference->list;
	struct menu_row rows[PREFERENCE_ROWS] = { { .label = NULL } };
	struct page page = parts_page(ui, area);

	for (size_t i = 0; i < list->count; i++) {
		const struct preference_row row = preference->way->row(preference, i);

		rows[i].label = row.label;
		snprintf(rows[i].text, sizeof rows[i].text, "%s",
		    i == preference->now ? _("chosen now") : row.text);
	}
	page_intro(&page, STYLE_PLAIN, _(preference->way->about),
	    menu_least(&page, rows, list->count, list->chosen));
	menu_draw(&page, rows, list->count, list->chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}
