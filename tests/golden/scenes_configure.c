/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Configuring two-factor authentication, and the recovery codes. */
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <libintl.h>

#include <cmocka.h>

#define KEY "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

/* --- configure -------------------------------------------------------------------------- */

struct wire_reply
enrolled(const char *issuer, const char *account)
{
	struct wire_reply reply = answer(WIRE_ENROL, ERR_OK, DOOR_CONFIGURE);
	struct wire_enrol_reply *enrol = &reply.u.enrol;
	char uri[WIRE_URI_SIZE];

	wire_put(enrol->key, sizeof enrol->key, KEY);
	wire_put(enrol->issuer, sizeof enrol->issuer, issuer);
	wire_put(enrol->account, sizeof enrol->account, account);
	snprintf(uri, sizeof uri, "otpauth://totp/%s:%s?secret=" KEY "&issuer=%s", issuer, account,
	    issuer);
	wire_put(enrol->uri, sizeof enrol->uri, uri);
	snprintf(uri, sizeof uri, "otpauth://totp/%s?secret=" KEY "&issuer=%s", account, issuer);
	wire_put(enrol->uri_short, sizeof enrol->uri_short, uri);
	return reply;
}

static void
configure(struct ui *ui)
{
	password_passed(ui, DOOR_CONFIGURE);
	struct wire_reply reply = enrolled("ProVconnect", "claire");
	give(ui, &reply);
}

/* Version 6 has room at 80x24 with a quiet zone of 1; a longer name leaves its issuer out of the
 * label. */
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

/* Esc after a copy: once more before it leaves. */
static void
configure_leaving(struct ui *ui)
{
	configure_copied(ui);
	press(ui, KEY_ESC);
}

/* Two blanks a module, where they fit. */
static void
configure_second(struct ui *ui)
{
	configure(ui);
	type(ui, "v");
}

static void
configure_third(struct ui *ui)
{
	configure(ui);
	type(ui, "vv");
}

static void
configure_last(struct ui *ui)
{
	configure(ui);
	type(ui, "vvv");
}

/* The line dropped before the code was entered: what was scanned then is worth nothing. */
static void
configure_replaced(struct ui *ui)
{
	password_passed(ui, DOOR_CONFIGURE);
	struct wire_reply reply = enrolled("ProVconnect", "claire");
	reply.u.enrol.replaced = 1;
	give(ui, &reply);
}

static void
key_replaced(struct ui *ui)
{
	configure_replaced(ui);
	type(ui, "k");
}

static void
configure_expired(struct ui *ui)
{
	configure(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	refuse(ui, WIRE_ACTIVATE, ERR_PENDING_GONE, DOOR_CONFIGURE, 0);
	struct wire_reply reply = enrolled("ProVconnect", "claire");
	reply.u.enrol.replaced = 1;
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

void
codes_shown(struct ui *ui)
{
	struct wire_reply reply = answer(WIRE_CODES, ERR_OK, DOOR_RECOVERY);

	for (int i = 0; i < ACCOUNT_RECOVERY_CODES; i++)
		snprintf(reply.u.codes.code[i], WIRE_RECOVERY_SIZE, "ABCD-EFGH-2345-%c%c%c%c",
		    'K' + i, 'A' + i, 'P' + i, 'B' + i);
	give(ui, &reply);
}

static void
activated(struct ui *ui)
{
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_ACTIVATE, ERR_OK, DOOR_RECOVERY);
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "claire");
	give(ui, &reply);
}

static void
codes_awaited(struct ui *ui)
{
	configure(ui);
	type(ui, "123456");
	activated(ui);
	type(ui, "  \n");
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_CODES);
}

static void
codes(struct ui *ui)
{
	codes_awaited(ui);
	codes_shown(ui);
}

/* They could not be made: Enter asks for them anew. */
static void
codes_failed(struct ui *ui)
{
	codes_awaited(ui);
	refuse(ui, WIRE_CODES, ERR_STORE_FULL, DOOR_RECOVERY, 0);
	assert_false(ui->waiting);
	press(ui, KEY_ENTER_);
	assert_true(ui->waiting);
	refuse(ui, WIRE_CODES, ERR_STORE_FULL, DOOR_RECOVERY, 0);
}

static void
codes_on_button(struct ui *ui)
{
	codes(ui);
	press(ui, KEY_ESC);
	assert_string_equal(ui->message, gettext("Save the codes, then press the button."));
	press(ui, KEY_ENTER_);
}

/* After the key was copied. */
static void
codes_after_copy(struct ui *ui)
{
	configure_copied(ui);
	type(ui, "23456");
	activated(ui);
	codes_shown(ui);
}

static void
codes_copied(struct ui *ui)
{
	codes(ui);
	type(ui, "c");
}

void
codes_saved(struct ui *ui)
{
	codes_on_button(ui);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_CODES_SAVED, ERR_OK, DOOR_HOME);
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "claire");
	give(ui, &reply);
}

static void
help(struct ui *ui)
{
	configure(ui);
	press(ui, KEY_HELP_);
}

const struct scene scenes_configure[] = {
	{ "configure", configure },
	{ "configure-long-name", configure_long_name },
	{ "configure-longest-name", configure_longest_name },
	{ "configure-wrong", configure_wrong },
	{ "configure-copied", configure_copied },
	{ "configure-cleared", configure_cleared },
	{ "configure-leaving", configure_leaving },
	{ "configure-second", configure_second },
	{ "configure-third", configure_third },
	{ "configure-last", configure_last },
	{ "configure-replaced", configure_replaced },
	{ "configure-expired", configure_expired },
	{ "configure-on-copy", configure_on_copy },
	{ "key", key },
	{ "key-wrong", key_wrong },
	{ "key-replaced", key_replaced },
	{ "codes", codes },
	{ "codes-failed", codes_failed },
	{ "codes-on-button", codes_on_button },
	{ "codes-after-copy", codes_after_copy },
	{ "codes-copied", codes_copied },
	{ "help", help },
	{ NULL, NULL },
};
