/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stack, the way of an event, messages and time. */
#include "ui_stage.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ui/screen/confirm.h"

static void
letters_are_text_or_shortcuts(void **state)
{
	struct ui *ui = *state;

	stage_type(ui, "c?", false);
	assert_string_equal(lower.text, "c?");
	assert_int_equal(lower.acts, 0);
	stage_press(ui, KEY_TAB); /* to the code, where letters are no text */
	stage_type(ui, "C", true);
	assert_int_equal(lower.acts, 0);
	stage_type(ui, "C", false);
	assert_int_equal(lower.acts, 1);
	assert_int_equal(lower.act, COPY);
	stage_type(ui, "?", true);
	assert_int_equal(ui->depth, 1);
	stage_type(ui, "?", false);
	assert_int_equal(ui->depth, 2);
	assert_ptr_equal(ui->stack[1].screen, &screen_help);
	stage_press(ui, KEY_HELP_);
	assert_int_equal(ui->depth, 1);
	assert_int_equal(lower.resumed, 0);
}

static void
the_stack(void **state)
{
	struct ui *ui = *state;

	ui_push(ui, &high, NULL);
	assert_int_equal(upper.entered, 1);
	stage_press(ui, KEY_ESC); /* nobody wants it: back */
	assert_int_equal(ui->depth, 1);
	assert_int_equal(upper.left, 1);
	assert_int_equal(lower.resumed, 1);
	stage_press(ui, KEY_ESC);
	assert_int_equal(ui->depth, 1);
	ui_push(ui, &high, NULL);
	stage_press(ui, KEY_PAGE_UP); /* a row that pops its own screen */
	assert_int_equal(ui->depth, 1);
	assert_int_equal(upper.act, LEAVE);
	assert_int_equal(upper.left, 2);
	ui_replace(ui, &high);
	stage_press(ui, KEY_TAB);
	assert_int_equal(lower.left, 1);
	assert_false(ui->ended);
}

/* News reach the screen on top alone: what stands below looks again when a dialog is cancelled. */
static void
under_a_dialog_it_is_looked_at_again(void **state)
{
	struct ui *ui = *state;
	struct confirm confirm = { .verb = "Do it" };

	wire_request_init(&confirm.request, WIRE_DEACTIVATE);
	confirm_open(ui, &confirm);
	assert_int_equal(ui->depth, 2);
	stage_press(ui, KEY_ESC);
	assert_int_equal(ui->depth, 1);
	assert_int_equal(lower.resumed, 1);
}

static void
an_enter_that_fails_ends(void **state)
{
	struct ui *ui = *state;

	ui_push(ui, &failing, NULL);
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

	stage_ask(ui, WIRE_PASSWORD, NULL);
	stage_press(ui, KEY_INTERRUPT);
	ends_with(ui, 1, NULL);
}

static void
interrupt_at_home(void **state)
{
	struct ui *ui = *state;

	ui_enter_door(ui, DOOR_HOME);
	stage_press(ui, KEY_INTERRUPT);
	ends_with(ui, 0, "Signed out.");
}

static void
end_of_file(void **state)
{
	struct ui *ui = *state;

	stage_type(ui, "a", false);
	stage_press(ui, KEY_EOF);
	assert_false(ui->ended);
	stage_press(ui, KEY_BACKSPACE_);
	stage_press(ui, KEY_EOF);
	ends_with(ui, 1, NULL);
}

static void
messages(void **state)
{
	struct ui *ui = *state;

	ui_say_err(ui, ERR_PAUSED, 27);
	assert_string_equal(ui->message, "Too many attempts. Try again in 27 s.");
	stage_press(ui, KEY_PAGE_DOWN); /* used by nobody */
	assert_string_equal(ui->message, "Too many attempts. Try again in 27 s.");
	ui->said_until = stage_clock() + 5;
	ui_handle(ui, &(struct event){ .type = EVENT_TICK });
	assert_string_equal(ui->message, "Too many attempts. Try again in 5 s.");
	stage_type(ui, "a", false);
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
	ui->last_asked -= 119;
	ui_wake(ui);
	assert_false(ui->ended);
	assert_in_range(ui_timeout(ui), 0, 1000);
	ui->last_key = ui->last_asked; /* a key does not count at a door */
	ui->last_asked -= 1;
	ui_wake(ui);
	assert_true(ui->ended);
	assert_int_equal(ui->why, ERR_IDLE);
}

static void
a_long_door_warns_first(void **state)
{
	struct ui *ui = *state;

	ui->facts.door = DOOR_CONFIGURE;
	ui->last_asked -= 840;
	ui_wake(ui);
	assert_false(ui->ended);
	assert_string_equal(ui->message, "This screen closes in a minute unless it is completed.");
	assert_in_range(ui_timeout(ui), 50000, 60000);
	ui->last_asked -= 60;
	ui_wake(ui);
	assert_true(ui->ended);
}

/* The lock cannot be asked for before: it comes with the answer, and nothing spins meanwhile. */
static void
a_late_answer_delays_the_lock(void **state)
{
	struct ui *ui = *state;

	ui->facts.door = DOOR_HOME;
	ui->facts.idle_lock = 60;
	stage_ask(ui, WIRE_HOME, NULL);
	ui->last_key -= 60;
	ui_wake(ui);
	assert_int_equal(ui->facts.door, DOOR_HOME);
	assert_int_equal(ui_timeout(ui), -1);
	stage_answer(ui, WIRE_HOME, ERR_OK, DOOR_HOME);
	assert_int_equal(ui_timeout(ui), 0);
	ui_wake(ui);
	assert_int_equal(ui->facts.door, DOOR_LOCKED);
}

