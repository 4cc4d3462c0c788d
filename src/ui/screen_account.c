/* SPDX-License-Identifier: GPL-3.0-or-later */
/* My account: the state of two-factor authentication in words, and Configure for whoever has none. */
#include <stdio.h>

#include "ui/parts.h"

enum { LINE = 512, LABEL_GAP = 3 };

struct account_screen {
	struct form form;
	bool have;
	struct wire_home_reply home;
};

static const struct form_plan with = { .fields = 0, .buttons = 0 };
static const struct form_plan without = { .fields = 0, .buttons = 1, .button = { N_("Configure") } };

static const struct ui_action actions[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Configure"), 50, N_("Configures two-factor authentication.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), ACTION_RANK_ALWAYS, N_("Goes back to the start.") },
	{ .id = 0 },
};

static enum err
enter(struct ui *ui, void *state)
{
	struct account_screen *account = state;
	enum err err = form_open(&account->form, &with);

	if (err == ERR_OK)
		parts_ask(ui, WIRE_HOME, NULL);
	return err;
}

static void
leave(struct ui *ui, void *state)
{
	struct account_screen *account = state;

	(void)ui;
	form_close(&account->form);
}

static void
take(struct account_screen *account, const struct wire_home_reply *reply)
{
	account->home = *reply;
	account->have = true;
	account->form.plan = reply->user.has_2fa ? &with : &without;	/* neither has fields */
	account->form.focus = 0;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct account_screen *account = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		if (event->reply->err != ERR_OK)
			ui_say_err(ui, (enum err)event->reply->err, event->reply->wait);
		else if (event->reply->op == WIRE_HOME)
			take(account, &event->reply->u.home);
		return true;
	}
	bool used = parts_form(ui, &account->form, event, &button);
	if (button == 0)
		ui_push(ui, &screen_configure);
	return used;
}

/* Home below asks anew, since what it says may have changed here. */
static void
act(struct ui *ui, void *state, int id)
{
	(void)state;
	if (id == PART_ENTER)
		ui_push(ui, &screen_configure);
	if (id != PART_BACK)
		return;
	ui_pop(ui);
	parts_ask(ui, WIRE_HOME, NULL);
}

static bool
offers(const void *state, int id)
{
	const struct account_screen *account = state;

	return id != PART_ENTER || account->form.plan->buttons > 0;
}

static void
draw_with(struct page *page, const struct wire_home_reply *home)
{
	const struct wire_user *user = &home->user;
	char line[LINE];

	page_line(page, STYLE_BOLD, 0, _("Two-factor authentication is on."));
	page_gap(page);
	snprintf(line, sizeof line, ngettext("%u authenticator", "%u authenticators", user->devices), user->devices);
	page_line(page, STYLE_PLAIN, 0, line);
	snprintf(line, sizeof line, ngettext("%u recovery code left", "%u recovery codes left", user->recovery_left), user->recovery_left);
	page_text(page, STYLE_PLAIN, line);
	if (home->mandatory)
		page_text(page, STYLE_DIM, _("Required for all users: it cannot be deactivated."));
}

static void
draw_without(struct page *page, const struct form *form)
{
	page_line(page, STYLE_BOLD, 0, _("Two-factor authentication is off."));
	page_gap(page);
	page_text(page, STYLE_PLAIN, _("Your password alone opens this console. With a 6-digit code from your phone, a stolen password is not enough."));
	page_form(page, form, NULL);
}

static void
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct account_screen *account = state;
	struct page page = page_open(ui, area);

	terminal_cursor(ui->terminal, page.rest.y, page.rest.x);
	if (!account->have)
		return;
	if (account->home.user.has_2fa)
		draw_with(&page, &account->home);
	else
		draw_without(&page, &account->form);
}

static struct form *
form_of(void *state)
{
	struct account_screen *account = state;

	return &account->form;
}

const struct screen screen_account = {
	.name = "account", .title = N_("My account"), .state_size = sizeof(struct account_screen), .actions = actions,
	.enter = enter, .leave = leave, .handle = handle, .act = act, .offers = offers, .draw = draw, .form = form_of,
};
