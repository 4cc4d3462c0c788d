/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nonsense STATE
 *
 * Clients that speak nonsense to a keeper that runs: each must be cut off, told nothing but errors,
 * while one that behaves still gets its answers. Prints TAP.
 */
#include "client.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum {
	PATIENCE = 10, /* seconds until a client must have been cut off */
	PROMPT = 2000, /* ms within which the one that behaves must be answered */
	CROWD = 150,
	RANDOM = 200
};

static const char *state;
static struct wire_request request;
static struct wire_reply reply;
static unsigned char noise[sizeof(struct wire_reply) * 2];
static int good = -1, number;

static void
result(bool ok, const char *what)
{
	(void)printf("%sok %d - %s\n", ok ? "" : "not ", ++number, what);
	(void)fflush(stdout);
}

/* --- the one that behaves --------------------------------------------------------------- */

static int64_t
now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool
served(void)
{
	int64_t start = now_ms();

	return client_ask_op(good, WIRE_ALIVE, &reply) == ERR_OK && now_ms() - start < PROMPT;
}

/* --- those that do not -------------------------------------------------------------------- */

/* Whether the keeper ends this line soon, having told nothing but an error. Closes it. */
static bool
cut_off(int line)
{
	const struct timeval patience = { .tv_sec = PATIENCE };
	bool only_errors = true;
	ssize_t got;

	(void)setsockopt(line, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	while ((got = recv(line, &reply, sizeof reply, 0)) > 0)
		if (reply.err == ERR_OK)
			only_errors = false;
	only_errors = only_errors && (got == 0 || errno == ECONNRESET);
	close(line);
	return only_errors;
}

static bool
sends(int line, const void *bytes, size_t size)
{
	return send(line, bytes, size, MSG_NOSIGNAL) == (ssize_t)size && cut_off(line);
}

/* A well-formed request of that op; returns its size. */
static size_t
well_formed(uint32_t op)
{
	wire_request_init(&request, (enum wire_op)op);
	if (op == WIRE_HELLO)
		request.u.hello.kind = WIRE_PERSON;
	return wire_request_size(op);
}

static void
wrong_sizes(void)
{
	size_t right = well_formed(WIRE_PASSWORD);
	const size_t sizes[] = { 0, 1, 4, 7, 8, right - 1, right + 1, sizeof request,
		sizeof request + 1, sizeof noise };
	bool ok = true;

	memcpy(noise, &request, right);
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		ok = sends(client_open(state, WIRE_PERSON), noise, sizes[i]) && ok;
		ok = sends(client_connect(state), noise, sizes[i]) && ok;
	}
	result(ok, "messages of a wrong size, also empty ones");
	result(served(), "the one that behaves is served");
}

static void
wrong_versions(void)
{
	static const uint32_t versions[] = { 0, WIRE_VERSION + 1, 0x01000000, UINT32_MAX };
	bool ok = true;

	for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
		size_t size = well_formed(WIRE_HELLO);

		request.version = versions[i];
		ok = sends(client_connect(state), &request, size) && ok;
	}
	result(ok, "other versions");
	result(served(), "the one that behaves is served");
}

static void
wrong_ops(void)
{
	static const uint32_t none[] = { WIRE_NO_OP, WIRE_OP_COUNT, 255, UINT32_MAX };
	bool ok = true;

	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		(void)well_formed(WIRE_ALIVE);
		request.op = none[i];
		ok = sends(client_open(state, WIRE_PERSON), &request,
			 wire_request_size(WIRE_ALIVE)) &&
		    ok;
	}
	result(ok, "requests that do not exist");
	result(served(), "the one that behaves is served");
}

/* Before the hello nothing else; at the first door only a name and a password. */
static void
wrong_order(void)
{
	bool ok = true;

	for (uint32_t op = WIRE_HELLO + 1; op < WIRE_OP_COUNT; op++)
		if (!sends(client_connect(state), &request, well_formed(op))) {
			(void)printf("# %s was taken before the hello\n", wire_op_name(op));
			ok = false;
		}
	result(ok, "every request before the hello");
	ok = true;
	for (uint32_t op = WIRE_HELLO; op < WIRE_OP_COUNT; op++)
		if (op != WIRE_ALIVE && op != WIRE_PASSWORD &&
		    !sends(client_open(state, WIRE_PERSON), &request, well_formed(op))) {
			(void)printf("# %s was taken at the first door\n", wire_op_name(op));
			ok = false;
		}
	result(ok, "every request that is not for the first door");
	result(served(), "the one that behaves is served");
}

