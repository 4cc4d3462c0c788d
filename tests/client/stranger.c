/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stranger.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <time.h>

#include "wire/line.h"

enum { PATIENCE = 10000 }; /* milliseconds for a hello */

int64_t
stranger_clock(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		client_die("There is no clock.");
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
stranger_many(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		client_die("There is no limit.");
	limit.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
		client_die("The limit stays.");
}

int
stranger_come(const char *state, const char *source, enum wire_kind kind)
{
	struct wire_request hello;
	int line = -1;

	if (client_try(state, &line) != ERR_OK)
		return -1;
	if (fcntl(line, F_SETFL, O_NONBLOCK) != 0)
		client_die("The line blocks.");
	wire_request_init(&hello, WIRE_HELLO);
	hello.u.hello.kind = kind;
	wire_put(hello.u.hello.source, sizeof hello.u.hello.source, source);
	wire_put(hello.u.hello.terminal, sizeof hello.u.hello.terminal, "/dev/pts/9");
	stranger_say(line, &hello);
	return line;
}

int
stranger_enter(const char *state, const char *source)
{
	static struct wire_reply reply;
	int line = stranger_come(state, source, WIRE_PERSON);
	enum err err = line >= 0 ? stranger_hear(line, PATIENCE, &reply) : ERR_KEEPER_ABSENT;

	if (err != ERR_OK)
		client_die(err_sentence(err));
	return line;
}

void
stranger_say(int line, const struct wire_request *request)
{
	enum err err = line_send_request(line, request);

	(void)err;
}

void
stranger_say_password(int line, const char *name, const char *password)
{
	struct wire_request request;

	client_fill_password(&request, name, password);
	stranger_say(line, &request);
}

/* What comes next: ERR_KEEPER_ABSENT where nothing does. */
static enum err
next_reply(int line, int64_t end, struct wire_reply *ret_reply)
{
	struct pollfd slot = { .fd = line, .events = POLLIN };
	int64_t left;
	enum err err;

	while ((left = end - stranger_clock()) >= 0) {
		if (poll(&slot, 1, (int)left) <= 0)
			continue;
		err = line_receive_reply(line, ret_reply);
		if (err == ERR_OK && ret_reply->op == WIRE_NO_OP)
			return ERR_KEEPER_GONE;
		if (err != ERR_BUSY)
			return err;
	}
	return ERR_KEEPER_ABSENT;
}

enum err
stranger_hear(int line, int64_t within, struct wire_reply *ret_reply)
{
	int64_t end = stranger_clock() + within;
	enum err err;

	wire_reply_init(ret_reply, WIRE_NO_OP);
	do
		err = next_reply(line, end, ret_reply);
	while (err == ERR_OK && ret_reply->op == WIRE_NEWS);
	return err == ERR_OK ? (enum err)ret_reply->err : err;
}

enum err
stranger_news(int line, int64_t within, struct wire_reply *ret_reply)
{
	enum err err;

	wire_reply_init(ret_reply, WIRE_NO_OP);
	err = next_reply(line, stranger_clock() + within, ret_reply);
	return err == ERR_OK && ret_reply->op != WIRE_NEWS ? ERR_PROTOCOL : err;
}
