/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened. */
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct wire_notice *
next(struct wire_reply *reply)
{
	struct wire_notices_reply *page = &reply->u.notices;
	struct wire_notice *notice = &page->notice[page->count++];

	return notice;
}

/* Of each kind of notice one. */
static struct wire_reply
page(void)
{
	struct wire_reply reply = answer(WIRE_HAPPENED, ERR_OK, DOOR_HOME);
	struct wire_notice *notice = next(&reply);

	happening(notice, "reset-2fa", "", "lost phone", TODAY_1503);
	wire_put(notice->who, sizeof notice->who, "dana");
	notice->id = 9;
	notice = next(&reply);
	happening(notice, "activate", "", "Authenticator", TODAY_1503);
	wire_put(notice->source, sizeof notice->source, "10.0.0.7");
	wire_put(notice->who, sizeof notice->who, "claire");
	notice->id = 8;
	notice->own = true;
	notice = next(&reply);
	happening(notice, "user-role", "bob", "administrator", YESTERDAY_1703);
	notice->id = 6;
	notice->unread = false;
	notice = next(&reply);
	happening(notice, "setting", "idle-lock", "30m", YESTERDAY_1703);
	notice->id = 5;
	notice->unread = false;
	return reply;
}

static void
open_page(struct ui *ui, const struct wire_reply *reply)
{
	signed_in(ui, ROLE_SUPER_ADMINISTRATOR, true);
	type(ui, "h");
	assert_int_equal(ui->asked.op, WIRE_HAPPENED);
	give(ui, reply);
}

/* What was before one's eyes, and no more, is what the keeper is told. */
static void
happened(struct ui *ui)
{
	struct wire_reply reply = page();

	open_page(ui, &reply);
	assert_int_equal(ui->asked.op, WIRE_HAPPENED_READ);
	reply = answer(WIRE_HAPPENED_READ, ERR_OK, DOOR_HOME);
	give(ui, &reply);
}

static void
happened_more(struct ui *ui)
{
	struct wire_reply reply = page();

	reply.u.notices.more = 1;
	open_page(ui, &reply);
	reply = answer(WIRE_HAPPENED_READ, ERR_OK, DOOR_HOME);
	give(ui, &reply);
}

static void
happened_last(struct ui *ui)
{
	struct wire_reply reply = page();

	happened_more(ui);
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_HAPPENED);
	reply.u.notices.count = 1;
	reply.u.notices.notice[0].unread = false;
	reply.u.notices.notice[0].id = 4;
	give(ui, &reply);
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->awaited, WIRE_NO_OP);
}

static void
happened_nothing(struct ui *ui)
{
	struct wire_reply reply = answer(WIRE_HAPPENED, ERR_OK, DOOR_HOME);

	open_page(ui, &reply);
}

/* --- sign-ins --------------------------------------------------------------------------- */

static void
signed_in_at(struct wire_reply *reply, int64_t row, const char *detail, int64_t time)
{
	struct wire_notice *notice = next(reply);

	happening(notice, "sign-in", "", detail, time);
	wire_put(notice->who, sizeof notice->who, "claire");
	wire_put(notice->source, sizeof notice->source, "203.0.113.9");
	notice->id = row;
	notice->mine = notice->own = notice->sign_in = true;
	notice->unread = false;
}

static struct wire_reply
page_of_sign_ins(void)
{
	struct wire_reply reply = answer(WIRE_HAPPENED, ERR_OK, DOOR_HOME);

	signed_in_at(&reply, 40, "with Work phone", TODAY_1503);
	signed_in_at(&reply, 30, "with Authenticator", TODAY_1503 - 600);
	reply.u.notices.notice[1].here = true;
	happening(next(&reply), "reset-2fa", "bob", "lost phone", YESTERDAY_1703);
	reply.u.notices.notice[2].id = 7;
	signed_in_at(&reply, 20, "recovery code", YESTERDAY_1703);
	signed_in_at(&reply, 10, "", YESTERDAY_1703 - 60);
	return reply;
}

static void
happened_signed_in(struct ui *ui)
{
	struct wire_reply reply = page_of_sign_ins();

	open_page(ui, &reply);
	reply = answer(WIRE_HAPPENED_READ, ERR_OK, DOOR_HOME);
	if (ui->asked.op == reply.op) /* of a notice that has room */
		give(ui, &reply);
}

static void
happened_not_me(struct ui *ui)
{
	happened_signed_in(ui);
	type(ui, "w");
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_not_me);
}

/* --- what was added since --------------------------------------------------------------- */

static void
doubted(struct ui *ui, uint32_t count)
{
	struct wire_reply reply = answer(WIRE_DOUBTED, ERR_OK, DOOR_DOUBT);
	struct wire_device *device = reply.u.devices.device;

	reply.u.devices.count = count;
	for (uint32_t i = 0; i < count; i++) {
		device[i].id = 3 + i;
		device[i].created = YESTERDAY_1703;
		device[i].doubted = 1;
	}
	wire_put(device[0].name, sizeof device[0].name,
	    count > 1 ? "Work phone" : ACCOUNT_DEVICE_NAME);
	device[0].last_used = count > 1 ? TODAY_1503 : 0;
	give(ui, &reply);
}

static void
doubt(struct ui *ui)
{
	password_passed(ui, DOOR_DOUBT);
	assert_int_equal(ui->asked.op, WIRE_DOUBTED);
	doubted(ui, 2);
}

static void
doubt_next(struct ui *ui)
{
	struct wire_reply reply = answer(WIRE_JUDGE, ERR_OK, DOOR_DOUBT);

	doubt(ui);
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_JUDGE);
	give(ui, &reply);
	assert_int_equal(ui->asked.op, WIRE_DOUBTED);
	doubted(ui, 1);
	press(ui, KEY_DOWN_);
}

static void
doubt_help(struct ui *ui)
{
	doubt(ui);
	press(ui, KEY_HELP_);
}

static void
happened_help(struct ui *ui)
{
	happened(ui);
	press(ui, KEY_HELP_);
}

const struct scene scenes_happened[] = {
	{ "happened", happened },
	{ "happened-more", happened_more },
	{ "happened-last", happened_last },
	{ "happened-nothing", happened_nothing },
	{ "happened-help", happened_help },
	{ "happened-signed-in", happened_signed_in },
	{ "happened-not-me", happened_not_me },
	{ "doubt", doubt },
	{ "doubt-next", doubt_next },
	{ "doubt-help", doubt_help },
	{ NULL, NULL },
};
