/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stack and the way of an event, with screens that only count, and no terminal. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "ui/ui_inside.h"
#include "wire/line.h"

/* --- screens that count --------------------------------------------------------- */

struct seen { unsigned entered, left, resumed, keys, replies, acts; char text[600]; int act; uint32_t op; };

static struct seen lower, upper;

struct state { struct seen *seen; struct form form; };

static const struct form_plan plan = {
	.fields = 2, .buttons = 1, .field = { { "Name", FIELD_TEXT, 200 }, { "Code", FIELD_CODE, 6 } }, .button = { "Go" }
};

enum { COPY = 1, LEAVE };

static const struct ui_action actions[] = {
	{ COPY, KEY_NONE_, 'c', "c", "Copy", 10, "Copies." },
	{ LEAVE, KEY_PAGE_UP, '\0', "Up", "Leave", 20, "Leaves." },
	{ .id = 0 }
};

static enum err
enter_lower(struct ui *ui, void *state)
{
	struct state *mine = state;

	(void)ui;
	mine->seen = &lower;
	lower.entered++;
	return form_open(&mine->form, &plan);
}

static enum err
enter_upper(struct ui *ui, void *state)
{
	struct state *mine = state;

	(void)ui;
	mine->seen = &upper;
	upper.entered++;
	return ERR_OK;
}

static enum err
enter_fails(struct ui *ui, void *state)
{
	(void)ui;
	(void)state;
	return ERR_FILES;
}

