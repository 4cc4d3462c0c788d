/* SPDX-License-Identifier: GPL-3.0-or-later */
/* My account: the state of two-factor authentication in words, and what one may do about one's own.
 */
#include <stdio.h>

#include "conv/account.h"
#include "conv/ssh_key.h"
#include "ui/screen/device.h"
#include "ui/screen/screens.h"
#include "ui/screen/confirm.h"
#include "ui/screen/enrolment.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"
#include "ui/widget/draw.h"

enum { CHOOSE = PART_OWN };

struct account_screen {
	struct list list;
	bool have;
	struct wire_account_reply account;
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one item to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Open"), 50, N_("Opens the item.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to the start.") },
	{ .id = 0 },
};

/* The row that is chosen; there is one once the account is known. */
static struct account_row
chosen_row(const struct account_screen *screen)
{
	struct account_row rows[ACCOUNT_ROWS] = { { .device = 0 } };

	(void)account_rows(&screen->account, rows);
	return rows[screen->list.chosen];
}

/* --- the items ------------------------------------------------------------------ */

static void
configure(struct ui *ui, const struct account_screen *screen)
{
	(void)screen;
	enrolment_ask(ui, N_("Configure your two-factor authentication?"));
}

static void
change_password(struct ui *ui, const struct account_screen *screen)
{
	ui->facts.has_2fa = screen->account.user.has_2fa;
	ui_push(ui, &screen_change_password, NULL);
}

static void
confirm(struct ui *ui, const struct account_screen *screen, enum wire_op op, const char *question,
    const char *verb)
{
	struct confirm confirm = { .verb = verb,
		.by_code = screen->account.user.has_2fa,
		.next_code = screen->account.next_code };

	snprintf(confirm.question, sizeof confirm.question, "%s", question);
	wire_request_init(&confirm.request, op);
	confirm_open(ui, &confirm);
}

static void
deactivate(struct ui *ui, const struct account_screen *screen)
{
	confirm(ui, screen, WIRE_DEACTIVATE,
	    _("Deactivate your two-factor authentication? After that your password alone opens "
	      "this console. Your recovery codes are removed too."),
	    N_("Deactivate"));
}

static void
renew(struct ui *ui, const struct account_screen *screen)
{
	confirm(ui, screen, WIRE_RENEW_CODES,
	    _("Make ten new recovery codes? The old ones stop working, the authenticator stays as "
	      "it is."),
	    N_("Make new codes"));
}

static void
language(struct ui *ui, const struct account_screen *screen)
{
	ui_push(ui, &screen_language, screen->account.user.language);
}

static void
plain(struct ui *ui, const struct account_screen *screen)
{
	const bool now = screen->account.user.plain != 0;

	ui_push(ui, &screen_plain, &now);
}

/* The row that is chosen is one, or one behind the last. */
static void
device(struct ui *ui, const struct account_screen *screen)
{
	const struct device_of of = { &screen->account, chosen_row(screen).device };

	ui_push(ui, &screen_device, &of);
}

static void
add_device(struct ui *ui, const struct account_screen *screen)
{
	const struct device_of of = { &screen->account, screen->account.device_count };

	ui_push(ui, &screen_device_name, &of);
}

static void
happened(struct ui *ui, const struct account_screen *screen)
{
	(void)screen;
	ui_push(ui, &screen_happened, NULL);
}

static void
ssh_keys(struct ui *ui, const struct account_screen *screen)
{
	(void)screen;
	ui_push(ui, &screen_ssh_keys, &(const struct ssh_whose){ .role = ROLE_OPERATOR });
}

static void (*const opens[ACCOUNT_ITEMS])(struct ui *ui, const struct account_screen *screen) = {
	[ACCOUNT_CONFIGURE] = configure,
	[ACCOUNT_DEVICE] = device,
	[ACCOUNT_DEVICE_ADD] = add_device,
	[ACCOUNT_RENEW] = renew,
	[ACCOUNT_DEACTIVATE] = deactivate,
	[ACCOUNT_CHANGE_PASSWORD] = change_password,
	[ACCOUNT_LANGUAGE] = language,
	[ACCOUNT_PLAIN] = plain,
	[ACCOUNT_HAPPENED] = happened,
	[ACCOUNT_SSH_KEYS] = ssh_keys,
};

