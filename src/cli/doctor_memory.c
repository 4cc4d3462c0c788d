/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The doctor: whether keys can be locked in memory, and whether the keeper that runs did. A service
 * has limits of its own, which no other process sees. */
#include "cli/doctor.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char keeper_name[] = "provconsole-kee"; /* as comm has it: 15 bytes */

/*
 * A line of /proc/locks: "4: FLOCK  ADVISORY  WRITE 1234 fd:01:5678 0 EOF". The device's numbers
 * are not those of stat(2) on every file system, so they are not compared.
 */
static bool
holds(const char *line, ino_t inode, long *ret_pid)
{
	unsigned long found;
	long pid;

	if (sscanf(line, "%*d: FLOCK ADVISORY WRITE %ld %*x:%*x:%lu", &pid, &found) != 2 ||
	    found != (unsigned long)inode || pid <= 0)
		return false;
	*ret_pid = pid;
	return true;
}

static bool
is_keeper(long pid)
{
	char path[48], name[32] = "";
	FILE *in;

	(void)snprintf(path, sizeof path, "/proc/%ld/comm", pid);
	in = fopen(path, "re");
	if (in == NULL)
		return false;
	if (fgets(name, sizeof name, in) == NULL)
		name[0] = '\0';
	(void)fclose(in);
	return strncmp(name, keeper_name, sizeof keeper_name - 1) == 0;
}

long
doctor_lock_holder(FILE *locks, ino_t inode)
{
	char line[256];
	long pid = 0;

	while (fgets(line, sizeof line, locks) != NULL)
		if (holds(line, inode, &pid))
			return pid;
	return 0;
}

long
doctor_locked(FILE *status)
{
	char line[256];
	long kib = -1;

	while (kib < 0 && fgets(line, sizeof line, status) != NULL)
		if (sscanf(line, "VmLck: %ld kB", &kib) != 1)
			kib = -1;
	return kib;
}

long
doctor_keeper_locked(const char *state)
{
	char path[48], *lock = NULL;
	struct stat st;
	FILE *in;
	long pid = 0, kib = -1;

	if (asprintf(&lock, "%s/lock", state) < 0)
		return -1;
	if (lstat(lock, &st) == 0 && (in = fopen("/proc/locks", "re")) != NULL) {
		pid = doctor_lock_holder(in, st.st_ino);
		(void)fclose(in);
	}
	free(lock);
	if (pid == 0 || !is_keeper(pid))
		return -1;
	(void)snprintf(path, sizeof path, "/proc/%ld/status", pid);
	in = fopen(path, "re");
	if (in != NULL) {
		kib = doctor_locked(in);
		(void)fclose(in);
	}
	return kib;
}

/* The marks that systemd (also nspawn), Docker and Podman leave. */
bool
doctor_in_container(void)
{
	static const char *const marks[] = { "/run/systemd/container",
		"/run/host/container-manager", "/.dockerenv", "/run/.containerenv" };

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (access(marks[i], F_OK) == 0)
			return true;
	return false;
}

void
doctor_memory(struct examine_finding *finding, long locked, bool container, long limit)
{
	long needed = finding->err == ERR_OK ? (long)finding->number : 0;

	if (finding->err == ERR_OK && locked >= 0 && locked < needed) {
		finding->err = ERR_STATE;
		finding->number = locked;
		(void)snprintf(finding->detail, sizeof finding->detail, "%ld", needed);
	} else if (finding->err == ERR_MEMORY && container && limit >= 0 &&
	    limit < EXAMINE_MEMORY_KIB) {
		finding->err = ERR_NOT_HOST;
	}
}
