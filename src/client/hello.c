/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/hello.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/place.h"
#include "core/source.h"
#include "wire/line.h"

static const char ticket_variable[] = "PROVCONSOLE_TICKET";

enum { LEAVING_PATIENCE = 5000 }; /* ms; a keeper lingers for 3 s */

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

/* What PAM's session has put into the environment; "" once it was used, and where there is none. */
static char ticket[WIRE_TICKET_SIZE];

/* At once, before any program is started that would inherit it. */
static void
take_ticket(void)
{
	char *value = getenv(ticket_variable);

	if (value == NULL)
		return;
	wire_put(ticket, sizeof ticket, value);
	explicit_bzero(value, strlen(value));
	unsetenv(ticket_variable);
}

void
hello_fill(struct wire_request *request, enum wire_kind kind)
{
	const char *terminal = ttyname(STDIN_FILENO);

	wire_request_init(request, WIRE_HELLO);
	request->u.hello.kind = kind;
	hello_source(request->u.hello.source);
	wire_put(request->u.hello.terminal, WIRE_TERMINAL_SIZE, terminal != NULL ? terminal : "");
	if (kind == WIRE_PERSON)
		wire_put(request->u.hello.ticket, WIRE_TICKET_SIZE, ticket);
}

/* What it takes to say hello: where, by whom, and what is learnt of the keeper. */
struct hello {
	struct place place;
	char keeper[PATH_MAX]; /* its program */
	enum wire_kind kind;
	struct wire_reply *reply;
	struct versions *versions;
};

static enum err
hello_once(const struct hello *hello, int *ret_fd)
{
	struct wire_request request;
	int fd = -1;
	enum err err = place_connect(&hello->place, hello->keeper, &fd);

	if (err != ERR_OK)
		return err;
	hello_fill(&request, hello->kind);
	err = line_greet(fd, &request, hello->reply, &hello->versions->keeper);
	explicit_bzero(request.u.hello.ticket, sizeof request.u.hello.ticket);
	if (err != ERR_OK) {
		close(fd);
		return err;
	}
	*ret_fd = fd;
	return ERR_OK;
}

/* A keeper that ends the line without a word is leaving. One that does so twice is of a version
 * that knows no better: those before the first greeting did. */
static enum err
hello_twice(const struct hello *hello, int *ret_fd)
{
	enum err err;

	hello->versions->keeper = (struct greeting){ 0 };
	err = hello_once(hello, ret_fd);
	if (err == ERR_KEEPER_GONE)
		err = hello_once(hello, ret_fd);
	return err == ERR_KEEPER_GONE ? ERR_VERSION : err;
}

enum err
hello_connect(const struct hello_way *way, enum wire_kind kind, int *ret_fd,
    struct wire_reply *ret_reply, struct versions *ret_versions)
{
	struct hello hello = { .kind = kind, .reply = ret_reply, .versions = ret_versions };
	enum err err;

	take_ticket();
	err = place_find(way->socket, way->state, &hello.place);

	memset(ret_reply, 0, sizeof *ret_reply);
	memset(ret_versions, 0, sizeof *ret_versions);
	if (err != ERR_OK)
		return err;
	versions_begin(hello.place.may_start, ret_versions);
	hello.place.may_make = way->may_make;
	err = place_keeper(way->libexec, hello.keeper, sizeof hello.keeper);
	if (err == ERR_OK)
		err = hello_twice(&hello, ret_fd);
	if (err == ERR_VERSION && ret_versions->embedded &&
	    versions_keeper_is_older(ret_versions)) {
		ret_versions->left = place_leaves(&hello.place, LEAVING_PATIENCE);
		err = hello_twice(&hello, ret_fd);
	}
	if (err == ERR_VERSION)
		ret_versions->replaced = versions_replaced();
	explicit_bzero(ticket, sizeof ticket);
	place_free(&hello.place);
	return err;
}
