/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SSH key: another name, where it is one's own, or none. */
#include "ui/screen/ssh_key.h"

#include <stdio.h>
#include <string.h>

#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN };

/* Only one's own has another name. */
enum { REMOVE, RENAME, ITEMS };

struct key_screen {
	struct list list;
	struct ssh_of of;
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one item to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Open"), 50, N_("Opens the item.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

static size_t
items(const struct key_screen *screen)
{
	return screen->of.whose.user[0] == '\0' ? ITEMS : ITEMS - 1;
}

/* They stand in the other order: what hurts least first. */
static size_t
item(const struct key_screen *screen, size_t row)
{
	return items(screen) - 1 - row;
}

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct key_screen *screen = state;

	(void)ui;
	screen->of = *(const struct ssh_of *)argument;
	screen->list.count = items(screen);
	return ERR_OK;
}

static void
resume(struct ui *ui, void *state)
{
	const struct key_screen *screen = state;

	ssh_look(ui, &screen->of.whose);
}

static void
ask_to_remove(struct ui *ui, const struct key_screen *screen)
{
	struct confirm confirm;

	ssh_confirm(ui, &screen->of, N_("Remove"), &confirm);
	ssh_remove_question(&screen->of.whose, &screen->of.key, confirm.question,
	    sizeof confirm.question);
	ssh_remove_request(&screen->of.whose, &screen->of.key, &confirm.request);
	confirm_open(ui, &confirm);
}

/* --- answers ------------------------------------------------------------------------------- */

/* It may have gone meanwhile: then there is nothing to be shown. */
static void
take(struct ui *ui, struct key_screen *screen, const struct wire_ssh_keys_reply *reply)
{
	for (uint32_t i = 0; i < reply->count; i++)
		if (strcmp(reply->key[i].fingerprint, screen->of.key.fingerprint) == 0) {
			screen->of.key = reply->key[i];
			screen->of.next_code = reply->next_code;
			return;
		}
	ui_pop(ui);
	ui_say_err(ui, ERR_STALE, 0);
}

static void
answered(struct ui *ui, struct key_screen *screen, const struct wire_reply *reply)
{
	if (reply->err != ERR_OK) {
		if (ssh_is_list(reply))
			ui_pop(ui);
		ui_say_err(ui, (enum err)reply->err, reply->wait);
		if (!ssh_is_list(reply))
			ssh_look(ui, &screen->of.whose);
	} else if (ssh_is_list(reply)) {
		take(ui, screen, &reply->u.ssh_keys);
	} else {
		ui_pop(ui);
		ui_say(ui, STYLE_GOOD, N_("Removed."));
	}
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct key_screen *screen = state;

	if (event->type == EVENT_REPLY) {
		answered(ui, screen, event->reply);
		return true;
	}
	return list_handle(&screen->list, event, screen->list.count);
}

static void
act(struct ui *ui, void *state, int id)
{
	const struct key_screen *screen = state;

	if (id == PART_ENTER && item(screen, screen->list.chosen) == REMOVE)
		ask_to_remove(ui, screen);
	else if (id == PART_ENTER)
		ui_push(ui, &screen_ssh_name, &screen->of);
	if (id == PART_BACK)
		ui_pop(ui);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	(void)ui;
	return id != CHOOSE || items(state) > 1;
}

/* --- drawing ------------------------------------------------------------------------------- */

static void
put_title(const struct ui *ui, const void *state, char *buf, size_t size)
{
	const struct key_screen *screen = state;

	(void)ui;
	ssh_title(&screen->of.whose, buf, size);
}

static void
draw_facts(const struct ui *ui, const struct key_screen *screen, struct page *page)
{
	char line[SSH_WORDS];

	ssh_name_put(screen->of.key.name, line, sizeof line);
	page_line(page, STYLE_BOLD, 0, line);
	page_line(page, STYLE_PLAIN, 0, screen->of.key.fingerprint);
	ssh_facts_put(&screen->of.whose, &screen->of.key, ui->clock(), line, sizeof line);
	page_line(page, STYLE_DIM, 0, line);
	page_line(page, STYLE_PLAIN, 0, ssh_does(&screen->of.whose, &screen->of.key));
	page_gap(page);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	static const char
	    *const labels[ITEMS] = { [REMOVE] = N_("Remove"), [RENAME] = N_("Rename") };
	const struct key_screen *screen = state;
	struct menu_row rows[ITEMS] = { { .label = NULL } };
	struct page page = parts_page(ui, area);
	size_t count = items(screen);

	for (size_t i = 0; i < count; i++)
		rows[i].label = _(labels[item(screen, i)]);
	int reserved = page_reserve(&page, menu_least(&page, rows, count, screen->list.chosen));
	draw_facts(ui, screen, &page);
	page_release(&page, reserved);
	menu_draw(&page, rows, count, screen->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_ssh_key = {
	.name = "ssh-key",
	.about = N_("One SSH key, and what it does. Compare its fingerprint with what "
		    "ssh-keygen -l shows."),
	.put_title = put_title,
	.state_size = sizeof(struct key_screen),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
	.resume = resume,
};
