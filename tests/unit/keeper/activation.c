/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A socket that is passed in: taken only if it is one, for us, and of the right kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include <fcntl.h>

#include "keeper/activation.h"

enum { UNTOUCHED = 77 };

static void
environment(long pid, const char *fds)
{
	char text[24];

	(void)snprintf(text, sizeof text, "%ld", pid);
	assert_int_equal(setenv("LISTEN_PID", text, 1), 0);
	assert_int_equal(setenv("LISTEN_FDS", fds, 1), 0);
	assert_int_equal(setenv("LISTEN_FDNAMES", "name", 1), 0);
}

/* Descriptor 3: a socket of that kind, bound to a name of its own in the abstract space, listening
 * or not. */
static void
pass(int domain, int type, int listening)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(domain, type, 0);

	assert_true(fd >= 0);
	if (domain == AF_UNIX) {
		(void)snprintf(address.sun_path + 1, sizeof address.sun_path - 1,
		    "provconsole-activation-%ld", (long)getpid());
		assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
	}
	if (listening)
		assert_int_equal(listen(fd, 5), 0);
	if (fd != 3) {
		assert_int_equal(dup2(fd, 3), 3);
		close(fd);
	}
}

static enum err
take(int *fd)
{
	*fd = UNTOUCHED;
	return activation_take(fd);
}

static void
refused(void)
{
	int fd;

	assert_int_equal(take(&fd), ERR_STATE);
	assert_int_equal(fd, UNTOUCHED);
	assert_null(getenv("LISTEN_PID"));
	close(3);
}

static void
nothing_passed_is_no_failure(void **state)
{
	int fd;

	(void)state;
	assert_int_equal(unsetenv("LISTEN_PID") + unsetenv("LISTEN_FDS"), 0);
	assert_int_equal(take(&fd), ERR_OK);
	assert_int_equal(fd, -1);
}

static void
the_right_socket_is_taken(void **state)
{
	int fd;

	(void)state;
	pass(AF_UNIX, SOCK_SEQPACKET, 1);
	environment((long)getpid(), "1");
	assert_int_equal(take(&fd), ERR_OK);
	assert_int_equal(fd, 3);
	assert_true((fcntl(3, F_GETFL) & O_NONBLOCK) != 0);
	assert_int_equal(fcntl(3, F_GETFD), FD_CLOEXEC);
	assert_null(getenv("LISTEN_PID"));
	assert_null(getenv("LISTEN_FDS"));
	assert_null(getenv("LISTEN_FDNAMES"));
	close(3);
}

static void
what_is_meant_for_another_process_is_left_alone(void **state)
{
	int fd;

	(void)state;
	pass(AF_UNIX, SOCK_SEQPACKET, 1);
	environment((long)getppid(), "1");
	assert_int_equal(take(&fd), ERR_OK);
	assert_int_equal(fd, -1);
	assert_int_equal(fcntl(3, F_GETFL) & O_NONBLOCK, 0);
	close(3);
}

static void
other_numbers_of_sockets_are_refused(void **state)
{
	static const char *const numbers[] = { "0", "2", "", "1x", "+1", " 1", "-1", "4294967297" };

	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		pass(AF_UNIX, SOCK_SEQPACKET, 1);
		environment((long)getpid(), numbers[i]);
		refused();
	}
}

static void
other_kinds_of_descriptors_are_refused(void **state)
{
	(void)state;
	pass(AF_UNIX, SOCK_STREAM, 1);
	environment((long)getpid(), "1");
	refused();
	pass(AF_UNIX, SOCK_SEQPACKET, 0);
	environment((long)getpid(), "1");
	refused();
	pass(AF_INET, SOCK_STREAM, 1);
	environment((long)getpid(), "1");
	refused();
	assert_int_equal(dup2(STDERR_FILENO, 3), 3);
	environment((long)getpid(), "1");
	refused();
	environment((long)getpid(), "1");
	refused();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_passed_is_no_failure),
		cmocka_unit_test(the_right_socket_is_taken),
		cmocka_unit_test(what_is_meant_for_another_process_is_left_alone),
		cmocka_unit_test(other_numbers_of_sockets_are_refused),
		cmocka_unit_test(other_kinds_of_descriptors_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
