/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene.h"

#include <curses.h>
#include <libintl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* Monday, 24 November 2025, 16:00:13 UTC: 17 s are left of the present code. */
enum { NOW = 1764000013 };

static int64_t
now(void)
{
	return NOW;
}

void
stage_environment(void)
{
	const char *top = getenv("top_builddir");
	char translations[4096];

	snprintf(translations, sizeof translations, "%s/translations", top != NULL ? top : ".");
	bindtextdomain(PACKAGE_TARNAME, translations);
	bind_textdomain_codeset(PACKAGE_TARNAME, "UTF-8");
	textdomain(PACKAGE_TARNAME);
	setenv("TZ", "UTC", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("NO_COLOR");
	unsetenv("TMUX");
	unsetenv("STY");
	tzset();
}

void
stage_open(struct stage *stage, int columns, int rows)
{
	struct wire_reply hello;

	wire_reply_init(&hello, WIRE_HELLO);
	hello.now = NOW;
	hello.u.hello.set_up = 1;
	hello.u.hello.idle_lock = 900;
	wire_put(hello.u.hello.console_name, sizeof hello.u.hello.console_name, "ProVconnect");
	wire_put(hello.u.hello.applications, sizeof hello.u.hello.applications,
	    "Authy, Google Authenticator, Microsoft Authenticator, LastPass Authenticator");
	memset(stage, 0, sizeof *stage);
	assert_int_equal(terminal_open_null("xterm-256color", rows, columns, &stage->terminal),
	    ERR_OK);
	ui_open(&stage->ui, &screens, stage->terminal, -1, &hello);
	stage->ui.clock = now;
	wire_put(stage->ui.facts.host, sizeof stage->ui.facts.host, "srv1");
}

void
stage_close(struct stage *stage)
{
	ui_close(&stage->ui);
	language_speak(&stage->ui.language, ""); /* the next one begins as this one did */
	terminal_close(stage->terminal);
}

void
stage_resize(struct stage *stage, int columns, int rows)
{
	const struct event event = { .type = EVENT_RESIZE };

	resize_term(rows, columns);
	ui_handle(&stage->ui, &event);
	ui_draw(&stage->ui, false);
}

void
type_point(struct ui *ui, uint32_t point)
{
	const struct event event = { .type = EVENT_TEXT, .point = point };

	ui_handle(ui, &event);
}

void
type(struct ui *ui, const char *text)
{
	for (; *text != '\0'; text++)
		type_point(ui, (unsigned char)*text);
}

void
paste(struct ui *ui, const char *text)
{
	struct event event = { .type = EVENT_PASTE_START };

	ui_handle(ui, &event);
	for (; *text != '\0'; text++) {
		event = (struct event){ .type = EVENT_TEXT,
			.point = (unsigned char)*text,
			.pasted = true };
		ui_handle(ui, &event);
	}
	event = (struct event){ .type = EVENT_PASTE_END };
	ui_handle(ui, &event);
}

void
press(struct ui *ui, enum key key)
{
	const struct event event = { .type = EVENT_KEY, .key = key };

	ui_handle(ui, &event);
}

struct wire_reply
answer(enum wire_op op, enum err err, enum signin_door door)
{
	struct wire_reply reply;

	wire_reply_init(&reply, op);
	reply.err = (uint32_t)err;
	reply.door = (uint32_t)door;
	reply.now = NOW;
	return reply;
}

void
give(struct ui *ui, const struct wire_reply *reply)
{
	assert_int_equal(ui->asked.op, reply->op);
	ui_answer(ui, reply);
}

void
refuse(struct ui *ui, enum wire_op op, enum err err, enum signin_door door, int64_t wait)
{
	struct wire_reply reply = answer(op, err, door);

	reply.wait = wait;
	give(ui, &reply);
}

void
news(struct ui *ui)
{
	struct wire_reply reply = answer(WIRE_NEWS, ERR_OK, ui->facts.door);

	ui_receive(ui, &reply);
}

void
lock(struct ui *ui)
{
	ui->last_key -= ui->facts.idle_lock;
	ui_wake(ui);
	struct wire_reply reply = answer(WIRE_LOCK, ERR_OK, DOOR_LOCKED);
	give(ui, &reply);
}
