/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doors: first run, sign in, code, recovery code, two codes, new password. */
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <libintl.h>

#include <cmocka.h>

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

void
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

/* Nothing synchronises this host's clock. */
static void
code_loose(struct ui *ui)
{
	ui->facts.clock_loose = true;
	code_wrong(ui);
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

/* A hundred days ahead once, and set right since. */
static void
code_clock(struct ui *ui)
{
	password_passed(ui, DOOR_CODE);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_CODE, ERR_CLOCK_BACK, DOOR_CODE, 100 * 86400);
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

const struct scene scenes_signin[] = {
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
	{ "code-loose", code_loose },
	{ "code-used", code_used },
	{ "code-locked", code_locked },
	{ "code-clock", code_clock },
	{ "recovery", recovery },
	{ "recovery-wrong", recovery_wrong },
	{ "resync", resync },
	{ "resync-wrong", resync_wrong },
	{ "new-password", new_password },
	{ "new-password-common", new_password_common },
	{ NULL, NULL },
};
