/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * consoles CONSOLE STATE NUMBER NAME PASSWORD
 *
 * So many people at terminals: each console in a terminal of its own, as sshd gives them. When all
 * stand at their first door, prints "ready NUMBER"; a line on standard input, and in all of them
 * name and password are typed at once. Prints "answered NUMBER MILLISECONDS" when each shows a
 * sentence about it, or after half a minute how many do. A second line, and all terminals are shut.
 */
#include "stranger.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 1000, KEPT = 8192, PATIENCE = 30000 };

struct console {
	pid_t pid;
	int terminal;
	size_t length;
	char shown[KEPT]; /* the last of what it has written */
	bool done;
};

static struct console consoles[MOST];
static struct pollfd slots[MOST];
static size_t number;

static void
become(char **argv)
{
	(void)setenv("TERM", "xterm-256color", 1);
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	(void)signal(SIGINT, SIG_DFL);
	execl(argv[1], argv[1], "--state", argv[2], (char *)NULL);
	_exit(127);
}

static void
open_all(char **argv)
{
	static const struct winsize size = { .ws_row = 24, .ws_col = 80 };

	for (size_t i = 0; i < number; i++) {
		struct console *console = &consoles[i];

		console->pid = forkpty(&console->terminal, NULL, NULL, &size);
		if (console->pid == 0)
			become(argv);
		if (console->pid < 0)
			client_die("There are no more terminals.");
		slots[i] = (struct pollfd){ .fd = console->terminal, .events = POLLIN };
	}
}

static void
look(struct console *console, struct pollfd *slot)
{
	char bytes[4096];
	ssize_t got = read(console->terminal, bytes, sizeof bytes);
	size_t n = got > 0 ? (size_t)got : 0;

	if (got <= 0) {
		slot->fd = -1;
		return;
	}
	if (console->length + n > KEPT) {
		memmove(console->shown, console->shown + n, KEPT - n);
		console->length = KEPT - n;
	}
	memcpy(console->shown + console->length, bytes, n);
	console->length += n;
}

static bool
shows(const struct console *console, const char *const *words)
{
	for (; *words != NULL; words++)
		if (memmem(console->shown, console->length, *words, strlen(*words)) != NULL)
			return true;
	return false;
}

/* Until each shows one of the words; how many do in the end. */
static size_t
wait_for(const char *const *words)
{
	int64_t end = stranger_clock() + PATIENCE;
	size_t done = 0;

	for (size_t i = 0; i < number; i++)
		consoles[i].done = false;
	while (done < number && stranger_clock() < end) {
		(void)poll(slots, (nfds_t)number, 50);
		for (size_t i = 0; i < number; i++) {
			if (slots[i].fd >= 0 && (slots[i].revents & (POLLIN | POLLHUP)) != 0)
				look(&consoles[i], &slots[i]);
			if (!consoles[i].done && shows(&consoles[i], words)) {
				consoles[i].done = true;
				done++;
			}
		}
	}
	return done;
}

static void
type_all(const char *name, const char *password)
{
	char typed[1024];
	size_t length = (size_t)snprintf(typed, sizeof typed, "%s\r%s\r", name, password);

	for (size_t i = 0; i < number; i++) {
		consoles[i].length = 0;
		if (write(consoles[i].terminal, typed, length) != (ssize_t)length)
			client_die("A terminal takes no keys.");
	}
}

static void
end_all(void)
{
	for (size_t i = 0; i < number; i++)
		close(consoles[i].terminal);
	while (wait(NULL) > 0)
		continue;
}

int
main(int argc, char **argv)
{
	static const char *const door[] = { "[ Sign in ]", NULL };
	static const char *const verdicts[] = { "is wrong", "Too many", "busy", "went wrong",
		NULL };
	char line[64];
	int64_t began;

	number = argc == 6 ? strtoul(argv[3], NULL, 10) : 0;
	if (number == 0 || number > MOST)
		client_die("Usage: consoles CONSOLE STATE NUMBER NAME PASSWORD");
	stranger_many();
	open_all(argv);
	(void)printf("ready %zu\n", wait_for(door));
	(void)fflush(stdout);
	if (fgets(line, sizeof line, stdin) != NULL) {
		type_all(argv[4], argv[5]);
		began = stranger_clock();
		(void)printf("answered %zu ", wait_for(verdicts));
		(void)printf("%lld\n", (long long)(stranger_clock() - began));
		(void)fflush(stdout);
	}
	if (fgets(line, sizeof line, stdin) != NULL)
		end_all();
	return EXIT_SUCCESS;
}
