/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/socket_place.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* The directory of the socket: its own parents are there, or it cannot be made. */
static enum err
make_directory(const char *path)
{
	char directory[sizeof((struct sockaddr_un *)NULL)->sun_path];
	const char *slash = strrchr(path, '/');

	if (slash == NULL || slash == path || (size_t)(slash - path) >= sizeof directory)
		return ERR_STATE_PATH;
	(void)snprintf(directory, sizeof directory, "%.*s", (int)(slash - path), path);
	if (mkdir(directory, 0755) == 0)
		return chmod(directory, 0755) == 0 ? ERR_OK : err_from_errno(errno);
	return errno == EEXIST ? ERR_OK : err_from_errno(errno);
}

/* Whether somebody listens there. */
static bool
is_taken(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	bool taken = fd >= 0 && connect(fd, (const struct sockaddr *)address, sizeof *address) == 0;

	if (fd >= 0)
		close(fd);
	return taken;
}

/* What stands there may only be a socket that nobody listens on. */
static enum err
make_room(const struct sockaddr_un *address)
{
	struct stat st;

	if (lstat(address->sun_path, &st) != 0)
		return errno == ENOENT ? ERR_OK : err_from_errno(errno);
	if (!S_ISSOCK(st.st_mode))
		return ERR_STATE_PATH;
	if (is_taken(address))
		return ERR_STORE_BUSY;
	return unlink(address->sun_path) == 0 ? ERR_OK : err_from_errno(errno);
}

enum err
socket_place(const struct sockaddr_un *address)
{
	enum err err = make_directory(address->sun_path);

	return err == ERR_OK ? make_room(address) : err;
}
