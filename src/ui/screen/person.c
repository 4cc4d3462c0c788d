/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Users > one person: how they are, and what may be done. */
#include <stdio.h>
#include <string.h>

#include "conv/ssh_key.h"
#include "core/text.h"
#include "ui/screen/screens.h"
#include "ui/screen/users.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN, ACCOUNT, HISTORY, KEYS };

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one item to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Open"), 50,
	    N_("Says what it does, and asks you to confirm.") },
	{ ACCOUNT, KEY_ENTER_, 0, N_("Enter"), N_("My account"), 50, N_("Opens My account.") },
	{ HISTORY, KEY_NONE_, 'h', "h", N_("History"), 55,
	    N_("Shows the audit log's rows of this person.") },
	{ KEYS, KEY_NONE_, 'k', "k", N_("SSH keys"), 56,
	    N_("Shows this person's SSH keys, to add or remove some.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to the list.") },
	{ .id = 0 },
};

/* Oneself is managed in My account. */
static bool
is_me(const struct ui *ui, const struct person *person)
{
	return strcmp(person->user.name, ui->facts.user) == 0;
}

static size_t
actions_of(const struct ui *ui, const struct person *person,
    enum people_action list[PEOPLE_ACTIONS])
{
	if (!person->have || is_me(ui, person))
		return 0;
	return people_actions(ui->facts.role, &person->user, list);
}

/* --- asking ----------------------------------------------------------------------------- */

static void
look(struct ui *ui, const char *name)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_USER_SHOW);
	wire_put(request.u.user_name.name, sizeof request.u.user_name.name, name);
	ui_ask(ui, &request, NULL);
}

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct person *person = state;

	wire_put(person->user.name, sizeof person->user.name, argument);
	look(ui, argument);
	return ERR_OK;
}

static void
resume(struct ui *ui, void *state)
{
	const struct person *person = state;

	look(ui, person->user.name);
}

static enum err
take_reason(struct wire_request *request, const char *typed)
{
	return people_take(PEOPLE_RESET, typed, request);
}

static enum err
take_name(struct wire_request *request, const char *typed)
{
	return people_take(PEOPLE_REMOVE, typed, request);
}

void
person_confirm(struct ui *ui, struct person *person)
{
	enum people_action action = person->action;
	struct confirm confirm = { .verb = people_action_verb(action),
		.by_code = ui->facts.has_2fa,
		.next_code = person->next_code };

	confirm.proven = ui_administering(ui) > 0 && person->user.role == ROLE_OPERATOR &&
	    (action != PEOPLE_ROLE || person->role == ROLE_OPERATOR);
	switch (people_action_typed(action)) {
	case PEOPLE_TYPE_NOTHING:
		break;
	case PEOPLE_TYPE_REASON:
		confirm.typed = N_("Reason");
		confirm.take = take_reason;
		confirm.missing = ERR_REASON_MISSING;
		break;
	case PEOPLE_TYPE_NAME:
		confirm.typed = N_("User name");
		confirm.take = take_name;
		confirm.missing = ERR_NAME_DIFFERS;
		break;
	}
	people_question(action, &person->user, person->role, confirm.question,
	    sizeof confirm.question);
	people_request(action, &person->user, person->role, &confirm.request);
	confirm_open(ui, &confirm);
}

/* --- answers ---------------------------------------------------------------------------- */

static void
shown(struct ui *ui, struct person *person, const struct wire_user_reply *reply)
{
	enum people_action list[PEOPLE_ACTIONS];

	person->user = reply->user;
	person->next_code = reply->next_code;
	person->have = true;
	person->list.count = actions_of(ui, person, list);
	list_fit(&person->list, person->list.count);
}

static void
say_done(struct ui *ui, const struct person *person)
{
	char line[UI_MESSAGE_SIZE];

	people_done(person->action, &person->user, person->role, line, sizeof line);
	ui_say_text(ui, STYLE_GOOD, line);
}

static void
invited(struct ui *ui, const struct person *person, const struct wire_user_add_reply *reply)
{
	char done[UI_MESSAGE_SIZE];
	const struct invited made = { person->user.name, reply->invitation, reply->expires, done };

	people_done(PEOPLE_INVITE, &person->user, person->role, done, sizeof done);
	ui_push(ui, &screen_invitation, &made);
}

