/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setting up, and passwords from standard input. */
#include "cli_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/ask.h"

/* --- setting up, passwords
 * ------------------------------------------------------------------------------- */

/* The bytes on standard input for the call. */
static void
feed(const char *bytes, size_t length, int *ret_saved)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], bytes, length), length);
	close(ends[1]);
	*ret_saved = dup(0);
	assert_int_equal(dup2(ends[0], 0), 0);
	close(ends[0]);
}

static void
unfeed(int saved)
{
	assert_int_equal(dup2(saved, 0), 0);
	close(saved);
}

static void
test_init(void **state)
{
	static const char line[] = "correct horse battery\nnot this\n";
	char rest[16] = "";
	int saved;

	(void)state;
	wire_reply_init(&reply, WIRE_INIT);
	stage_answer();
	cli.user = "alice";
	cli.options = OPTION_STDIN;
	feed(line, sizeof line - 1, &saved);
	assert_int_equal(stage_run(init_run), ERR_OK);
	assert_int_equal(read(0, rest, sizeof rest - 1), 9);
	unfeed(saved);
	assert_string_equal(rest, "not this\n");
	assert_string_equal(OUT, "");
	stage_asked(WIRE_INIT);
	assert_string_equal(request.u.init.name, "alice");
	assert_string_equal(request.u.init.password, "correct horse battery");
	cli.reply.u.hello.set_up = 1;
	assert_int_equal(stage_run(init_run), ERR_SET_UP);
}

static void
test_set_password(void **state)
{
	static const char good[] = "correct horse battery\n", poor[] = "short\n";
	int saved;

	(void)state;
	wire_reply_init(&reply, WIRE_USER_PASSWORD);
	stage_answer();
	cli.operand[0] = "bob";
	cli.options = OPTION_STDIN;
	feed(good, sizeof good - 1, &saved);
	assert_int_equal(stage_run(user_set_password_run), ERR_OK);
	unfeed(saved);
	assert_string_equal(OUT, "");
	assert_string_equal(ERR, "");
	stage_asked(WIRE_USER_PASSWORD);
	assert_string_equal(request.u.user_add.name, "bob");
	assert_string_equal(request.u.user_add.password, "correct horse battery");
	assert_int_equal(request.u.user_add.invite, 0);
	feed(poor, sizeof poor - 1, &saved);
	assert_int_equal(stage_run(user_set_password_run), ERR_PASSWORD_SHORT);
	unfeed(saved);
	stage_not_asked();
}

static void
test_set_password_invites(void **state)
{
	(void)state;
	stage_answer_invitation(WIRE_USER_PASSWORD);
	setenv("TZ", "UTC", 1);
	cli.operand[0] = "bob";
	cli.options = OPTION_INVITE;
	assert_int_equal(stage_run(user_set_password_run), ERR_OK);
	assert_string_equal(OUT, "ABCD-EFGH-IJKL-MNOP\n");
	assert_non_null(strstr(ERR, "1970-01-02 00:00:00"));
	stage_asked(WIRE_USER_PASSWORD);
	assert_int_equal(request.u.user_add.invite, 1);
	assert_string_equal(request.u.user_add.password, "");
}

/* Standard output that is closed: the invitation is lost, and it is said how to get another one. */
static void
test_an_invitation_that_cannot_be_printed(void **state)
{
	int saved;
	enum err err;

	(void)state;
	stage_answer_invitation(WIRE_USER_ADD);
	cli.operand[0] = "bob";
	stage_catch();
	saved = dup(1);
	close(1);
	err = user_add_run(&cli);
	assert_int_equal(dup2(saved, 1), 1);
	close(saved);
	stage_release();
	assert_int_equal(err, ERR_FAILED);
	assert_true(cli.said);
	assert_non_null(strstr(ERR, "user set-password NAME --invite"));
	assert_null(strstr(ERR, "ABCD"));
}

