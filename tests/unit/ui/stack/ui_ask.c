/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking the keeper, and what is typed meanwhile. */
#include "ui_stage.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "wire/line.h"

static void
typed_while_waiting(void **state)
{
	struct ui *ui = *state;

	stage_ask(ui, WIRE_PASSWORD, N_("Checking..."));
	assert_true(ui->waiting);
	assert_int_equal(ui->asked.op, WIRE_PASSWORD);
	assert_string_equal(ui->message, "Checking...");
	stage_type(ui, "kept", false);
	assert_string_equal(lower.text, "");
	stage_answer(ui, WIRE_PASSWORD, ERR_OK, DOOR_NAME);
	assert_false(ui->waiting);
	assert_int_equal(lower.replies, 1);
	assert_string_equal(lower.text, "kept");
	assert_string_equal(ui->message, "");
	/* A refusal drops it. */
	stage_ask(ui, WIRE_PASSWORD, NULL);
	stage_type(ui, "dropped", false);
	stage_answer(ui, WIRE_PASSWORD, ERR_CREDENTIALS, DOOR_NAME);
	assert_string_equal(lower.text, "kept");
}

static void
no_more_than_fits_is_kept(void **state)
{
	struct ui *ui = *state;

	stage_ask(ui, WIRE_PASSWORD, NULL);
	for (int i = 0; i < 100; i++)
		stage_type(ui, "0123456789", false);
	assert_int_equal(ui->kept_count, UI_KEPT);
	stage_answer(ui, WIRE_PASSWORD, ERR_OK, DOOR_NAME);
	assert_int_equal(strlen(lower.text), UI_KEPT);
}

static void
typed_ahead_is_dropped(void **state)
{
	struct ui *ui = *state;

	ui_push(ui, &careful, NULL);
	stage_ask(ui, WIRE_CODES, NULL);
	stage_type(ui, "x", false);
	stage_answer(ui, WIRE_CODES, ERR_OK, DOOR_NAME);
	assert_int_equal(upper.replies, 1);
	assert_string_equal(upper.text, "");
}

static void
help_while_waiting(void **state)
{
	struct ui *ui = *state;

	stage_ask(ui, WIRE_PASSWORD, NULL);
	stage_press(ui, KEY_HELP_);
	assert_int_equal(ui->depth, 2);
	stage_press(ui, KEY_DOWN_);
	assert_int_equal(ui->kept_count, 0);
	stage_answer(ui, WIRE_PASSWORD, ERR_OK, DOOR_NAME);
	assert_int_equal(ui->depth, 2); /* whoever reads goes on reading */
	assert_ptr_equal(ui->stack[1].screen, &screen_help);
	assert_int_equal(lower.replies, 1);
	stage_press(ui, KEY_ESC);
	/* but not over a refusal, and what was typed before it is for the screen below */
	stage_ask(ui, WIRE_PASSWORD, NULL);
	stage_type(ui, "kept", false);
	stage_press(ui, KEY_HELP_);
	stage_answer(ui, WIRE_PASSWORD, ERR_OK, DOOR_NAME);
	assert_int_equal(ui->depth, 2);
	assert_string_equal(lower.text, "kept");
	stage_ask(ui, WIRE_PASSWORD, NULL);
	ui->asker = 0;
	stage_answer(ui, WIRE_PASSWORD, ERR_CREDENTIALS, DOOR_NAME);
	assert_int_equal(ui->depth, 1);
}

static void
a_second_request_waits(void **state)
{
	struct ui *ui = *state;

	ui->awaited = WIRE_ALIVE;
	stage_ask(ui, WIRE_HOME, NULL);
	assert_true(ui->waiting && ui->queued);
	assert_int_equal(ui->awaited, WIRE_ALIVE);
	stage_answer(ui, WIRE_ALIVE, ERR_OK, DOOR_NAME);
	assert_int_equal(lower.replies, 0);
	assert_true(ui->waiting && !ui->queued);
	assert_int_equal(ui->awaited, WIRE_HOME);
	stage_type(ui, "z", false);
	stage_answer(ui, WIRE_HOME, ERR_OK, DOOR_NAME);
	assert_int_equal(lower.op, WIRE_HOME);
	assert_string_equal(lower.text, "z");
	/* Two of a screen's own: nothing typed comes between them. */
	stage_ask(ui, WIRE_HOME, NULL);
	stage_ask(ui, WIRE_CODES, NULL);
	stage_type(ui, "y", false);
	stage_answer(ui, WIRE_HOME, ERR_OK, DOOR_NAME);
	assert_string_equal(lower.text, "z");
	stage_answer(ui, WIRE_CODES, ERR_OK, DOOR_NAME);
	assert_string_equal(lower.text, "zy");
}