static void
answered(struct ui *ui, struct person *person, const struct wire_reply *reply)
{
	if (reply->err == ERR_NAME_UNKNOWN || reply->err == ERR_DENIED) {
		users_gone(ui, reply);
	} else if (reply->err != ERR_OK) {
		ui_say_err(ui, (enum err)reply->err, reply->wait);
		if (reply->op != WIRE_USER_SHOW)
			look(ui, person->user.name);
	} else if (reply->op == WIRE_USER_SHOW) {
		shown(ui, person, &reply->u.user);
	} else if (reply->op == WIRE_USER_PASSWORD) {
		invited(ui, person, &reply->u.user_add);
	} else {
		say_done(ui, person);
		if (reply->op == WIRE_USER_REMOVE)
			ui_pop(ui);
		else
			look(ui, person->user.name);
	}
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct person *person = state;

	if (event->type == EVENT_REPLY) {
		answered(ui, person, event->reply);
		return true;
	}
	return list_handle(&person->list, event, person->list.count);
}

static void
open_action(struct ui *ui, struct person *person)
{
	enum people_action list[PEOPLE_ACTIONS];
	size_t count = actions_of(ui, person, list);

	if (person->list.chosen >= count)
		return;
	person->action = list[person->list.chosen];
	if (person->action == PEOPLE_ROLE)
		ui_push(ui, &screen_role, person);
	else
		person_confirm(ui, person);
}

static void
open_keys(struct ui *ui, const struct person *person)
{
	struct ssh_whose whose = { .role = (enum role)person->user.role };

	wire_put(whose.user, sizeof whose.user, person->user.name);
	ui_push(ui, &screen_ssh_keys, &whose);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct person *person = state;

	if (id == PART_ENTER)
		open_action(ui, person);
	if (id == ACCOUNT)
		ui_push(ui, &screen_account, NULL);
	if (id == HISTORY)
		ui_push(ui, &screen_audit, person->user.name);
	if (id == KEYS)
		open_keys(ui, person);
	if (id == PART_BACK)
		ui_pop(ui);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct person *person = state;
	bool me = person->have && is_me(ui, person);

	if (id == ACCOUNT)
		return me;
	return id == PART_BACK || id == HISTORY || person->list.count > 0;
}

/* --- drawing ------------------------------------------------------------------------------- */

static size_t
menu_of(const struct ui *ui, const struct person *person, struct menu_row rows[PEOPLE_ACTIONS])
{
	enum people_action list[PEOPLE_ACTIONS];
	size_t count = actions_of(ui, person, list);

	for (size_t i = 0; i < count; i++) {
		const char *text = people_action_text(list[i]);

		rows[i].label = _(people_action_label(list[i]));
		(void)snprintf(rows[i].text, sizeof rows[i].text, "%s",
		    *text != '\0' ? _(text) : "");
	}
	return count;
}

static void
put_title(const struct ui *ui, const void *state, char *buf, size_t size)
{
	const struct person *person = state;

	(void)ui;
	users_title(person->user.name, buf, size);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct person *person = state;
	struct menu_row rows[PEOPLE_ACTIONS] = { { .label = NULL } };
	struct page page = parts_page(ui, area), beside;
	bool wide = page_beside(&page, area, &beside);
	size_t count = menu_of(ui, person, rows);

	if (!person->have)
		return false;
	int reserved = page_reserve(&page, menu_least(&page, rows, count, person->list.chosen));
	if (!wide) {
		users_facts(ui, &page, &person->user);
		page_gap(&page);
	}
	page_release(&page, reserved);
	if (count > 0)
		menu_draw(&page, rows, count, person->list.chosen);
	else
		page_line(&page, STYLE_PLAIN, 0,
		    _("This is you: what you may change stands in My account."));
	if (wide)
		users_facts(ui, &beside, &person->user);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_person = {
	.name = "person",
	.least = ROLE_ADMINISTRATOR,
	.about = N_(
	    "One person, and what you may do. Enter on an item first says what it does, and "
	    "asks you to confirm with a code. For operators one code is enough for five "
	    "minutes."),
	.put_title = put_title,
	.state_size = sizeof(struct person),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
	.resume = resume,
};
