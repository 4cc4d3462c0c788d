/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's page, and what is done there. */
#include "people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* --- one of them ------------------------------------------------------------------------ */

static struct wire_reply
shown(struct wire_user user)
{
	struct wire_reply reply = answer(WIRE_USER_SHOW, ERR_OK, DOOR_HOME);

	reply.u.user.user = user;
	return reply;
}

static void
open_person(struct ui *ui, int down, struct wire_user user)
{
	users(ui);
	for (int i = 0; i < down; i++)
		press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "person");
	struct wire_reply reply = shown(user);
	give(ui, &reply);
}

void
person(struct ui *ui)
{
	open_person(ui, 0, alice());
}

static void
person_invited(struct ui *ui)
{
	open_person(ui, 1, bruno());
	press(ui, KEY_END_);
}

static void
person_paused(struct ui *ui)
{
	struct wire_user user = chloe();

	user.codes_paused = user.paused_until = INT64_MAX;
	open_person(ui, 2, user);
}

static void
person_disabled(struct ui *ui)
{
	struct wire_user user = alice();

	user.enabled = 0;
	open_person(ui, 0, user);
}

static void
person_self(struct ui *ui)
{
	struct wire_user user = dana();

	wire_put(user.name, sizeof user.name, "claire");
	open_person(ui, 3, user);
}

/* Somebody else removed them meanwhile. */
static void
person_gone(struct ui *ui)
{
	person(ui);
	news(ui);
	refuse(ui, WIRE_USER_SHOW, ERR_NAME_UNKNOWN, DOOR_HOME, 0);
	struct wire_reply reply = people_page(4, false);
	give(ui, &reply);
}

static void
person_reset(struct ui *ui)
{
	person(ui);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	type(ui, "lost phone");
	press(ui, KEY_ENTER_);
	type(ui, "123");
}

static void
person_reset_without_reason(struct ui *ui)
{
	person(ui);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	press(ui, KEY_DOWN_);
	type(ui, "123456");
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
}

/* A code that is wrong takes no word of the reason away. */
static void
person_reset_wrong(struct ui *ui)
{
	person_reset(ui);
	type(ui, "456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_USER_RESET, ERR_CODE_WRONG, DOOR_HOME, 17);
}

/* It was done; administering is open for operators now. */
static void
person_reset_done(struct ui *ui)
{
	person_reset(ui);
	type(ui, "456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_USER_RESET, ERR_OK, DOOR_HOME);
	reply.administering = reply.now + 300;
	give(ui, &reply);
	struct wire_user user = alice();

	user.has_2fa = 0;
	user.enrol_until = TODAY_1503 + 259200;
	reply = shown(user);
	reply.administering = reply.now + 272;
	give(ui, &reply);
}

/* Then no code is asked for. */
static void
person_proven(struct ui *ui)
{
	person_reset_done(ui);
	for (int i = 0; i < 3; i++)
		press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "confirm");
}

/* ... but if the five minutes are over meanwhile. */
static void
person_proven_late(struct ui *ui)
{
	person_proven(ui);
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_USER_ENABLE, ERR_PROOF_NEEDED, DOOR_HOME, 0);
}

static void
person_stopped(struct ui *ui)
{
	person_reset_done(ui);
	press(ui, KEY_STOP);
	struct wire_reply reply = answer(WIRE_ADMINISTER_END, ERR_OK, DOOR_HOME);
	give(ui, &reply);
}

static void
person_remove(struct ui *ui)
{
	person(ui);
	press(ui, KEY_END_);
	press(ui, KEY_ENTER_);
	type(ui, "alize");
	press(ui, KEY_ENTER_);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "confirm");
}

static void
person_removed(struct ui *ui)
{
	person(ui);
	press(ui, KEY_END_);
	press(ui, KEY_ENTER_);
	type(ui, "Alice");
	press(ui, KEY_ENTER_);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_USER_REMOVE, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	reply = people_page(4, false);
	give(ui, &reply);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "users");
}

static void
person_last_super(struct ui *ui)
{
	open_person(ui, 3, dana());
	for (int i = 0; i < 5; i++)
		press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_USER_ENABLE, ERR_LAST_SUPER, DOOR_HOME, 0);
	struct wire_reply reply = shown(dana());
	give(ui, &reply);
}

static void
role(struct ui *ui)
{
	person(ui);
	for (int i = 0; i < 3; i++)
		press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "role");
	press(ui, KEY_DOWN_);
}

static void
role_asked(struct ui *ui)
{
	role(ui);
	press(ui, KEY_ENTER_);
}

static void
role_changed(struct ui *ui)
{
	role_asked(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_USER_ROLE, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	struct wire_user user = alice();

	user.role = ROLE_ADMINISTRATOR;
	reply = shown(user);
	give(ui, &reply);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "person");
}

const struct scene scenes_person[] = {
	{ "person", person },
	{ "person-invited", person_invited },
	{ "person-paused", person_paused },
	{ "person-disabled", person_disabled },
	{ "person-self", person_self },
	{ "person-gone", person_gone },
	{ "person-reset", person_reset },
	{ "person-reset-without-reason", person_reset_without_reason },
	{ "person-reset-wrong", person_reset_wrong },
	{ "person-reset-done", person_reset_done },
	{ "person-proven", person_proven },
	{ "person-proven-late", person_proven_late },
	{ "person-stopped", person_stopped },
	{ "person-remove", person_remove },
	{ "person-removed", person_removed },
	{ "person-last-super", person_last_super },
	{ "role", role },
	{ "role-asked", role_asked },
	{ "role-changed", role_changed },
	{ NULL, NULL },
};
