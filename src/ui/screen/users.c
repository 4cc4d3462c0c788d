/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Users: the people whom one manages. */
#include "ui/screen/users.h"

#include <string.h>

#include "ui/screen/screens.h"

enum { CHOOSE = PART_OWN, ADD, FILTER, SORT, WITHOUT, LEAVE_FILTER };

static const struct form_plan plan = { .fields = 1,
	.buttons = 1, /* none that is drawn: the focus that is in the list */
	.field = { { N_("Filter"), FIELD_TEXT, TEXT_NAME_POINTS } },
	.button = { N_("Open") } };

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one person to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Open"), 50, N_("Opens the person's page.") },
	{ LEAVE_FILTER, KEY_ENTER_, 0, N_("Enter"), N_("To the list"), 50,
	    N_("Goes to the list.") },
	{ ADD, KEY_NONE_, 'a', "a", N_("Add"), 60, N_("Adds a person.") },
	{ FILTER, KEY_NONE_, '/', "/", N_("Filter"), 58,
	    N_("Shows only those whose name begins with what you type.") },
	{ SORT, KEY_NONE_, 's', "s", N_("Sort"), 56,
	    N_("Sorts by name, role, state, or last sign-in; filtered, by name instead of last "
	       "sign-in.") },
	{ WITHOUT, KEY_NONE_, 'o', "o", N_("Without 2FA"), 30,
	    N_("Shows only those without two-factor authentication, or everybody again.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Clears the filter, then goes back to the start.") },
	{ .id = 0 },
};

/* argument: const bool *, whether only those without 2FA are shown; NULL: everybody. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct users *users = state;
	const bool *without_2fa = argument;

	users->without_2fa = without_2fa != NULL && *without_2fa;
	form_focus(&users->form, 1);
	if (users->without_2fa)
		ui_say(ui, STYLE_PLAIN, N_("Only those without two-factor authentication."));
	users_ask_anew(ui, users);
	return ERR_OK;
}

static void
resume(struct ui *ui, void *state)
{
	users_ask_around(ui, state);
}

void
users_gone(struct ui *ui, const struct wire_reply *reply)
{
	ui_pop(ui);
	ui_say_err(ui, (enum err)reply->err, reply->wait);
}

/* --- the filter ---------------------------------------------------------------------- */

static void
to_list(struct users *users)
{
	users->typing = false;
	form_focus(&users->form, 1);
}

/* Each letter asks anew. */
static bool
type(struct ui *ui, struct users *users, const struct event *event)
{
	char before[TEXT_NAME_SIZE];
	enum err err;
	bool used = false;

	if (event->type == EVENT_KEY && (event->key == KEY_DOWN_ || event->key == KEY_TAB)) {
		to_list(users);
		return true;
	}
	wire_put(before, sizeof before, field_text(&users->form.field[0]));
	err = field_handle(&users->form.field[0], event, &used);
	if (err != ERR_OK)
		ui_say_err(ui, err, 0);
	if (strcmp(before, field_text(&users->form.field[0])) != 0)
		users_ask_anew(ui, users);
	return used;
}

static void
back(struct ui *ui, struct users *users)
{
	if (field_empty(&users->form.field[0])) {
		if (users->typing)
			to_list(users);
		else
			ui_pop(ui);
		return;
	}
	field_clear(&users->form.field[0]);
	to_list(users);
	users_ask_anew(ui, users);
}

static void
sort(struct ui *ui, struct users *users)
{
	users->order = (enum people_order)((users->order + 1) % PEOPLE_ORDER_COUNT);
	ui_say(ui, STYLE_PLAIN, people_order_label(users->order));
	users_ask_anew(ui, users);
}

static void
without(struct ui *ui, struct users *users)
{
	users->without_2fa = !users->without_2fa;
	if (users->without_2fa)
		ui_say(ui, STYLE_PLAIN, N_("Only those without two-factor authentication."));
	else
		ui_say(ui, STYLE_PLAIN, N_("Everybody."));
	users_ask_anew(ui, users);
}

/* --- events -------------------------------------------------------------------------- */

/* Who may not see people any more is told so at home. */
static void
answered(struct ui *ui, struct users *users, const struct wire_reply *reply)
{
	if (reply->err == ERR_OK) {
		ui->facts.next_code = reply->u.user_page.next_code;
		users_take(ui, users, &reply->u.user_page);
	} else if (reply->err == ERR_DENIED) {
		users_gone(ui, reply);
	} else {
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	}
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct users *users = state;

	if (event->type == EVENT_REPLY) {
		answered(ui, users, event->reply);
		return true;
	}
	if (users->typing)
		return type(ui, users, event);
	return users_move(ui, users, event);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct users *users = state;

	if (id == PART_ENTER && users->list.chosen < users->list.count)
		ui_push(ui, &screen_person, users->user[users->list.chosen].name);
	if (id == LEAVE_FILTER)
		to_list(users);
	if (id == ADD)
		ui_push(ui, &screen_add_person, NULL);
	if (id == FILTER) {
		users->typing = true;
		form_focus(&users->form, 0);
	}
	if (id == SORT)
		sort(ui, users);
	if (id == WITHOUT)
		without(ui, users);
	if (id == PART_BACK)
		back(ui, users);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct users *users = state;

	(void)ui;
	if (id == LEAVE_FILTER)
		return users->typing;
	if (id == PART_BACK)
		return true;
	if (id == PART_ENTER || id == CHOOSE)
		return !users->typing && users->list.count > 0;
	return !users->typing;
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	return users_draw(ui, state, area);
}

static struct form *
form_of(void *state)
{
	struct users *users = state;

	return users->typing ? &users->form : NULL;
}

const struct screen screen_users = {
	.name = "users",
	.least = ROLE_ADMINISTRATOR,
	.about = N_(
	    "The people whom you manage, and what needs attention. Paused: no code is taken for "
	    "a while, after too many wrong ones. The first change to an operator asks for a "
	    "code; changes to operators in the next five minutes ask for none. The title line "
	    "counts them down."),
	.title = N_("Users"),
	.state_size = sizeof(struct users),
	.plan = &plan,
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.form = form_of,
	.draw = draw,
	.resume = resume,
};
