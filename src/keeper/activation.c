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

#include "wire/socket_place.h"

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
	err = socket_place(&address);
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
