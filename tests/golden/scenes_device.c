/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's authenticators, over My account; and a lost phone, from home. */
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* An account of so many. */
static struct wire_reply
account_with(uint32_t devices, bool mandatory)
{
	static const char *const names[ACCOUNT_DEVICES_MAX] = { "Authenticator", "Work phone",
		"A tablet that lies in the safe, room 12", "Téléphone", "四番目の電話" };
	struct wire_reply reply = account_of(true, mandatory);
	struct wire_account_reply *account = &reply.u.account;

	account->device_count = account->user.devices = devices;
	for (uint32_t i = 0; i < devices; i++) {
		wire_put(account->device[i].name, sizeof account->device[i].name, names[i]);
		account->device[i].id = i + 1;
		account->device[i].created = YESTERDAY_1703;
		account->device[i].last_used = i == 1 ? 0 : TODAY_1503;
	}
	return reply;
}

static void
open_account(struct ui *ui, uint32_t devices, bool mandatory)
{
	signed_in(ui, ROLE_OPERATOR, true);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = account_with(devices, mandatory);
	give(ui, &reply);
}

/* With all that there can be, none is added. */
static void
devices(struct ui *ui)
{
	open_account(ui, ACCOUNT_DEVICES_MAX, true);
	press(ui, KEY_DOWN_);
}

static void
open_device(struct ui *ui, uint32_t count, bool mandatory)
{
	open_account(ui, count, mandatory);
	if (count > 1)
		press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_device);
}

static void
device(struct ui *ui)
{
	open_device(ui, 2, true);
	press(ui, KEY_DOWN_);
}

/* Required, and the only one: it is not removed. */
static void
device_required(struct ui *ui)
{
	open_device(ui, 1, true);
}

static void
device_rename(struct ui *ui)
{
	open_device(ui, 2, true);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_device_name);
}

static void
device_rename_taken(struct ui *ui)
{
	device_rename(ui);
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_DEVICE_RENAME, ERR_DEVICE_TAKEN, DOOR_HOME, 0);
}

static void
device_renamed(struct ui *ui)
{
	device_rename(ui);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_DEVICE_RENAME, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	reply = account_with(2, true);
	give(ui, &reply);
}

static void
device_remove(struct ui *ui)
{
	device(ui);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

/* The last one, where that is allowed: it says what that is. */
static void
device_remove_last(struct ui *ui)
{
	open_device(ui, 1, false);
	press(ui, KEY_END_);
	press(ui, KEY_ENTER_);
}

static void
device_removed(struct ui *ui)
{
	device_remove(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_DEVICE_REMOVE, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	reply = account_with(1, true);
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_account);
}

/* It went on another line: the screen does not stay without it. */
static void
device_gone(struct ui *ui)
{
	device(ui);
	news(ui);
	struct wire_reply reply = account_with(1, true);
	give(ui, &reply);
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_account);
}

/* --- another in its place ----------------------------------------------------------------- */

static void
device_replace(struct ui *ui)
{
	device(ui);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

static struct wire_reply
key_shown(enum wire_op op, const char *name)
{
	struct wire_reply reply = enrolled("ProVconnect", "claire");

	reply.op = op;
	reply.door = DOOR_HOME;
	wire_put(reply.u.enrol.device, sizeof reply.u.enrol.device, name);
	return reply;
}

static void
device_replacing(struct ui *ui)
{
	device_replace(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = key_shown(WIRE_DEVICE_REPLACE, "Work phone");
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_configure);
}

/* A wrong code keeps both, the old one and the key on the screen. */
static void
device_replacing_wrong(struct ui *ui)
{
	device_replacing(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_ACTIVATE, ERR_CODE_WRONG, DOOR_HOME, 17);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_configure);
}

static void
device_replaced(struct ui *ui)
{
	device_replacing(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_ACTIVATE, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	reply = account_with(2, true);
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_account);
}

/* --- one more ------------------------------------------------------------------------------- */

static void
device_add(struct ui *ui)
{
	open_account(ui, 1, true);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_device_name);
}

static void
device_add_asked(struct ui *ui)
{
	device_add(ui);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

static void
device_add_taken(struct ui *ui)
{
	device_add_asked(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_DEVICE_ADD, ERR_DEVICE_TAKEN, DOOR_HOME, 0);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_device_name);
}

static void
device_adding(struct ui *ui)
{
	device_add_asked(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = key_shown(WIRE_DEVICE_ADD, "Authenticator 2");
	give(ui, &reply);
	type(ui, "k");
}

static void
device_added(struct ui *ui)
{
	device_adding(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_ACTIVATE, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	reply = account_with(2, true);
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_account);
}

/* --- a lost phone ------------------------------------------------------------------------------
 */

static void
came_by_recovery(struct ui *ui, int64_t device, int64_t until)
{
	password_passed(ui, DOOR_CODE);
	type(ui, "r");
	paste(ui, "abcd-efgh 2345 6722");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_RECOVERY, ERR_OK, DOOR_HOME);
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "claire");
	reply.u.signin.used_recovery = 1;
	reply.u.signin.recovery_left = 2;
	give(ui, &reply);
	reply = at_home(ROLE_OPERATOR, true, 2);
	reply.u.home.replacing = 1;
	reply.u.home.replace = device;
	reply.u.home.replace_until = until;
	wire_put(reply.u.home.replace_name, sizeof reply.u.home.replace_name, "Work phone");
	give(ui, &reply);
}

static void
lost_phone(struct ui *ui)
{
	came_by_recovery(ui, 1, ui->clock() + 600);
}

/* The recovery code was proof enough. */
static void
lost_phone_replacing(struct ui *ui)
{
	lost_phone(ui);
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_DEVICE_REPLACE);
	struct wire_reply reply = key_shown(WIRE_DEVICE_REPLACE, "Work phone");
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_configure);
}

static void
lost_phone_replaced(struct ui *ui)
{
	lost_phone_replacing(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_ACTIVATE, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	reply = at_home(ROLE_OPERATOR, true, 2);
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_home);
}

static void
lost_phone_late(struct ui *ui)
{
	came_by_recovery(ui, 1, 0);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

static void
lost_phone_of_several(struct ui *ui)
{
	came_by_recovery(ui, 0, ui->clock() + 600);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = account_with(2, true);
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_account);
}

const struct scene scenes_device[] = {
	{ "devices", devices },
	{ "device", device },
	{ "device-required", device_required },
	{ "device-rename", device_rename },
	{ "device-rename-taken", device_rename_taken },
	{ "device-renamed", device_renamed },
	{ "device-remove", device_remove },
	{ "device-remove-last", device_remove_last },
	{ "device-removed", device_removed },
	{ "device-gone", device_gone },
	{ "device-replace", device_replace },
	{ "device-replacing", device_replacing },
	{ "device-replacing-wrong", device_replacing_wrong },
	{ "device-replaced", device_replaced },
	{ "device-add", device_add },
	{ "device-add-asked", device_add_asked },
	{ "device-add-taken", device_add_taken },
	{ "device-adding", device_adding },
	{ "device-added", device_added },
	{ "lost-phone", lost_phone },
	{ "lost-phone-replacing", lost_phone_replacing },
	{ "lost-phone-replaced", lost_phone_replaced },
	{ "lost-phone-late", lost_phone_late },
	{ "lost-phone-of-several", lost_phone_of_several },
	{ NULL, NULL },
};
