/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/reap.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	ROUNDS = 200, /* of killing what was forked meanwhile, */
	PAUSE = 5,    /* milliseconds between two */
	DEPTH_MOST = 64
};

bool
reap_begin(void)
{
	return prctl(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L) == 0;
}

/* --- cgroup ------------------------------------------------------------------------------- */

/* This process's own group of the unified hierarchy, "0::/PATH" (cgroups(7)). */
static int
open_own(void)
{
	char line[4096], path[4200];
	FILE *file = fopen("/proc/self/cgroup", "re");
	struct statfs kind;
	int fd = -1;

	while (file != NULL && fd < 0 && fgets(line, sizeof line, file) != NULL) {
		if (strncmp(line, "0::", 3) != 0)
			continue;
		line[strcspn(line, "\n")] = '\0';
		(void)snprintf(path, sizeof path, "/sys/fs/cgroup%s", line + 3);
		fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	}
	/* Where the old hierarchies are mounted there may be a plain directory. */
	if (fd >= 0 && !(fstatfs(fd, &kind) == 0 && kind.f_type == CGROUP2_SUPER_MAGIC)) {
		close(fd);
		fd = -1;
	}
	if (file != NULL)
		fclose(file);
	return fd;
}

static void
name_group(const char *id, char name[64])
{
	(void)snprintf(name, 64, "run-%.32s", id);
}

int
reap_cgroup(const char *id)
{
	char name[64];
	int own = open_own(), fd = -1;

	if (own < 0)
		return -1;
	name_group(id, name);
	if (mkdirat(own, name, 0700) == 0)
		fd = openat(own, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	close(own);
	return fd;
}

static bool
write_file(int directory, const char *name, const char *text)
{
	int fd = openat(directory, name, O_WRONLY | O_CLOEXEC);
	bool ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return ok;
}

bool
reap_join(int cgroup)
{
	return cgroup < 0 || write_file(cgroup, "cgroup.procs", "0");
}

static void
remove_group(int cgroup, const char *id)
{
	char name[64];
	int own = open_own();

	name_group(id, name);
	if (own >= 0) {
		(void)unlinkat(own, name, AT_REMOVEDIR);
		close(own);
	}
	close(cgroup);
}

/* --- children ------------------------------------------------------------------------------- */

/* Kills a process's children, and theirs first: whom they leave behind becomes ours, for the next
 * round. (proc(5): the list is whole only of processes that are stopped; so there are rounds.) */
static void
kill_children(pid_t parent, int depth)
{
	char path[64], line[65536];
	ssize_t size;
	int fd;

	(void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)parent, (int)parent);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	size = read(fd, line, sizeof line - 1);
	close(fd);
	if (size <= 0)
		return;
	line[size] = '\0';
	for (char *at = line, *end; *at != '\0'; at = end) {
		pid_t child = (pid_t)strtol(at, &end, 10);

		if (end == at)
			return;
		if (depth < DEPTH_MOST)
			kill_children(child, depth + 1);
		(void)kill(child, SIGKILL);
	}
}

void
reap_hang_up(pid_t leader)
{
	(void)kill(-leader, SIGHUP);
	(void)kill(-leader, SIGCONT);
	(void)kill(leader, SIGHUP);
	(void)kill(leader, SIGCONT);
}

/* True when there is no child any more. */
static bool
collect(void)
{
	pid_t pid;

	do
		pid = waitpid(-1, NULL, WNOHANG);
	while (pid > 0);
	return pid < 0 && errno == ECHILD;
}

bool
reap_all(int cgroup, const char *id)
{
	bool gone = false;

	for (int i = 0; i < ROUNDS && !gone; i++) {
		if (cgroup >= 0)
			(void)write_file(cgroup, "cgroup.kill", "1");
		kill_children(getpid(), 0);
		gone = collect();
		if (!gone)
			(void)poll(NULL, 0, PAUSE);
	}
	if (cgroup >= 0)
		remove_group(cgroup, id);
	return gone;
}