static void
leave(struct ui *ui, void *state)
{
	struct state *mine = state;

	(void)ui;
	mine->seen->left++;
	form_close(&mine->form);
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
	return mine->form.plan != NULL && form_handle(&mine->form, event, &button, &err) != FORM_UNUSED;
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

static void
draw(const struct ui *ui, const void *state, struct rect area)
{
	(void)state;
	terminal_put(ui->terminal, area.y, area.x, area.width, STYLE_PLAIN, "content");
}

static struct form *
form_of(void *state)
{
	return &((struct state *)state)->form;
}

static const struct screen low = {
	.name = "low", .title = "Low", .state_size = sizeof(struct state), .actions = actions, .enter = enter_lower, .leave = leave,
	.resume = resume, .handle = handle, .act = act, .draw = draw, .form = form_of
};
static const struct screen high = {
	.name = "high", .title = "High", .state_size = sizeof(struct state), .actions = actions, .enter = enter_upper, .leave = leave,
	.handle = handle, .act = act, .draw = draw
};
static const struct screen careful = {
	.name = "careful", .title = "Careful", .state_size = sizeof(struct state), .enter = enter_upper, .leave = leave,
	.handle = handle, .draw = draw, .drops_typed = true
};
static const struct screen failing = { .name = "failing", .state_size = 8, .enter = enter_fails, .handle = handle, .draw = draw };

/* --- the ui ------------------------------------------------------------------------ */

static int64_t
frozen(void)
{
	return 1000;
}

static int
setup(void **state)
{
	static struct ui ui;
	struct wire_reply hello;
	struct terminal *terminal = NULL;

	memset(&lower, 0, sizeof lower);
	memset(&upper, 0, sizeof upper);
	wire_reply_init(&hello, WIRE_HELLO);
	if (terminal_open_null("xterm-256color", 24, 80, &terminal) != ERR_OK || ui_open(&ui, terminal, -1, &hello) != ERR_OK)
		return -1;
	ui.clock = frozen;
	ui_replace(&ui, &low);
	*state = &ui;
	return 0;
}

static int
teardown(void **state)
{
	struct ui *ui = *state;

	ui_close(ui);
	terminal_close(ui->terminal);
	return 0;
}

static void
press(struct ui *ui, enum key key)
{
	struct event event = { .type = EVENT_KEY, .key = key };

	ui_handle(ui, &event);
}

static void
type(struct ui *ui, const char *text, bool pasted)
{
	for (; *text != '\0'; text++) {
		struct event event = { .type = EVENT_TEXT, .point = (unsigned char)*text, .pasted = pasted };

		ui_handle(ui, &event);
	}
}

static void
ask(struct ui *ui, enum wire_op op, const char *busy)
{
	struct wire_request request;

	wire_request_init(&request, op);
	ui_ask(ui, &request, busy);
}

static void
answer(struct ui *ui, enum wire_op op, enum err err, enum signin_door door)
{
	struct wire_reply reply;

	wire_reply_init(&reply, op);
	reply.err = err;
	reply.door = door;
	ui_receive(ui, &reply);
}

/* --- tests -------------------------------------------------------------------------- */

static void
letters_are_text_or_shortcuts(void **state)
{
	struct ui *ui = *state;

	type(ui, "c?", false);
	assert_string_equal(lower.text, "c?");
	assert_int_equal(lower.acts, 0);
	press(ui, KEY_TAB);		/* to the code, where letters are no text */
	type(ui, "C", true);
	assert_int_equal(lower.acts, 0);
	type(ui, "C", false);
	assert_int_equal(lower.acts, 1);
	assert_int_equal(lower.act, COPY);
	type(ui, "?", true);
	assert_int_equal(ui->depth, 1);
	type(ui, "?", false);
	assert_int_equal(ui->depth, 2);
	assert_ptr_equal(ui->stack[1].screen, &screen_help);
	press(ui, KEY_HELP_);
	assert_int_equal(ui->depth, 1);
	assert_int_equal(lower.resumed, 0);
}

static void
the_stack(void **state)
{
	struct ui *ui = *state;

	ui_push(ui, &high);
	assert_int_equal(upper.entered, 1);
	press(ui, KEY_ESC);		/* nobody wants it: back */
	assert_int_equal(ui->depth, 1);
	assert_int_equal(upper.left, 1);
	assert_int_equal(lower.resumed, 1);
	press(ui, KEY_ESC);
	assert_int_equal(ui->depth, 1);
	ui_push(ui, &high);
	press(ui, KEY_PAGE_UP);		/* a row that pops its own screen */
	assert_int_equal(ui->depth, 1);
	assert_int_equal(upper.act, LEAVE);
	assert_int_equal(upper.left, 2);
	ui_replace(ui, &high);
	press(ui, KEY_TAB);
	assert_int_equal(lower.left, 1);
	assert_false(ui->ended);
}

static void
an_enter_that_fails_ends(void **state)
{
	struct ui *ui = *state;

	ui_push(ui, &failing);
	assert_true(ui->ended);
	assert_int_equal(ui->why, ERR_FILES);
	assert_int_equal(ui->status, 1);
}

static void
ends_with(struct ui *ui, int status, const char *farewell)
{
	assert_true(ui->ended);
	assert_int_equal(ui->status, status);
	assert_int_equal(ui->why, ERR_OK);
	if (farewell == NULL)
		assert_null(ui->farewell);
	else
		assert_string_equal(ui->farewell, farewell);
}

static void
interrupt_before_a_sign_in(void **state)
{
	struct ui *ui = *state;

	ask(ui, WIRE_PASSWORD, NULL);
	press(ui, KEY_INTERRUPT);
	ends_with(ui, 1, NULL);
}

static void
interrupt_at_home(void **state)
{
	struct ui *ui = *state;

	ui_enter_door(ui, DOOR_HOME);
	press(ui, KEY_INTERRUPT);
	ends_with(ui, 0, "Signed out.");
}

static void
end_of_file(void **state)
{
	struct ui *ui = *state;

	type(ui, "a", false);
	press(ui, KEY_EOF);
	assert_false(ui->ended);
	press(ui, KEY_BACKSPACE_);
	press(ui, KEY_EOF);
	ends_with(ui, 1, NULL);
}

static void
typed_while_waiting(void **state)
{
	struct ui *ui = *state;

	ask(ui, WIRE_PASSWORD, N_("Checking..."));
	assert_true(ui->waiting);
	assert_int_equal(ui->asked.op, WIRE_PASSWORD);
	assert_string_equal(ui->message, "Checking...");
	type(ui, "kept", false);
	assert_string_equal(lower.text, "");
	answer(ui, WIRE_PASSWORD, ERR_OK, DOOR_NAME);
	assert_false(ui->waiting);
	assert_int_equal(lower.replies, 1);
	assert_string_equal(lower.text, "kept");
	assert_string_equal(ui->message, "");
	/* A refusal drops it. */
	ask(ui, WIRE_PASSWORD, NULL);
	type(ui, "dropped", false);
	answer(ui, WIRE_PASSWORD, ERR_CREDENTIALS, DOOR_NAME);
	assert_string_equal(lower.text, "kept");
}

static void
no_more_than_fits_is_kept(void **state)
{
	struct ui *ui = *state;

	ask(ui, WIRE_PASSWORD, NULL);
	for (int i = 0; i < 100; i++)
		type(ui, "0123456789", false);
	assert_int_equal(ui->kept_count, UI_KEPT);
	answer(ui, WIRE_PASSWORD, ERR_OK, DOOR_NAME);
	assert_int_equal(strlen(lower.text), UI_KEPT);
}

static void
typed_ahead_is_dropped(void **state)
{
	struct ui *ui = *state;

	ui_push(ui, &careful);
	ask(ui, WIRE_CODES, NULL);
	type(ui, "x", false);
	answer(ui, WIRE_CODES, ERR_OK, DOOR_NAME);
	assert_int_equal(upper.replies, 1);
	assert_string_equal(upper.text, "");
}

static void
help_while_waiting(void **state)
{
	struct ui *ui = *state;

	ask(ui, WIRE_PASSWORD, NULL);
	press(ui, KEY_HELP_);
	assert_int_equal(ui->depth, 2);
	press(ui, KEY_DOWN_);
	assert_int_equal(ui->kept_count, 0);
	answer(ui, WIRE_PASSWORD, ERR_OK, DOOR_NAME);
	assert_int_equal(ui->depth, 1);
	assert_int_equal(lower.replies, 1);
}

static void
a_second_request_waits(void **state)
{
	struct ui *ui = *state;

	ui->awaited = WIRE_ALIVE;
	ask(ui, WIRE_HOME, NULL);
	assert_true(ui->waiting && ui->queued);
	assert_int_equal(ui->awaited, WIRE_ALIVE);
	answer(ui, WIRE_ALIVE, ERR_OK, DOOR_NAME);
	assert_int_equal(lower.replies, 0);
	assert_true(ui->waiting && !ui->queued);
	assert_int_equal(ui->awaited, WIRE_HOME);
	type(ui, "z", false);
	answer(ui, WIRE_HOME, ERR_OK, DOOR_NAME);
	assert_int_equal(lower.op, WIRE_HOME);
	assert_string_equal(lower.text, "z");
	/* Two of a screen's own: nothing typed comes between them. */
	ask(ui, WIRE_HOME, NULL);
	ask(ui, WIRE_CODES, NULL);
	type(ui, "y", false);
	answer(ui, WIRE_HOME, ERR_OK, DOOR_NAME);
	assert_string_equal(lower.text, "z");
	answer(ui, WIRE_CODES, ERR_OK, DOOR_NAME);
	assert_string_equal(lower.text, "zy");
}

/* News that come under the help are asked for when it closes. */
static void
news_under_the_help(void **state)
{
	struct ui *ui = *state;

	press(ui, KEY_HELP_);
	answer(ui, WIRE_NEWS, ERR_OK, DOOR_HOME);
	assert_int_equal(lower.resumed, 0);
	press(ui, KEY_ESC);
	assert_int_equal(lower.resumed, 1);
	press(ui, KEY_HELP_);
	press(ui, KEY_ESC);
	assert_int_equal(lower.resumed, 1);
}

/* The keeper is asked the same once more; its answers go to the screen only when they are one. */
static void
a_busy_keeper_is_asked_again(void **state)
{
	struct ui *ui = *state;
	struct wire_request request;
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends), 0);
	ui->line = ends[0];
	wire_request_init(&request, WIRE_PASSWORD);
	wire_put(request.u.password.name, sizeof request.u.password.name, "alice");
	ui_ask(ui, &request, NULL);
	for (unsigned tries = 1; tries <= 6; tries++) {
		assert_int_equal(lower.replies, 0);
		assert_int_equal(line_receive_request(ends[1], &request), ERR_OK);
		assert_string_equal(request.u.password.name, "alice");
		answer(ui, WIRE_PASSWORD, ERR_BUSY, DOOR_NAME);
		ui_ask_again(ui);
		assert_int_equal(line_receive_request(ends[1], &request), ERR_BUSY);
		assert_int_equal(ui->waiting, tries < 6);
		if (ui->again_at != 0)
			ui->again_at = 1;
		ui_ask_again(ui);
	}
	assert_int_equal(lower.replies, 1);
	assert_string_equal(ui->again.u.password.name, "");
	ui->line = -1;
	close(ends[0]);
	close(ends[1]);
}

