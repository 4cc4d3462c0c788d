/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/knock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wire/line.h"

/* The socket's directory, and its name in it. */
static enum err
open_directory(const char *socket, int *ret_dirfd, const char **ret_name)
{
	const char *slash = strrchr(socket, '/');
	char *directory;
	enum err err = ERR_OK;

	if (slash == NULL || slash[1] == '\0')
		return ERR_STATE_PATH;
	directory = strndup(socket, (size_t)(slash - socket) + 1);
	if (directory == NULL)
		return ERR_MEMORY;
	*ret_dirfd = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (*ret_dirfd < 0)
		err = errno == ENOENT ? ERR_KEEPER_ABSENT : err_from_errno(errno);
	free(directory);
	*ret_name = slash + 1;
	return err;
}

enum err
knock(const char *socket, int64_t deadline, int *ret_fd)
{
	const char *name = NULL;
	int dirfd = -1, fd = -1;
	enum err err = open_directory(socket, &dirfd, &name);

	if (err == ERR_OK)
		err = line_connect_by(dirfd, name, deadline, &fd);
	if (dirfd >= 0)
		close(dirfd);
	if (err == ERR_OK && fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
		err = ERR_SYSTEM;
	if (err == ERR_OK)
		*ret_fd = fd;
	else if (fd >= 0)
		close(fd);
	return err;
}

bool
knock_again(enum err err)
{
	return err == ERR_BUSY || err == ERR_CROWDED || err == ERR_KEEPER_GONE;
}
