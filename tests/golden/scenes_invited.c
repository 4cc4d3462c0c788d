/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New people, and their invitations. */
#include "people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* --- new ones --------------------------------------------------------------------------------- */

static void
add(struct ui *ui)
{
	users(ui);
	type(ui, "a");
	type(ui, "Erik");
}

static void
add_role(struct ui *ui)
{
	add(ui);
	press(ui, KEY_TAB);
	press(ui, KEY_RIGHT_);
}

static void
add_wrong(struct ui *ui)
{
	add(ui);
	type(ui, " Larsen");
	press(ui, KEY_ENTER_);
}

static void
add_asked(struct ui *ui)
{
	add(ui);
	press(ui, KEY_ENTER_);
	type(ui, "123");
}

static void
add_taken(struct ui *ui)
{
	add_asked(ui);
	type(ui, "456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_USER_ADD, ERR_NAME_TAKEN, DOOR_HOME, 0);
}

static void
invitation(struct ui *ui)
{
	add_asked(ui);
	type(ui, "456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_USER_ADD, ERR_OK, DOOR_HOME);
	reply.administering = reply.now + 300;
	reply.u.user_add.expires = TODAY_1503 + 259200;
	wire_put(reply.u.user_add.invitation, WIRE_RECOVERY_SIZE, "QWER-TZUI-OPAS-DFGH");
	give(ui, &reply);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "invitation");
}

static void
invitation_leaving(struct ui *ui)
{
	invitation(ui);
	press(ui, KEY_ESC);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "invitation");
}

static void
invitation_button(struct ui *ui)
{
	invitation(ui);
	press(ui, KEY_ENTER_);
}

/* Of somebody who was there: what was done is said too. */
static void
invitation_new(struct ui *ui)
{
	person(ui);
	ui->way = NULL;
	press(ui, KEY_DOWN_);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_USER_PASSWORD, ERR_OK, DOOR_HOME);
	reply.u.user_add.expires = TODAY_1503 + 259200;
	wire_put(reply.u.user_add.invitation, WIRE_RECOVERY_SIZE, "QWER-TZUI-OPAS-DFGH");
	give(ui, &reply);
}

const struct scene scenes_invited[] = {
	{ "add-person", add },
	{ "add-person-role", add_role },
	{ "add-person-wrong", add_wrong },
	{ "add-person-asked", add_asked },
	{ "add-person-taken", add_taken },
	{ "invitation", invitation },
	{ "invitation-leaving", invitation_leaving },
	{ "invitation-button", invitation_button },
	{ "invitation-new", invitation_new },
	{ NULL, NULL },
};
