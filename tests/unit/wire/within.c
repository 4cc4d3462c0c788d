/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A keeper that does not answer is waited for by a deadline, whatever signals come meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "wire/line.h"
#include "wire/within.h"

enum { SOON = 200 }; /* ms */

static char directory[] = "/tmp/provconsole-within.XXXXXX";
static int dirfd_, listener, called;

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
on_alarm(int number)
{
	(void)number;
	called++;
}

/* A signal each 7 ms, without SA_RESTART. */
static void
alarms(bool on)
{
	const struct sigaction action = { .sa_handler = on_alarm };
	const struct itimerval often = { { 0, on ? 7000 : 0 }, { 0, on ? 7000 : 0 } };

	called = 0;
	assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &often, NULL), 0);
}

static void
assert_on_time(int64_t began)
{
	assert_in_range(now_ms() - began, SOON - 1, SOON + 1500);
}

static void
what_is_left_is_never_below_nothing(void **state)
{
	(void)state;
	assert_int_equal(within_left(WITHIN_EVER), -1);
	assert_int_equal(within_left(within(0)), 0);
	assert_int_equal(within_left(within(-5)), 0);
	assert_int_equal(within_left(INT64_MIN), 0);
	assert_int_equal(within_left(INT64_MAX - 1), INT32_MAX);
	assert_in_range(within_left(within(10000)), 9000, 10000);
}

static void
a_peer_that_says_nothing_is_left(void **state)
{
	static struct wire_request request;
	static struct wire_reply reply;
	int64_t began = now_ms();
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends), 0);
	alarms(true);
	wire_request_init(&request, WIRE_CODE);
	wire_put(request.u.code.code, WIRE_CODE_SIZE, "123456");
	assert_int_equal(line_ask_by(ends[0], &request, within(SOON), &reply), ERR_BUSY);
	alarms(false);
	assert_on_time(began);
	assert_int_equal(request.op, WIRE_NO_OP); /* wiped */
	close(ends[0]);
	close(ends[1]);
}

static void
a_peer_that_takes_nothing_is_left(void **state)
{
	static struct wire_request request;
	static struct wire_reply reply;
	int64_t began;
	int ends[2];
	char byte = 0;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends), 0);
	while (send(ends[0], &byte, 1, MSG_NOSIGNAL) == 1)
		continue;
	began = now_ms();
	alarms(true);
	wire_request_init(&request, WIRE_CODE);
	assert_int_equal(line_ask_by(ends[0], &request, within(SOON), &reply), ERR_BUSY);
	alarms(false);
	assert_on_time(began);
	close(ends[0]);
	close(ends[1]);
}

static void
where_many_wait_to_be_accepted_one_more_leaves(void **state)
{
	int64_t began = now_ms();
	int fd = -1, first[3];

	(void)state;
	/* listen(0) takes one, and another while that one waits. */
	for (size_t i = 0; i < 3; i++) {
		first[i] = -1;
		if (line_connect_by(dirfd_, "socket", within(SOON), &first[i]) == ERR_BUSY)
			break;
	}
	began = now_ms();
	alarms(true);
	assert_int_equal(line_connect_by(dirfd_, "socket", within(SOON), &fd), ERR_BUSY);
	alarms(false);
	assert_int_equal(fd, -1);
	assert_on_time(began);
	for (size_t i = 0; i < 3; i++)
		if (first[i] >= 0)
			close(first[i]);
}

static int
open_listener(void **state)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	(void)state;
	if (mkdtemp(directory) == NULL)
		return -1;
	dirfd_ = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", directory);
	listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	return bind(listener, (const struct sockaddr *)&address, sizeof address) != 0 ||
		listen(listener, 0) != 0
	    ? -1
	    : 0;
}

static int
close_listener(void **state)
{
	(void)state;
	close(listener);
	(void)unlinkat(dirfd_, "socket", 0);
	close(dirfd_);
	return rmdir(directory);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_left_is_never_below_nothing),
		cmocka_unit_test(a_peer_that_says_nothing_is_left),
		cmocka_unit_test(a_peer_that_takes_nothing_is_left),
		cmocka_unit_test_setup_teardown(where_many_wait_to_be_accepted_one_more_leaves,
		    open_listener, close_listener),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
