/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <curses.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "scene.h"

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
	setenv("TZ", "UTC", 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("LANGUAGE");
	unsetenv("NO_COLOR");
	unsetenv("TMUX");
	unsetenv("STY");
	tzset();
	assert_non_null(setlocale(LC_ALL, ""));
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
	assert_int_equal(terminal_open_null("xterm-256color", rows, columns, &stage->terminal), ERR_OK);
	assert_int_equal(ui_open(&stage->ui, stage->terminal, -1, &hello), ERR_OK);
	stage->ui.clock = now;
	wire_put(stage->ui.facts.host, sizeof stage->ui.facts.host, "srv1");
}

void
stage_close(struct stage *stage)
{
	ui_close(&stage->ui);
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
type(struct ui *ui, const char *text)
{
	for (; *text != '\0'; text++) {
		const struct event event = { .type = EVENT_TEXT, .point = (unsigned char)*text };
		ui_handle(ui, &event);
	}
}

void
paste(struct ui *ui, const char *text)
{
	struct event event = { .type = EVENT_PASTE_START };

	ui_handle(ui, &event);
	for (; *text != '\0'; text++) {
		event = (struct event){ .type = EVENT_TEXT, .point = (unsigned char)*text, .pasted = true };
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
	const struct event event = { .type = EVENT_REPLY, .reply = reply };

	assert_int_equal(ui->asked.op, reply->op);
	ui_handle(ui, &event);
}

void
refuse(struct ui *ui, enum wire_op op, enum err err, enum signin_door door, int64_t wait)
{
	struct wire_reply reply = answer(op, err, door);

	reply.wait = wait;
	give(ui, &reply);
}
