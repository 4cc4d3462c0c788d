/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of the audit log: all that it says, with its number and its seal. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "conv/deed.h"
#include "conv/moment.h"
#include "core/source.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN };

enum fact {
	SAYS,
	TIME,
	WHO,
	ACTION,
	TARGET,
	RESULT,
	DETAIL,
	FROM,
	TERMINAL,
	PEER,
	NODE,
	NUMBER,
	SEAL,
	KEY,
	FACTS
};

/* Message ids. */
static const char *const labels[FACTS] = {
	[SAYS] = N_("What"),
	[TIME] = N_("Time"),
	[WHO] = N_("Who"),
	[ACTION] = N_("Action"),
	[TARGET] = N_("Whom"),
	[RESULT] = N_("Result"),
	[DETAIL] = N_("Detail"),
	[FROM] = N_("From"),
	[TERMINAL] = N_("Terminal"),
	[PEER] = N_("UNIX user"),
	[NODE] = N_("Host"),
	[NUMBER] = N_("Number"),
	[SEAL] = N_("Seal"),
	[KEY] = N_("Key"),
};

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

static void
show(const char *text, char *buf, size_t size)
{
	(void)text_show(text, strlen(text), buf, size);
}

/* Who says where from: root, or the console alone. */
static void
put_source(const struct wire_audit_row *row, char *buf, size_t size)
{
	char source[WIRE_SOURCE_SIZE * 4];

	show(row->source, source, sizeof source);
	if (row->source[0] == '\0' || strcmp(row->source, SOURCE_LOCAL_TEXT) == 0)
		(void)snprintf(buf, size, "%s", row->source[0] != '\0' ? _("local") : "");
	else
		(void)snprintf(buf, size,
		    row->vouched ? _("%s, as root says") : _("%s, as the console says"), source);
}

/* "" where the row has nothing to say of it. */
static void
put_fact(const struct wire_audit_row *row, enum fact fact, char *buf, size_t size)
{
	const char *const texts[FACTS] = { [WHO] = row->who,
		[ACTION] = row->action,
		[TARGET] = row->target,
		[DETAIL] = row->detail,
		[TERMINAL] = row->terminal,
		[NODE] = row->node,
		[SEAL] = row->seal };

	if (fact == SAYS)
		deed_of_row(row, buf, size);
	else if (fact == TIME)
		moment_put(row->time, buf, size);
	else if (fact == RESULT)
		(void)snprintf(buf, size, "%s", deed_result(row->result));
	else if (fact == FROM)
		put_source(row, buf, size);
	else if (fact == PEER)
		(void)snprintf(buf, size, "%" PRIu32, row->peer_uid);
	else if (fact == NUMBER)
		(void)snprintf(buf, size, "%" PRId64, row->id);
	else if (fact == KEY)
		(void)snprintf(buf, size, "%" PRId64, row->key);
	else
		show(texts[fact], buf, size);
}

static size_t
fill(const struct wire_audit_row *row, struct menu_row rows[FACTS])
{
	size_t count = 0;

	for (int fact = 0; fact < FACTS; fact++) {
		rows[count].label = _(labels[fact]);
		put_fact(row, (enum fact)fact, rows[count].text, sizeof rows[count].text);
		count += rows[count].text[0] != '\0' ? 1 : 0;
	}
	return count;
}

/* argument: the row. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct audit_row_screen *screen = state;
	struct menu_row rows[FACTS] = { { .label = NULL } };

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
	struct menu_row rows[FACTS] = { { .label = NULL } };
	struct page page = parts_page(ui, area);
	size_t count = fill(&screen->row, rows);

	menu_draw(&page, rows, count, screen->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_audit_row = {
	.name = "audit-row",
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
