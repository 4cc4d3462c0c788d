/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * service STATE KEEPER
 *
 * What a service manager is to a keeper: starts it, prints its pid when the socket is there, waits
 * for a line on standard input (or its end), sends SIGTERM, and prints how many milliseconds it
 * took to end, and how: "37 exited 0". After ten seconds it is killed: "10000 killed 9".
 */
#include "stranger.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE = 10000 };

static pid_t
start(const char *state, const char *keeper)
{
	pid_t pid = fork();

	if (pid == 0) {
		/* It does not hold the other end of what this program is read through. */
		if (freopen("/dev/null", "r", stdin) == NULL ||
		    freopen("/dev/null", "w", stdout) == NULL)
			_exit(127);
		execl(keeper, keeper, "--state", state, (char *)NULL);
		_exit(127);
	}
	if (pid < 0)
		client_die("There are no more processes.");
	return pid;
}

static void
wait_for_socket(const char *state, int process)
{
	struct pollfd slot = { .fd = process, .events = POLLIN };
	char path[4096];
	struct stat st;

	(void)snprintf(path, sizeof path, "%s/socket", state);
	for (int64_t end = stranger_clock() + PATIENCE; stat(path, &st) != 0;)
		if (poll(&slot, 1, 20) != 0 || stranger_clock() > end)
			client_die("The keeper does not start.");
}

static void
stop(pid_t pid, int process)
{
	struct pollfd slot = { .fd = process, .events = POLLIN };
	int64_t began = stranger_clock();
	int status = 0;

	(void)kill(pid, SIGTERM);
	if (poll(&slot, 1, PATIENCE) == 0)
		(void)kill(pid, SIGKILL);
	if (waitpid(pid, &status, 0) != pid)
		client_die("The keeper does not end.");
	(void)printf("%lld %s %d\n", (long long)(stranger_clock() - began),
	    WIFEXITED(status) ? "exited" : "killed",
	    WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

int
main(int argc, char **argv)
{
	char path[4096], line[64];
	int process;
	pid_t pid;

	if (argc != 3)
		client_die("Usage: service STATE KEEPER");
	(void)snprintf(path, sizeof path, "%s/socket", argv[1]);
	(void)unlink(path); /* of one that was killed */
	pid = start(argv[1], argv[2]);
	process = (int)syscall(SYS_pidfd_open, pid, 0);
	if (process < 0)
		client_die("There is no pidfd_open(2).");
	wait_for_socket(argv[1], process);
	(void)printf("%ld\n", (long)pid);
	(void)fflush(stdout);
	while (fgets(line, sizeof line, stdin) != NULL && strchr(line, '\n') == NULL)
		continue;
	stop(pid, process);
	return EXIT_SUCCESS;
}
