/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lying_keeper DIRECTORY WAY KEY
 *
 * A keeper that lies to sshd's question: greets whoever comes to DIRECTORY/socket, and says of any
 * fingerprint that KEY ("TYPE BASE64") is its key. WAY "key": at once; "silent": never greets;
 * "greets": greets, and answers nothing; "nonsense": answers with what is no message; "hangs up":
 * greets, and goes. Prints "ready". One after another, until its standard input ends.
 */
#include "client.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/line.h"

enum { PATIENCE = 5000 };

/* Waits until the other end goes. */
static void
outlast(int line)
{
	struct pollfd slot = { .fd = line };

	(void)poll(&slot, 1, PATIENCE);
}

static void
say(int line, const char *way, const char *key)
{
	static struct wire_request request;
	static struct wire_reply reply;

	if (line_receive_request(line, &request) != ERR_OK)
		return;
	if (strcmp(way, "greets") == 0) {
		outlast(line);
	} else if (strcmp(way, "nonsense") == 0) {
		(void)!send(line, "nonsense", 8, MSG_NOSIGNAL);
	} else {
		wire_reply_init(&reply, WIRE_KEYS_LOOKUP);
		wire_put(reply.u.keys.key, sizeof reply.u.keys.key, key);
		(void)!line_send_reply(line, &reply);
	}
}

static void
serve(int line, const char *way, const char *key)
{
	static struct wire_request hello;
	static struct wire_reply welcome;
	struct greeting other;

	if (strcmp(way, "silent") == 0) {
		outlast(line);
		return;
	}
	if (line_receive_hello(line, &hello, &other) != ERR_OK)
		return;
	wire_reply_init(&welcome, WIRE_HELLO);
	(void)!line_send_reply(line, &welcome);
	if (strcmp(way, "hangs up") != 0)
		say(line, way, key);
}

int
main(int argc, char **argv)
{
	struct pollfd slots[2] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .events = POLLIN } };
	int dirfd, line;

	if (argc != 4)
		client_die("Usage: lying_keeper DIRECTORY WAY KEY");
	(void)alarm(120);
	dirfd = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dirfd < 0 || line_listen(dirfd, "socket", &slots[1].fd) != ERR_OK)
		client_die("The socket cannot be made.");
	(void)puts("ready");
	(void)fflush(stdout);
	while (poll(slots, 2, -1) >= 0 && slots[0].revents == 0) {
		line = accept4(slots[1].fd, NULL, NULL, SOCK_CLOEXEC);
		if (line < 0)
			client_die("Nobody comes.");
		serve(line, argv[2], argv[3]);
		close(line);
	}
	return EXIT_SUCCESS;
}
