/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings, the switch that makes 2FA mandatory or optional, and the idle lock. */
#include "people.h"
#include "scene.h"
#include "ui/screen/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct wire_reply
settings_view(uint32_t people, uint32_t with_2fa, const char *require)
{
	struct wire_reply reply = answer(WIRE_SETTINGS_VIEW, ERR_OK, DOOR_HOME);
	struct wire_settings_view_reply *settings = &reply.u.settings_view;

	settings->people = people;
	settings->with_2fa = with_2fa;
	settings->mine = with_2fa > 0;
	for (int id = 0; id < SETTING_COUNT; id++)
		wire_put(settings->value[id], sizeof settings->value[id],
		    id == SETTING_REQUIRE_2FA ? require
					      : policy_setting((enum setting_id)id)->value);
	return reply;
}

void
open_settings(struct ui *ui, uint32_t people, uint32_t with_2fa, const char *require,
    enum setting_id id)
{
	signed_in(ui, ROLE_SUPER_ADMINISTRATOR, with_2fa > 0);
	press(ui, KEY_END_);
	press(ui, KEY_UP_);
	press(ui, KEY_UP_);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_settings);
	struct wire_reply reply = settings_view(people, with_2fa, require);
	give(ui, &reply);
	for (int i = 0;
	     i < 2 * SETTING_COUNT && settings_chosen(ui->stack[ui->depth - 1].state) != id; i++)
		press(ui, KEY_DOWN_);
	assert_int_equal(settings_chosen(ui->stack[ui->depth - 1].state), id);
}

static void
settings(struct ui *ui)
{
	open_settings(ui, 7, 4, "yes", SETTING_REQUIRE_2FA);
}

static void
settings_idle(struct ui *ui)
{
	open_settings(ui, 7, 4, "no", SETTING_IDLE_LOCK);
}

/* --- the switch ---------------------------------------------------------------------- */