static void
what_the_keeper_may_say(void **state)
{
	struct ui *ui = *state;

	ask(ui, WIRE_PASSWORD, NULL);
	answer(ui, WIRE_CODE, ERR_OK, DOOR_NAME);
	assert_true(ui->ended);
	assert_int_equal(ui->why, ERR_PROTOCOL);
}

static void
the_keeper_ends_it(void **state)
{
	struct ui *ui = *state;

	answer(ui, WIRE_NO_OP, ERR_ENDED, DOOR_CLOSED);
	assert_true(ui->ended);
	assert_int_equal(ui->why, ERR_ENDED);
}

static void
a_closed_door_ends_it(void **state)
{
	struct ui *ui = *state;

	ask(ui, WIRE_PASSWORD, NULL);
	answer(ui, WIRE_PASSWORD, ERR_OK, DOOR_CLOSED);
	assert_true(ui->ended);
	assert_int_equal(ui->why, ERR_ENDED);
	assert_int_equal(lower.replies, 0);
}

static void
another_door(void **state)
{
	struct ui *ui = *state;

	ask(ui, WIRE_PASSWORD, NULL);
	answer(ui, WIRE_PASSWORD, ERR_STATE, DOOR_CODE);
	assert_int_equal(lower.left, 1);
	assert_int_equal(ui->facts.door, DOOR_CODE);
	assert_ptr_equal(ui->stack[0].screen, &screen_code);
	/* The error is said on the new screen. */
	assert_string_equal(ui->message, err_sentence(ERR_STATE));
}