static void
news_under_the_help(void **state)
{
	struct ui *ui = *state;

	stage_press(ui, KEY_HELP_);
	stage_answer(ui, WIRE_NEWS, ERR_OK, DOOR_HOME);
	assert_int_equal(lower.resumed, 0);
	stage_press(ui, KEY_ESC);
	assert_int_equal(lower.resumed, 1);
	stage_press(ui, KEY_HELP_);
	stage_press(ui, KEY_ESC);
	assert_int_equal(lower.resumed, 1);
}

/* A console that is open already locks by the time that rules now. */
static void
news_say_how_long_it_may_be_idle(void **state)
{
	struct ui *ui = *state;
	struct wire_reply news;

	ui->facts.idle_lock = 900;
	wire_reply_init(&news, WIRE_NEWS);
	news.door = DOOR_HOME;
	news.u.news.idle_lock = 60;
	ui_receive(ui, &news);
	assert_int_equal(ui->facts.idle_lock, 60);
	news.u.news.idle_lock = 0; /* nothing about it */
	ui_receive(ui, &news);
	assert_int_equal(ui->facts.idle_lock, 60);
}

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
	for (unsigned tries = 1; tries <= 11; tries++) {
		assert_int_equal(lower.replies, 0);
		assert_int_equal(line_receive_request(ends[1], &request), ERR_OK);
		assert_string_equal(request.u.password.name, "alice");
		stage_answer(ui, WIRE_PASSWORD, ERR_BUSY, DOOR_NAME);
		ui_ask_again(ui);
		assert_int_equal(line_receive_request(ends[1], &request), ERR_BUSY);
		assert_int_equal(ui->waiting, tries < 11);
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

	stage_ask(ui, WIRE_PASSWORD, NULL);
	stage_answer(ui, WIRE_CODE, ERR_OK, DOOR_NAME);
	assert_true(ui->ended);
	assert_int_equal(ui->why, ERR_PROTOCOL);
}

static void
the_keeper_ends_it(void **state)
{
	struct ui *ui = *state;

	stage_answer(ui, WIRE_NO_OP, ERR_ENDED, DOOR_CLOSED);
	assert_true(ui->ended);
	assert_int_equal(ui->why, ERR_ENDED);
}

static void
a_closed_door_ends_it(void **state)
{
	struct ui *ui = *state;

	stage_ask(ui, WIRE_PASSWORD, NULL);
	stage_answer(ui, WIRE_PASSWORD, ERR_OK, DOOR_CLOSED);
	assert_true(ui->ended);
	assert_int_equal(ui->why, ERR_ENDED);
	assert_int_equal(lower.replies, 0);
}

static void
another_door(void **state)
{
	struct ui *ui = *state;

	stage_ask(ui, WIRE_PASSWORD, NULL);
	stage_answer(ui, WIRE_PASSWORD, ERR_STATE, DOOR_CODE);
	assert_int_equal(lower.left, 1);
	assert_int_equal(ui->facts.door, DOOR_CODE);
	assert_ptr_equal(ui->stack[0].screen, &screen_code);
	/* The error is said on the new screen. */
	assert_string_equal(ui->message, err_sentence(ERR_STATE));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_UI(typed_while_waiting),
		WITH_UI(no_more_than_fits_is_kept),
		WITH_UI(typed_ahead_is_dropped),
		WITH_UI(help_while_waiting),
		WITH_UI(news_under_the_help),
		WITH_UI(news_say_how_long_it_may_be_idle),
		WITH_UI(a_busy_keeper_is_asked_again),
		WITH_UI(a_second_request_waits),
		WITH_UI(what_the_keeper_may_say),
		WITH_UI(the_keeper_ends_it),
		WITH_UI(a_closed_door_ends_it),
		WITH_UI(another_door),
	};

	if (setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
