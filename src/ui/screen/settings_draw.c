/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the list of settings looks: two groups, and what the chosen one does below or beside them. */
#include <stdio.h>
#include <string.h>

#include "conv/setting.h"
#include "ui/screen/settings.h"
#include "ui/widget/draw.h"
#include "ui/widget/menu.h"

/* As they stand on the screen; those of the first heading first. */
static const enum setting_id order[] = { SETTING_REQUIRE_2FA, SETTING_REQUIRE_2FA_ROLES,
	SETTING_FOUR_EYES, SETTING_PASSWORD_LENGTH, SETTING_PAUSE_AFTER, SETTING_IDLE_LOCK,
	SETTING_SESSION_LIMIT, SETTING_INVITATION, SETTING_CONSOLE_NAME, SETTING_WELCOME,
	SETTING_APPLICATIONS, SETTING_ISSUER_HOST, SETTING_AUDIT_RETENTION };

enum {
	ORDERED = sizeof order / sizeof order[0],
	SECURITY = 8,
	HEADINGS = 3 /* rows, with a gap */
};

_Static_assert((int)ORDERED == (int)SETTING_COUNT, "every setting has its place");

enum setting_id
settings_chosen(const struct settings *settings)
{
	return order[settings->list.chosen < ORDERED ? settings->list.chosen : 0];
}

static bool
required_of_all(const struct settings *settings)
{
	return policy_is_yes(settings->view.value[SETTING_REQUIRE_2FA]);
}

static void
fill_rows(const struct settings *settings, struct menu_row rows[ORDERED])
{
	for (size_t i = 0; i < ORDERED; i++) {
		enum setting_id id = order[i];
		const char *value = settings->view.value[id];

		rows[i] = (struct menu_row){ .label = _(policy_setting(id)->label) };
		if (policy_setting(id)->type == SETTING_BOOL)
			rows[i].box = policy_is_yes(value) ? "[x]" : "[ ]";
		else if (id == SETTING_REQUIRE_2FA_ROLES && required_of_all(settings))
			snprintf(rows[i].text, sizeof rows[i].text, "%s",
			    _("everyone, by the box above"));
		else
			setting_words(id, value, rows[i].text, sizeof rows[i].text);
	}
}

/* Each under its heading. */
static void
draw_both(struct page *page, const struct menu_row rows[ORDERED], size_t chosen)
{
	page_line(page, STYLE_BOLD, 0, _("Authentication security settings"));
	menu_draw(page, rows, SECURITY, chosen);
	page_gap(page);
	page_line(page, STYLE_BOLD, 0, _("This console"));
	menu_draw(page, rows + SECURITY, ORDERED - SECURITY,
	    chosen < SECURITY ? ORDERED : chosen - SECURITY);
}

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

static bool
has_room(const struct page *page, const struct menu_row rows[ORDERED])
{
	return menu_lines(page, rows, SECURITY) +
	    menu_lines(page, rows + SECURITY, ORDERED - SECURITY) + HEADINGS <=
	    page->rest.height;
}

/* Where the two groups have no room with the help: all of them in one list that goes on. */
bool
settings_draw(const struct ui *ui, const void *state, struct rect area)
{
	enum { LEAST = 5 /* rows of the list; with fewer the help goes */ };
	const struct settings *settings = state;
	struct page page = parts_page(ui, area), beside;
	bool wide = page_beside(&page, area, &beside);
	const char *help = _(help_of(settings));
	struct menu_row rows[ORDERED];
	int foot = wide ? 0 : foot_rows(&page, help), reserved;

	if (!settings->have)
		return false;
	fill_rows(settings, rows);
	reserved = page_reserve(&page, page.rest.height - foot >= LEAST ? foot : 0);
	if (has_room(&page, rows))
		draw_both(&page, rows, settings->list.chosen);
	else
		menu_draw(&page, rows, ORDERED, settings->list.chosen);
	page_release(&page, reserved);
	page_gap(&page);
	page_note(&page);
	if (page.noted)
		page_gap(&page);
	page_line(wide ? &beside : &page, STYLE_DIM, 0, help);
	return page.noted;
}
