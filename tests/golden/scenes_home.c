/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Home, by role, and what is told there. */
#include "scene.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct wire_reply
at_home(enum role role, bool has_2fa, unsigned recovery_left)
{
	struct wire_reply reply = answer(WIRE_HOME, ERR_OK, DOOR_HOME);
	struct wire_user *user = &reply.u.home.user;

	wire_put(user->name, sizeof user->name, "claire");
	wire_put(user->last_source, sizeof user->last_source, "10.0.0.7");
	user->role = (uint8_t)role;
	user->has_2fa = has_2fa;
	user->enabled = 1;
	user->devices = has_2fa;
	user->recovery_left = recovery_left;
	user->last_sign_in = YESTERDAY_1703;
	reply.u.home.mandatory = has_2fa;
	reply.u.home.everyone = has_2fa;
	return reply;
}

void
signed_in(struct ui *ui, enum role role, bool has_2fa)
{
	password_passed(ui, DOOR_HOME);
	struct wire_reply reply = at_home(role, has_2fa, has_2fa ? 9 : 0);
	give(ui, &reply);
}

static void
home(struct ui *ui)
{
	codes_saved(ui);
	struct wire_reply reply = at_home(ROLE_SUPER_ADMINISTRATOR, true, 10);
	give(ui, &reply);
}

static void
home_administrator(struct ui *ui)
{
	signed_in(ui, ROLE_ADMINISTRATOR, true);
}

static void
home_operator(struct ui *ui)
{
	signed_in(ui, ROLE_OPERATOR, true);
	press(ui, KEY_DOWN_);
}

/* All of it is in sight: a key that scrolls takes nothing away. */
static void
home_help(struct ui *ui)
{
	home(ui);
	press(ui, KEY_HELP_);
	press(ui, KEY_DOWN_);
}

static struct wire_reply
first_time(void)
{
	struct wire_reply reply = at_home(ROLE_OPERATOR, false, 0);

	reply.u.home.user.last_sign_in = 0;
	reply.u.home.user.last_source[0] = '\0';
	return reply;
}

static void
home_first(struct ui *ui)
{
	password_passed(ui, DOOR_HOME);
	struct wire_reply reply = first_time();
	give(ui, &reply);
}

static void
home_first_failures(struct ui *ui)
{
	password_passed(ui, DOOR_HOME);
	struct wire_reply reply = first_time();
	reply.u.home.user.failures_since = 1;
	give(ui, &reply);
}

/* It became mandatory while she was signed in without. */
static void
home_mandatory(struct ui *ui)
{
	signed_in(ui, ROLE_ADMINISTRATOR, false);
	news(ui);
	struct wire_reply reply = at_home(ROLE_ADMINISTRATOR, false, 0);
	reply.u.home.mandatory = 1;
	reply.u.home.everyone = 1;
	give(ui, &reply);
}

/* The same of her role alone. */
static void
home_mandatory_role(struct ui *ui)
{
	signed_in(ui, ROLE_ADMINISTRATOR, false);
	news(ui);
	struct wire_reply reply = at_home(ROLE_ADMINISTRATOR, false, 0);
	reply.u.home.mandatory = 1;
	give(ui, &reply);
}

void
happening(struct wire_notice *notice, const char *action, const char *target, const char *detail,
    int64_t when)
{
	memset(notice, 0, sizeof *notice);
	wire_put(notice->who, sizeof notice->who, "host:root");
	wire_put(notice->source, sizeof notice->source, "local");
	wire_put(notice->action, sizeof notice->action, action);
	wire_put(notice->target, sizeof notice->target, target);
	wire_put(notice->detail, sizeof notice->detail, detail);
	notice->time = when;
	notice->mine = *target == '\0';
	notice->unread = true;
}

static void
note(struct wire_home_reply *home, const char *action, const char *target, const char *detail,
    int64_t when)
{
	happening(&home->notice[home->notices++], action, target, detail, when);
}

static struct wire_reply
noted(void)
{
	struct wire_reply reply = at_home(ROLE_SUPER_ADMINISTRATOR, true, 9);

	note(&reply.u.home, "setting", "require-2fa", "no", TODAY_1503);
	note(&reply.u.home, "setting", "console-name", "Night shift", YESTERDAY_1703);
	note(&reply.u.home, "reset-2fa", "bob", "the phone fell into the lake", YESTERDAY_1703);
	return reply;
}

static void
home_notices(struct ui *ui)
{
	password_passed(ui, DOOR_HOME);
	struct wire_reply reply = noted();
	give(ui, &reply);
}

/* More than have room. */
static void
home_notices_more(struct ui *ui)
{
	password_passed(ui, DOOR_HOME);
	struct wire_reply reply = noted();
	reply.u.home.notices = 13;
	give(ui, &reply);
}

/* A phone that is off, few codes, failed attempts. */
static void
home_attention(struct ui *ui)
{
	password_passed(ui, DOOR_CODE);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_CODE, ERR_CODE_WRONG, DOOR_CODE, 17);
	type(ui, "y123456");
	press(ui, KEY_ENTER_);
	type(ui, "654321");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_RESYNC, ERR_OK, DOOR_HOME);
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "claire");
	reply.u.signin.skew = 130;
	give(ui, &reply);
	reply = at_home(ROLE_ADMINISTRATOR, true, 3);
	reply.u.home.user.failures_since = 4;
	note(&reply.u.home, "setting", "require-2fa", "yes", TODAY_1503);
	give(ui, &reply);
	press(ui, KEY_DOWN_);
}

static void
home_recovery(struct ui *ui)
{
	password_passed(ui, DOOR_CODE);
	type(ui, "r");
	paste(ui, "abcd-efgh 2345 6722");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_RECOVERY, ERR_OK, DOOR_HOME);
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "claire");
	reply.u.signin.used_recovery = 1;
	reply.u.signin.recovery_left = 9;
	give(ui, &reply);
	reply = at_home(ROLE_OPERATOR, true, 9);
	give(ui, &reply);
	press(ui, KEY_ESC);
}

/* --- a sign-in that was not theirs ---------------------------------------------------- */

static void
not_me(struct ui *ui)
{
	signed_in(ui, ROLE_OPERATOR, true);
	type(ui, "w");
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_not_me);
	type(ui, "open sesame");
}

static void
not_me_said(struct ui *ui)
{
	not_me(ui);
	press(ui, KEY_ENTER_);
	type(ui, "the milk is too cold");
	press(ui, KEY_ENTER_);
	type(ui, "the milk is too cold");
	press(ui, KEY_ENTER_);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_NOT_ME);
	struct wire_reply reply = answer(WIRE_NOT_ME, ERR_OK, DOOR_CONFIGURE);
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_configure);
	reply = enrolled("ProVconnect", "claire");
	give(ui, &reply);
}

const struct scene scenes_home[] = {
	{ "not-me", not_me },
	{ "not-me-said", not_me_said },
	{ "home", home },
	{ "home-administrator", home_administrator },
	{ "home-operator", home_operator },
	{ "home-help", home_help },
	{ "home-first", home_first },
	{ "home-first-failures", home_first_failures },
	{ "home-mandatory", home_mandatory },
	{ "home-mandatory-role", home_mandatory_role },
	{ "home-notices", home_notices },
	{ "home-notices-more", home_notices_more },
	{ "home-attention", home_attention },
	{ "home-recovery", home_recovery },
	{ NULL, NULL },
};
