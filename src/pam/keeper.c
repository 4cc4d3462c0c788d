/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pam/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/secret.h"
#include "wire/line.h"
#include "wire/within.h"

enum { KEEPER_AGAIN = 50 }; /* ms between two tries */

/* The socket's directory, and its name in it. */
static enum err
keeper_directory(const char *socket, int *ret_dirfd, const char **ret_name)
{
	const char *slash = strrchr(socket, '/');
	char *directory = strndup(socket, (size_t)(slash - socket) + 1);
	enum err err = ERR_OK;

	if (directory == NULL)
		return ERR_MEMORY;
	*ret_dirfd = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (*ret_dirfd < 0)
		err = errno == ENOENT ? ERR_KEEPER_ABSENT : err_from_errno(errno);
	free(directory);
	*ret_name = slash + 1;
	return err;
}

/* A line that is not blocking, and has been greeted. A reply is large, and the host program's stack
 * need not be: reply is for this one too. */
static enum err
keeper_greet(int dirfd, const char *name, const struct facts *facts, int64_t deadline,
    struct wire_reply *reply, int *ret_fd)
{
	struct wire_request hello;
	struct greeting other;
	enum err err;
	int fd;

	err = line_connect_by(dirfd, name, deadline, &fd);
	if (err != ERR_OK)
		return err;
	wire_request_init(&hello, WIRE_HELLO);
	hello.u.hello.kind = WIRE_PAM;
	wire_put(hello.u.hello.source, WIRE_SOURCE_SIZE, facts->source);
	wire_put(hello.u.hello.terminal, WIRE_TERMINAL_SIZE, facts->terminal);
	err = ERR_SYSTEM;
	if (fcntl(fd, F_SETFL, O_NONBLOCK) == 0)
		err = line_greet_by(fd, &hello, deadline, reply, &other);
	if (err != ERR_OK) {
		close(fd);
		return err;
	}
	*ret_fd = fd;
	return ERR_OK;
}

/* A keeper that has no room, or is leaving: another moment may be better. */
static bool
keeper_may_come(enum err err)
{
	return err == ERR_BUSY || err == ERR_CROWDED || err == ERR_KEEPER_GONE;
}

static enum err
keeper_open(const struct option *option, const struct facts *facts, int64_t deadline,
    struct wire_reply *reply, int *ret_fd)
{
	const char *name;
	int dirfd;
	enum err err = keeper_directory(option->socket, &dirfd, &name);

	if (err != ERR_OK)
		return err;
	while (keeper_may_come(err = keeper_greet(dirfd, name, facts, deadline, reply, ret_fd)) &&
	    within_left(deadline) > KEEPER_AGAIN)
		(void)poll(NULL, 0, KEEPER_AGAIN);
	close(dirfd);
	return err;
}

enum err
keeper_ask(const struct option *option, const struct facts *facts, struct wire_request *request,
    struct wire_reply *ret_reply)
{
	int64_t deadline = within(KEEPER_PATIENCE);
	int fd = -1;
	enum err err;

	ret_reply->wait = 0;
	err = keeper_open(option, facts, deadline, ret_reply, &fd);

	if (err == ERR_OK)
		err = line_ask_by(fd, request, deadline, ret_reply);
	secret_wipe(request, sizeof *request);
	if (fd >= 0)
		close(fd);
	return err;
}
