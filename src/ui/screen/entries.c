/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One setting that is a list, edited entry by entry, over screen_settings. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/screens.h"
#include "ui/widget/menu.h"
#include "ui/screen/settings.h"

enum { CHOOSE = PART_OWN, REMOVE, EDIT, ADD, SAVE, KEEP };

enum { ENTRY_SIZE = 4 * POLICY_ENTRY_POINTS + 1, LABEL_SIZE = 256, HEADING_ROWS = 4 };

struct entries {
	struct form form;
	struct settings *settings;
	enum setting_id id;
	struct list list; /* the entries, then ADD, then SAVE */
	char entry[POLICY_ENTRIES_MAX][ENTRY_SIZE];
	size_t count;
	char seen[POLICY_VALUE_SIZE]; /* what is stored, as it was when this opened */
	bool editing;		      /* the field is open on list.chosen */
};

static const struct form_plan plan = {
	.fields = 1,
	.buttons = 0,
	.field = { { N_("Entry"), FIELD_TEXT, POLICY_ENTRY_POINTS } },
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one item to the next.") },
	{ EDIT, KEY_ENTER_, 0, N_("Enter"), N_("Edit"), 50, N_("Edits the entry.") },
	{ ADD, KEY_ENTER_, 0, N_("Enter"), N_("Add"), 50, N_("Adds an entry.") },
	{ SAVE, KEY_ENTER_, 0, N_("Enter"), N_("Keep"), 50,
	    N_("Keeps the list in the settings, where it is saved later.") },
	{ KEEP, KEY_ENTER_, 0, N_("Enter"), N_("Keep"), 50,
	    N_("Keeps what you typed in the list, which is saved later.") },
	{ REMOVE, KEY_NONE_, 'd', "d", N_("Remove"), 60, N_("Removes the entry.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

/* --- the list as text and back ------------------------------------------------------- */

static void
split(struct entries *screen, const char *text)
{
	const char *entry;
	size_t length;

	while (screen->count < POLICY_ENTRIES_MAX && (entry = policy_entry(&text, &length)) != NULL)
		if (length > 0)
			snprintf(screen->entry[screen->count++], ENTRY_SIZE, "%.*s", (int)length,
			    entry);
}

static void
join(const struct entries *screen, char *buf, size_t size)
{
	size_t used = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < screen->count && used < size; i++)
		used += (size_t)snprintf(buf + used, size - used, "%s%s", i > 0 ? ", " : "",
		    screen->entry[i]);
}

static void
recount(struct entries *screen)
{
	screen->list.count = screen->count + 2;
	list_fit(&screen->list, screen->list.count);
}

/* --- life ------------------------------------------------------------------------------ */

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct entries *screen = state;
	const struct settings_edit *edit = argument;

	(void)ui;
	screen->settings = edit->settings;
	screen->id = edit->id;
	wire_put(screen->seen, sizeof screen->seen,
	    edits_seen(&edit->settings->edits, &edit->settings->view, edit->id));
	split(screen, edits_value(&edit->settings->edits, &edit->settings->view, edit->id));
	recount(screen);
	return ERR_OK;
}

/* --- editing ---------------------------------------------------------------------------- */

static void
edit(struct ui *ui, struct entries *screen)
{
	size_t most = (size_t)policy_setting(screen->id)->max;
	const char *text = "";

	if (screen->list.chosen >= most) {
		ui_say(ui, STYLE_ERROR, N_("The list is full. Remove an entry first."));
		return;
	}
	if (screen->list.chosen < screen->count)
		text = screen->entry[screen->list.chosen];
	screen->editing = field_set(&screen->form.field[0], text) == ERR_OK;
}

/* An entry has no comma: commas separate entries. */
static void
keep(struct ui *ui, struct entries *screen)
{
	const char *rest = field_text(&screen->form.field[0]), *entry;
	char value[ENTRY_SIZE];
	size_t length;

	entry = policy_entry(&rest, &length);
	if (rest != NULL ||
	    text_label(entry, length, POLICY_ENTRY_POINTS, sizeof value, value) != ERR_OK) {
		ui_say(ui, STYLE_ERROR, N_("An entry has 1 to 40 characters, and no comma."));
		return;
	}
	snprintf(screen->entry[screen->list.chosen], ENTRY_SIZE, "%s", value);
	if (screen->list.chosen == screen->count)
		screen->count++;
	screen->editing = false;
	recount(screen);
}

static void
save(struct ui *ui, const struct entries *screen)
{
	char text[POLICY_ENTRIES_MAX * (ENTRY_SIZE + 2)];

	if (screen->count == 0) {
		ui_say(ui, STYLE_ERROR, N_("The list is empty. Add an entry first."));
		return;
	}
	join(screen, text, sizeof text);
	settings_keep(ui, screen->settings, screen->id, screen->seen, text);
}

static void
remove_entry(struct entries *screen)
{
	size_t at = screen->list.chosen;

	if (at >= screen->count)
		return;
	memmove(screen->entry[at], screen->entry[at + 1], (screen->count - at - 1) * ENTRY_SIZE);
	screen->count--;
	recount(screen);
}

/* --- keys -------------------------------------------------------------------------------- */

/* What Enter does where the choice stands. */
static int
enter_id(const struct entries *screen)
{
	if (screen->editing)
		return KEEP;
	if (screen->list.chosen < screen->count)
		return EDIT;
	return screen->list.chosen == screen->count ? ADD : SAVE;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct entries *screen = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		settings_told(ui, screen->settings, event->reply);
		return true;
	}
	if (screen->editing)
		return parts_form(ui, &screen->form, event, &button);
	return list_handle(&screen->list, event, screen->list.count);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct entries *screen = state;

	if (id == PART_BACK && screen->editing)
		screen->editing = false;
	else if (id == PART_BACK)
		ui_pop(ui);
	else if (id == REMOVE)
		remove_entry(screen);
	else if (id == EDIT || id == ADD)
		edit(ui, screen);
	else if (id == SAVE)
		save(ui, screen);
	else if (id == KEEP)
		keep(ui, screen);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct entries *screen = state;

	(void)ui;
	if (id == EDIT || id == ADD || id == SAVE || id == KEEP)
		return id == enter_id(screen);
	if (id == REMOVE)
		return enter_id(screen) == EDIT;
	return id != CHOOSE || !screen->editing;
}

