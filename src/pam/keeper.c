/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pam/keeper.h"

#include <poll.h>
#include <unistd.h>

#include "core/secret.h"
#include "wire/knock.h"
#include "wire/line.h"
#include "wire/within.h"

enum { KEEPER_AGAIN = 50 }; /* ms between two tries */

/* A line that has been greeted. A reply is large, and the host program's stack
 * need not be: reply is for this one too. */
static enum err
keeper_greet(const char *socket, const struct facts *facts, int64_t deadline,
    struct wire_reply *reply, int *ret_fd)
{
	struct wire_request hello;
	struct greeting other;
	enum err err;
	int fd;

	err = knock(socket, deadline, &fd);
	if (err != ERR_OK)
		return err;
	wire_request_init(&hello, WIRE_HELLO);
	hello.u.hello.kind = WIRE_PAM;
	wire_put(hello.u.hello.source, WIRE_SOURCE_SIZE, facts->source);
	wire_put(hello.u.hello.terminal, WIRE_TERMINAL_SIZE, facts->terminal);
	err = line_greet_by(fd, &hello, deadline, reply, &other);
	if (err != ERR_OK) {
		close(fd);
		return err;
	}
	*ret_fd = fd;
	return ERR_OK;
}

static enum err
keeper_open(const struct option *option, const struct facts *facts, int64_t deadline,
    struct wire_reply *reply, int *ret_fd)
{
	enum err err;

	while (knock_again(err = keeper_greet(option->socket, facts, deadline, reply, ret_fd)) &&
	    within_left(deadline) > KEEPER_AGAIN)
		(void)poll(NULL, 0, KEEPER_AGAIN);
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
