/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whoever ends a line at the moment when something is said to them is heard to the last: though the
 * line is reset for what they left unread.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/line.h"
#include "wire/run.h"

static void
open_ends(int ends[2])
{
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), 0);
}

static void
a_console_that_may_be_handed_a_descriptor(void **state)
{
	struct wire_request request;
	struct wire_reply reply;
	int ends[2], passed = -1;

	(void)state;
	open_ends(ends);
	wire_request_init(&request, WIRE_ALIVE);
	assert_int_equal(line_send_request(ends[0], &request), ERR_OK);
	wire_reply_init(&reply, WIRE_NO_OP);
	reply.err = ERR_LONGEST;
	assert_int_equal(line_send_reply(ends[1], &reply), ERR_OK);
	close(ends[1]);
	memset(&reply, 0, sizeof reply);
	assert_int_equal(line_receive_reply_with(ends[0], &reply, &passed), ERR_OK);
	assert_int_equal(reply.err, ERR_LONGEST);
	assert_int_equal(passed, -1);
	assert_int_equal(line_receive_reply_with(ends[0], &reply, &passed), ERR_KEEPER_GONE);
	close(ends[0]);
}

static void
the_terminal_of_a_command(void **state)
{
	static const char last[] = "last words", unread[] = "typed too late";
	char kind = 0, said[RUN_PUMP_MAX];
	size_t size = 0;
	int ends[2];

	(void)state;
	open_ends(ends);
	assert_int_equal(run_send(ends[0], RUN_INPUT, unread, sizeof unread), ERR_OK);
	assert_int_equal(run_send(ends[1], RUN_OUTPUT, last, sizeof last), ERR_OK);
	close(ends[1]);
	assert_int_equal(run_receive(ends[0], &kind, said, &size), ERR_OK);
	assert_int_equal(kind, RUN_OUTPUT);
	assert_int_equal(size, sizeof last);
	assert_string_equal(said, last);
	assert_int_equal(run_receive(ends[0], &kind, said, &size), ERR_KEEPER_GONE);
	close(ends[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_console_that_may_be_handed_a_descriptor),
		cmocka_unit_test(the_terminal_of_a_command),
	};

	return cmocka_run_group_tests_name("last word", tests, NULL, NULL);
}
