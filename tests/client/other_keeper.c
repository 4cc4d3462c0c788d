/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * other_keeper STATE VERSION SIZE PROGRAM
 *
 * A keeper of another version: has the lock and the socket of STATE, and answers each hello with
 * its version of the wire and the version of its program, in so many bytes; of version 0 it says
 * nothing, as the first ones did, and SIZE bytes of nonsense where PROGRAM is "nonsense". \xHH in
 * PROGRAM is that byte. Of our version it gives the whole answer. Prints "ready", then a line for
 * each hello that it has heard, before it answers.
 *
 * It goes by the words on standard input: "answer" answers what waits, one hello; "always" that and
 * all others; the end of it takes the socket away and ends, as a keeper that leaves.
 */
#include "client.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/line.h"

enum { LONGEST = 70000, AT_ONCE = 64 };

static unsigned char answer[LONGEST];
static size_t size;
static bool silent;

/* As wire/greeting.h has it, written once more. */
static void
fill_answer(uint32_t version, const char *program)
{
	size_t at = 20;

	memset(answer, 'x', sizeof answer);
	silent = version == 0 && size == 0;
	if (strcmp(program, "nonsense") == 0)
		return;
	memset(answer, 0, 64);
	memcpy(answer, &version, 4);
	answer[8] = 87;
	memcpy(answer + 12, "provcon", 7);
	for (; *program != '\0' && at < 64; at++) {
		unsigned byte;

		if (sscanf(program, "\\x%2x", &byte) == 1) {
			answer[at] = (unsigned char)byte;
			program += 4;
		} else {
			answer[at] = (unsigned char)*program++;
		}
	}
}

/* What the other end has said is a hello of this project. */
static void
hear(int line)
{
	static unsigned char heard[LONGEST];
	ssize_t got = recv(line, heard, sizeof heard, 0);

	if (got < 64 || memcmp(heard + 12, "provcon", 8) != 0)
		client_die("That was no hello.");
	(void)puts("hello");
	(void)fflush(stdout);
}

/* Of our version of the wire: only the program may be another. */
static void
fill_welcome(const char *program)
{
	static struct wire_reply welcome;

	wire_reply_init(&welcome, WIRE_HELLO);
	wire_put(welcome.u.hello.program, sizeof welcome.u.hello.program, program);
	size = wire_reply_size(WIRE_HELLO);
	memcpy(answer, &welcome, size);
}

static void
reply(int line)
{
	if (!silent && send(line, answer, size, MSG_NOSIGNAL) != (ssize_t)size)
		client_die("The answer cannot be given.");
	close(line);
}

static int
open_state(const char *state)
{
	int dirfd = open(state, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int lock = openat(dirfd, "lock", O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (dirfd < 0 || lock < 0 || flock(lock, LOCK_EX | LOCK_NB) != 0)
		client_die("The state has a keeper.");
	return dirfd;
}

/* Lines that wait for their answer, and how many may have it. */
struct door {
	int waiting[AT_ONCE];
	size_t count;
	bool always;
};

static void
come(struct door *door, int listening)
{
	int line = accept4(listening, NULL, NULL, SOCK_CLOEXEC);

	if (line < 0 || door->count == AT_ONCE)
		client_die("There are too many of them.");
	hear(line);
	if (door->always)
		reply(line);
	else
		door->waiting[door->count++] = line;
}

/* Whether there was a word. */
static bool
obey(struct door *door)
{
	char word[32];

	if (fgets(word, sizeof word, stdin) == NULL)
		return false;
	door->always = strcmp(word, "always\n") == 0;
	while (door->count > 0) {
		reply(door->waiting[0]);
		memmove(&door->waiting[0], &door->waiting[1],
		    --door->count * sizeof door->waiting[0]);
		if (!door->always)
			break;
	}
	return true;
}

int
main(int argc, char **argv)
{
	struct pollfd slots[2] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .events = POLLIN } };
	struct door door = { .count = 0 };
	int dirfd;

	if (argc != 5)
		client_die("Usage: other_keeper STATE VERSION SIZE PROGRAM");
	(void)alarm(120);
	(void)setvbuf(stdin, NULL, _IONBF, 0);
	dirfd = open_state(argv[1]);
	size = strtoul(argv[3], NULL, 10);
	fill_answer((uint32_t)strtoul(argv[2], NULL, 10), argv[4]);
	if (strtoul(argv[2], NULL, 10) == WIRE_VERSION)
		fill_welcome(argv[4]);
	if (line_listen(dirfd, "socket", &slots[1].fd) != ERR_OK)
		client_die("The socket cannot be made.");
	(void)puts("ready");
	(void)fflush(stdout);
	for (;;) {
		if (poll(slots, 2, -1) < 0)
			client_die("There is nothing to wait for.");
		if (slots[1].revents != 0)
			come(&door, slots[1].fd);
		if (slots[0].revents != 0 && !obey(&door))
			break;
	}
	(void)unlinkat(dirfd, "socket", 0);
	return EXIT_SUCCESS;
}
