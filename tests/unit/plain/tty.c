/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A terminal as a typewriter: the test holds the other end of a pseudo-terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "plain/tty.h"

enum { PATIENCE = 10000 /* ms */ };

struct stage {
	int other; /* the person's end */
	int fd;
	struct tty tty;
};

static int
set_up(void **state)
{
	static struct stage stage;

	stage.other = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(stage.other >= 0);
	assert_int_equal(grantpt(stage.other), 0);
	assert_int_equal(unlockpt(stage.other), 0);
	stage.fd = open(ptsname(stage.other), O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(stage.fd >= 0);
	assert_int_equal(tty_open(stage.fd, stage.fd, &stage.tty), ERR_OK);
	*state = &stage;
	return 0;
}

static int
tear_down(void **state)
{
	struct stage *stage = *state;

	tty_close(&stage->tty);
	close(stage->fd);
	close(stage->other);
	return 0;
}

static void
types(struct stage *stage, const char *text)
{
	assert_int_equal(write(stage->other, text, strlen(text)), strlen(text));
}

/* All that came out, up to and with `text`. */
static void
reads(struct stage *stage, const char *text)
{
	struct pollfd fd = { .fd = stage->other, .events = POLLIN };
	char got[8192] = "";
	size_t used = 0;
	ssize_t length;

	while (used < strlen(text)) {
		assert_int_equal(poll(&fd, 1, PATIENCE), 1);
		length = read(stage->other, got + used, sizeof got - 1 - used);
		assert_true(length > 0);
		used += (size_t)length;
		got[used] = '\0';
	}
	assert_string_equal(got, text);
}

static enum err
takes(struct stage *stage, char *buf, size_t size)
{
	enum err err;

	do {
		assert_int_equal(tty_wait(&stage->tty, true, -1, PATIENCE), TTY_TYPED);
		err = tty_take(&stage->tty, buf, size);
	} while (err == ERR_BUSY);
	return err;
}

/* --- out ------------------------------------------------------------------------------ */

static void
what_would_not_be_shown_is_a_question_mark(void **state)
{
	struct stage *stage = *state;

	tty_put(&stage->tty,
	    "a\033[31mb\a\xff\xe2\x80\xae"
	    "c\nÉtat");
	reads(stage, "a?[31mb???c\r\nÉtat\r\n");
}

/* Pieces are cut between characters. */
static void
a_long_line_is_whole(void **state)
{
	struct stage *stage = *state;
	char text[2000], want[2000];

	for (size_t i = 0; i < 600; i++)
		memcpy(text + 1 + 3 * i, "█", 3);
	text[0] = 'x';
	text[1801] = '\0';
	memcpy(want, text, 1801);
	memcpy(want + 1801, "\r\n", 3);
	tty_put(&stage->tty, text);
	reads(stage, want);
}

/* --- in ------------------------------------------------------------------------------- */

static void
a_line_is_an_answer(void **state)
{
	struct stage *stage = *state;
	char buf[16];

	tty_prompt(&stage->tty, "Name: ", false);
	types(stage, "alice\r");
	assert_int_equal(takes(stage, buf, sizeof buf), ERR_OK);
	assert_string_equal(buf, "alice");
	reads(stage, "Name: alice\r\n");
}

static void
what_is_hidden_is_not_echoed(void **state)
{
	struct stage *stage = *state;
	char buf[16];

	tty_prompt(&stage->tty, "Word: ", true);
	types(stage, "secret\r");
	assert_int_equal(takes(stage, buf, sizeof buf), ERR_OK);
	assert_string_equal(buf, "secret");
	reads(stage, "Word: \r\n");
	tty_prompt(&stage->tty, "Name: ", false);
	types(stage, "bob\r");
	assert_int_equal(takes(stage, buf, sizeof buf), ERR_OK);
	reads(stage, "Name: bob\r\n");
}

static void
a_line_without_room_is_refused_whole(void **state)
{
	struct stage *stage = *state;
	char buf[16] = "as it was", line[301];

	memset(line, 'a', sizeof line - 2);
	line[sizeof line - 2] = '\r';
	line[sizeof line - 1] = '\0';
	tty_prompt(&stage->tty, "Name: ", true);
	types(stage, line);
	assert_int_equal(takes(stage, buf, sizeof buf), ERR_FIELD_LONG);
	assert_string_equal(buf, "as it was");
	types(stage, "bob\r");
	assert_int_equal(takes(stage, buf, sizeof buf), ERR_OK);
	assert_string_equal(buf, "bob");
}

/* ^D sends what was typed so far, and ends nothing but an empty line. */
static void
a_line_comes_in_pieces(void **state)
{
	struct stage *stage = *state;
	char buf[16];

	tty_prompt(&stage->tty, "Name: ", false);
	types(stage, "ali\004");
	assert_int_equal(tty_wait(&stage->tty, true, -1, PATIENCE), TTY_TYPED);
	assert_int_equal(tty_take(&stage->tty, buf, sizeof buf), ERR_BUSY);
	types(stage, "ce\r");
	assert_int_equal(takes(stage, buf, sizeof buf), ERR_OK);
	assert_string_equal(buf, "alice");
	types(stage, "\004");
	assert_int_equal(takes(stage, buf, sizeof buf), ERR_ENDED);
	assert_true(stage->tty.left);
}

static void
what_was_typed_ahead_is_dropped(void **state)
{
	struct stage *stage = *state;
	char buf[16];

	types(stage, "yes\r");
	reads(stage, "yes\r\n"); /* it has arrived */
	tty_drop(&stage->tty);
	types(stage, "no\r");
	assert_int_equal(takes(stage, buf, sizeof buf), ERR_OK);
	assert_string_equal(buf, "no");
}

static void
the_modes_are_given_back(void **state)
{
	struct stage *stage = *state;
	struct termios before = stage->tty.before, after;

	tty_prompt(&stage->tty, "Word: ", true);
	tty_close(&stage->tty);
	assert_int_equal(tcgetattr(stage->fd, &after), 0);
	assert_int_equal(after.c_lflag, before.c_lflag);
	assert_int_equal(after.c_iflag, before.c_iflag);
	assert_int_equal(tty_open(stage->fd, stage->fd, &stage->tty), ERR_OK);
}

#define WITH_TTY(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TTY(what_would_not_be_shown_is_a_question_mark),
		WITH_TTY(a_long_line_is_whole),
		WITH_TTY(a_line_is_an_answer),
		WITH_TTY(what_is_hidden_is_not_echoed),
		WITH_TTY(a_line_without_room_is_refused_whole),
		WITH_TTY(a_line_comes_in_pieces),
		WITH_TTY(what_was_typed_ahead_is_dropped),
		WITH_TTY(the_modes_are_given_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
