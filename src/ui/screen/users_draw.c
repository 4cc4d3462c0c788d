/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "ui/screen/users.h"
#include "ui/widget/columns.h"
#include "ui/widget/draw.h"

enum {
	LIST_COLUMNS = 76, /* of a list without anything beside it */
	FILTER_COLUMNS = 10,
	FILTER_GAP = 2,
	HEAD_FROM = 10,
	NAME_LEAST = 10,
	FACT_GAP = 3,
	FACT_LEAST = 24, /* columns of a fact beside its label */
	FACT_SIZE = 320
};

enum { NAME, ROLE_, FACTOR, STATE, LAST, COLUMN_COUNT };

static const struct column columns[COLUMN_COUNT] = {
	[NAME] = { N_("Name"), 5, NAME_LEAST, 0 },
	[ROLE_] = { N_("Role"), 3, 0, 19 },
	[FACTOR] = { N_("2FA"), 1, 0, 3 },
	[STATE] = { N_("State"), 4, 0, 18 },
	[LAST] = { N_("Last sign-in"), 2, 0, 12 },
};

/* Of those without two-factor authentication it matters more when they were here last. */
static const struct column without_columns[COLUMN_COUNT] = {
	[NAME] = { N_("Name"), 5, NAME_LEAST, 0 },
	[ROLE_] = { N_("Role"), 3, 0, 19 },
	[FACTOR] = { N_("2FA"), 1, 0, 3 },
	[STATE] = { N_("State"), 2, 0, 18 },
	[LAST] = { N_("Last sign-in"), 4, 0, 12 },
};

static void
fill_row(const struct ui *ui, const struct wire_user *user, struct columns_row *row)
{
	int64_t now = ui->clock();

	(void)text_show(user->name, strlen(user->name), row->cell[NAME], COLUMNS_CELL);
	(void)snprintf(row->cell[ROLE_], COLUMNS_CELL, "%s", _(role_title((enum role)user->role)));
	(void)snprintf(row->cell[FACTOR], COLUMNS_CELL, "%s", user->has_2fa ? _("on") : _("off"));
	people_state(user, now, row->cell[STATE], COLUMNS_CELL);
	people_last(user, now, row->cell[LAST], COLUMNS_CELL);
}

/* --- above the list ------------------------------------------------------------------ */

/* How many there are, and the filter right of it; under it where there is no room. */
static void
draw_head(const struct ui *ui, struct page *page, const struct users *users)
{
	char line[PEOPLE_LINE];
	int label = draw_columns(_("Filter")) + 1, right = label + FILTER_COLUMNS;
	bool filter = users->typing || !field_empty(&users->form.field[0]);

	people_counts(&users->counts, " · ", line, sizeof line);
	if (draw_columns(line) + FILTER_GAP + right <= page->rest.width) {
		terminal_put(ui->terminal, page->rest.y, page->rest.x + 1, page->rest.width,
		    STYLE_PLAIN, line);
		paint_field(ui->terminal, &users->form, 0, page->rest.y,
		    page->rest.x + page->rest.width - right, label, FILTER_COLUMNS);
		page_advance(page, page->rest.y + 1);
		return;
	}
	if (page->rest.height >= HEAD_FROM || !filter)
		page_line(page, STYLE_PLAIN, 1, line);
	if (!filter || page->rest.height < 1)
		return;
	paint_field(ui->terminal, &users->form, 0, page->rest.y, page->rest.x + 1, label,
	    FILTER_COLUMNS < page->rest.width - label - 1 ? FILTER_COLUMNS
							  : page->rest.width - label - 1);
	page_advance(page, page->rest.y + 1);
}

/* --- the list --------------------------------------------------------------------------- */

/* "▾ 12 more"; hidden below 0: it is not known how many. */
static void
draw_more(struct page *page, const char *mark, int64_t hidden)
{
	char line[128];
	int used = snprintf(line, sizeof line, "%s ", mark);

	if (hidden < 0)
		(void)snprintf(line + used, sizeof line - (size_t)used, "%s", _("more"));
	else
		(void)snprintf(line + used, sizeof line - (size_t)used,
		    ngettext("%zu more", "%zu more", (size_t)hidden), (size_t)hidden);
	page_line(page, STYLE_DIM, 1, line);
}

/* The rows in sight: all that have room, with the chosen one and the marks. */
struct sight {
	size_t top, end;
	bool above, below;
};

/* From `top` on, and further down until the chosen one is in sight. */
static struct sight
sight_from(const struct users *users, size_t height, size_t top)
{
	size_t rows = height, count = users->list.count;
	struct sight sight = { .top = top };

	sight.above = height > 2 && (top > 0 || !users->first);
	rows -= sight.above ? 1 : 0;
	sight.below = height > 1 && (top + rows < count || !users->last);
	rows -= sight.below ? 1 : 0;
	sight.end = top + rows < count ? top + rows : count;
	return sight;
}

