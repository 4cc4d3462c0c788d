/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/activation.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { FIRST_FD = 3 }; /* SD_LISTEN_FDS_START */
enum { BACKLOG = 512 };

int64_t
activation_number(const char *name)
{
	const char *text = getenv(name);
	char *end;
	long long value;

	if (text == NULL || *text < '1' || *text > '9')
		return 0;
	value = strtoll(text, &end, 10);
	return *end == '\0' ? value : 0;
}

static bool
is(int option, int wanted)
{
	int value = -1;
	socklen_t size = sizeof value;

	return getsockopt(FIRST_FD, SOL_SOCKET, option, &value, &size) == 0 &&
	    size == sizeof value && value == wanted;
}

enum err
activation_take(int *ret_fd)
{
	bool ours = activation_number("LISTEN_PID") == getpid();
	bool one = activation_number("LISTEN_FDS") == 1;
	int flags;

	if (unsetenv("LISTEN_PID") != 0 || unsetenv("LISTEN_FDS") != 0 ||
	    unsetenv("LISTEN_FDNAMES") != 0)
		return ERR_SYSTEM;
	if (!ours) {
		*ret_fd = -1;
		return ERR_OK;
	}
	if (!one || !is(SO_DOMAIN, AF_UNIX) || !is(SO_TYPE, SOCK_SEQPACKET) ||
	    !is(SO_ACCEPTCONN, 1))
		return ERR_STATE;
	flags = fcntl(FIRST_FD, F_GETFL);
	if (flags < 0 || fcntl(FIRST_FD, F_SETFL, flags | O_NONBLOCK) != 0 ||
	    fcntl(FIRST_FD, F_SETFD, FD_CLOEXEC) != 0)
		return ERR_SYSTEM;
	*ret_fd = FIRST_FD;
	return ERR_OK;
}

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

/* The socket is nobody's but root's until it has its group. */
static enum err
bind_for(int fd, const struct sockaddr_un *address, gid_t group)
{
	if (fchmod(fd, 0600) == 0 &&
	    bind(fd, (const struct sockaddr *)address, sizeof *address) == 0 &&
	    chown(address->sun_path, 0, group) == 0 && chmod(address->sun_path, 0660) == 0 &&
	    listen(fd, BACKLOG) == 0)
		return ERR_OK;
	return err_from_errno(errno);
}

enum err
activation_listen(const char *path, const char *console, int *ret_fd)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const struct passwd *account = getpwnam(console);
	enum err err;
	int fd;

	if (*path != '/' || strlen(path) >= sizeof address.sun_path)
		return ERR_STATE_PATH;
	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	if (geteuid() != 0 || account == NULL)
		return ERR_NOT_HOST;
	err = make_directory(path);
	if (err == ERR_OK)
		err = make_room(&address);
	if (err != ERR_OK)
		return err;
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_from_errno(errno);
	err = bind_for(fd, &address, account->pw_gid);
	if (err == ERR_OK)
		*ret_fd = fd;
	else
		close(fd);
	return err;
}
