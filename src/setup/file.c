/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setup/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All of fd into text, which has FILE_MAX + 1 bytes. */
static bool
file_fill(int fd, char *text)
{
	size_t length = 0;
	ssize_t got = 1;

	while (got > 0 && length < FILE_MAX) {
		got = read(fd, text + length, FILE_MAX - length);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0)
			length += (size_t)got;
	}
	if (got < 0)
		return false;
	text[length] = '\0';
	if (length < FILE_MAX && strlen(text) == length)
		return true;
	errno = EFBIG;
	return false;
}

char *
file_read(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK), problem;
	char *text = fd < 0 ? NULL : malloc(FILE_MAX + 1);
	struct stat st;
	bool whole = text != NULL && fstat(fd, &st) == 0;

	if (whole && !S_ISREG(st.st_mode)) {
		errno = EINVAL;
		whole = false;
	}
	whole = whole && file_fill(fd, text);
	problem = errno;
	if (fd >= 0)
		close(fd);
	if (!whole) {
		free(text);
		errno = problem;
		return NULL;
	}
	return text;
}

static bool
file_write(int fd, const char *text, mode_t mode)
{
	size_t length = strlen(text);
	ssize_t put;

	while (length > 0) {
		put = write(fd, text, length);
		if (put < 0 && errno != EINTR)
			return false;
		if (put > 0) {
			text += put;
			length -= (size_t)put;
		}
	}
	return fchown(fd, 0, 0) == 0 && fchmod(fd, mode) == 0 && fsync(fd) == 0;
}

void
file_sync_directory(const char *path)
{
	char directory[PATH_MAX];
	const char *slash = strrchr(path, '/');
	int fd;

	if (slash == NULL || (size_t)(slash - path) >= sizeof directory)
		return;
	(void)snprintf(directory, sizeof directory, "%.*s/", (int)(slash - path), path);
	fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	(void)fsync(fd);
	close(fd);
}

bool
file_beside(const char *path, char *buf, size_t size)
{
	if (snprintf(buf, size, "%s.new", path) < (int)size)
		return true;
	errno = ENAMETOOLONG;
	return false;
}

bool
file_put(const char *path, const char *text, mode_t mode)
{
	char beside[PATH_MAX];
	int fd, problem;
	bool done;

	if (!file_beside(path, beside, sizeof beside))
		return false;
	(void)unlink(beside);
	fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	done = file_write(fd, text, mode);
	problem = errno;
	if (close(fd) != 0 && done) {
		problem = errno;
		done = false;
	}
	if (done && rename(beside, path) != 0) {
		problem = errno;
		done = false;
	}
	if (done)
		file_sync_directory(path);
	else
		(void)unlink(beside);
	errno = problem;
	return done;
}

bool
file_has_line(const char *text, const char *line, size_t length)
{
	for (const char *at = text; at != NULL && *at != '\0';) {
		size_t here = strcspn(at, "\n");

		if (here == length && memcmp(at, line, length) == 0)
			return true;
		at += here;
		at += *at == '\n';
	}
	return false;
}
