/* SPDX-License-Identifier: GPL-3.0-or-later */
/* My account, and what is done there. */
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct wire_reply
account_of(bool has_2fa, bool mandatory)
{
	struct wire_reply reply = answer(WIRE_ACCOUNT, ERR_OK, DOOR_HOME);
	struct wire_account_reply *account = &reply.u.account;
	struct wire_reply home = at_home(ROLE_OPERATOR, has_2fa, has_2fa ? 9 : 0);

	account->user = home.u.home.user;
	account->mandatory = mandatory;
	account->everyone = mandatory;
	account->device_count = has_2fa;
	if (has_2fa) {
		wire_put(account->device[0].name, sizeof account->device[0].name, "Authenticator");
		account->device[0].id = 1;
		account->device[0].created = YESTERDAY_1703;
		account->device[0].last_used = TODAY_1503;
	}
	return reply;
}

static void
my_account(struct ui *ui, bool has_2fa, bool mandatory)
{
	signed_in(ui, ROLE_OPERATOR, has_2fa);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = account_of(has_2fa, mandatory);
	give(ui, &reply);
}

static void
account(struct ui *ui)
{
	my_account(ui, true, true);
}

static void
account_optional(struct ui *ui)
{
	my_account(ui, true, false);
	press(ui, KEY_DOWN_);
	press(ui, KEY_DOWN_);
	press(ui, KEY_DOWN_);
}

/* The box is off, and her role requires it all the same. */
static void
account_role(struct ui *ui)
{
	struct wire_reply reply = account_of(true, true);

	my_account(ui, true, true);
	reply.u.account.everyone = 0;
	give(ui, &reply);
}

static void
account_role_must(struct ui *ui)
{
	struct wire_reply reply = account_of(false, true);

	my_account(ui, false, true);
	reply.u.account.everyone = 0;
	give(ui, &reply);
}

static void
account_without(struct ui *ui)
{
	my_account(ui, false, false);
}

static void
account_must(struct ui *ui)
{
	my_account(ui, false, true);
}

/* The key is shown to who knows the password, and not to who passes by. */
static void
activate_asked(struct ui *ui)
{
	account_without(ui);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
	type(ui, "open sesame");
}

static void
activate_wrong(struct ui *ui)
{
	activate_asked(ui);
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_ENROL, ERR_PASSWORD_WRONG, DOOR_HOME, 0);
}

static void
activate(struct ui *ui)
{
	activate_asked(ui);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = enrolled("ProVconnect", "claire");
	reply.door = DOOR_HOME;
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_configure);
}

/* Another line has made another key, or none is needed any more. */
static void
activate_gone(struct ui *ui)
{
	activate(ui);
	type(ui, "k123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_ACTIVATE, ERR_PENDING_GONE, DOOR_HOME, 0);
	struct wire_reply reply = account_of(false, false);
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_account);
}

/* Esc returns to My account, and completion too. */
static void
activated(struct ui *ui)
{
	activate(ui);
	press(ui, KEY_ESC);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_account);
	struct wire_reply reply = account_of(false, false);
	give(ui, &reply);
	press(ui, KEY_ENTER_);
	type(ui, "open sesame");
	press(ui, KEY_ENTER_);
	reply = enrolled("ProVconnect", "claire");
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
	give(ui, &reply);
	reply = account_of(true, false);
	give(ui, &reply);
	assert_int_equal(ui->facts.door, DOOR_HOME);
}

/* --- what asks for a proof ---------------------------------------------------------------------
 */

