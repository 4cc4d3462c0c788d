/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the list of settings looks: two groups, and what the chosen one does below or beside them. */
#include <stdio.h>
#include <string.h>

#include "conv/setting.h"
#include "ui/screen/settings.h"
#include "ui/widget/draw.h"
#include "ui/widget/menu.h"

/* As they stand on the screen; those of the first heading first. */
static const struct settings_row order[] = {
	{ SETTING_REQUIRE_2FA, 0 },
	{ SETTING_REQUIRE_2FA_ROLES, ROLE_SUPER_ADMINISTRATOR },
	{ SETTING_REQUIRE_2FA_ROLES, ROLE_ADMINISTRATOR },
	{ SETTING_REQUIRE_2FA_ROLES, ROLE_OPERATOR },
	{ SETTING_FOUR_EYES, 0 },
	{ SETTING_PASSWORD_LENGTH, 0 },
	{ SETTING_PAUSE_AFTER, 0 },
	{ SETTING_IDLE_LOCK, 0 },
	{ SETTING_SESSION_LIMIT, 0 },
	{ SETTING_INVITATION, 0 },
	{ SETTING_REQUIRE_TICKET, 0 },
	{ SETTING_GRACE, 0 },
	{ SETTING_CONSOLE_NAME, 0 },
	{ SETTING_WELCOME, 0 },
	{ SETTING_APPLICATIONS, 0 },
	{ SETTING_ISSUER_HOST, 0 },
	{ SETTING_AUDIT_RETENTION, 0 },
};

enum {
	ORDERED = sizeof order / sizeof order[0],
	SECURITY = 12,
	LABEL_SIZE = 256,
	HEADINGS_FROM = 12 /* rows */
};

_Static_assert((int)ORDERED == (int)SETTING_COUNT - 1 + (int)ROLE_COUNT,
    "every setting has its place, and each role");

/* --- which rows ------------------------------------------------------------------------ */

size_t
settings_rows(void)
{
	return ORDERED;
}

struct settings_row
settings_chosen_row(const struct settings *settings)
{
	return order[settings->list.chosen < ORDERED ? settings->list.chosen : 0];
}

enum setting_id
settings_chosen(const struct settings *settings)
{
	return settings_chosen_row(settings).id;
}

void
settings_choose(struct settings *settings, enum setting_id id)
{
	for (size_t i = 0; i < ORDERED; i++)
		if (order[i].id == id) {
			settings->list.chosen = i;
			return;
		}
}

bool
settings_is_box(enum setting_id id)
{
	return policy_setting(id)->type == SETTING_BOOL || id == SETTING_REQUIRE_2FA_ROLES;
}

/* --- the rows ---------------------------------------------------------------------------- */

struct texts {
	char label[ORDERED][LABEL_SIZE];
	char standing[LABEL_SIZE]; /* below the box */
	struct menu_row row[ORDERED];
};

static bool
is_ticked(const struct settings_row *row, const char *value)
{
	if (row->id == SETTING_REQUIRE_2FA_ROLES)
		return setting_role_in(value, row->role);
	return policy_is_yes(value);
}

/* Of the roles' boxes each is told apart. */
static bool
is_edited(const struct settings *settings, const struct settings_row *row)
{
	const struct edits *edits = &settings->edits;

	if (!edits->made[row->id] || row->id != SETTING_REQUIRE_2FA_ROLES)
		return edits->made[row->id];
	return setting_role_in(edits->value[row->id], row->role) !=
	    setting_role_in(settings->view.value[row->id], row->role);
}

static void
fill_row(const struct settings *settings, size_t i, struct texts *texts)
{
	const struct settings_row *row = &order[i];
	const char *value = edits_value(&settings->edits, &settings->view, row->id);
	const char *label = row->id == SETTING_REQUIRE_2FA_ROLES ? setting_role_label(row->role)
								 : policy_setting(row->id)->label;
	struct menu_row *menu = &texts->row[i];

	*menu = (struct menu_row){ .label = texts->label[i] };
	snprintf(texts->label[i], LABEL_SIZE, "%s%s", _(label),
	    is_edited(settings, row) ? " *" : "");
	if (settings_is_box(row->id))
		menu->box = is_ticked(row, value) ? "[x]" : "[ ]";
	else
		setting_words(row->id, value, menu->text, sizeof menu->text);
}

static void
fill_rows(const struct settings *settings, bool headings, struct texts *texts)
{
	for (size_t i = 0; i < ORDERED; i++)
		fill_row(settings, i, texts);
	setting_standing(&settings->view, texts->standing, sizeof texts->standing);
	texts->row[0].below = texts->standing;
	if (!headings)
		return;
	texts->row[0].heading = _("Authentication security settings");
	texts->row[SECURITY].heading = _("This console");
	texts->row[SECURITY].gap = true;
}

/* --- what the chosen one does --------------------------------------------------------------- */

/* What the chosen setting does; of the box, what it does as it is now. */
static const char *
help_of(const struct settings *settings)
{
	enum setting_id id = settings_chosen(settings);

	if (id == SETTING_REQUIRE_2FA && !policy_is_yes(settings->view.value[id]))
		return N_("Anyone without two-factor authentication signs in by password alone, "
			  "and may set it up in My account.");
	return policy_setting(id)->help;
}

/* Rows of the help and of what is to be said, each with a gap above. */
static int
foot_rows(const struct page *page, const char *help)
{
	int note = paint_note_rows(&page->note, page->rest.width);

	return (int)draw_wrap(help, (size_t)page->rest.width, NULL, 0) + 1 +
	    (note > 0 ? note + 1 : 0);
}

/* Of what is not saved: what is stored. */
static void
put_help(const struct settings *settings, char *buf, size_t size)
{
	const struct settings_row row = settings_chosen_row(settings);
	char stored[POLICY_VALUE_SIZE];
	size_t used;

	snprintf(buf, size, "%s", _(help_of(settings)));
	if (!is_edited(settings, &row))
		return;
	setting_words(row.id, settings->view.value[row.id], stored, sizeof stored);
	used = strlen(buf);
	snprintf(buf + used, size - used, "\n");
	used = strlen(buf);
	snprintf(buf + used, size - used, _("* Not saved yet. Stored: %s."), stored);
}

/* All of it in one list that goes on where it has no room with the help. */
bool
settings_draw(const struct ui *ui, const void *state, struct rect area)
{
	enum { LEAST = 5 /* rows of the list; with fewer the help goes */ };
	const struct settings *settings = state;
	struct page page = parts_page(ui, area), beside;
	bool wide = page_beside(&page, area, &beside);
	char help[2 * POLICY_VALUE_SIZE];
	struct texts texts;
	int foot, reserved;

	if (!settings->have)
		return false;
	put_help(settings, help, sizeof help);
	foot = wide ? 0 : foot_rows(&page, help);
	fill_rows(settings, area.height >= HEADINGS_FROM, &texts);
	reserved = page_reserve(&page, page.rest.height - foot >= LEAST ? foot : 0);
	menu_draw(&page, texts.row, ORDERED, settings->list.chosen);
	page_release(&page, reserved);
	page_gap(&page);
	page_note(&page);
	if (page.noted)
		page_gap(&page);
	page_line(wide ? &beside : &page, STYLE_DIM, 0, help);
	return page.noted;
}