/* --- life -------------------------------------------------------------------------- */

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	(void)state;
	(void)argument;
	ui_ask_plain(ui, WIRE_ACCOUNT, NULL);
	return ERR_OK;
}

static void
resume(struct ui *ui, void *state)
{
	(void)state;
	ui_ask_plain(ui, WIRE_ACCOUNT, NULL);
}

static void
take(struct ui *ui, struct account_screen *screen, const struct wire_account_reply *reply)
{
	struct account_row list[ACCOUNT_ROWS];

	screen->account = *reply;
	screen->have = true;
	screen->list.count = account_rows(&screen->account, list);
	ui->facts.has_2fa = reply->user.has_2fa;
	ui->facts.next_code = reply->next_code;
	list_fit(&screen->list, screen->list.count);
}

static void
deactivated(struct ui *ui, struct account_screen *screen)
{
	screen->list.chosen = 0;
	device_say_delete(ui);
	ui_ask_plain(ui, WIRE_ACCOUNT, NULL);
}

static void
answered(struct ui *ui, struct account_screen *screen, const struct event *event)
{
	const struct wire_reply *reply = event->reply;

	if (reply->err != ERR_OK)
		device_refused(ui, reply);
	else if (reply->op == WIRE_ACCOUNT)
		take(ui, screen, &reply->u.account);
	else if (reply->op == WIRE_DEACTIVATE)
		deactivated(ui, screen);
	else if (reply->op == WIRE_RENEW_CODES)
		ui_go_over(ui, (enum signin_door)reply->door, &screen_codes);
	else if (reply->op == WIRE_ENROL)
		enrolment_show(ui, event);
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct account_screen *screen = state;

	if (event->type == EVENT_REPLY) {
		answered(ui, screen, event);
		return true;
	}
	return list_handle(&screen->list, event, screen->list.count);
}

static void
act(struct ui *ui, void *state, int id)
{
	const struct account_screen *screen = state;

	if (id == PART_ENTER && screen->have && screen->list.chosen < screen->list.count)
		opens[chosen_row(screen).item](ui, screen);
	if (id == PART_BACK)
		ui_pop(ui);
}

/* --- drawing ------------------------------------------------------------------------ */

static void
draw_on(struct page *page, const struct wire_account_reply *account)
{
	page_line(page, STYLE_BOLD, 0, _("Two-factor authentication is on."));
	if (account->mandatory)
		page_line(page, STYLE_DIM, 2, account_required(account));
}

static void
draw_off(struct page *page, const struct wire_account_reply *account)
{
	page_line(page, STYLE_BOLD, 0, _("Two-factor authentication is off."));
	page_line(page, STYLE_PLAIN, 2,
	    _("Your password alone opens this console. With a 6-digit code from your phone, a "
	      "stolen password is not enough."));
	if (account->mandatory)
		page_line(page, STYLE_BOLD, 2, account_required_now(account));
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct account_screen *screen = state;
	struct account_row list[ACCOUNT_ROWS];
	struct menu_row rows[ACCOUNT_ROWS] = { { .label = NULL } };
	char labels[ACCOUNT_ROWS][TEXT_LABEL_SIZE];
	struct page page = parts_page(ui, area);
	size_t count;

	if (!screen->have)
		return false;
	count = account_rows(&screen->account, list);
	for (size_t i = 0; i < count; i++) {
		account_row_label(&list[i], &screen->account, labels[i], sizeof labels[i]);
		account_row_text(&list[i], &screen->account, ui->clock(), rows[i].text,
		    sizeof rows[i].text);
		rows[i].label = labels[i];
	}
	int reserved = page_reserve(&page, menu_least(&page, rows, count, screen->list.chosen));
	if (screen->account.user.has_2fa)
		draw_on(&page, &screen->account);
	else
		draw_off(&page, &screen->account);
	page_gap(&page);
	page_release(&page, reserved);
	menu_draw(&page, rows, count, screen->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_account = {
	.name = "account",
	.about = N_("How your account is protected, your language, and whether you are asked line "
		    "by line. An authenticator is the application that shows your 6-digit "
		    "codes: when you have a new phone, open it here and choose Replace. A "
		    "recovery code signs you in once without it."),
	.title = N_("My account"),
	.state_size = sizeof(struct account_screen),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
	.resume = resume,
};
