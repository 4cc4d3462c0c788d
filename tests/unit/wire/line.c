/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line: real sockets, and what must not come through them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire/line.h"

static struct wire_request request;
static struct wire_reply reply;
static int ends[2];

static int
open_ends(void **state)
{
	(void)state;
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
}

static int
close_ends(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++)
		if (ends[i] >= 0)
			close(ends[i]);
	return 0;
}

static void
test_a_message_arrives_whole(void **state)
{
	struct wire_request got;

	(void)state;
	wire_request_init(&request, WIRE_PASSWORD);
	wire_put(request.u.password.name, sizeof request.u.password.name, "alice");
	wire_put(request.u.password.password, sizeof request.u.password.password,
	    "correct horse battery");
	assert_int_equal(line_send_request(ends[0], &request), ERR_OK);
	memset(&got, 'x', sizeof got);
	assert_int_equal(line_receive_request(ends[1], &got), ERR_OK);
	assert_memory_equal(&got, &request, sizeof got);
	wire_reply_init(&reply, WIRE_AUDIT_LIST);
	reply.u.audit_page.count = WIRE_AUDIT_PAGE;
	assert_int_equal(line_send_reply(ends[1], &reply), ERR_OK);
	memset(&reply, 0, sizeof reply);
	assert_int_equal(line_receive_reply(ends[0], &reply), ERR_OK);
	assert_int_equal(reply.u.audit_page.count, WIRE_AUDIT_PAGE);
}

static void
test_a_wrong_size_is_refused(void **state)
{
	static char bytes[sizeof(struct wire_reply) + 1];
	size_t right = wire_request_size(WIRE_CODE);
	const size_t sizes[] = { 1, 7, 8, right - 1, right + 1, sizeof request, sizeof request + 1,
		sizeof bytes };

	(void)state;
	wire_request_init(&request, WIRE_CODE);
	memcpy(bytes, &request, right);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		assert_int_equal(send(ends[0], bytes, sizes[i], 0), sizes[i]);
		assert_int_equal(line_receive_request(ends[1], &request), ERR_PROTOCOL);
	}
	assert_int_equal(send(ends[0], bytes, right, 0), right);
	assert_int_equal(line_receive_request(ends[1], &request), ERR_OK);
}

/* What was cut to the size of the largest message is none. */
static void
test_a_message_that_goes_on(void **state)
{
	static struct {
		struct wire_reply reply;
		char more;
	} bytes;

	(void)state;
	assert_int_equal(wire_reply_size(WIRE_AUDIT_LIST), sizeof reply);
	wire_reply_init(&bytes.reply, WIRE_AUDIT_LIST);
	assert_int_equal(send(ends[0], &bytes, sizeof reply + 1, 0), sizeof reply + 1);
	assert_int_equal(line_receive_reply(ends[1], &reply), ERR_PROTOCOL);
}

static void
test_nothing_is_sent_for_no_op(void **state)
{
	(void)state;
	wire_request_init(&request, WIRE_NO_OP);
	assert_int_equal(line_send_request(ends[0], &request), ERR_PROTOCOL);
	request.op = WIRE_OP_COUNT;
	assert_int_equal(line_send_request(ends[0], &request), ERR_PROTOCOL);
}

static int
open_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

/* A well-formed request that brings a descriptor along is refused, and the descriptor does not get
 * in. */
static void
test_descriptors_are_refused(void **state)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int))];
	} control;
	struct iovec part = { .iov_base = &request, .iov_len = wire_request_size(WIRE_ALIVE) };
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof control.room };
	int before = open_descriptors();

	(void)state;
	wire_request_init(&request, WIRE_ALIVE);
	memset(&control, 0, sizeof control);
	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.header), &ends[0], sizeof(int));
	assert_int_equal(sendmsg(ends[0], &message, 0), part.iov_len);
	assert_int_equal(line_receive_request(ends[1], &request), ERR_PROTOCOL);
	assert_int_equal(open_descriptors(), before);
}

static void
test_the_end_of_the_line(void **state)
{
	(void)state;
	assert_int_equal(send(ends[0], "", 0, 0), 0);
	assert_int_equal(line_receive_request(ends[1], &request), ERR_KEEPER_GONE);
	assert_int_equal(shutdown(ends[0], SHUT_RDWR), 0);
	assert_int_equal(line_receive_request(ends[1], &request), ERR_KEEPER_GONE);
	wire_request_init(&request, WIRE_ALIVE);
	assert_int_equal(line_send_request(ends[0], &request), ERR_KEEPER_GONE);
}

