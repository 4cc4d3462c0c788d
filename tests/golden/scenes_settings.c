/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editing one setting, and the list of applications. */
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* --- one setting ------------------------------------------------------------------------ */

static void
setting_name(struct ui *ui)
{
	open_settings(ui, 7, 4, "yes", SETTING_CONSOLE_NAME);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_setting);
}

static void
setting_name_confirm(struct ui *ui)
{
	setting_name(ui);
	press(ui, KEY_KILL_LINE);
	type(ui, "R&D 100 %");
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_settings);
	type(ui, "s");
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

/* Right-to-left and zero-width tricks do not even get into the field. */
static void
setting_name_tricks(struct ui *ui)
{
	setting_name(ui);
	type_point(ui, 0x202e);
	type_point(ui, 0x200b);
}

static void
setting_name_empty(struct ui *ui)
{
	setting_name(ui);
	press(ui, KEY_KILL_LINE);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_setting);
}

static void
setting_name_blank(struct ui *ui)
{
	setting_name(ui);
	press(ui, KEY_KILL_LINE);
	type(ui, "   ");
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_setting);
}

static void
setting_name_long(struct ui *ui)
{
	setting_name(ui);
	type(ui, " of the operators of the second line by night");
}

static void
setting_idle(struct ui *ui)
{
	open_settings(ui, 7, 4, "no", SETTING_IDLE_LOCK);
	press(ui, KEY_ENTER_);
}

static void
setting_idle_wrong(struct ui *ui)
{
	setting_idle(ui);
	press(ui, KEY_KILL_LINE);
	type(ui, "13h");
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_setting);
}

/* Another one changed it meanwhile: that is said before it is saved, and what was typed stays. */
static void
setting_idle_news(struct ui *ui)
{
	setting_idle(ui);
	press(ui, KEY_KILL_LINE);
	type(ui, "30m");
	news(ui);
	struct wire_reply reply = settings_view(7, 4, "no");
	wire_put(reply.u.settings_view.value[SETTING_IDLE_LOCK], POLICY_VALUE_SIZE, "2h");
	wire_put(reply.u.settings_view.by[SETTING_IDLE_LOCK], TEXT_NAME_SIZE, "dana");
	give(ui, &reply);
	press(ui, KEY_ENTER_);
	type(ui, "s");
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_settings);
}

/* And saving again asks about what is now. */
static void
setting_idle_again(struct ui *ui)
{
	setting_idle_news(ui);
	type(ui, "s");
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

/* A Super Administrator without 2FA proves it by the password. */
static void
setting_by_password(struct ui *ui)
{
	open_settings(ui, 7, 0, "no", SETTING_INVITATION);
	press(ui, KEY_ENTER_);
	press(ui, KEY_KILL_LINE);
	type(ui, "5400");
	press(ui, KEY_ENTER_);
	type(ui, "s");
	type(ui, "the tea is too hot");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_SETTING_CHANGE, ERR_PASSWORD_WRONG, DOOR_HOME, 0);
}

static void
setting_changed(struct ui *ui)
{
	setting_idle(ui);
	press(ui, KEY_KILL_LINE);
	type(ui, "30m");
	press(ui, KEY_ENTER_);
	type(ui, "s");
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = settings_view(7, 4, "no");
	reply.op = WIRE_SETTING_CHANGE;
	wire_put(reply.u.settings_view.value[SETTING_IDLE_LOCK], POLICY_VALUE_SIZE, "30m");
	give(ui, &reply);
	assert_int_equal(ui->facts.idle_lock, 1800);
}

/* --- the applications -------------------------------------------------------------------- */

static void
applications(struct ui *ui)
{
	open_settings(ui, 7, 4, "yes", SETTING_APPLICATIONS);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_entries);
}

static void
applications_editing(struct ui *ui)
{
	applications(ui);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	type(ui, " 2");
}

static void
applications_adding(struct ui *ui)
{
	applications(ui);
	press(ui, KEY_END_);
	press(ui, KEY_UP_);
	press(ui, KEY_ENTER_);
	type(ui, "Aegis");
}

static void
applications_comma(struct ui *ui)
{
	applications_adding(ui);
	type(ui, ", FreeOTP");
	press(ui, KEY_ENTER_);
}

static void
applications_full(struct ui *ui)
{
	applications(ui);
	for (int i = 0; i < 4; i++) {
		press(ui, KEY_END_);
		press(ui, KEY_UP_);
		press(ui, KEY_ENTER_);
		type(ui, "Aegis");
		press(ui, KEY_ENTER_);
	}
	press(ui, KEY_END_);
	press(ui, KEY_UP_);
	press(ui, KEY_ENTER_);
}

static void
applications_none(struct ui *ui)
{
	applications(ui);
	type(ui, "dddd");
	press(ui, KEY_END_);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_entries);
}

static void
applications_confirm(struct ui *ui)
{
	applications_adding(ui);
	press(ui, KEY_ENTER_);
	press(ui, KEY_HOME_);
	type(ui, "d");
	press(ui, KEY_END_);
	press(ui, KEY_ENTER_);
	type(ui, "s");
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

const struct scene scenes_settings[] = {
	{ "setting-name", setting_name },
	{ "setting-name-confirm", setting_name_confirm },
	{ "setting-name-tricks", setting_name_tricks },
	{ "setting-name-empty", setting_name_empty },
	{ "setting-name-blank", setting_name_blank },
	{ "setting-name-long", setting_name_long },
	{ "setting-idle", setting_idle },
	{ "setting-idle-wrong", setting_idle_wrong },
	{ "setting-idle-news", setting_idle_news },
	{ "setting-idle-again", setting_idle_again },
	{ "setting-by-password", setting_by_password },
	{ "setting-changed", setting_changed },
	{ "applications", applications },
	{ "applications-editing", applications_editing },
	{ "applications-adding", applications_adding },
	{ "applications-comma", applications_comma },
	{ "applications-full", applications_full },
	{ "applications-none", applications_none },
	{ "applications-confirm", applications_confirm },
	{ NULL, NULL },
};
