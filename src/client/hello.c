/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/hello.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/place.h"
#include "core/source.h"
#include "wire/line.h"

/* Letters of an IPv4 or IPv6 address with its zone, or of sshd's "UNKNOWN". */
static const char source_characters[] =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.:%_-";

static void
hello_source(char source[WIRE_SOURCE_SIZE])
{
	const char *connection = getenv("SSH_CONNECTION");
	size_t length = connection != NULL ? strspn(connection, source_characters) : 0;

	wire_put(source, WIRE_SOURCE_SIZE, SOURCE_LOCAL_TEXT);
	if (length == 0 || length >= WIRE_SOURCE_SIZE ||
	    (connection[length] != ' ' && connection[length] != '\0'))
		return;
	memset(source, 0, WIRE_SOURCE_SIZE);
	memcpy(source, connection, length);
}

void
hello_fill(struct wire_request *request, enum wire_kind kind)
{
	const char *terminal = ttyname(STDIN_FILENO);

	wire_request_init(request, WIRE_HELLO);
	request->u.hello.kind = kind;
	hello_source(request->u.hello.source);
	wire_put(request->u.hello.terminal, WIRE_TERMINAL_SIZE, terminal != NULL ? terminal : "");
}

static enum err
hello_once(const struct place *place, const char *keeper, enum wire_kind kind, int *ret_fd,
    struct wire_reply *ret_reply)
{
	struct wire_request request;
	int fd = -1;
	enum err err = place_connect(place, keeper, &fd);

	if (err != ERR_OK)
		return err;
	hello_fill(&request, kind);
	err = line_ask(fd, &request, ret_reply);
	if (err != ERR_OK) {
		close(fd);
		return err;
	}
	*ret_fd = fd;
	return ERR_OK;
}

enum err
hello_connect(const struct hello_way *way, enum wire_kind kind, int *ret_fd,
    struct wire_reply *ret_reply)
{
	char keeper[PATH_MAX];
	struct place place;
	enum err err = place_find(way->socket, way->state, &place);

	memset(ret_reply, 0, sizeof *ret_reply);
	if (err != ERR_OK)
		return err;
	place.may_make = way->may_make;
	err = place_keeper(way->libexec, keeper, sizeof keeper);
	if (err == ERR_OK)
		err = hello_once(&place, keeper, kind, ret_fd, ret_reply);
	if (err == ERR_KEEPER_GONE)
		err = hello_once(&place, keeper, kind, ret_fd, ret_reply);
	place_free(&place);
	return err;
}