static struct sight
sight_of(const struct users *users, int height)
{
	size_t rows = height > 0 ? (size_t)height : 1, top = users->list.top;
	struct sight sight;

	if (top > users->list.chosen)
		top = users->list.chosen;
	while (top > 0 && sight_from(users, rows, top - 1).end == users->list.count)
		top--; /* no empty rows below the last */
	sight = sight_from(users, rows, top);
	while (sight.end <= users->list.chosen)
		sight = sight_from(users, rows, ++top);
	return sight;
}

static void
draw_rows(const struct ui *ui, struct page *page, const struct users *users)
{
	struct columns_row row[WIRE_USERS_PAGE];
	struct columns plan;
	struct sight sight;
	size_t measured = 0;

	for (size_t i = users->list.top; i < users->list.count && measured < WIRE_USERS_PAGE; i++)
		fill_row(ui, &users->user[i], &row[measured++]);
	columns_plan(&plan, page, users->without_2fa ? without_columns : columns, COLUMN_COUNT, row,
	    measured);
	if (page->rest.height > 2)
		columns_head(page, &plan);
	sight = sight_of(users, page->rest.height);
	if (sight.above)
		draw_more(page, "▴", users_hidden_above(users, sight.top));
	for (size_t i = sight.top; i < sight.end; i++) {
		fill_row(ui, &users->user[i], &row[0]);
		columns_put(page, &plan, &row[0], !users->typing && i == users->list.chosen);
	}
	if (sight.below)
		draw_more(page, "▾", users_hidden_below(users, sight.end));
}

void
users_title(const char *name, char *buf, size_t size)
{
	char shown[TEXT_NAME_SIZE];

	(void)text_show(name, strlen(name), shown, sizeof shown);
	(void)snprintf(buf, size, "%s > %s", _("Users"), shown);
}

/* --- a person's facts ---------------------------------------------------------------------- */

void
users_facts(const struct ui *ui, struct page *page, const struct wire_user *user)
{
	char label[FACT_SIZE], text[FACT_SIZE];
	int widest = 0;

	for (size_t i = 0; people_fact(user, ui->clock(), i, label, text, sizeof text); i++)
		widest = draw_columns(label) > widest ? draw_columns(label) : widest;
	for (size_t i = 0; people_fact(user, ui->clock(), i, label, text, sizeof text); i++) {
		struct rect rect = page->rest;

		if (page->rest.height < 1)
			return;
		if (rect.width - widest - FACT_GAP < FACT_LEAST) {
			char line[2 * FACT_SIZE + 4];

			(void)snprintf(line, sizeof line, "%s: %s", label, text);
			page_line(page, STYLE_PLAIN, 0, line);
			continue;
		}
		terminal_put(ui->terminal, rect.y, rect.x, widest, STYLE_DIM, label);
		rect.x += widest + FACT_GAP;
		rect.width -= widest + FACT_GAP;
		page_advance(page, paint_text(ui->terminal, rect, STYLE_PLAIN, text));
	}
}

/* Who is chosen, right of the list. */
static void
draw_beside(const struct ui *ui, struct page *beside, const struct users *users)
{
	const struct wire_user *user = &users->user[users->list.chosen];
	char name[TEXT_NAME_SIZE];

	(void)text_show(user->name, strlen(user->name), name, sizeof name);
	page_line(beside, STYLE_BOLD, 0, name);
	page_gap(beside);
	users_facts(ui, beside, user);
}

/* Why the list is empty, and what to do. */
static const char *
nobody(const struct users *users)
{
	if (!field_empty(&users->form.field[0]))
		return _("Nobody has a name that begins so. Esc clears the filter.");
	if (users->without_2fa)
		return _("Everybody has two-factor authentication. Press o to see them.");
	return _("There is nobody here yet. Press a to add a person.");
}

bool
users_draw(const struct ui *ui, const struct users *users, struct rect area)
{
	struct page page = parts_page(ui, area), beside;
	bool wide = page_beside(&page, area, &beside);

	if (!users->have)
		return false;
	if (!wide)
		page.rest.width = page.room < LIST_COLUMNS ? page.room : LIST_COLUMNS;
	page.rest.width = page.rest.width > 1 ? page.rest.width : 1;
	if (area.height >= HEAD_FROM || users->typing || !field_empty(&users->form.field[0]))
		draw_head(ui, &page, users);
	if (users->list.count == 0)
		page_line(&page, STYLE_DIM, 1, nobody(users));
	else
		draw_rows(ui, &page, users);
	if (wide && users->list.count > 0)
		draw_beside(ui, &beside, users);
	return false;
}
