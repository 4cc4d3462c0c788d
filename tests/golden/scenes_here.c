/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is here: a list, one who is asked about, and a word to all. */
#include "scene.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <setjmp.h>

#include <cmocka.h>

static struct wire_here
somebody(int64_t number, const char *name, const char *source, enum role role, const char *command)
{
	struct wire_here here = { .number = number,
		.since = YESTERDAY_1703,
		.idle = 7,
		.role = (uint8_t)role };

	wire_put(here.name, sizeof here.name, name);
	wire_put(here.source, sizeof here.source, source);
	wire_put(here.terminal, sizeof here.terminal, "xterm");
	wire_put(here.command, sizeof here.command, command);
	return here;
}

static void
here(struct ui *ui)
{
	struct wire_reply reply = answer(WIRE_HERE_LIST, ERR_OK, DOOR_HOME);
	struct wire_here_page_reply *page = &reply.u.here_page;

	signed_in(ui, ROLE_ADMINISTRATOR, true);
	press(ui, KEY_END_);
	press(ui, KEY_UP_);
	press(ui, KEY_ENTER_);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "here");
	page->here[0] = somebody(9, "claire", "192.0.2.4", ROLE_ADMINISTRATOR, "");
	page->here[0].own = true;
	page->here[1] = somebody(8, "bruno", "192.0.2.77", ROLE_OPERATOR, "neustart-web");
	page->here[2] = somebody(7, "chloe", "2001:db8::7", ROLE_OPERATOR, "");
	page->here[2].idle = 240;
	page->here[3] = somebody(6, "alice", "local", ROLE_OPERATOR, "");
	page->here[3].locked = true;
	page->count = 4;
	give(ui, &reply);
}

static void
here_end(struct ui *ui)
{
	here(ui);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	assert_string_equal(ui->stack[ui->depth - 1].screen->name, "confirm");
}

static void
here_say(struct ui *ui)
{
	here(ui);
	type(ui, "a");
	type(ui, "Neustart um 12");
}

static void
here_ended(struct ui *ui)
{
	struct wire_reply reply = answer(WIRE_HERE_END, ERR_HERE_NONE, DOOR_HOME);

	here_end(ui);
	type(ui, "bitte");
	press(ui, KEY_TAB);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	give(ui, &reply);
}

const struct scene scenes_here[] = {
	{ "here", here },
	{ "here-end", here_end },
	{ "here-say", here_say },
	{ "here-ended", here_ended },
	{ NULL, NULL },
};