/* The keeper's answer to a right password, of a person who wants to be asked line by line. */
static void
let_in(struct ui *ui, enum wire_op op, enum err err, enum signin_door door, bool plain)
{
	struct wire_reply reply;

	wire_reply_init(&reply, op);
	reply.err = err;
	reply.door = door;
	if (err == ERR_OK) {
		wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "alice");
		reply.u.signin.plain = plain;
	}
	ui_receive(ui, &reply);
}

/* At whatever door is next, and nothing is asked of the keeper any more. */
static void
plain_text_takes_over(void **state)
{
	static const enum signin_door doors[] = { DOOR_CODE, DOOR_PASSWORD, DOOR_CONFIGURE,
		DOOR_RECOVERY, DOOR_DOUBT, DOOR_HOME };
	struct ui *ui = *state;

	for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++) {
		ui->ended = ui->hands_over = false;
		ui_enter_door(ui, DOOR_NAME);
		ui->facts.inside = false;
		stage_ask(ui, WIRE_PASSWORD, NULL);
		stage_type(ui, "123456", false); /* for a screen that never comes */
		stage_press(ui, KEY_ENTER_);
		let_in(ui, WIRE_PASSWORD, ERR_OK, doors[i], true);
		assert_true(ui->ended && ui->hands_over);
		assert_int_equal(ui->why, ERR_OK);
		assert_int_equal(ui->facts.door, doors[i]);
		assert_string_equal(ui->facts.user, "alice");
		assert_int_equal(ui->facts.inside, doors[i] == DOOR_HOME);
		assert_false(ui->waiting);
		ui->last_sent = terminal_clock() - 60; /* a line that was slow to answer */
		ui->last_key = ui->last_sent + 1;
		ui_alive(ui);
		ui_wake(ui);
		assert_int_equal(ui->awaited, WIRE_NO_OP);
		assert_int_equal(ui->asked.op, WIRE_PASSWORD);
	}
}

static void
plain_text_takes_over_from_nobody_else(void **state)
{
	struct ui *ui = *state;

	ui_enter_door(ui, DOOR_NAME);
	stage_ask(ui, WIRE_PASSWORD, NULL);
	let_in(ui, WIRE_PASSWORD, ERR_CREDENTIALS, DOOR_NAME, true);
	assert_false(ui->ended || ui->hands_over);
	stage_ask(ui, WIRE_PASSWORD, NULL);
	let_in(ui, WIRE_PASSWORD, ERR_OK, DOOR_CODE, false);
	assert_false(ui->ended || ui->hands_over);
	assert_int_equal(ui->facts.door, DOOR_CODE);
	/* Whoever left before the answer came has left. */
	ui_enter_door(ui, DOOR_NAME);
	stage_ask(ui, WIRE_PASSWORD, NULL);
	stage_press(ui, KEY_INTERRUPT);
	let_in(ui, WIRE_PASSWORD, ERR_OK, DOOR_CODE, true);
	assert_true(ui->ended);
	assert_false(ui->hands_over);
}

static void
plain_text_chosen_at_home(void **state)
{
	const bool off = false;
	struct ui *ui = *state;

	ui_enter_door(ui, DOOR_HOME);
	stage_answer(ui, WIRE_HOME, ERR_OK, DOOR_HOME);
	ui_push(ui, &screen_plain, &off);
	stage_press(ui, KEY_UP_);
	stage_press(ui, KEY_ENTER_);
	assert_int_equal(ui->again.u.preferences.which, WIRE_PREFERS_PLAIN);
	assert_true(ui->again.u.preferences.plain);
	stage_answer(ui, WIRE_PREFERENCES, ERR_PAUSED, DOOR_HOME);
	assert_false(ui->ended);
	stage_press(ui, KEY_ENTER_);
	stage_answer(ui, WIRE_PREFERENCES, ERR_OK, DOOR_HOME);
	assert_true(ui->ended && ui->hands_over);
	assert_int_equal(ui->facts.door, DOOR_HOME);
}

static void
any_size_is_drawn(void **state)
{
	static const int sizes[][2] = { { 1, 1 }, { 1, 80 }, { 24, 1 }, { 4, 19 }, { 5, 20 },
		{ 2, 300 }, { 100, 300 } };
	struct ui *ui = *state;
	struct terminal *terminal = NULL;
	char cell[32];

	ui_draw(ui, true);
	terminal_cell(ui->terminal, 0, 1, cell, sizeof cell);
	assert_string_equal(cell, "Lr");
	terminal_cell(ui->terminal, 2, 0, cell, sizeof cell);
	assert_string_equal(cell, "c ");
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		terminal_close(ui->terminal);
		assert_int_equal(terminal_open_null("xterm", sizes[i][0], sizes[i][1], &terminal),
		    ERR_OK);
		ui->terminal = terminal;
		ui_say(ui, STYLE_ERROR,
		    N_("A message that is longer than the line of a small terminal."));
		ui_draw(ui, false);
		stage_press(ui, KEY_HELP_);
		ui_draw(ui, true);
		stage_press(ui, KEY_HELP_);
	}
	assert_false(ui->ended);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_UI(letters_are_text_or_shortcuts),
		WITH_UI(the_stack),
		WITH_UI(under_a_dialog_it_is_looked_at_again),
		WITH_UI(an_enter_that_fails_ends),
		WITH_UI(interrupt_before_a_sign_in),
		WITH_UI(interrupt_at_home),
		WITH_UI(end_of_file),
		WITH_UI(messages),
		WITH_UI(idle_doors_close),
		WITH_UI(a_long_door_warns_first),
		WITH_UI(a_late_answer_delays_the_lock),
		WITH_UI(plain_text_takes_over),
		WITH_UI(plain_text_takes_over_from_nobody_else),
		WITH_UI(plain_text_chosen_at_home),
		WITH_UI(any_size_is_drawn),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
