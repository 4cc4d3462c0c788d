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
	{ NULL, NULL },
};