static void
test_nothing_yet(void **state)
{
	(void)state;
	assert_int_equal(fcntl(ends[1], F_SETFL, O_NONBLOCK), 0);
	assert_int_equal(line_receive_request(ends[1], &request), ERR_BUSY);
	assert_int_equal(line_receive_reply(ends[1], &reply), ERR_BUSY);
}

static void
test_ask(void **state)
{
	static const struct wire_request zero;

	(void)state;
	wire_reply_init(&reply, WIRE_CODE);
	reply.err = ERR_CODE_WRONG;
	reply.wait = 17;
	assert_int_equal(line_send_reply(ends[1], &reply), ERR_OK);
	wire_request_init(&request, WIRE_CODE);
	wire_put(request.u.code.code, sizeof request.u.code.code, "123456");
	memset(&reply, 0, sizeof reply);
	assert_int_equal(line_ask(ends[0], &request, &reply), ERR_CODE_WRONG);
	assert_int_equal(reply.wait, 17);
	assert_memory_equal(&request, &zero, sizeof zero);
	assert_int_equal(line_receive_request(ends[1], &request), ERR_OK);
	assert_string_equal(request.u.code.code, "123456");
}

/* An answer to something else is none; but the keeper may end the session at any time, and say why.
 */
static void
test_ask_gets_another_answer(void **state)
{
	(void)state;
	wire_reply_init(&reply, WIRE_HOME);
	assert_int_equal(line_send_reply(ends[1], &reply), ERR_OK);
	wire_request_init(&request, WIRE_ALIVE);
	assert_int_equal(line_ask(ends[0], &request, &reply), ERR_PROTOCOL);
	wire_reply_init(&reply, WIRE_NO_OP);
	reply.err = ERR_IDLE;
	assert_int_equal(line_send_reply(ends[1], &reply), ERR_OK);
	wire_request_init(&request, WIRE_ALIVE);
	assert_int_equal(line_ask(ends[0], &request, &reply), ERR_IDLE);
}

/*
 * The keeper ends a session at the moment when something is asked of it: what it said last is read,
 * though the line is reset for what it left unread.
 */
static void
test_the_last_word_is_heard(void **state)
{
	(void)state;
	wire_request_init(&request, WIRE_ALIVE);
	assert_int_equal(line_send_request(ends[0], &request), ERR_OK);
	wire_reply_init(&reply, WIRE_NO_OP);
	reply.err = ERR_FILES;
	assert_int_equal(line_send_reply(ends[1], &reply), ERR_OK);
	close(ends[1]);
	memset(&reply, 0, sizeof reply);
	assert_int_equal(line_receive_reply(ends[0], &reply), ERR_OK);
	assert_int_equal(reply.err, ERR_FILES);
	assert_int_equal(line_receive_reply(ends[0], &reply), ERR_KEEPER_GONE);
	ends[1] = -1;
}

/* The same before anything was asked, with and without something unread; and a keeper that goes
 * without a word. */
static void
test_ask_of_who_has_left(void **state)
{
	const struct {
		bool unread, word;
		enum err err;
	} rows[] = {
		{ false, true, ERR_BUSY },
		{ true, true, ERR_BUSY },
		{ false, false, ERR_KEEPER_GONE },
		{ true, false, ERR_KEEPER_GONE },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(open_ends(state), 0);
		wire_request_init(&request, WIRE_ALIVE);
		if (rows[i].unread)
			assert_int_equal(line_send_request(ends[0], &request), ERR_OK);
		wire_reply_init(&reply, WIRE_NO_OP);
		reply.err = ERR_BUSY;
		if (rows[i].word)
			assert_int_equal(line_send_reply(ends[1], &reply), ERR_OK);
		close(ends[1]);
		wire_request_init(&request, WIRE_ALIVE);
		assert_int_equal(line_ask(ends[0], &request, &reply), rows[i].err);
		close(ends[0]);
	}
}

/* --- sockets in the file system --------------------------------------------------- */

