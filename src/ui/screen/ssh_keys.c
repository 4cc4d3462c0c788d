/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SSH keys of a person, one's own or another's. */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "ui/screen/screens.h"
#include "ui/screen/ssh_key.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"

enum { ADD = PART_OWN, CHOOSE };

enum { ROWS = SSH_KEYS_MAX + 1 };

struct keys_screen {
	struct list list;
	struct ssh_whose whose;
	bool have;
	struct wire_ssh_keys_reply keys;
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one item to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Open"), 50, N_("Opens the item.") },
	{ ADD, KEY_NONE_, 'a', "a", N_("Add"), 55, N_("Adds an SSH key.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS, N_("Goes back.") },
	{ .id = 0 },
};

void
ssh_title(const struct ssh_whose *whose, char *buf, size_t size)
{
	char name[TEXT_NAME_SIZE];

	(void)text_show(whose->user, strlen(whose->user), name, sizeof name);
	if (name[0] == '\0')
		(void)snprintf(buf, size, "%s > %s", _("My account"), _("SSH keys"));
	else
		(void)snprintf(buf, size, "%s > %s > %s", _("Users"), name, _("SSH keys"));
}

void
ssh_confirm(const struct ui *ui, const struct ssh_of *of, const char *verb,
    struct confirm *ret_confirm)
{
	bool other = of->whose.user[0] != '\0';

	*ret_confirm = (struct confirm){ .verb = verb,
		.by_code = ui->facts.has_2fa,
		.proven = other && of->whose.role == ROLE_OPERATOR && ui_administering(ui) > 0,
		.next_code = of->next_code };
}

/* --- life -------------------------------------------------------------------------------- */

void
ssh_look(struct ui *ui, const struct ssh_whose *whose)
{
	struct wire_request request;

	ssh_list_request(whose, &request);
	ui_ask(ui, &request, NULL);
}

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct keys_screen *screen = state;

	screen->whose = *(const struct ssh_whose *)argument;
	ssh_look(ui, &screen->whose);
	return ERR_OK;
}

static void
resume(struct ui *ui, void *state)
{
	const struct keys_screen *screen = state;

	ssh_look(ui, &screen->whose);
}

static bool
has_room(const struct keys_screen *screen)
{
	return screen->have && screen->keys.count < SSH_KEYS_MAX;
}

static void
answered(struct ui *ui, struct keys_screen *screen, const struct wire_reply *reply)
{
	if (reply->err != ERR_OK && ssh_is_list(reply)) {
		ui_pop(ui);
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	} else if (reply->err != ERR_OK) {
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	} else if (ssh_is_list(reply)) {
		screen->keys = reply->u.ssh_keys;
		screen->have = true;
		screen->list.count = screen->keys.count + (has_room(screen) ? 1 : 0);
		list_fit(&screen->list, screen->list.count);
	}
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct keys_screen *screen = state;

	if (event->type == EVENT_REPLY) {
		answered(ui, screen, event->reply);
		return true;
	}
	return list_handle(&screen->list, event, screen->list.count);
}

static void
act(struct ui *ui, void *state, int id)
{
	const struct keys_screen *screen = state;
	size_t chosen = screen->list.chosen;
	struct ssh_of of = { .whose = screen->whose, .next_code = screen->keys.next_code };
	bool one = id == PART_ENTER && screen->have && chosen < screen->keys.count;

	if (one) {
		of.key = screen->keys.key[chosen];
		ui_push(ui, &screen_ssh_key, &of);
	} else if ((id == ADD || id == PART_ENTER) && has_room(screen)) {
		ui_push(ui, &screen_ssh_add, &of);
	}
	if (id == PART_BACK)
		ui_pop(ui);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	(void)ui;
	const struct keys_screen *screen = state;

	if (id == CHOOSE)
		return screen->list.count > 1;
	return id != ADD || has_room(screen);
}

/* --- drawing ------------------------------------------------------------------------------- */

static void
put_title(const struct ui *ui, const void *state, char *buf, size_t size)
{
	const struct keys_screen *screen = state;

	(void)ui;
	ssh_title(&screen->whose, buf, size);
}

static size_t
menu_of(const struct ui *ui, const struct keys_screen *screen, struct menu_row rows[ROWS],
    char labels[ROWS][TEXT_LABEL_SIZE])
{
	size_t count = screen->keys.count;
	char facts[SSH_WORDS];

	for (size_t i = 0; i < count; i++) {
		const struct wire_ssh_key *key = &screen->keys.key[i];

		ssh_name_put(key->name, labels[i], sizeof labels[i]);
		ssh_facts_put(&screen->whose, key, ui->clock(), facts, sizeof facts);
		(void)snprintf(rows[i].text, sizeof rows[i].text, "%.*s; %s", MENU_TEXT / 2, facts,
		    key->fingerprint);
		rows[i].label = labels[i];
	}
	if (!has_room(screen))
		return count;
	rows[count] = (struct menu_row){ .gap = count > 0,
		.label = _("Add an SSH key"),
		.text = "" };
	return count + 1;
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct keys_screen *screen = state;
	struct menu_row rows[ROWS] = { { .label = NULL } };
	char labels[ROWS][TEXT_LABEL_SIZE];
	struct page page = parts_page(ui, area);
	size_t count;

	if (!screen->have)
		return false;
	count = menu_of(ui, screen, rows, labels);
	int reserved = page_reserve(&page, menu_least(&page, rows, count, screen->list.chosen));
	if (screen->keys.count == 0)
		page_line(&page, STYLE_BOLD, 0, _("There are no SSH keys yet."));
	page_line(&page, STYLE_DIM, 0, ssh_purpose(&screen->whose));
	page_gap(&page);
	page_release(&page, reserved);
	menu_draw(&page, rows, count, screen->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_ssh_keys = {
	.name = "ssh-keys",
	.about = N_("Public SSH keys. With one of them ssh reaches this console; password and "
		    "code are asked for all the same. A key that was added only knocks. It says "
		    "whose it is once that person has fully signed in over it, as long as nobody "
		    "else has the same key."),
	.put_title = put_title,
	.state_size = sizeof(struct keys_screen),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
	.resume = resume,
};
