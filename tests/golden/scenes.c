/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "scene.h"

#define KEY "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

enum { TODAY_1503 = 1763996580, YESTERDAY_1703 = 1763917380 };

/* --- first run and sign in --------------------------------------------------------- */

static void
first_run(struct ui *ui)
{
	ui_replace(ui, &screen_first_run);
}

static void
first_run_differs(struct ui *ui)
{
	first_run(ui);
	type(ui, "alice");
	press(ui, KEY_ENTER_);
	type(ui, "the tea is too hot");
	press(ui, KEY_ENTER_);
	type(ui, "the tea is too cold");
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_NO_OP);
}

static void
first_run_short(struct ui *ui)
{
	first_run(ui);
	type(ui, "alice");
	press(ui, KEY_TAB);
	type(ui, "tea");
	press(ui, KEY_TAB);
	type(ui, "tea");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_FIRST_RUN, ERR_PASSWORD_SHORT, DOOR_NAME, 0);
}

static void
sign_in(struct ui *ui)
{
	ui_enter_door(ui, DOOR_NAME);
}

static void
sign_in_checking(struct ui *ui)
{
	sign_in(ui);
	type(ui, "claire");
	press(ui, KEY_ENTER_);
	type(ui, "open sesame, please");
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_PASSWORD);
}

static void
sign_in_wrong(struct ui *ui)
{
	sign_in_checking(ui);
	refuse(ui, WIRE_PASSWORD, ERR_CREDENTIALS, DOOR_NAME, 0);
}

static void
sign_in_paused(struct ui *ui)
{
	sign_in_checking(ui);
	refuse(ui, WIRE_PASSWORD, ERR_PAUSED, DOOR_NAME, 27);
}

/* Enter goes to the field that is empty, and there says what is missing. */
static void
sign_in_empty(struct ui *ui)
{
	sign_in(ui);
	type(ui, "claire");
	press(ui, KEY_ENTER_);
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_NO_OP);
}

static void
password_passed(struct ui *ui, enum signin_door door)
{
	sign_in_checking(ui);
	struct wire_reply reply = answer(WIRE_PASSWORD, ERR_OK, door);
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "claire");
	give(ui, &reply);
}

/* Esc at a later door comes back with the name. */
static void
sign_in_again(struct ui *ui)
{
	password_passed(ui, DOOR_CODE);
	press(ui, KEY_ESC);
	struct wire_reply reply = answer(WIRE_BACK, ERR_OK, DOOR_NAME);
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "claire");
	give(ui, &reply);
}

/* --- the second door ------------------------------------------------------------------ */

static void
code(struct ui *ui)
{
	password_passed(ui, DOOR_CODE);
	paste(ui, "12 3\n");
}

static void
code_short(struct ui *ui)
{
	code(ui);
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_PASSWORD);
}

/* A letter is a shortcut only outside of a paste, and y only after a refusal. */
static void
code_wrong(struct ui *ui)
{
	code(ui);
	paste(ui, "ry456");
	type(ui, "y");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_CODE, ERR_CODE_WRONG, DOOR_CODE, 17);
}

static void
code_used(struct ui *ui)
{
	password_passed(ui, DOOR_CODE);
	paste(ui, "123456\n");
	assert_int_equal(ui->asked.op, WIRE_PASSWORD);
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_CODE, ERR_CODE_USED, DOOR_CODE, 12);
}

static void
code_locked(struct ui *ui)
{
	password_passed(ui, DOOR_CODE);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_CODE, ERR_CODE_LOCKED, DOOR_CODE, 0);
}

static void
recovery(struct ui *ui)
{
	password_passed(ui, DOOR_CODE);
	type(ui, "R");
	paste(ui, "abcd-efgh 2345");
}

static void
recovery_wrong(struct ui *ui)
{
	recovery(ui);
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_RECOVERY, ERR_RECOVERY_WRONG, DOOR_CODE, 0);
}

static void
resync(struct ui *ui)
{
	code_wrong(ui);
	type(ui, "y");
	type(ui, "123456");
}

static void
resync_wrong(struct ui *ui)
{
	resync(ui);
	press(ui, KEY_ENTER_);
	type(ui, "654321");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_RESYNC, ERR_RESYNC_WRONG, DOOR_CODE, 0);
}

static void
new_password(struct ui *ui)
{
	password_passed(ui, DOOR_PASSWORD);
}

static void
new_password_common(struct ui *ui)
{
	new_password(ui);
	type(ui, "password1234");
	press(ui, KEY_ENTER_);
	type(ui, "password1234");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_NEW_PASSWORD, ERR_PASSWORD_COMMON, DOOR_PASSWORD, 0);
}

/* --- configure -------------------------------------------------------------------------- */

