/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Users: the list. */
#include "people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

static const struct letter_way by_ssh = { .known = true,
	.service = true,
	.who = "console",
	.host = "srv1",
	.command = "ssh console@srv1" };

/* --- who there is ------------------------------------------------------------------- */

static void
person_of(struct wire_user *user, const char *name, enum role role)
{
	wire_put(user->name, sizeof user->name, name);
	user->role = (uint8_t)role;
	user->enabled = 1;
	user->created = YESTERDAY_1703 - 90000;
}

struct wire_user
alice(void)
{
	struct wire_user user = { 0 };

	person_of(&user, "alice", ROLE_OPERATOR);
	user.has_2fa = 1;
	user.devices = 2;
	user.recovery_left = 9;
	user.last_sign_in = TODAY_1503 - 21000;
	wire_put(user.last_source, sizeof user.last_source, "10.0.0.7");
	return user;
}

struct wire_user
bruno(void)
{
	struct wire_user user = { 0 };

	person_of(&user, "bruno", ROLE_OPERATOR);
	user.password_due = 1;
	user.password_expires = user.enrol_until = TODAY_1503 + 130000;
	return user;
}

struct wire_user
chloe(void)
{
	struct wire_user user = alice();

	person_of(&user, "chloe", ROLE_ADMINISTRATOR);
	user.last_sign_in = YESTERDAY_1703;
	user.codes_paused = user.paused_until = TODAY_1503 + 3673;
	user.failures_since = 6;
	return user;
}

struct wire_user
dana(void)
{
	struct wire_user user = alice();

	person_of(&user, "dana", ROLE_SUPER_ADMINISTRATOR);
	user.here = 1;
	return user;
}

/* A page of the four, and as many more as stand before it. */
struct wire_reply
people_page(uint32_t people, bool more)
{
	struct wire_reply reply = answer(WIRE_USER_LIST, ERR_OK, DOOR_HOME);
	struct wire_user_page_reply *page = &reply.u.user_page;

	page->user[0] = alice();
	page->user[1] = bruno();
	page->user[2] = chloe();
	page->user[3] = dana();
	page->count = 4;
	page->more = more;
	page->counts = (struct wire_counts){ .people = people, .with_2fa = 3, .paused = 1 };
	return reply;
}

static void
open_users(struct ui *ui, enum role role)
{
	signed_in(ui, role, true);
	ui->way = &by_ssh;
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "users");
}

void
users(struct ui *ui)
{
	open_users(ui, ROLE_SUPER_ADMINISTRATOR);
	struct wire_reply reply = people_page(4, false);
	give(ui, &reply);
}

/* An administrator is told of operators alone. */
static void
users_administrator(struct ui *ui)
{
	open_users(ui, ROLE_ADMINISTRATOR);
	struct wire_reply reply = people_page(2, false);
	reply.u.user_page.count = 2;
	reply.u.user_page.counts = (struct wire_counts){ .people = 2, .with_2fa = 1 };
	give(ui, &reply);
}

static void
users_none(struct ui *ui)
{
	open_users(ui, ROLE_ADMINISTRATOR);
	struct wire_reply reply = answer(WIRE_USER_LIST, ERR_OK, DOOR_HOME);
	give(ui, &reply);
}

/* A page of many, numbered from `first` on. */
static struct wire_reply
many(unsigned first, bool backward)
{
	struct wire_reply reply = people_page(100000, true);
	struct wire_user_page_reply *page = &reply.u.user_page;

	for (unsigned i = 0; i < WIRE_USERS_PAGE; i++) {
		unsigned at = backward ? WIRE_USERS_PAGE - 1 - i : i;
		char name[32];

		page->user[at] = i % 9 == 4 ? chloe() : i % 5 == 2 ? bruno() : alice();
		(void)snprintf(name, sizeof name, "person-%05u", first + i);
		person_of(&page->user[at], name, (enum role)page->user[at].role);
	}
	page->count = WIRE_USERS_PAGE;
	return reply;
}

/* The keeper is asked for the next page before the last row of this one is reached. */
static void
users_many(struct ui *ui)
{
	open_users(ui, ROLE_SUPER_ADMINISTRATOR);
	struct wire_reply reply = many(0, false);
	give(ui, &reply);
	for (int i = 0; i < 8; i++)
		press(ui, KEY_DOWN_);
	if (ui->waiting) {
		reply = many(WIRE_USERS_PAGE, false);
		give(ui, &reply);
	}
}

/* The last page is asked for from its end. */
static void
users_end(struct ui *ui)
{
	open_users(ui, ROLE_SUPER_ADMINISTRATOR);
	struct wire_reply reply = many(0, false);
	give(ui, &reply);
	if (ui->waiting) {
		reply = many(WIRE_USERS_PAGE, false);
		give(ui, &reply);
	}
	press(ui, KEY_END_);
	reply = many(99952, true);
	give(ui, &reply);
	if (ui->waiting) {
		reply = many(99904, true);
		give(ui, &reply);
	}
}

static void
users_filter(struct ui *ui)
{
	users(ui);
	type(ui, "/");
	type(ui, "d");
	struct wire_reply reply = people_page(4, false);
	reply.u.user_page.user[0] = dana();
	reply.u.user_page.count = 1;
	give(ui, &reply);
}

static void
users_filter_nobody(struct ui *ui)
{
	users_filter(ui);
	type(ui, "q");
	struct wire_reply reply = people_page(4, false);
	memset(reply.u.user_page.user, 0, sizeof reply.u.user_page.user);
	reply.u.user_page.count = 0;
	give(ui, &reply);
}

static void
users_sorted(struct ui *ui)
{
	users(ui);
	type(ui, "s");
	struct wire_reply reply = people_page(4, false);
	reply.u.user_page.order = PEOPLE_BY_ROLE;
	give(ui, &reply);
}

/* Names as long as they may be, of letters two columns wide. */
static void
users_wide(struct ui *ui)
{
	open_users(ui, ROLE_SUPER_ADMINISTRATOR);
	struct wire_reply reply = people_page(4, false);
	char *name = reply.u.user_page.user[0].name;

	for (int i = 0; i < 64; i++)
		memcpy(name + 3 * i, "\xe7\x94\xb0", 3);
	give(ui, &reply);
}

static void
users_denied(struct ui *ui)
{
	users(ui);
	news(ui);
	refuse(ui, WIRE_USER_LIST, ERR_DENIED, DOOR_HOME, 0);
	struct wire_reply reply = at_home(ROLE_OPERATOR, true, 9);
	give(ui, &reply);
}

const struct scene scenes_users[] = {
	{ "users", users },
	{ "users-administrator", users_administrator },
	{ "users-none", users_none },
	{ "users-many", users_many },
	{ "users-end", users_end },
	{ "users-filter", users_filter },
	{ "users-filter-nobody", users_filter_nobody },
	{ "users-sorted", users_sorted },
	{ "users-wide", users_wide },
	{ "users-denied", users_denied },
	{ NULL, NULL },
};
