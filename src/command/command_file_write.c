/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "command/command_file.h"

/* Lists leave it out, and whoever writes next takes away one that was left. */
static const char beside[] = ".new";

static bool
put(int fd, const char *text)
{
	size_t left = strlen(text);
	ssize_t done;

	while (left > 0) {
		done = write(fd, text, left);
		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			text += done;
			left -= (size_t)done;
		}
	}
	return true;
}

/* The directory says who owns what is in it, and who may read it. */
static bool
hand_over(const struct command_dir *dir, int fd)
{
	struct stat above;

	return fstat(dir->fd, &above) == 0 &&
	    (geteuid() != 0 || fchown(fd, above.st_uid, above.st_gid) == 0) &&
	    fchmod(fd, (above.st_mode & 0444) | 0600) == 0;
}

static bool
put_beside(const struct command_dir *dir, const char *text)
{
	int fd, problem;
	bool done;

	if (unlinkat(dir->fd, beside, 0) != 0 && errno != ENOENT)
		return false;
	fd = openat(dir->fd, beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	done = put(fd, text) && hand_over(dir, fd) && fsync(fd) == 0;
	problem = errno;
	if (close(fd) != 0 && done) {
		problem = errno;
		done = false;
	}
	errno = problem;
	return done;
}

/* Not every file system can rename without replacing; there nobody else writes meanwhile but by
 * hand. */
static bool
take_name(const struct command_dir *dir, const char *name, bool replace)
{
	struct stat st;

	if (replace)
		return renameat(dir->fd, beside, dir->fd, name) == 0;
	if (renameat2(dir->fd, beside, dir->fd, name, RENAME_NOREPLACE) == 0)
		return true;
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	if (fstatat(dir->fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		return false;
	}
	return errno == ENOENT && renameat(dir->fd, beside, dir->fd, name) == 0;
}

/* One writer at a time, until the descriptor of its own is closed. */
static int
alone(const struct command_dir *dir)
{
	int fd = openat(dir->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), problem;

	while (fd >= 0 && flock(fd, LOCK_EX) != 0)
		if (errno != EINTR) {
			problem = errno;
			close(fd);
			errno = problem;
			fd = -1;
		}
	return fd;
}

/* A name that was given or taken away is so after a power cut once the directory was synced. Then
 * others go on. */
static enum err
settle(int lock, enum err err)
{
	if (err == ERR_OK && fsync(lock) != 0)
		err = err_from_errno(errno);
	close(lock);
	return err;
}

enum err
command_file_write(const struct command_dir *dir, const char *name, const char *text, bool replace)
{
	enum err err = ERR_OK;
	int lock;

	if (!command_name_valid(name))
		return ERR_COMMAND_NONE;
	lock = alone(dir);
	if (lock < 0)
		return err_from_errno(errno);
	if (!put_beside(dir, text) || !take_name(dir, name, replace)) {
		err = errno == EEXIST ? ERR_STATE : err_from_errno(errno);
		(void)unlinkat(dir->fd, beside, 0);
	}
	return settle(lock, err);
}

enum err
command_file_remove(const struct command_dir *dir, const char *name)
{
	enum err err = ERR_OK;
	int lock;

	if (!command_name_valid(name))
		return ERR_COMMAND_NONE;
	lock = alone(dir);
	if (lock < 0)
		return err_from_errno(errno);
	if (unlinkat(dir->fd, name, 0) != 0)
		err = errno == ENOENT ? ERR_COMMAND_NONE : err_from_errno(errno);
	return settle(lock, err);
}
