/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* --- screens that count --------------------------------------------------------- */

struct seen lower, upper;

struct state {
	struct form form;
	struct seen *seen;
};

static const struct form_plan plan = { .fields = 2,
	.buttons = 1,
	.field = { { "Name", FIELD_TEXT, 200 }, { "Code", FIELD_CODE, 6 } },
	.button = { "Go" } };

static const struct key_row key_rows[] = { { COPY, KEY_NONE_, 'c', "c", "Copy", 10, "Copies." },
	{ LEAVE, KEY_PAGE_UP, '\0', "Up", "Leave", 20, "Leaves." }, { .id = 0 } };

static enum err
enter_lower(struct ui *ui, void *state, const void *argument)
{
	struct state *mine = state;

	(void)ui;
	(void)argument;
	mine->seen = &lower;
	lower.entered++;
	return ERR_OK;
}

static enum err
enter_upper(struct ui *ui, void *state, const void *argument)
{
	struct state *mine = state;

	(void)ui;
	(void)argument;
	mine->seen = &upper;
	upper.entered++;
	return ERR_OK;
}

static enum err
enter_fails(struct ui *ui, void *state, const void *argument)
{
	(void)ui;
	(void)argument;
	(void)state;
	return ERR_FILES;
}

static void
leave(struct ui *ui, void *state)
{
	struct state *mine = state;

	(void)ui;
	mine->seen->left++;
}

static void
resume(struct ui *ui, void *state)
{
	struct state *mine = state;

	(void)ui;
	mine->seen->resumed++;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct state *mine = state;
	size_t button;
	enum err err;

	(void)ui;
	if (event->type == EVENT_REPLY) {
		mine->seen->replies++;
		mine->seen->op = event->reply->op;
		if (event->reply->err == ERR_STATE)
			ui_signin_reply(ui, event->reply);
		return true;
	}
	if (event->type == EVENT_TEXT && strlen(mine->seen->text) + 1 < sizeof mine->seen->text)
		mine->seen->text[strlen(mine->seen->text)] = (char)event->point;
	mine->seen->keys++;
	return mine->form.plan != NULL &&
	    form_handle(&mine->form, event, &button, &err) != FORM_UNUSED;
}

static void
act(struct ui *ui, void *state, int id)
{
	struct state *mine = state;

	mine->seen->acts++;
	mine->seen->act = id;
	if (id == LEAVE)
		ui_pop(ui);
	/* A state lives until the event is over, also after the pop. */
	mine->seen->act = id;
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	(void)state;
	terminal_put(ui->terminal, area.y, area.x, area.width, STYLE_PLAIN, "content");
	return false;
}

const struct screen low = { .name = "low",
	.title = "Low",
	.state_size = sizeof(struct state),
	.plan = &plan,
	.key_rows = key_rows,
	.enter = enter_lower,
	.leave = leave,
	.resume = resume,
	.handle = handle,
	.act = act,
	.draw = draw };
const struct screen high = { .name = "high",
	.title = "High",
	.state_size = sizeof(struct state),
	.key_rows = key_rows,
	.enter = enter_upper,
	.leave = leave,
	.handle = handle,
	.act = act,
	.draw = draw };
const struct screen careful = { .name = "careful",
	.title = "Careful",
	.state_size = sizeof(struct state),
	.enter = enter_upper,
	.leave = leave,
	.handle = handle,
	.draw = draw,
	.drops_typed = true };
const struct screen failing = { .name = "failing",
	.state_size = 8,
	.enter = enter_fails,
	.handle = handle,
	.draw = draw };

/* --- the ui ------------------------------------------------------------------------ */

int64_t
stage_clock(void)
{
	return 1000;
}

int
stage_setup(void **state)
{
	static struct ui ui;
	struct wire_reply hello;
	struct terminal *terminal = NULL;

	memset(&lower, 0, sizeof lower);
	memset(&upper, 0, sizeof upper);
	wire_reply_init(&hello, WIRE_HELLO);
	if (terminal_open_null("xterm-256color", 24, 80, &terminal) != ERR_OK)
		return -1;
	ui_open(&ui, &screens, terminal, -1, &hello);
	ui.clock = stage_clock;
	ui_replace(&ui, &low);
	*state = &ui;
	return 0;
}

int
stage_teardown(void **state)
{
	struct ui *ui = *state;

	ui_close(ui);
	terminal_close(ui->terminal);
	return 0;
}

void
stage_press(struct ui *ui, enum key key)
{
	struct event event = { .type = EVENT_KEY, .key = key };

	ui_handle(ui, &event);
}

void
stage_type(struct ui *ui, const char *text, bool pasted)
{
	for (; *text != '\0'; text++) {
		struct event event = { .type = EVENT_TEXT,
			.point = (unsigned char)*text,
			.pasted = pasted };

		ui_handle(ui, &event);
	}
}

void
stage_ask(struct ui *ui, enum wire_op op, const char *busy)
{
	struct wire_request request;

	wire_request_init(&request, op);
	ui_ask(ui, &request, busy);
}

void
stage_answer(struct ui *ui, enum wire_op op, enum err err, enum signin_door door)
{
	struct wire_reply reply;

	wire_reply_init(&reply, op);
	reply.err = err;
	reply.door = door;
	ui_receive(ui, &reply);
}