static void
deactivate(struct ui *ui)
{
	account_optional(ui);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

static void
deactivate_wrong(struct ui *ui)
{
	deactivate(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_DEACTIVATE, ERR_CODE_WRONG, DOOR_HOME, 17);
}

/* The code that signed in is spent: the dialog counts down from the start. */
static void
deactivate_spent(struct ui *ui)
{
	signed_in(ui, ROLE_OPERATOR, true);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = account_of(true, false);
	reply.u.account.next_code = ui->clock() + 17;
	give(ui, &reply);
	press(ui, KEY_DOWN_);
	press(ui, KEY_DOWN_);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
}

static void
deactivate_used(struct ui *ui)
{
	deactivate(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_DEACTIVATE, ERR_CODE_USED, DOOR_HOME, 47);
}

static void
deactivate_recovery(struct ui *ui)
{
	deactivate(ui);
	type(ui, "rabcdefgh");
}

/* It became mandatory meanwhile. */
static void
deactivate_mandatory(struct ui *ui)
{
	deactivate(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_DEACTIVATE, ERR_MANDATORY, DOOR_HOME, 0);
	struct wire_reply reply = account_of(true, true);
	give(ui, &reply);
}

static void
deactivated(struct ui *ui)
{
	deactivate(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_DEACTIVATE, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	reply = account_of(false, false);
	give(ui, &reply);
}

static void
renew(struct ui *ui)
{
	account(ui);
	press(ui, KEY_DOWN_);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	type(ui, "1234");
}

static void
renewed(struct ui *ui)
{
	renew(ui);
	type(ui, "56");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_RENEW_CODES, ERR_OK, DOOR_RECOVERY);
	give(ui, &reply);
	codes_shown(ui);
}

/* --- a new password
 * ------------------------------------------------------------------------------- */

static void
change(struct ui *ui, bool has_2fa, int64_t spent)
{
	signed_in(ui, ROLE_OPERATOR, has_2fa);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = account_of(has_2fa, has_2fa);
	reply.u.account.next_code = spent;
	give(ui, &reply);
	press(ui, KEY_END_);
	press(ui, KEY_UP_);
	press(ui, KEY_UP_);
	press(ui, KEY_UP_);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_change_password);
}

static void
change_password(struct ui *ui)
{
	change(ui, true, 0);
	type(ui, "the tea is too hot");
}

static void
change_password_spent(struct ui *ui)
{
	change(ui, true, ui->clock() + 17);
}

static void
change_password_without(struct ui *ui)
{
	change(ui, false, 0);
}

static void
fill_passwords(struct ui *ui, const char *fresh, const char *repeat)
{
	type(ui, "the tea is too hot");
	press(ui, KEY_ENTER_);
	type(ui, fresh);
	press(ui, KEY_ENTER_);
	type(ui, repeat);
	press(ui, KEY_ENTER_);
}

static void
change_password_differs(struct ui *ui)
{
	change(ui, false, 0);
	fill_passwords(ui, "the milk is too cold", "the milk is too old");
	assert_int_not_equal(ui->asked.op, WIRE_CHANGE_PASSWORD);
}

/* Only what was refused is cleared. */
static void
change_password_wrong(struct ui *ui)
{
	change(ui, true, 0);
	fill_passwords(ui, "the milk is too cold", "the milk is too cold");
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_CHANGE_PASSWORD, ERR_PASSWORD_WRONG, DOOR_HOME, 0);
}

static void
change_password_code(struct ui *ui)
{
	change(ui, true, 0);
	fill_passwords(ui, "the milk is too cold", "the milk is too cold");
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_CHANGE_PASSWORD, ERR_CODE_USED, DOOR_HOME, 17);
}

static void
password_changed(struct ui *ui)
{
	change(ui, false, 0);
	fill_passwords(ui, "the milk is too cold", "the milk is too cold");
	struct wire_reply reply = answer(WIRE_CHANGE_PASSWORD, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	reply = account_of(false, false);
	give(ui, &reply);
}

const struct scene scenes_account[] = {
	{ "account", account },
	{ "account-optional", account_optional },
	{ "account-role", account_role },
	{ "account-role-must", account_role_must },
	{ "account-without", account_without },
	{ "account-must", account_must },
	{ "activate-asked", activate_asked },
	{ "activate-wrong", activate_wrong },
	{ "activate", activate },
	{ "activate-gone", activate_gone },
	{ "activated", activated },
	{ "deactivate", deactivate },
	{ "deactivate-wrong", deactivate_wrong },
	{ "deactivate-spent", deactivate_spent },
	{ "deactivate-used", deactivate_used },
	{ "deactivate-recovery", deactivate_recovery },
	{ "deactivate-mandatory", deactivate_mandatory },
	{ "deactivated", deactivated },
	{ "renew", renew },
	{ "renewed", renewed },
	{ "change-password", change_password },
	{ "change-password-spent", change_password_spent },
	{ "change-password-without", change_password_without },
	{ "change-password-differs", change_password_differs },
	{ "change-password-wrong", change_password_wrong },
	{ "change-password-code", change_password_code },
	{ "password-changed", password_changed },
	{ NULL, NULL },
};
