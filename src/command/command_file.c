/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/command_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum err
distrust(struct command_wrong *wrong, enum command_trust trust)
{
	wrong->trust = trust;
	return ERR_COMMAND_FILE;
}

/* Without waiting for whoever writes into a pipe. */
static enum err
open_plain(const struct command_dir *dir, const char *name, int *ret_fd,
    struct command_wrong *wrong)
{
	int fd = openat(dir->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd >= 0) {
		*ret_fd = fd;
		return ERR_OK;
	}
	switch (errno) {
	case ENOENT:
		return ERR_COMMAND_NONE;
	case ELOOP:
		return distrust(wrong, COMMAND_SYMLINK);
	case ENXIO: /* a socket, a device without its driver */
	case ENODEV:
		return distrust(wrong, COMMAND_KIND);
	case EACCES:
		return distrust(wrong, COMMAND_CLOSED);
	default:
		return err_from_errno(errno);
	}
}

static enum err
look(int fd, uid_t owner, struct command_wrong *wrong)
{
	enum command_trust trust;
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_from_errno(errno);
	if (!S_ISREG(st.st_mode))
		return distrust(wrong, COMMAND_KIND);
	trust = command_dir_trust(&st, owner, false);
	if (trust != COMMAND_TRUSTED)
		return distrust(wrong, trust);
	/* None at all has one that was replaced since it was opened: it was the file then. */
	return st.st_nlink <= 1 ? ERR_OK : distrust(wrong, COMMAND_LINKS);
}

/* As much as a file may have, and a byte more of one that is too long. */
static enum err
read_whole(int fd, char text[COMMAND_TEXT_SIZE], size_t *ret_size)
{
	size_t size = 0;
	ssize_t got = 1;

	while (got != 0 && size < COMMAND_TEXT_SIZE) {
		got = read(fd, text + size, COMMAND_TEXT_SIZE - size);
		if (got < 0 && errno != EINTR)
			return err_from_errno(errno);
		size += got > 0 ? (size_t)got : 0;
	}
	*ret_size = size;
	return ERR_OK;
}

enum err
command_file_read(const struct command_dir *dir, const char *name, struct command *ret_command,
    struct command_wrong *ret_wrong)
{
	char text[COMMAND_TEXT_SIZE];
	size_t size = 0;
	int fd = -1;
	enum err err;

	memset(ret_wrong, 0, sizeof *ret_wrong);
	if (!command_name_valid(name)) {
		ret_wrong->trust = COMMAND_NAMED;
		return ERR_COMMAND_NONE;
	}
	err = open_plain(dir, name, &fd, ret_wrong);
	if (err != ERR_OK)
		return err;
	err = look(fd, dir->owner, ret_wrong);
	if (err == ERR_OK)
		err = read_whole(fd, text, &size);
	close(fd);
	if (err != ERR_OK)
		return err;
	ret_wrong->fault = command_parse(name, text, size, ret_command, &ret_wrong->line);
	return ret_wrong->fault == COMMAND_FINE ? ERR_OK : ERR_COMMAND_FILE;
}

/* --- all names ----------------------------------------------------------------------------- */

static int
by_bytes(const void *one, const void *other)
{
	return strcmp(one, other);
}

static enum err
gather(DIR *list, struct command_names *names, struct command_wrong *wrong)
{
	const struct dirent *entry;

	errno = 0;
	while ((entry = readdir(list)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		if (names->count == COMMAND_FILES_MAX)
			return distrust(wrong, COMMAND_MANY);
		(void)snprintf(names->name[names->count++], COMMAND_ENTRY_SIZE, "%s",
		    entry->d_name);
	}
	return errno == 0 ? ERR_OK : err_from_errno(errno);
}

enum err
command_file_names(const struct command_dir *dir, struct command_names *ret_names,
    struct command_wrong *ret_wrong)
{
	int fd = openat(dir->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *list = fd >= 0 ? fdopendir(fd) : NULL;
	enum err err = ERR_MEMORY;

	memset(ret_wrong, 0, sizeof *ret_wrong);
	ret_names->count = 0;
	ret_names->name = NULL;
	if (list == NULL) {
		err = err_from_errno(errno);
		if (fd >= 0)
			close(fd);
		return err;
	}
	ret_names->name = calloc(COMMAND_FILES_MAX, sizeof *ret_names->name);
	if (ret_names->name != NULL)
		err = gather(list, ret_names, ret_wrong);
	closedir(list);
	if (err == ERR_OK)
		qsort(ret_names->name, ret_names->count, sizeof *ret_names->name, by_bytes);
	return err;
}

void
command_names_free(struct command_names *names)
{
	free(names->name);
	names->name = NULL;
	names->count = 0;
}
