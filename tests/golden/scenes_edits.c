/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several settings edited, saved together, refused, overtaken, left; and the roles. */
#include "scene.h"
#include "ui/screen/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct screen *
top(const struct ui *ui)
{
	return ui->stack[ui->depth - 1].screen;
}

static void
go_to(struct ui *ui, enum setting_id id)
{
	press(ui, KEY_HOME_);
	for (int i = 0;
	     i < 2 * SETTING_COUNT && settings_chosen(ui->stack[ui->depth - 1].state) != id; i++)
		press(ui, KEY_DOWN_);
}

static void
edit(struct ui *ui, enum setting_id id, const char *text)
{
	go_to(ui, id);
	press(ui, KEY_ENTER_);
	press(ui, KEY_KILL_LINE);
	type(ui, text);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(top(ui), &screen_settings);
}

static void
edits(struct ui *ui)
{
	open_settings(ui, 7, 4, "no", SETTING_IDLE_LOCK);
	edit(ui, SETTING_CONSOLE_NAME, "R&D");
	edit(ui, SETTING_PASSWORD_LENGTH, "16");
	go_to(ui, SETTING_ISSUER_HOST);
	type(ui, " ");
	edit(ui, SETTING_IDLE_LOCK, "30m");
}

static void
edits_save(struct ui *ui)
{
	edits(ui);
	type(ui, "s");
	assert_ptr_equal(top(ui), &screen_confirm);
}

static void
edits_done(struct ui *ui)
{
	edits_save(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_SETTING_CHANGE);
	struct wire_reply reply = settings_view(7, 4, "no");
	reply.op = WIRE_SETTING_CHANGE;
	wire_put(reply.u.settings_view.value[SETTING_CONSOLE_NAME], POLICY_VALUE_SIZE, "R&D");
	wire_put(reply.u.settings_view.value[SETTING_PASSWORD_LENGTH], POLICY_VALUE_SIZE, "16");
	wire_put(reply.u.settings_view.value[SETTING_ISSUER_HOST], POLICY_VALUE_SIZE, "yes");
	wire_put(reply.u.settings_view.value[SETTING_IDLE_LOCK], POLICY_VALUE_SIZE, "30m");
	give(ui, &reply);
	assert_ptr_equal(top(ui), &screen_settings);
}

/* The code is spent: the dialog counts down, nothing that was typed is lost. */
static void
edits_used(struct ui *ui)
{
	edits_save(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_SETTING_CHANGE, ERR_CODE_USED, DOOR_HOME, 12);
	assert_ptr_equal(top(ui), &screen_confirm);
}

/* The keeper refuses the second of them, by its place. */
static void
edits_refused_one(struct ui *ui)
{
	edits_save(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_SETTING_CHANGE, ERR_SETTING_VALUE, DOOR_HOME, 2);
	struct wire_reply reply = settings_view(7, 4, "no");
	give(ui, &reply);
	assert_int_equal(settings_chosen(ui->stack[ui->depth - 1].state), SETTING_IDLE_LOCK);
}

static struct wire_reply
overtaken_view(const char *name)
{
	struct wire_reply reply = settings_view(7, 4, "no");

	wire_put(reply.u.settings_view.value[SETTING_CONSOLE_NAME], POLICY_VALUE_SIZE, name);
	wire_put(reply.u.settings_view.by[SETTING_CONSOLE_NAME], TEXT_NAME_SIZE, "host:root");
	return reply;
}

/* Another one was faster than the code. */
static void
edits_stale(struct ui *ui)
{
	edits_save(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_SETTING_CHANGE, ERR_STALE, DOOR_HOME, 1);
	struct wire_reply reply = overtaken_view("Ops");
	give(ui, &reply);
	assert_ptr_equal(top(ui), &screen_settings);
}

/* The same while the dialog stands open. */
static void
edits_overtaken_open(struct ui *ui)
{
	edits_save(ui);
	news(ui);
	struct wire_reply reply = overtaken_view("Ops");
	give(ui, &reply);
	assert_ptr_equal(top(ui), &screen_settings);
}

/* It is now what was typed: nothing is left to save of it. */
static void
edits_overtaken_same(struct ui *ui)
{
	edits(ui);
	news(ui);
	struct wire_reply reply = overtaken_view("R&D");
	give(ui, &reply);
	type(ui, "s");
	assert_ptr_equal(top(ui), &screen_settings);
}

/* --- leaving -------------------------------------------------------------------------- */

static void
edits_leave(struct ui *ui)
{
	edits(ui);
	press(ui, KEY_ESC);
	assert_ptr_equal(top(ui), &screen_unsaved);
}

static void
edits_stay(struct ui *ui)
{
	edits_leave(ui);
	press(ui, KEY_ESC);
	struct wire_reply reply = settings_view(7, 4, "no");
	give(ui, &reply);
	assert_ptr_equal(top(ui), &screen_settings);
}

static void
edits_leave_save(struct ui *ui)
{
	edits_leave(ui);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(top(ui), &screen_confirm);
}

static void
edits_discard(struct ui *ui)
{
	edits_leave(ui);
	press(ui, KEY_TAB);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(top(ui), &screen_home);
}

/* --- the roles --------------------------------------------------------------------------- */

static void
roles(struct ui *ui)
{
	open_settings(ui, 7, 4, "no", SETTING_REQUIRE_2FA_ROLES);
	struct wire_reply reply = settings_view(7, 4, "no");
	wire_put(reply.u.settings_view.value[SETTING_REQUIRE_2FA_ROLES], POLICY_VALUE_SIZE,
	    "administrator");
	give(ui, &reply);
}

static void
roles_ticked(struct ui *ui)
{
	roles(ui);
	type(ui, " ");
	press(ui, KEY_DOWN_);
	type(ui, " ");
}

static void
roles_save(struct ui *ui)
{
	roles_ticked(ui);
	type(ui, "s");
	assert_ptr_equal(top(ui), &screen_confirm);
}

/* While the box is for all they count for nothing. */
static void
roles_under(struct ui *ui)
{
	open_settings(ui, 7, 4, "yes", SETTING_REQUIRE_2FA_ROLES);
	type(ui, " s");
	assert_ptr_equal(top(ui), &screen_confirm);
}

/* They go alone, and then the rest. */
static void
roles_then_rest(struct ui *ui)
{
	edits(ui);
	go_to(ui, SETTING_REQUIRE_2FA_ROLES);
	type(ui, " s");
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = settings_view(7, 4, "no");
	reply.op = WIRE_SETTING_CHANGE;
	wire_put(reply.u.settings_view.value[SETTING_REQUIRE_2FA_ROLES], POLICY_VALUE_SIZE,
	    "super-administrator");
	reply.u.settings_view.next_code = ui->clock() + 17;
	give(ui, &reply);
	assert_ptr_equal(top(ui), &screen_confirm);
}

const struct scene scenes_edits[] = {
	{ "edits", edits },
	{ "edits-save", edits_save },
	{ "edits-done", edits_done },
	{ "edits-used", edits_used },
	{ "edits-refused", edits_refused_one },
	{ "edits-stale", edits_stale },
	{ "edits-overtaken", edits_overtaken_open },
	{ "edits-overtaken-same", edits_overtaken_same },
	{ "edits-leave", edits_leave },
	{ "edits-leave-save", edits_leave_save },
	{ "edits-stay", edits_stay },
	{ "edits-discard", edits_discard },
	{ "roles", roles },
	{ "roles-ticked", roles_ticked },
	{ "roles-save", roles_save },
	{ "roles-under", roles_under },
	{ "roles-then-rest", roles_then_rest },
	{ NULL, NULL },
};
