/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A service manager hears what it wants to know, and nobody is ever waited for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "keeper/notify.h"

static char name[64];

/* The manager's end. kind: '@' for the abstract space, '/' for a path. */
static int
manager(char kind)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	size_t length = (size_t)snprintf(name, sizeof name, "%sprovconsole-notify-%ld",
	    kind == '@' ? "@" : "/tmp/", (long)getpid());

	assert_true(fd >= 0);
	memcpy(address.sun_path, name, length);
	if (kind == '@')
		address.sun_path[0] = '\0';
	assert_int_equal(bind(fd, (const struct sockaddr *)&address,
			     (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)),
	    0);
	assert_int_equal(setenv("NOTIFY_SOCKET", name, 1), 0);
	return fd;
}

static void
watch(const char *microseconds, long pid)
{
	char text[24];

	(void)snprintf(text, sizeof text, "%ld", pid);
	assert_int_equal(setenv("WATCHDOG_USEC", microseconds, 1), 0);
	assert_int_equal(setenv("WATCHDOG_PID", text, 1), 0);
}

static void
assert_heard(int fd, const char *what)
{
	char text[64] = "";
	ssize_t length = recv(fd, text, sizeof text - 1, 0);

	assert_string_equal(text, what == NULL ? "" : what);
	assert_int_equal(length, what == NULL ? -1 : (ssize_t)strlen(what));
}

static struct notify
open_all(void)
{
	struct notify notify;

	memset(&notify, 0xa5, sizeof notify);
	notify_open(&notify);
	assert_null(getenv("NOTIFY_SOCKET"));
	assert_null(getenv("WATCHDOG_USEC"));
	assert_null(getenv("WATCHDOG_PID"));
	return notify;
}

static void
without_a_manager_nothing_is_said(void **state)
{
	struct notify notify;

	(void)state;
	watch("30000000", (long)getpid());
	notify = open_all();
	assert_int_equal(notify.fd, -1);
	assert_int_equal(notify_interval(&notify), -1);
	notify_ready(&notify);
	notify_watchdog(&notify);
	notify_stopping(&notify);
	notify_close(&notify);
}

static void
a_manager_hears_the_beginning_and_the_end(void **state)
{
	(void)state;
	for (const char *kind = "@/"; *kind != '\0'; kind++) {
		int fd = manager(*kind);
		struct notify notify = open_all();

		assert_int_equal(fcntl(notify.fd, F_GETFD), FD_CLOEXEC);
		notify_ready(&notify);
		assert_heard(fd, "READY=1");
		/* No watchdog was asked for. */
		notify_watchdog(&notify);
		assert_int_equal(notify_interval(&notify), -1);
		assert_heard(fd, NULL);
		notify_stopping(&notify);
		assert_heard(fd, "STOPPING=1");
		notify_close(&notify);
		notify_stopping(&notify);
		assert_heard(fd, NULL);
		close(fd);
		if (*kind == '/')
			unlink(name);
	}
}

static void
the_watchdog_is_fed_at_half_its_time(void **state)
{
	int fd = manager('@');
	struct notify notify;

	(void)state;
	watch("30000000", (long)getpid());
	notify = open_all();
	assert_int_equal(notify_interval(&notify), 15000);
	notify.last = -15000; /* also on a machine that has just started */
	notify_watchdog(&notify);
	assert_heard(fd, "WATCHDOG=1");
	notify_watchdog(&notify);
	assert_heard(fd, NULL);
	notify.last -= 15000;
	notify_watchdog(&notify);
	assert_heard(fd, "WATCHDOG=1");
	notify_close(&notify);
	close(fd);
}

static void
a_watchdog_of_another_process_is_not_fed(void **state)
{
	static const char *const times[] = { "", "0", "-1", "x", "30000000x" };
	int fd = manager('@');
	struct notify notify;

	(void)state;
	watch("30000000", (long)getppid());
	notify = open_all();
	assert_true(notify.fd >= 0);
	assert_int_equal(notify_interval(&notify), -1);
	notify_close(&notify);
	for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
		assert_int_equal(setenv("NOTIFY_SOCKET", name, 1), 0);
		watch(times[i], (long)getpid());
		notify = open_all();
		assert_int_equal(notify_interval(&notify), -1);
		notify_close(&notify);
	}
	close(fd);
}

static void
an_odd_address_is_nobody(void **state)
{
	char long_name[200];
	const char *const names[] = { "", "@", "/", "relative", "vsock:2:1234", "/nowhere/at/all",
		"@nobody-listens-here", long_name };

	(void)state;
	memset(long_name, 'x', sizeof long_name - 1);
	long_name[0] = '/';
	long_name[sizeof long_name - 1] = '\0';
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct notify notify;

		assert_int_equal(setenv("NOTIFY_SOCKET", names[i], 1), 0);
		notify = open_all();
		assert_int_equal(notify.fd, -1);
	}
}

/* Its queue is full, then it is gone: the keeper neither waits nor ends. */
static void
a_manager_that_does_not_listen_is_not_waited_for(void **state)
{
	int fd = manager('@');
	struct notify notify = open_all();

	(void)state;
	for (int i = 0; i < 10000; i++)
		notify_ready(&notify);
	assert_heard(fd, "READY=1");
	close(fd);
	notify_close(&notify);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_manager_nothing_is_said),
		cmocka_unit_test(a_manager_hears_the_beginning_and_the_end),
		cmocka_unit_test(the_watchdog_is_fed_at_half_its_time),
		cmocka_unit_test(a_watchdog_of_another_process_is_not_fed),
		cmocka_unit_test(an_odd_address_is_nobody),
		cmocka_unit_test(a_manager_that_does_not_listen_is_not_waited_for),
	};

	unsetenv("NOTIFY_SOCKET");
	unsetenv("WATCHDOG_USEC");
	unsetenv("WATCHDOG_PID");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
