/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Users > Add a person: a name and a role; the invitation follows. */
#include <stdio.h>
#include <string.h>

#include "core/secret.h"
#include "ui/screen/screens.h"
#include "ui/screen/users.h"

enum { CHOOSE = PART_OWN };

enum { NAME, ROLE_ };

struct add {
	struct form form;
	struct form_plan plan;
	enum role role[ROLE_COUNT];    /* that may be given */
	const char *title[ROLE_COUNT]; /* their message ids */
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "←→", N_("Role"), 40, N_("Goes through the roles.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Add"), 50,
	    N_("Adds the person, and shows the invitation.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

/* Until it is known which roles there are. */
static const struct form_plan empty = { .fields = 0 };

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct add *add = state;
	size_t roles = people_roles(ui->facts.role, add->role);

	(void)argument;
	for (size_t i = 0; i < roles; i++)
		add->title[i] = role_title(add->role[i]);
	add->plan = (struct form_plan){ .fields = 2,
		.buttons = 1,
		.field = { { N_("User name"), FIELD_TEXT, TEXT_NAME_POINTS },
		    { N_("Role"), FIELD_CHOICE, 1 } },
		.choices = add->title,
		.choice_count = roles,
		.button = { N_("Add") },
		.empty = ERR_NAME_EMPTY };
	return form_reopen(&add->form, &add->plan);
}

/* --- asking ------------------------------------------------------------------------------- */

static enum role
role_of(const struct add *add)
{
	return add->role[add->form.field[ROLE_].chosen];
}

/* With operators no code is asked for while administering; all others have their question. */
static void
ask(struct ui *ui, const struct add *add)
{
	struct confirm confirm = { .verb = N_("Add"),
		.by_code = ui->facts.has_2fa,
		.next_code = ui->facts.next_code };
	struct wire_user_add_request *asked = &confirm.request.u.user_add;
	const char *typed = field_text(&add->form.field[NAME]);
	char name[TEXT_NAME_SIZE];
	enum err err = text_name(typed, strlen(typed), name, NULL);

	if (err == ERR_OK)
		err = text_name_scripts(name);
	if (err != ERR_OK) {
		ui_say_err(ui, err, 0);
		return;
	}
	wire_request_init(&confirm.request, WIRE_USER_ADD);
	wire_put(asked->name, sizeof asked->name, name);
	asked->role = (uint8_t)role_of(add);
	asked->invite = 1;
	if (role_of(add) == ROLE_OPERATOR && ui_administering(ui) > 0) {
		ui_ask(ui, &confirm.request, PART_BUSY);
		return;
	}
	people_add_question(name, role_of(add), confirm.question, sizeof confirm.question);
	confirm_open(ui, &confirm);
}

/* The name in its normal form, as it was sent. */
static void
added(struct ui *ui, const struct add *add, const struct wire_user_add_reply *reply)
{
	const char *typed = field_text(&add->form.field[NAME]);
	char name[TEXT_NAME_SIZE] = "";
	const struct invited made = { name, reply->invitation, reply->expires, NULL };

	if (text_name(typed, strlen(typed), name, NULL) != ERR_OK)
		wire_put(name, sizeof name, typed);
	ui_close_top(ui);
	ui_push(ui, &screen_invitation, &made);
}

static void
answered(struct ui *ui, struct add *add, const struct wire_reply *reply)
{
	if (reply->err == ERR_OK) {
		added(ui, add, &reply->u.user_add);
		return;
	}
	form_focus(&add->form, NAME);
	ui_say_err(ui, (enum err)reply->err, reply->wait);
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct add *add = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		answered(ui, add, event->reply);
		return true;
	}
	bool used = parts_form(ui, &add->form, event, &button);
	if (button == 0)
		ask(ui, add);
	return used;
}

static void
act(struct ui *ui, void *state, int id)
{
	struct add *add = state;

	if (id == PART_BACK)
		ui_pop(ui);
	else if (id == PART_ENTER && parts_enter(ui, &add->form) == 0)
		ask(ui, add);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct add *add = state;

	(void)ui;
	return id != CHOOSE || add->form.focus == ROLE_;
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct add *add = state;
	struct page page = parts_page(ui, area);
	char line[UI_MESSAGE_SIZE];

	page_form(&page, &add->form, NULL);
	(void)snprintf(line, sizeof line, _("%s: %s"), _(role_title(role_of(add))),
	    _(people_role_text(role_of(add))));
	page_text(&page, STYLE_DIM, line);
	page_text(&page, STYLE_DIM,
	    _("A one-time password is shown next, with a text to forward."));
	return page.noted;
}

const struct screen screen_add_person = {
	.name = "add-person",
	.least = ROLE_ADMINISTRATOR,
	.about = N_("Adds a person to this console. They choose a password of their own at their "
		    "first sign-in, which a one-time password opens."),
	.title = N_("Users > Add a person"),
	.state_size = sizeof(struct add),
	.plan = &empty,
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
};
