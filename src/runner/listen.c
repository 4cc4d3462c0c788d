/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/listen.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "wire/socket_place.h"

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
	err = socket_place(&address);
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