static void
wrong_content(void)
{
	static const uint32_t ops[] = { WIRE_PASSWORD, WIRE_FIRST_RUN, WIRE_INIT, WIRE_NEW_PASSWORD,
		WIRE_USER_ADD };
	bool ok = true;

	for (unsigned i = 0; i < RANDOM; i++) {
		uint32_t op = ops[i % (sizeof ops / sizeof ops[0])];
		size_t size = well_formed(op);

		for (size_t at = 0; at < sizeof request.u; at++)
			((unsigned char *)&request.u)[at] = (unsigned char)(random() >> 8);
		ok = sends(client_open(state, WIRE_PERSON), &request, size) && ok;
		for (size_t at = 0; at < sizeof noise; at++)
			noise[at] = (unsigned char)(random() >> 8);
		noise[0] = WIRE_VERSION + 1;
		ok = sends(client_connect(state), noise, (size_t)random() % sizeof noise) && ok;
	}
	result(ok, "random bytes, with a right header and without");
	(void)well_formed(WIRE_PASSWORD);
	memset(request.u.password.name, 'x', sizeof request.u.password.name);
	result(sends(client_open(state, WIRE_PERSON), &request, wire_request_size(WIRE_PASSWORD)),
	    "a string without an end");
	(void)well_formed(WIRE_PASSWORD);
	request.u.password.name[100] = 'x';
	result(sends(client_open(state, WIRE_PERSON), &request, wire_request_size(WIRE_PASSWORD)),
	    "bytes behind a string's end");
	result(served(), "the one that behaves is served");
}

static void
descriptors(void)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(8 * sizeof(int))];
	} control;
	struct iovec part = { .iov_base = &request, .iov_len = well_formed(WIRE_ALIVE) };
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof control.room };
	bool ok = true;

	memset(&control, 0, sizeof control);
	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(8 * sizeof(int));
	for (size_t i = 0; i < 8; i++)
		memcpy(CMSG_DATA(&control.header) + i * sizeof(int), &good, sizeof(int));
	for (int i = 0; i < 20; i++) {
		int line = client_open(state, WIRE_PERSON);

		ok = sendmsg(line, &message, MSG_NOSIGNAL) > 0 && cut_off(line) && ok;
	}
	result(ok, "descriptors along with a well-formed request");
	result(served(), "the one that behaves is served");
}

/* One that asks and asks, and never reads. The keeper neither waits for it nor keeps its answers
 * without end. */
static void
never_reads(void)
{
	int line = client_open(state, WIRE_PERSON);
	size_t size = well_formed(WIRE_ALIVE);
	int64_t end = now_ms() + 2000;
	bool stopped = false, ok = true;
	ssize_t sent;

	while (!stopped && now_ms() < end) {
		sent = send(line, &request, size, MSG_NOSIGNAL | MSG_DONTWAIT);
		stopped = sent < 0 && errno != EAGAIN;
		if (sent < 0 && !stopped)
			ok = served() && ok;
		size = well_formed(WIRE_ALIVE);
	}
	result(ok && served(), "the one that behaves is served beside one that never reads");
	close(line);
}

/* Many that say nothing, or go at once. */
static void
crowd(void)
{
	int line[CROWD];

	for (int i = 0; i < CROWD; i++)
		line[i] = client_connect(state);
	result(served(), "the one that behaves is served beside many that say nothing");
	close(client_open(state, WIRE_PERSON));
	for (int i = 0; i < CROWD; i++)
		close(line[i]);
	for (int i = 0; i < CROWD; i++)
		close(client_connect(state));
	result(served(), "and after many that went at once");
}

/* --- what is left in the keeper --------------------------------------------------------------- */

/* How many descriptors the keeper has; -1 where that cannot be seen. */
static int
keeper_descriptors(void)
{
	struct ucred peer;
	socklen_t size = sizeof peer;
	char path[64];
	int count = 0;
	DIR *dir;

	if (getsockopt(good, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
		return -1;
	(void)snprintf(path, sizeof path, "/proc/%ld/fd", (long)peer.pid);
	dir = opendir(path);
	if (dir == NULL)
		return -1;
	while (readdir(dir) != NULL)
		count++;
	(void)closedir(dir);
	return count;
}

static void
nothing_left(int before)
{
	const struct timespec moment = { 0, 20000000 };
	int64_t end = now_ms() + PATIENCE * 1000;

	if (before < 0) {
		(void)printf("ok %d - the keeper holds no descriptor more than before # SKIP only "
			     "root can look\n",
		    ++number);
		return;
	}
	/* The last lines were closed a moment ago; nothing tells when the keeper has seen it. */
	while (keeper_descriptors() != before && now_ms() < end)
		(void)nanosleep(&moment, NULL);
	result(keeper_descriptors() == before, "the keeper holds no descriptor more than before");
}

int
main(int argc, char **argv)
{
	int before;

	if (argc != 2)
		client_die("Usage: nonsense STATE");
	state = argv[1];
	(void)alarm(300);
	srandom(20);
	good = client_open(state, WIRE_PERSON);
	(void)served();
	before = keeper_descriptors();
	wrong_sizes();
	wrong_versions();
	wrong_ops();
	wrong_order();
	wrong_content();
	descriptors();
	never_reads();
	crowd();
	nothing_left(before);
	(void)printf("1..%d\n", number);
	return EXIT_SUCCESS;
}
