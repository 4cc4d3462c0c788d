/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person prefers, in My account. */
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void
open_account(struct ui *ui)
{
	signed_in(ui, ROLE_OPERATOR, true);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = account_of(true, true);
	give(ui, &reply);
}

/* --- a language of one's own
 * ------------------------------------------------------------------------------- */

static void
language(struct ui *ui)
{
	open_account(ui);
	press(ui, KEY_END_);
	press(ui, KEY_UP_);
	press(ui, KEY_UP_);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_language);
}

/* The first language behind the terminal's own, whatever that is: the screens are English then. */
static void
language_saved(struct ui *ui)
{
	language(ui);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_PREFERENCES, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	reply = account_of(true, true);
	wire_put(reply.u.account.user.language, sizeof reply.u.account.user.language, "en");
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_account);
}

/* It is theirs already, since the password was right. */
static void
language_again(struct ui *ui)
{
	language_saved(ui);
	press(ui, KEY_END_);
	press(ui, KEY_UP_);
	press(ui, KEY_UP_);
	press(ui, KEY_ENTER_);
}

/* --- plain text
 * ------------------------------------------------------------------------------- */

static void
plain(struct ui *ui)
{
	open_account(ui);
	press(ui, KEY_END_);
	press(ui, KEY_UP_);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_plain);
}

/* Off, where it is off: the screens stay. */
static void
plain_saved(struct ui *ui)
{
	plain(ui);
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_PREFERENCES);
	struct wire_reply reply = answer(WIRE_PREFERENCES, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	reply = account_of(true, true);
	give(ui, &reply);
	assert_false(ui->ended);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_account);
}

/* On since another session of theirs: these screens stay until it is chosen here, too. */
static void
plain_on(struct ui *ui)
{
	signed_in(ui, ROLE_OPERATOR, true);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = account_of(true, true);
	reply.u.account.user.plain = true;
	give(ui, &reply);
	press(ui, KEY_END_);
	press(ui, KEY_UP_);
}

/* Too often a minute. */
static void
plain_refused(struct ui *ui)
{
	plain(ui);
	press(ui, KEY_UP_);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_PREFERENCES, ERR_PAUSED, DOOR_HOME);
	reply.wait = 42;
	give(ui, &reply);
	assert_false(ui->ended);
}

const struct scene scenes_preferences[] = {
	{ "language", language },
	{ "language-saved", language_saved },
	{ "language-again", language_again },
	{ "plain", plain },
	{ "plain-saved", plain_saved },
	{ "plain-on", plain_on },
	{ "plain-refused", plain_refused },
	{ NULL, NULL },
};
