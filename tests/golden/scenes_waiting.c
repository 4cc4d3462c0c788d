/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a second Super Administrator. */
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
home_waiting(struct ui *ui)
{
	signed_in(ui, ROLE_SUPER_ADMINISTRATOR, true);
	struct wire_reply reply = at_home(ROLE_SUPER_ADMINISTRATOR, true, 9);
	reply.u.home.waiting = 3;
	give(ui, &reply);
	press(ui, KEY_END_);
	press(ui, KEY_UP_);
}

static void
put(struct wire_waiting *row, enum wire_op what, const char *asker, const char *name)
{
	row->asked = YESTERDAY_1703;
	row->until = YESTERDAY_1703 + 86400;
	row->what = what;
	row->second = 1;
	wire_put(row->asker, sizeof row->asker, asker);
	wire_put(row->name, sizeof row->name, name);
}

static void
waiting(struct ui *ui)
{
	home_waiting(ui);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_waiting);
	struct wire_reply reply = answer(WIRE_WAITING_LIST, ERR_OK, DOOR_HOME);
	struct wire_waiting_page_reply *page = &reply.u.waiting_page;
	page->count = 3;
	put(&page->row[0], WIRE_USER_RESET, "alice",
	    "claire.of.the.operators.of.the.second.line.by.night@example.org");
	wire_put(page->row[0].detail, sizeof page->row[0].detail, "2026");
	put(&page->row[1], WIRE_USER_PASSWORD, "alice", "alice");
	page->row[1].invite = 1;
	put(&page->row[2], WIRE_SETTING_CHANGE, "claire", "require-2fa");
	page->row[2].mine = 1;
	page->row[2].second = 0;
	give(ui, &reply);
}

static void
waiting_own(struct ui *ui)
{
	waiting(ui);
	press(ui, KEY_END_);
}

static void
waiting_none(struct ui *ui)
{
	waiting(ui);
	struct wire_reply reply = answer(WIRE_WAITING_LIST, ERR_OK, DOOR_HOME);
	give(ui, &reply);
}

static void
waiting_confirm(struct ui *ui)
{
	waiting(ui);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

static void
waiting_refuse(struct ui *ui)
{
	waiting(ui);
	type(ui, "f");
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

static void
waiting_withdraw(struct ui *ui)
{
	waiting_own(ui);
	type(ui, "w");
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

/* An invitation is shown to who confirms, as to who invites. */
static void
waiting_invited(struct ui *ui)
{
	waiting(ui);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_WAITING_CONFIRM, ERR_OK, DOOR_HOME);
	reply.now = TODAY_1503;
	reply.u.user_add.expires = TODAY_1503 + 3 * 86400;
	wire_put(reply.u.user_add.invitation, sizeof reply.u.user_add.invitation,
	    "ABCD-EFGH-IJKL-MNOP");
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_invitation);
}

static void
waiting_gone(struct ui *ui)
{
	waiting_confirm(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_WAITING_CONFIRM, ERR_WAITING_GONE, DOOR_HOME, 0);
}

const struct scene scenes_waiting[] = {
	{ "home-waiting", home_waiting },
	{ "waiting", waiting },
	{ "waiting-own", waiting_own },
	{ "waiting-none", waiting_none },
	{ "waiting-confirm", waiting_confirm },
	{ "waiting-refuse", waiting_refuse },
	{ "waiting-withdraw", waiting_withdraw },
	{ "waiting-invited", waiting_invited },
	{ "waiting-gone", waiting_gone },
	{ NULL, NULL },
};
