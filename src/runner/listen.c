/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/listen.h"

#include <errno.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static enum err
make_directory(const char *path)
{
	char directory[sizeof((struct sockaddr_un *)NULL)->sun_path];
	const char *slash = strrchr(path, '/');

	if (slash == NULL || slash == path)
		return ERR_STATE_PATH;
	(void)snprintf(directory, sizeof directory, "%.*s", (int)(slash - path), path);
	if (mkdir(directory, 0755) == 0) /* without what umask takes away */
		return chmod(directory, 0755) == 0 ? ERR_OK : err_from_errno(errno);
	return errno == EEXIST ? ERR_OK : err_from_errno(errno);
}

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

/* 0600 from its first moment, and root's until it is the user's. */
static enum err
bind_for(int fd, const struct sockaddr_un *address, uid_t user)
{
	if (fchmod(fd, 0600) == 0 &&
	    bind(fd, (const struct sockaddr *)address, sizeof *address) == 0 &&
	    chown(address->sun_path, user, (gid_t)-1) == 0 && listen(fd, SOMAXCONN) == 0)
		return ERR_OK;
	return err_from_errno(errno);
}

enum err
listen_for(const char *path, const char *user, int *ret_fd)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const struct passwd *entry = getpwnam(user);
	enum err err;
	int fd;

	if (entry == NULL || strlen(path) >= sizeof address.sun_path)
		return ERR_STATE_PATH;
	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	err = make_directory(path);
	if (err == ERR_OK)
		err = make_room(&address);
	if (err != ERR_OK)
		return err;
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_from_errno(errno);
	err = bind_for(fd, &address, entry->pw_uid);
	if (err == ERR_OK)
		*ret_fd = fd;
	else
		close(fd);
	return err;
}
