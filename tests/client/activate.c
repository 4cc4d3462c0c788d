/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * activate SOCKET GROUP UID GID PROGRAM ARGUMENT...
 * What a service manager does with a socket unit: binds SOCKET, mode 0660 for GROUP (a number),
 * becomes UID and GID, and runs the program with the socket passed in (sd_listen_fds(3)). Must be
 * run by root.
 */
#include <grp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { PASSED = 3 };

static int
bound(const char *path, gid_t group)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0);

	if (fd < 0 || strlen(path) >= sizeof address.sun_path)
		return -1;
	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	if (fchmod(fd, 0660) != 0 ||
	    bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
	    chown(path, 0, group) != 0 || listen(fd, SOMAXCONN) != 0)
		return -1;
	return fd;
}

static int
become(uid_t uid, gid_t gid)
{
	return setgroups(0, NULL) == 0 && setresgid(gid, gid, gid) == 0 &&
	    setresuid(uid, uid, uid) == 0;
}

static int
tell(void)
{
	char pid[24];

	(void)snprintf(pid, sizeof pid, "%ld", (long)getpid());
	return setenv("LISTEN_PID", pid, 1) == 0 && setenv("LISTEN_FDS", "1", 1) == 0;
}

int
main(int argc, char **argv)
{
	int fd;

	if (argc < 6) {
		(void)fprintf(stderr, "usage: activate SOCKET GROUP UID GID PROGRAM ARGUMENT...\n");
		return 2;
	}
	(void)umask(0);
	fd = bound(argv[1], (gid_t)strtoul(argv[2], NULL, 10));
	if (fd < 0 || (fd != PASSED && (dup2(fd, PASSED) < 0 || close(fd) != 0))) {
		perror("activate: the socket");
		return 1;
	}
	if (!become((uid_t)strtoul(argv[3], NULL, 10), (gid_t)strtoul(argv[4], NULL, 10)) ||
	    !tell()) {
		perror("activate: the user");
		return 1;
	}
	(void)execv(argv[5], argv + 5);
	perror("activate: the program");
	return 1;
}