static struct wire_reply
enrolled(const char *issuer, const char *account)
{
	struct wire_reply reply = answer(WIRE_ENROL, ERR_OK, DOOR_CONFIGURE);
	struct wire_enrol_reply *enrol = &reply.u.enrol;
	char uri[WIRE_URI_SIZE];

	wire_put(enrol->key, sizeof enrol->key, KEY);
	wire_put(enrol->issuer, sizeof enrol->issuer, issuer);
	wire_put(enrol->account, sizeof enrol->account, account);
	snprintf(uri, sizeof uri, "otpauth://totp/%s:%s?secret=" KEY "&issuer=%s", issuer, account, issuer);
	wire_put(enrol->uri, sizeof enrol->uri, uri);
	snprintf(uri, sizeof uri, "otpauth://totp/%s?secret=" KEY "&issuer=%s", account, issuer);
	wire_put(enrol->uri_short, sizeof enrol->uri_short, uri);
	enrol->began = TODAY_1503;
	return reply;
}

static void
configure(struct ui *ui)
{
	password_passed(ui, DOOR_CONFIGURE);
	struct wire_reply reply = enrolled("ProVconnect", "claire");
	give(ui, &reply);
}

/* Version 6 has room at 80x24 with a quiet zone of 1; a longer name leaves its issuer out of the label. */
static void
configure_long_name(struct ui *ui)
{
	password_passed(ui, DOOR_CONFIGURE);
	struct wire_reply reply = enrolled("ProVconnect", "claire.of.the.second.line@example.org");
	give(ui, &reply);
}

static void
configure_longest_name(struct ui *ui)
{
	password_passed(ui, DOOR_CONFIGURE);
	struct wire_reply reply = enrolled("TheOperatorsOfTheSecondLine",
	    "claire.of.the.operators.of.the.second.line.by.night@example.org");
	give(ui, &reply);
}

static void
configure_wrong(struct ui *ui)
{
	configure(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_ACTIVATE, ERR_CODE_WRONG, DOOR_CONFIGURE, 17);
}

static void
configure_copied(struct ui *ui)
{
	configure(ui);
	type(ui, "1c");
}

static void
configure_cleared(struct ui *ui)
{
	configure_copied(ui);
	type(ui, "x");
}

static void
configure_inverted(struct ui *ui)
{
	configure(ui);
	type(ui, "v");
}

static void
configure_large(struct ui *ui)
{
	configure(ui);
	type(ui, "vv");
}

static void
configure_resumed(struct ui *ui)
{
	password_passed(ui, DOOR_CONFIGURE);
	struct wire_reply reply = enrolled("ProVconnect", "claire");
	reply.u.enrol.resumed = 1;
	give(ui, &reply);
}

static void
configure_expired(struct ui *ui)
{
	configure(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_ACTIVATE, ERR_PENDING_GONE, DOOR_CONFIGURE, 0);
	struct wire_reply reply = enrolled("ProVconnect", "claire");
	reply.u.enrol.resumed = 1;	/* another screen made it: that this one's is gone matters more */
	give(ui, &reply);
}

static void
configure_on_copy(struct ui *ui)
{
	configure(ui);
	press(ui, KEY_TAB);
	press(ui, KEY_TAB);
}

static void
key(struct ui *ui)
{
	configure(ui);
	type(ui, "12k3");
}

static void
key_wrong(struct ui *ui)
{
	key(ui);
	type(ui, "456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_ACTIVATE, ERR_CODE_WRONG, DOOR_CONFIGURE, 17);
}

/* --- recovery codes ------------------------------------------------------------------------ */

static void
codes_shown(struct ui *ui)
{
	struct wire_reply reply = answer(WIRE_CODES, ERR_OK, DOOR_RECOVERY);

	for (int i = 0; i < ACCOUNT_RECOVERY_CODES; i++)
		snprintf(reply.u.codes.code[i], WIRE_RECOVERY_SIZE, "ABCD-EFGH-2345-%c%c%c%c", 'K' + i, 'A' + i, 'P' + i, 'B' + i);
	give(ui, &reply);
}

static void
codes(struct ui *ui)
{
	configure(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_ACTIVATE, ERR_OK, DOOR_RECOVERY);
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "claire");
	give(ui, &reply);
	type(ui, "  \n");
	press(ui, KEY_ENTER_);
	codes_shown(ui);
	assert_int_equal(ui->asked.op, WIRE_CODES);
}

static void
codes_on_button(struct ui *ui)
{
	codes(ui);
	press(ui, KEY_ESC);
	assert_string_equal(ui->message, "Save the codes, then press the button.");
	press(ui, KEY_ENTER_);
}

static void
codes_copied(struct ui *ui)
{
	codes(ui);
	type(ui, "c");
}

/* --- home and My account --------------------------------------------------------------------- */

static struct wire_reply
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
	return reply;
}