/* --- drawing ------------------------------------------------------------------------------ */

/* save: what the last row says. */
static struct menu_row
row_of(const struct entries *screen, size_t i, const char *save)
{
	struct menu_row row = { .label = screen->entry[i < screen->count ? i : 0] };

	if (i == screen->count)
		row.label = _("Add an entry");
	if (i == screen->count + 1)
		row.label = save;
	/* The field stands where the entry stood. */
	if (screen->editing && i == screen->list.chosen)
		row.field = &screen->form;
	return row;
}

/* All of it, in three groups. */
static void
draw_groups_of(struct page *page, const struct entries *screen)
{
	char save[LABEL_SIZE];

	snprintf(save, sizeof save, "[ %s ]", _("Keep the list"));
	for (size_t i = 0; i < screen->count + 2; i++) {
		const struct menu_row row = row_of(screen, i, save);

		if (i >= screen->count)
			page_gap(page);
		menu_draw(page, &row, 1, i == screen->list.chosen ? 0 : 1);
		if (row.field != NULL)
			page_note(page);
	}
}

/* What has room, in one list that goes on. */
static void
draw_part(struct page *page, const struct entries *screen)
{
	struct menu_row rows[POLICY_ENTRIES_MAX + 2];

	for (size_t i = 0; i < screen->count + 2; i++)
		rows[i] = row_of(screen, i, _("Keep the list"));
	menu_draw(page, rows, screen->count + 2, screen->list.chosen);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct entries *screen = state;
	struct page page = parts_page(ui, area);
	int rows = (int)screen->count + (page.tight ? 2 : 4);

	if (area.height > HEADING_ROWS)
		page_line(&page, STYLE_BOLD, 0, _(policy_setting(screen->id)->label));
	page_intro(&page, STYLE_DIM, _(policy_setting(screen->id)->help), (int)screen->count + 4);
	if (rows <= page.rest.height)
		draw_groups_of(&page, screen);
	else
		draw_part(&page, screen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

/* The field is in use only while it is open. */
static struct form *
form_of(void *state)
{
	struct entries *screen = state;

	return screen->editing ? &screen->form : NULL;
}

const struct screen screen_entries = {
	.name = "entries",
	.about = N_("A list that everyone on this console sees. Edit it entry by entry and keep "
		    "it; it is saved with all other changes, from the list of settings."),
	.title = N_("Settings > General settings"),
	.least = ROLE_SUPER_ADMINISTRATOR,
	.state_size = sizeof(struct entries),
	.plan = &plan,
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
	.form = form_of,
	.resume = settings_resume,
};