/* A directory of a path that no socket's address could hold. */
static int
make_directory(char path[512])
{
	(void)snprintf(path, 512, "%s/line-%0150d.XXXXXX",
	    getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp", 0);
	assert_non_null(mkdtemp(path));
	return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

static void
test_listen_and_connect(void **state)
{
	char path[512];
	struct stat st;
	int dirfd = make_directory(path), listening = -1, line = -1, accepted;
	uid_t uid = 12345;

	(void)state;
	assert_int_equal(line_connect(dirfd, "socket", &line), ERR_KEEPER_ABSENT);
	(void)umask(0);
	assert_int_equal(line_listen(dirfd, "socket", &listening), ERR_OK);
	assert_int_equal(fstatat(dirfd, "socket", &st, 0), 0);
	assert_int_equal(st.st_mode, S_IFSOCK | 0600);
	assert_int_equal(line_connect(dirfd, "socket", &line), ERR_OK);
	assert_int_equal(fcntl(line, F_GETFD), FD_CLOEXEC);
	accepted = accept(listening, NULL, NULL);
	assert_true(accepted >= 0);
	assert_int_equal(line_peer(accepted, &uid), ERR_OK);
	assert_int_equal(uid, geteuid());
	close(accepted);
	close(line);
	close(listening);
	/* What is left of one that died does not answer, and does not stand in the way. */
	assert_int_equal(line_connect(dirfd, "socket", &line), ERR_KEEPER_ABSENT);
	assert_int_equal(line_listen(dirfd, "socket", &listening), ERR_OK);
	close(listening);
	unlinkat(dirfd, "socket", 0);
	rmdir(path);
	close(dirfd);
}

static void
test_what_is_no_socket(void **state)
{
	char path[512];
	int dirfd = make_directory(path), line = -1;

	(void)state;
	assert_int_equal(symlinkat("elsewhere", dirfd, "socket"), 0);
	assert_int_equal(line_connect(dirfd, "socket", &line), ERR_STATE_SYMLINK);
	unlinkat(dirfd, "socket", 0);
	assert_int_equal(mkdirat(dirfd, "socket", 0700), 0);
	assert_int_equal(line_connect(dirfd, "socket", &line), ERR_KEEPER_ABSENT);
	unlinkat(dirfd, "socket", AT_REMOVEDIR);
	rmdir(path);
	close(dirfd);
}

/* Somebody else's program that listens in our directory is not our keeper. */
static void
test_a_stranger(void **state)
{
	char path[512];
	int dirfd, listening = -1, line = -1, ready[2];
	char byte;
	pid_t pid;

	(void)state;
	if (geteuid() != 0)
		return; /* only root can be another user too */
	dirfd = make_directory(path);
	assert_int_equal(chmod(path, 0777), 0);
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		if (setgid(65534) != 0 || setuid(65534) != 0 ||
		    line_listen(dirfd, "socket", &listening) != ERR_OK)
			_exit(1);
		/* A test that fails does not come to the end of this one. (Another user's process
		 * forgets what it was asked for before.) */
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		(void)!write(ready[1], "", 1);
		(void)pause();
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	assert_int_equal(line_connect(dirfd, "socket", &line), ERR_KEEPER_STRANGER);
	assert_int_equal(chown(path, 65534, 65534), 0);
	assert_int_equal(line_connect(dirfd, "socket", &line), ERR_OK);
	close(line);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close(ready[0]);
	unlinkat(dirfd, "socket", 0);
	rmdir(path);
	close(dirfd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_a_message_arrives_whole, open_ends,
		    close_ends),
		cmocka_unit_test_setup_teardown(test_a_wrong_size_is_refused, open_ends,
		    close_ends),
		cmocka_unit_test_setup_teardown(test_a_message_that_goes_on, open_ends, close_ends),
		cmocka_unit_test_setup_teardown(test_nothing_is_sent_for_no_op, open_ends,
		    close_ends),
		cmocka_unit_test_setup_teardown(test_descriptors_are_refused, open_ends,
		    close_ends),
		cmocka_unit_test_setup_teardown(test_the_end_of_the_line, open_ends, close_ends),
		cmocka_unit_test_setup_teardown(test_nothing_yet, open_ends, close_ends),
		cmocka_unit_test_setup_teardown(test_ask, open_ends, close_ends),
		cmocka_unit_test_setup_teardown(test_ask_gets_another_answer, open_ends,
		    close_ends),
		cmocka_unit_test_setup_teardown(test_the_last_word_is_heard, open_ends, close_ends),
		cmocka_unit_test(test_ask_of_who_has_left),
		cmocka_unit_test(test_listen_and_connect),
		cmocka_unit_test(test_what_is_no_socket),
		cmocka_unit_test(test_a_stranger),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
