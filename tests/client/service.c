/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * service STATE KEEPER
 *
 * What a service manager is to a keeper: starts it, prints its pid when the socket is there, waits
 * for a line on standard input (or its end), sends SIGTERM, and prints how many milliseconds it
 * took the keeper to say that it stops (sd_notify(3)), and how it ended: "37 exited 0". After ten
 * seconds it is killed: "10000 killed 9".
 *
 * Of these milliseconds those are left out that are the machine's: in which the keeper's loop, or
 * this program, was ready and had no processor (proc_pid_schedstat(5)), and as many as a sync in
 * that directory took just before.
 */
#include "stranger.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE = 10000, NANOSECONDS = 1000000 /* a millisecond */ };

/* Where the keeper says what it does: $NOTIFY_SOCKET is its name, an abstract one. */
static int
listen_to_it(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	socklen_t length = sizeof address.sun_family;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	char name[sizeof address.sun_path + 1];

	/* The kernel finds a name that is free. */
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, length) != 0)
		client_die("There is no socket to be told on.");
	length = sizeof address;
	if (getsockname(fd, (struct sockaddr *)&address, &length) != 0)
		client_die("The socket has no name.");
	length -= (socklen_t)sizeof address.sun_family;
	(void)snprintf(name, sizeof name, "@%.*s", (int)length - 1, address.sun_path + 1);
	if (setenv("NOTIFY_SOCKET", name, 1) != 0)
		client_die("There is no memory.");
	return fd;
}

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

/* Milliseconds in which the first thread of a process was ready to run and did not. */
static int64_t
waited(pid_t pid)
{
	unsigned long long ran = 0, ready = 0;
	char path[64];
	FILE *file;

	(void)snprintf(path, sizeof path, "/proc/%ld/schedstat", (long)pid);
	file = fopen(path, "r");
	if (file == NULL || fscanf(file, "%llu %llu", &ran, &ready) != 2)
		client_die("The kernel does not tell who waits for a processor.");
	(void)fclose(file);
	return (int64_t)(ready / NANOSECONDS);
}

/* How long it takes here until something is on the disk. */
static int64_t
sync_time(const char *state)
{
	int64_t began = stranger_clock();
	char path[4096];
	int fd;

	(void)snprintf(path, sizeof path, "%s.sync", state);
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, path, strlen(path)) < 0 || fsync(fd) != 0 || close(fd) != 0 ||
	    unlink(path) != 0)
		client_die("There is no place beside the state directory.");
	return stranger_clock() - began;
}

/* Whether it has said that it stops; it says other things too. */
static bool
has_said(int told)
{
	static const char want[] = "STOPPING=1";
	char text[64];
	ssize_t length;

	while ((length = recv(told, text, sizeof text, MSG_DONTWAIT)) >= 0)
		if (length == sizeof want - 1 && memcmp(text, want, sizeof want - 1) == 0)
			return true;
	return false;
}

/* Returns the milliseconds until the keeper says that it stops, or is gone. */
static int64_t
hear(pid_t pid, int process, int told)
{
	struct pollfd slots[] = { { .fd = told, .events = POLLIN },
		{ .fd = process, .events = POLLIN } };
	int64_t began = stranger_clock(), left = PATIENCE;
	int64_t others = waited(pid) + waited(getpid());

	(void)kill(pid, SIGTERM);
	while (
	    left > 0 && poll(slots, 2, (int)left) > 0 && !has_said(told) && slots[1].revents == 0)
		left = began + PATIENCE - stranger_clock();
	others = waited(pid) + waited(getpid()) - others;
	return stranger_clock() - began - others;
}

static void
stop(pid_t pid, int process, int told, const char *state)
{
	struct pollfd slot = { .fd = process, .events = POLLIN };
	int64_t synced = sync_time(state), heard = hear(pid, process, told) - synced;
	int status = 0;

	if (poll(&slot, 1, PATIENCE) == 0)
		(void)kill(pid, SIGKILL);
	if (waitpid(pid, &status, 0) != pid)
		client_die("The keeper does not end.");
	(void)printf("%lld %s %d\n", heard > 0 ? (long long)heard : 0,
	    WIFEXITED(status) ? "exited" : "killed",
	    WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

int
main(int argc, char **argv)
{
	char path[4096], line[64];
	int process, told;
	pid_t pid;

	if (argc != 3)
		client_die("Usage: service STATE KEEPER");
	(void)snprintf(path, sizeof path, "%s/socket", argv[1]);
	(void)unlink(path); /* of one that was killed */
	told = listen_to_it();
	pid = start(argv[1], argv[2]);
	process = (int)syscall(SYS_pidfd_open, pid, 0);
	if (process < 0)
		client_die("There is no pidfd_open(2).");
	wait_for_socket(argv[1], process);
	(void)printf("%ld\n", (long)pid);
	(void)fflush(stdout);
	while (fgets(line, sizeof line, stdin) != NULL && strchr(line, '\n') == NULL)
		continue;
	stop(pid, process, told, argv[1]);
	return EXIT_SUCCESS;
}
