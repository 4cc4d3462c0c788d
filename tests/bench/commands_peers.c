/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands.h"
#include "bench.h"

#include <errno.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHUNK = 1 << 15, PATH_SIZE = 4096 };

/* --- programs in terminals, and behind pipes ------------------------------------------------ */

static _Noreturn void
become(const char *const *arguments)
{
	(void)unsetenv("TMUX");
	(void)setenv("TERM", "xterm-256color", 1);
	execvp(arguments[0], (char *const *)(uintptr_t)arguments);
	_exit(127);
}

static void
in_terminal(const char *const *arguments, struct peer *ret_peer)
{
	const struct winsize size = { .ws_row = 24, .ws_col = 80 };

	ret_peer->pid = forkpty(&ret_peer->master, NULL, NULL, &size);
	if (ret_peer->pid == 0)
		become(arguments);
	if (ret_peer->pid < 0)
		bench_die("There is no terminal.");
}

/* To the end: a terminal that nobody has open any more says EIO. Returns the bytes. */
static size_t
read_all(int fd)
{
	static char bytes[CHUNK];
	size_t all = 0;
	ssize_t size;

	while ((size = read(fd, bytes, sizeof bytes)) > 0 || (size < 0 && errno == EINTR))
		all += size > 0 ? (size_t)size : 0;
	return all;
}

static void
await(pid_t pid, const char *what)
{
	int status = -1;

	if (waitpid(pid, &status, 0) != pid || status != 0)
		bench_die(what);
}

int64_t
peer_first_byte(void)
{
	static const char *const arguments[] = { "sudo", "-n", "-u", "nobody", "/bin/echo", "first",
		NULL };
	int64_t start = bench_now(), took;
	struct peer peer;
	char byte;

	in_terminal(arguments, &peer);
	if (read(peer.master, &byte, 1) != 1)
		bench_die("sudo says nothing.");
	took = bench_now() - start;
	(void)read_all(peer.master);
	close(peer.master);
	await(peer.pid, "sudo fails.");
	return took;
}

void
peer_keys(struct peer *ret_peer)
{
	static const char *const arguments[] = { "/bin/sh", "-c",
		"stty raw -echo; echo ready; exec cat", NULL };
	char bytes[CHUNK];

	in_terminal(arguments, ret_peer);
	if (read(ret_peer->master, bytes, sizeof bytes) <= 0)
		bench_die("A terminal is silent.");
}

int64_t
peer_press(const struct peer *peer)
{
	int64_t start = bench_now();
	char byte = 'k';

	if (write(peer->master, &byte, 1) != 1 || read(peer->master, &byte, 1) != 1)
		bench_die("A terminal does not give a key back.");
	return bench_now() - start;
}

void
peer_end(const struct peer *peer)
{
	(void)kill(peer->pid, SIGKILL);
	(void)waitpid(peer->pid, NULL, 0);
	close(peer->master);
}

int64_t
peer_script(const char *file, size_t bytes)
{
	char command[PATH_SIZE];
	const char *const arguments[] = { "script", "-q", "-e", "-c", command, "/dev/null", NULL };
	int64_t start = bench_now();
	size_t all;
	int ends[2];
	pid_t pid;

	(void)snprintf(command, sizeof command, "cat '%s'", file);
	if (pipe(ends) != 0)
		bench_die("There are no pipes.");
	pid = fork();
	if (pid == 0) {
		if (dup2(ends[1], STDOUT_FILENO) < 0)
			_exit(127);
		close(ends[0]);
		close(ends[1]);
		become(arguments);
	}
	close(ends[1]);
	all = read_all(ends[0]);
	close(ends[0]);
	await(pid, "script fails.");
	if (all != bytes)
		bench_die("script shows something else.");
	return bench_now() - start;
}

int64_t
peer_tmux(const char *file)
{
	const char *const arguments[] = { "tmux", "-L", "bench", "-f", "/dev/null", "new-session",
		"cat", file, NULL };
	int64_t start = bench_now();
	struct peer peer;

	in_terminal(arguments, &peer);
	(void)read_all(peer.master);
	close(peer.master);
	await(peer.pid, "tmux fails.");
	return bench_now() - start;
}

/* --- memory --------------------------------------------------------------------------------- */

/* The children that its first thread has made (proc(5), children); how many there are. */
static size_t
children(pid_t parent, pid_t *ret_pids, size_t most)
{
	char path[PATH_SIZE];
	size_t count = 0;
	long pid;
	FILE *file;

	(void)snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", (long)parent,
	    (long)parent);
	file = fopen(path, "r");
	if (file == NULL)
		bench_die(path);
	while (count < most && fscanf(file, "%ld", &pid) == 1)
		ret_pids[count++] = (pid_t)pid;
	(void)fclose(file);
	return count;
}

static int64_t
memory(pid_t pid)
{
	char path[PATH_SIZE];

	(void)snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", (long)pid);
	return bench_proc(path, "Pss");
}

/* Who tells of a run, and the run's own, its child. */
int64_t
runners_memory(pid_t keeper, size_t runs)
{
	enum { MOST = 600 };
	static pid_t pids[MOST];
	int64_t all = 0;
	pid_t helper;
	size_t count;

	if (children(keeper, &helper, 1) != 1)
		bench_die("The keeper has no helper.");
	count = children(helper, pids, MOST);
	if (count != runs)
		bench_die("There are not as many runs as were begun.");
	for (size_t i = 0; i < count; i++) {
		pid_t run;

		if (children(pids[i], &run, 1) != 1)
			bench_die("Somebody tells of no run.");
		all += memory(pids[i]) + memory(run);
	}
	return all / (int64_t)count;
}