static void
make_optional(struct ui *ui)
{
	settings(ui);
	type(ui, " ");
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

/* With the names of the first who have none. */
static void
make_optional_named(struct ui *ui)
{
	settings(ui);
	struct wire_reply reply = settings_view(7, 4, "yes");
	wire_put(reply.u.settings_view.without[0], TEXT_NAME_SIZE, "alice");
	wire_put(reply.u.settings_view.without[1], TEXT_NAME_SIZE, "claire");
	give(ui, &reply);
	type(ui, " ");
}

static void
make_optional_one(struct ui *ui)
{
	open_settings(ui, 1, 1, "yes", SETTING_REQUIRE_2FA);
	press(ui, KEY_ENTER_);
}

static void
make_optional_all(struct ui *ui)
{
	open_settings(ui, 12, 12, "yes", SETTING_REQUIRE_2FA);
	press(ui, KEY_ENTER_);
	press(ui, KEY_TAB);
	press(ui, KEY_TAB);
}

static void
make_optional_two(struct ui *ui)
{
	open_settings(ui, 2, 1, "yes", SETTING_REQUIRE_2FA);
	press(ui, KEY_ENTER_);
}

static void
made_optional(struct ui *ui)
{
	make_optional(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = settings_view(7, 4, "no");
	reply.op = WIRE_SETTING_CHANGE;
	give(ui, &reply);
}

static void
make_mandatory(struct ui *ui)
{
	open_settings(ui, 7, 4, "no", SETTING_REQUIRE_2FA);
	type(ui, " ");
}

static void
make_mandatory_one(struct ui *ui)
{
	open_settings(ui, 1, 1, "no", SETTING_REQUIRE_2FA);
	type(ui, " ");
}

static void
make_mandatory_two(struct ui *ui)
{
	open_settings(ui, 2, 1, "no", SETTING_REQUIRE_2FA);
	type(ui, " ");
}

static void
make_mandatory_all(struct ui *ui)
{
	open_settings(ui, 7, 7, "no", SETTING_REQUIRE_2FA);
	type(ui, " ");
}

static void
made_mandatory(struct ui *ui)
{
	make_mandatory(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = settings_view(7, 4, "yes");
	reply.op = WIRE_SETTING_CHANGE;
	give(ui, &reply);
}

/* The list of all who have none, and back: nothing that was typed is lost. */
static void
switch_listed(struct ui *ui)
{
	make_optional_named(ui);
	type(ui, "12o");
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_users);
	struct wire_reply reply = people_page(3, false);
	give(ui, &reply);
}

static void
switch_listed_back(struct ui *ui)
{
	switch_listed(ui);
	press(ui, KEY_ESC);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
	struct wire_reply reply = settings_view(7, 4, "yes");
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

/* Another one changed it while the dialog stood open. */
static void
switch_changed(struct ui *ui)
{
	make_optional(ui);
	type(ui, "12");
	news(ui);
	struct wire_reply reply = settings_view(7, 4, "no");
	wire_put(reply.u.settings_view.by[SETTING_REQUIRE_2FA], TEXT_NAME_SIZE, "dana");
	give(ui, &reply);
}

/* One more person is there: the numbers are not true any more. */
static void
switch_counted(struct ui *ui)
{
	make_optional(ui);
	news(ui);
	struct wire_reply reply = settings_view(8, 4, "yes");
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_settings);
}

/* The same, but the code was faster than the news. */
static void
switch_stale(struct ui *ui)
{
	make_optional(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_SETTING_CHANGE, ERR_STALE, DOOR_HOME, 0);
	struct wire_reply reply = settings_view(8, 4, "yes");
	give(ui, &reply);
}

/* News that changes none of the numbers leaves the dialog and what was typed. */
static void
switch_unchanged(struct ui *ui)
{
	make_optional(ui);
	type(ui, "12");
	news(ui);
	struct wire_reply reply = settings_view(7, 4, "yes");
	give(ui, &reply);
}

static void
switch_without_asked(struct ui *ui)
{
	open_settings(ui, 7, 0, "no", SETTING_REQUIRE_2FA);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

static void
switch_without(struct ui *ui)
{
	switch_without_asked(ui);
	type(ui, "open sesame");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = enrolled("ProVconnect", "claire");
	reply.door = DOOR_HOME;
	give(ui, &reply);
}

/* --- the idle lock -------------------------------------------------------------------------- */

static void
locked(struct ui *ui)
{
	make_optional(ui);
	lock(ui);
	type(ui, "12");
}

static void
locked_wrong(struct ui *ui)
{
	locked(ui);
	type(ui, "3456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_UNLOCK, ERR_CODE_WRONG, DOOR_LOCKED, 17);
}

static void
locked_recovery(struct ui *ui)
{
	locked(ui);
	type(ui, "r");
}

static void
locked_back(struct ui *ui)
{
	locked_recovery(ui);
	press(ui, KEY_ESC);
	type(ui, "34");
}

static void
locked_password(struct ui *ui)
{
	signed_in(ui, ROLE_OPERATOR, false);
	lock(ui);
}

/* Open where it was, and asked anew. */
static void
unlocked(struct ui *ui)
{
	locked(ui);
	type(ui, "3456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_UNLOCK, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	reply = settings_view(7, 4, "yes");
	give(ui, &reply);
}

const struct scene scenes_switch[] = {
	{ "settings", settings },
	{ "settings-idle", settings_idle },
	{ "make-optional", make_optional },
	{ "make-optional-named", make_optional_named },
	{ "make-optional-one", make_optional_one },
	{ "make-optional-two", make_optional_two },
	{ "make-optional-all", make_optional_all },
	{ "made-optional", made_optional },
	{ "make-mandatory", make_mandatory },
	{ "make-mandatory-one", make_mandatory_one },
	{ "make-mandatory-two", make_mandatory_two },
	{ "make-mandatory-all", make_mandatory_all },
	{ "made-mandatory", made_mandatory },
	{ "switch-listed", switch_listed },
	{ "switch-listed-back", switch_listed_back },
	{ "switch-changed", switch_changed },
	{ "switch-counted", switch_counted },
	{ "switch-stale", switch_stale },
	{ "switch-unchanged", switch_unchanged },
	{ "switch-without-asked", switch_without_asked },
	{ "switch-without", switch_without },
	{ "locked", locked },
	{ "locked-wrong", locked_wrong },
	{ "locked-recovery", locked_recovery },
	{ "locked-back", locked_back },
	{ "locked-password", locked_password },
	{ "unlocked", unlocked },
	{ NULL, NULL },
};
