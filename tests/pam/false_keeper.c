/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * false_keeper SOCKET MODE...
 *
 * What a keeper may be on a bad day. It binds SOCKET, prints "ready", and deals with one line after
 * another, each by the next MODE; the last one is for all that follow:
 *
 *   silent     takes the hello and never answers         deaf      never takes anything
 *   leaves     ends the line after the hello             dies      ends the line after the question
 *   nonsense   answers with bytes that mean nothing      short     with half of the right answer
 *   older      is of another version                     other     answers another question
 *   crowded    has no room: says so instead of a welcome
 *   passes     gives a descriptor along with its welcome
 *   KEY=VALUE,...  answers each question; linked, has_2fa, grace, used_recovery, recovery_left,
 *              failures_since; err=NAME (as core/err.h has it) and wait=N of every answer but
 * PAM_ASK's, and of that too where the mode begins with "ask"
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "wire/line.h"

static struct wire_request request;
static struct wire_reply reply;
static char facts[WIRE_SOURCE_SIZE + WIRE_TERMINAL_SIZE]; /* of the hello */

static void
die(const char *why)
{
	(void)fprintf(stderr, "false_keeper: %s\n", why);
	exit(1);
}

static int
listen_at(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	(void)unlink(path);
	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	if (fd < 0 || bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
	    listen(fd, 0) != 0)
		die("the socket cannot be bound");
	return fd;
}

static bool
is(const char *mode, const char *name)
{
	return strcmp(mode, name) == 0;
}

static void
say(int line, const void *bytes, size_t size)
{
	(void)send(line, bytes, size, MSG_NOSIGNAL);
}

/* Until the other end has had enough. */
static void
linger(int line)
{
	struct pollfd slot = { .fd = line, .events = 0 };

	(void)poll(&slot, 1, -1);
}

static long
value(const char *mode, const char *name, long otherwise)
{
	size_t length = strlen(name);

	for (const char *at = mode; *at != '\0'; at += strcspn(at, ","), at += *at == ',')
		if (strncmp(at, name, length) == 0 && at[length] == '=')
			return strtol(at + length + 1, NULL, 10);
	return otherwise;
}

/* err=NAME */
static enum err
named(const char *mode)
{
	static const char *const names[] = {
#define NAME(name) #name,
		ERR_LIST(NAME)
#undef NAME
	};
	const char *at = strstr(mode, "err=");

	for (int i = 0; at != NULL && i < ERR_COUNT; i++)
		if (strcspn(at + 4, ",") == strlen(names[i]) &&
		    strncmp(at + 4, names[i], strlen(names[i])) == 0)
			return (enum err)i;
	return ERR_OK;
}

/* Of a question that is about a code, or of all. */
static enum err
verdict(const char *mode)
{
	return request.op == WIRE_PAM_ASK && strncmp(mode, "ask", 3) != 0 ? ERR_OK : named(mode);
}

static void
pass_descriptor(int line)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr header;
	} control = { .bytes = { 0 } };
	struct iovec part = { &reply, wire_reply_size(WIRE_HELLO) };
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof control.bytes };

	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.header), &line, sizeof line);
	(void)sendmsg(line, &message, MSG_NOSIGNAL);
}

/* Whether the line goes on. */
static bool
welcome(int line, const char *mode)
{
	unsigned char greeting[GREETING_SIZE];

	wire_reply_init(&reply, WIRE_HELLO);
	if (is(mode, "silent"))
		linger(line);
	else if (is(mode, "nonsense"))
		say(line, "nonsense", 8);
	else if (is(mode, "short"))
		say(line, &reply, wire_reply_size(WIRE_HELLO) / 2);
	else if (is(mode, "passes"))
		pass_descriptor(line);
	else if (is(mode, "older")) {
		greeting_answer(greeting);
		greeting[0]--;
		say(line, greeting, sizeof greeting);
	} else if (is(mode, "crowded")) {
		wire_reply_init(&reply, WIRE_NO_OP);
		reply.err = ERR_CROWDED;
		say(line, &reply, wire_reply_size(WIRE_NO_OP));
	} else if (!is(mode, "leaves")) {
		say(line, &reply, wire_reply_size(WIRE_HELLO));
		return true;
	}
	return false;
}

static void
answer(int line, const char *mode)
{
	wire_reply_init(&reply, (enum wire_op)request.op);
	reply.err = verdict(mode);
	reply.wait = value(mode, "wait", 0);
	if (reply.err == ERR_OK && request.op == WIRE_TICKET_OPEN)
		memset(reply.u.ticket.ticket, 'a', 64);
	if (reply.err == ERR_OK && (request.op == WIRE_PAM_ASK || request.op == WIRE_PAM_ANSWER)) {
		reply.u.pam.linked = value(mode, "linked", 1) != 0;
		reply.u.pam.has_2fa = value(mode, "has_2fa", 1) != 0;
		reply.u.pam.grace = value(mode, "grace", 0) != 0;
		reply.u.pam.used_recovery = value(mode, "used_recovery", 0) != 0;
		reply.u.pam.recovery_left = (uint32_t)value(mode, "recovery_left", 0);
		reply.u.pam.failures_since = (uint32_t)value(mode, "failures_since", 0);
	}
	if (is(mode, "other"))
		reply.op = WIRE_ALIVE;
	say(line, &reply, wire_reply_size(reply.op));
}

/* "OP ANSWER" on standard output, "ACCOUNT SERVICE SOURCE TERMINAL KEY" on the other. */
static void
tell(void)
{
	const struct wire_pam_request *pam = &request.u.pam;

	(void)printf("%s %s\n", wire_op_name(request.op),
	    request.op == WIRE_PAM_ANSWER ? pam->answer : "");
	(void)fflush(stdout);
	if (request.op != WIRE_TICKET_CLOSE)
		(void)fprintf(stderr, "%s %s %s %s\n", pam->account, pam->service, facts, pam->key);
}

static void
serve(int line, const char *mode)
{
	if (line_receive_request(line, &request) != ERR_OK || request.op != WIRE_HELLO)
		return;
	(void)snprintf(facts, sizeof facts, "%s %s", request.u.hello.source,
	    request.u.hello.terminal);
	if (!welcome(line, mode) || line_receive_request(line, &request) != ERR_OK)
		return;
	tell();
	if (!is(mode, "dies"))
		answer(line, mode);
}

int
main(int argc, char **argv)
{
	int listening, line, mode = 2;

	if (argc < 3)
		die("usage: false_keeper SOCKET MODE...");
	listening = listen_at(argv[1]);
	(void)puts("ready");
	(void)fflush(stdout);
	while (is(argv[mode], "deaf"))
		(void)pause();
	while ((line = accept4(listening, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
		serve(line, argv[mode]);
		close(line);
		mode += mode + 1 < argc;
	}
	return 1;
}