static enum err
ask_of(const char *bytes, size_t length)
{
	struct secret *typed = NULL;
	enum err err;
	int saved;

	feed(bytes, length, &saved);
	err = ask_password(true, "alice.of.wonderland", &typed);
	unfeed(saved);
	assert_int_equal(typed != NULL, err == ERR_OK);
	secret_free(typed);
	return err;
}

static void
test_passwords_from_standard_input(void **state)
{
	static char longest[TEXT_PASSWORD_SIZE + 8];

	(void)state;
	assert_int_equal(ask_of("correct horse battery", 21), ERR_OK);
	assert_int_equal(ask_of("short\n", 6), ERR_PASSWORD_SHORT);
	assert_int_equal(ask_of("", 0), ERR_PASSWORD_SHORT);
	assert_int_equal(ask_of("\n", 1), ERR_PASSWORD_SHORT);
	assert_int_equal(ask_of("correct\0horse battery\n", 22), ERR_PASSWORD_CONTROL);
	assert_int_equal(ask_of("correct horse battery\r\n", 23), ERR_PASSWORD_CONTROL);
	assert_int_equal(ask_of("correct horse \xff\xff battery\n", 25), ERR_FIELD_UTF8);
	assert_int_equal(ask_of("Alice.Of.Wonderland\n", 20), ERR_PASSWORD_IS_NAME);
	/* 256 characters of 4 bytes are the longest password there is. */
	for (size_t i = 0; i < 256; i++) {
		memcpy(longest + i * 4, "\xf0\x9f\x98\x80", 4);
		longest[i * 4 + 3] = (char)(0x80 + i * i % 61);
	}
	longest[1024] = '\n';
	assert_int_equal(ask_of(longest, 1025), ERR_OK);
	longest[1024] = 'x';
	assert_int_equal(ask_of(longest, 1025), ERR_PASSWORD_LONG);
	assert_int_equal(ask_of(longest, sizeof longest), ERR_PASSWORD_LONG);
}

static void
test_a_line_ends_at_its_newline(void **state)
{
	struct secret *line = NULL;
	int saved;

	(void)state;
	feed("a\0b\n", 4, &saved);
	assert_int_equal(ask_line(0, &line), ERR_PASSWORD_CONTROL);
	unfeed(saved);
	feed("one\n\ntwo", 8, &saved);
	assert_int_equal(ask_line(0, &line), ERR_OK);
	assert_string_equal((const char *)line->bytes, "one");
	secret_free(line);
	assert_int_equal(ask_line(0, &line), ERR_OK);
	assert_int_equal(line->length, 0);
	secret_free(line);
	assert_int_equal(ask_line(0, &line), ERR_OK);
	unfeed(saved);
	assert_string_equal((const char *)line->bytes, "two");
	secret_free(line);
}

/* An editor's mark before UTF-8 is not typed at a door, and so is no part of the password. */
static void
test_a_byte_order_mark_is_not_typed(void **state)
{
	static const char marked[] = "\xef\xbb\xbf"
				     "one\n\xef\xbb\xbf\nx\xef\xbb\xbf\n";
	struct secret *line = NULL;
	int saved;

	(void)state;
	feed(marked, sizeof marked - 1, &saved);
	assert_int_equal(ask_line(0, &line), ERR_OK);
	assert_string_equal((const char *)line->bytes, "one");
	assert_int_equal(line->length, 3);
	secret_free(line);
	assert_int_equal(ask_line(0, &line), ERR_OK);
	assert_int_equal(line->length, 0);
	secret_free(line);
	assert_int_equal(ask_line(0, &line), ERR_OK);
	unfeed(saved);
	assert_string_equal((const char *)line->bytes, "x\xef\xbb\xbf");
	secret_free(line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_LINE(test_set_password),
		ON_LINE(test_set_password_invites),
		ON_LINE(test_an_invitation_that_cannot_be_printed),
		ON_LINE(test_init),
		cmocka_unit_test(test_passwords_from_standard_input),
		cmocka_unit_test(test_a_line_ends_at_its_newline),
		cmocka_unit_test(test_a_byte_order_mark_is_not_typed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