static void
home(struct ui *ui)
{
	codes_on_button(ui);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_CODES_SAVED, ERR_OK, DOOR_HOME);
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "claire");
	give(ui, &reply);
	reply = at_home(ROLE_SUPER_ADMINISTRATOR, true, 10);
	give(ui, &reply);
}

static void
home_without(struct ui *ui)
{
	password_passed(ui, DOOR_HOME);
	struct wire_reply reply = at_home(ROLE_OPERATOR, false, 0);
	reply.u.home.user.last_sign_in = 0;
	reply.u.home.user.last_source[0] = '\0';
	give(ui, &reply);
}

static void
home_attention(struct ui *ui)
{
	resync(ui);
	press(ui, KEY_ENTER_);
	type(ui, "654321");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_RESYNC, ERR_OK, DOOR_HOME);
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "claire");
	reply.u.signin.skew = 130;
	give(ui, &reply);
	reply = at_home(ROLE_ADMINISTRATOR, true, 3);
	reply.u.home.user.failures_since = 4;
	reply.u.home.notices = 1;
	wire_put(reply.u.home.notice_action[0], sizeof reply.u.home.notice_action[0], "require-2fa");
	wire_put(reply.u.home.notice[0], sizeof reply.u.home.notice[0], "no");
	reply.u.home.notice_time[0] = TODAY_1503;
	give(ui, &reply);
	press(ui, KEY_DOWN_);
}

static void
home_recovery(struct ui *ui)
{
	recovery(ui);
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

static void
account(struct ui *ui)
{
	home(ui);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = at_home(ROLE_SUPER_ADMINISTRATOR, true, 10);
	give(ui, &reply);
}

static void
account_without(struct ui *ui)
{
	home_without(ui);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = at_home(ROLE_OPERATOR, false, 0);
	give(ui, &reply);
}

static void
activate(struct ui *ui)
{
	account_without(ui);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = enrolled("ProVconnect", "claire");
	reply.door = DOOR_HOME;
	give(ui, &reply);
}

/* Esc returns to My account, and completion too. */
static void
activated(struct ui *ui)
{
	activate(ui);
	press(ui, KEY_ESC);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_account);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = enrolled("ProVconnect", "claire");
	reply.door = DOOR_HOME;
	give(ui, &reply);
	type(ui, "k123456");
	press(ui, KEY_ENTER_);
	reply = answer(WIRE_ACTIVATE, ERR_OK, DOOR_RECOVERY);
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "claire");
	give(ui, &reply);
	codes_shown(ui);
	press(ui, KEY_TAB);
	press(ui, KEY_ENTER_);
	reply = answer(WIRE_CODES_SAVED, ERR_OK, DOOR_HOME);
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "claire");
	give(ui, &reply);
	reply = at_home(ROLE_OPERATOR, true, 10);
	give(ui, &reply);
}

static void
help(struct ui *ui)
{
	configure(ui);
	press(ui, KEY_HELP_);
}

const struct scene scenes[] = {
	{ "first-run", first_run },
	{ "first-run-differs", first_run_differs },
	{ "first-run-short", first_run_short },
	{ "sign-in", sign_in },
	{ "sign-in-checking", sign_in_checking },
	{ "sign-in-wrong", sign_in_wrong },
	{ "sign-in-paused", sign_in_paused },
	{ "sign-in-empty", sign_in_empty },
	{ "sign-in-again", sign_in_again },
	{ "code", code },
	{ "code-short", code_short },
	{ "code-wrong", code_wrong },
	{ "code-used", code_used },
	{ "code-locked", code_locked },
	{ "recovery", recovery },
	{ "recovery-wrong", recovery_wrong },
	{ "resync", resync },
	{ "resync-wrong", resync_wrong },
	{ "new-password", new_password },
	{ "new-password-common", new_password_common },
	{ "configure", configure },
	{ "configure-long-name", configure_long_name },
	{ "configure-longest-name", configure_longest_name },
	{ "configure-wrong", configure_wrong },
	{ "configure-copied", configure_copied },
	{ "configure-cleared", configure_cleared },
	{ "configure-inverted", configure_inverted },
	{ "configure-large", configure_large },
	{ "configure-resumed", configure_resumed },
	{ "configure-expired", configure_expired },
	{ "configure-on-copy", configure_on_copy },
	{ "key", key },
	{ "key-wrong", key_wrong },
	{ "codes", codes },
	{ "codes-on-button", codes_on_button },
	{ "codes-copied", codes_copied },
	{ "home", home },
	{ "home-without", home_without },
	{ "home-attention", home_attention },
	{ "home-recovery", home_recovery },
	{ "account", account },
	{ "account-without", account_without },
	{ "activate", activate },
	{ "activated", activated },
	{ "help", help },
	{ NULL, NULL },
};