static void
messages(void **state)
{
	struct ui *ui = *state;

	ui_say_err(ui, ERR_PAUSED, 27);
	assert_string_equal(ui->message, "Too many attempts. Try again in 27 s.");
	press(ui, KEY_PAGE_DOWN);	/* used by nobody */
	assert_string_equal(ui->message, "Too many attempts. Try again in 27 s.");
	ui->said_until = frozen() + 5;
	ui_handle(ui, &(struct event){ .type = EVENT_TICK });
	assert_string_equal(ui->message, "Too many attempts. Try again in 5 s.");
	type(ui, "a", false);
	assert_string_equal(ui->message, "");
	ui_handle(ui, &(struct event){ .type = EVENT_TICK });
	assert_string_equal(ui->message, "");
}

static void
idle_doors_close(void **state)
{
	struct ui *ui = *state;

	ui_wake(ui);
	assert_false(ui->ended);
	ui->last_key -= 119;
	ui_wake(ui);
	assert_false(ui->ended);
	assert_in_range(ui_timeout(ui), 0, 1000);
	ui->last_key -= 1;
	ui_wake(ui);
	assert_true(ui->ended);
	assert_int_equal(ui->why, ERR_IDLE);
}

static void
a_long_door_warns_first(void **state)
{
	struct ui *ui = *state;

	ui->facts.door = DOOR_CONFIGURE;
	ui->last_key -= 840;
	ui_wake(ui);
	assert_false(ui->ended);
	assert_string_equal(ui->message, "This screen closes in a minute without a key.");
	assert_in_range(ui_timeout(ui), 50000, 60000);
	ui->last_key -= 60;
	ui_wake(ui);
	assert_true(ui->ended);
}

static void
any_size_is_drawn(void **state)
{
	static const int sizes[][2] = { { 1, 1 }, { 1, 80 }, { 24, 1 }, { 4, 19 }, { 5, 20 }, { 2, 300 }, { 100, 300 } };
	struct ui *ui = *state;
	struct terminal *terminal = NULL;
	char cell[32];

	ui_draw(ui, true);
	terminal_cell(ui->terminal, 0, 1, cell, sizeof cell);
	assert_string_equal(cell, "Lb");
	terminal_cell(ui->terminal, 2, 0, cell, sizeof cell);
	assert_string_equal(cell, "c ");
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		terminal_close(ui->terminal);
		assert_int_equal(terminal_open_null("xterm", sizes[i][0], sizes[i][1], &terminal), ERR_OK);
		ui->terminal = terminal;
		ui_say(ui, STYLE_ERROR, N_("A message that is longer than the line of a small terminal."));
		ui_draw(ui, false);
		press(ui, KEY_HELP_);
		ui_draw(ui, true);
		press(ui, KEY_HELP_);
	}
	assert_false(ui->ended);
}

#define WITH_UI(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_UI(letters_are_text_or_shortcuts),
		WITH_UI(the_stack),
		WITH_UI(an_enter_that_fails_ends),
		WITH_UI(interrupt_before_a_sign_in),
		WITH_UI(interrupt_at_home),
		WITH_UI(end_of_file),
		WITH_UI(typed_while_waiting),
		WITH_UI(no_more_than_fits_is_kept),
		WITH_UI(typed_ahead_is_dropped),
		WITH_UI(help_while_waiting),
		WITH_UI(news_under_the_help),
		WITH_UI(a_busy_keeper_is_asked_again),
		WITH_UI(a_second_request_waits),
		WITH_UI(what_the_keeper_may_say),
		WITH_UI(the_keeper_ends_it),
		WITH_UI(a_closed_door_ends_it),
		WITH_UI(another_door),
		WITH_UI(messages),
		WITH_UI(idle_doors_close),
		WITH_UI(a_long_door_warns_first),
		WITH_UI(any_size_is_drawn)
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
