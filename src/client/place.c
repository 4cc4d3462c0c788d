/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/place.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "wire/line.h"
#include "client/start.h"

static const char system_directory[] = "/run/provconsole", socket_name[] = "socket";

/* --- which state -------------------------------------------------------------- */

/* The path, absolute and without slashes at its end; NULL if there is no memory or no working
 * directory. */
static char *
place_absolute(const char *path)
{
	char *whole = NULL, *here;
	size_t length;

	if (*path == '/')
		whole = strdup(path);
	else if ((here = getcwd(NULL, 0)) != NULL) {
		if (asprintf(&whole, "%s/%s", here, path) < 0)
			whole = NULL;
		free(here);
	}
	if (whole == NULL)
		return NULL;
	for (length = strlen(whole); length > 1 && whole[length - 1] == '/'; length--)
		whole[length - 1] = '\0';
	return whole;
}

static enum err
place_set(struct place *place, const char *directory, const char *socket, bool may_start)
{
	errno = 0;
	place->directory = place_absolute(directory);
	place->socket = strdup(socket);
	place->may_start = may_start;
	place->may_make = false;
	if (place->directory != NULL && place->socket != NULL)
		return ERR_OK;
	place_free(place);
	return errno == ENOMEM ? ERR_MEMORY : ERR_STATE_PATH;
}

/* --socket: a directory and a name in it. */
static enum err
place_of_socket(const char *path, struct place *place)
{
	const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
	enum err err;
	char *directory;

	if (*name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return ERR_STATE_PATH;
	directory = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
	if (directory == NULL)
		return ERR_MEMORY;
	err = place_set(place, directory, name, false);
	free(directory);
	return err;
}

/* The user's own: a relative $XDG_STATE_HOME is invalid and ignored (XDG Base Directory
 * Specification). */
static enum err
place_of_user(struct place *place)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	const struct passwd *user;
	char *directory;
	enum err err;
	int length;

	if (home == NULL || *home != '/') {
		user = getpwuid(geteuid());
		home = user != NULL ? user->pw_dir : NULL;
	}
	if (state != NULL && *state == '/')
		length = asprintf(&directory, "%s/provconsole", state);
	else if (home != NULL && *home == '/')
		length = asprintf(&directory, "%s/.local/state/provconsole", home);
	else
		return ERR_STATE_PATH;
	if (length < 0)
		return ERR_MEMORY;
	err = place_set(place, directory, socket_name, true);
	free(directory);
	return err;
}

enum err
place_find(const char *socket, const char *state, struct place *ret_place)
{
	struct stat st;

	if (socket != NULL)
		return place_of_socket(socket, ret_place);
	if (state == NULL) {
		state = getenv("PROVCONSOLE_STATE");
		if (state != NULL && *state == '\0')
			state = NULL;
	}
	if (state != NULL)
		return *state != '\0' ? place_set(ret_place, state, socket_name, true)
				      : ERR_STATE_PATH;
	if (stat(system_directory, &st) == 0 && S_ISDIR(st.st_mode))
		return place_set(ret_place, system_directory, socket_name, false);
	return place_of_user(ret_place);
}

bool
place_is_service(const struct place *place)
{
	return !place->may_start && strcmp(place->directory, system_directory) == 0;
}

void
place_free(struct place *place)
{
	int number = errno;

	free(place->directory);
	free(place->socket);
	place->directory = place->socket = NULL;
	errno = number;
}

enum err
place_keeper(const char *libexec, char *buf, size_t size)
{
	static const char name[] = "provconsole-keeper";
	char self[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
	char *slash;
	int written;

	if (length > 0) {
		self[length] = '\0';
		slash = strrchr(self, '/');
		if (slash != NULL) {
			*slash = '\0';
			written = snprintf(buf, size, "%s/%s", self, name);
			if (written > 0 && (size_t)written < size && access(buf, X_OK) == 0)
				return ERR_OK;
		}
	}
	written = snprintf(buf, size, "%s/%s", libexec, name);
	return written > 0 && (size_t)written < size ? ERR_OK : ERR_STATE_PATH;
}

/* --- its directory -------------------------------------------------------------- */

/* Where we may not look, or nothing can be written, nothing of ours is new. */
static bool
place_needs_no_sync(int number)
{
	return number == EACCES || number == EROFS || number == EINVAL;
}

/*
 * A new directory is there after a power cut only once the one above it was synced (fsync(2)).
 * Where it may be written and not read, the whole file system is synced. A path that leads nowhere
 * fails when it is opened.
 */
static enum err
place_sync_above(const char *path, bool made)
{
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int above = fd < 0 ? -1 : openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = above >= 0 && fsync(above) == 0;
	enum err err = ERR_OK;

	if (above < 0 && made && errno == EACCES) {
		above = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		synced = above >= 0 && syncfs(above) == 0;
	}
	if (!synced && (made || (fd >= 0 && !place_needs_no_sync(errno))))
		err = err_from_errno(errno);
	if (above >= 0)
		close(above);
	if (fd >= 0)
		close(fd);
	return err;
}

/* The program that made one that is there may have crashed before its sync. */
static enum err
place_make_one(const char *path)
{
	bool made = mkdir(path, 0700) == 0;

	if (!made && errno != EEXIST)
		return errno == EACCES || errno == ENOTDIR ? ERR_STATE_PATH : err_from_errno(errno);
	return place_sync_above(path, made);
}

enum err
place_make(const char *directory)
{
	char *path = strdup(directory);
	enum err err = ERR_OK;

	if (path == NULL)
		return ERR_MEMORY;
	for (char *slash = strchr(path + 1, '/'); slash != NULL && err == ERR_OK;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		err = place_make_one(path);
		*slash = '/';
	}
	if (err == ERR_OK)
		err = place_make_one(path);
	free(path);
	return err;
}

/* A state that we may keep is a directory of ours (root may keep anyone's), closed to others. */
static enum err
place_check(int dirfd)
{
	struct stat st;

	if (fstat(dirfd, &st) != 0)
		return err_from_errno(errno);
	if (S_ISLNK(st.st_mode))
		return ERR_STATE_SYMLINK;
	if (!S_ISDIR(st.st_mode))
		return ERR_STATE_PATH;
	if (geteuid() != 0 && st.st_uid != geteuid())
		return ERR_STATE_OWNER;
	if (geteuid() != 0 && (st.st_mode & 0500) != 0500)
		return ERR_STATE_PATH; /* ours, and shut to ourselves */
	return (st.st_mode & 077) == 0 ? ERR_OK : ERR_STATE_MODE;
}

/* Whether a keeper was here before: what it makes first is console.key, then console.db. Where that
 * cannot be told, other checks say why. */
static bool
place_holds_state(int dirfd)
{
	static const char *const files[] = { "console.db", "console.key", "keeper.conf" };
	struct stat st;

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		if (fstatat(dirfd, files[i], &st, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT)
			return true;
	return false;
}

static enum err
place_open(const struct place *place, int *ret_dirfd)
{
	enum err err = ERR_OK;
	int flags = O_PATH | O_CLOEXEC | (place->may_start ? O_NOFOLLOW : O_DIRECTORY);
	int fd = open(place->directory, flags);

	if (fd < 0 && errno == ENOENT && place->may_start && !place->may_make)
		return ERR_NO_STATE;
	if (fd < 0 && errno == ENOENT && place->may_start) {
		err = place_make(place->directory);
		if (err != ERR_OK)
			return err;
		fd = open(place->directory, flags);
	} else if (fd >= 0 && place->may_make && !place_holds_state(fd)) {
		err = place_make(place->directory);
	}
	if (fd < 0 && errno == ENOENT)
		return ERR_KEEPER_ABSENT;
	if (fd < 0)
		return errno == EMFILE || errno == ENFILE || errno == ENOMEM ? err_from_errno(errno)
									     : ERR_STATE_PATH;
	if (err == ERR_OK && place->may_start && !place->may_make && !place_holds_state(fd))
		err = ERR_NO_STATE;
	else if (err == ERR_OK && place->may_start)
		err = place_check(fd);
	if (err != ERR_OK) {
		close(fd);
		return err;
	}
	*ret_dirfd = fd;
	return ERR_OK;
}

/* --- its keeper ----------------------------------------------------------------- */

/* Connects, again and again for some milliseconds while no one is there; the waits grow. */
static enum err
place_retry(int dirfd, const char *socket, long patience, int *ret_fd)
{
	struct timespec pause = { 0, 0 };
	enum err err;

	for (long wait = 5, spent = 0;; spent += wait, wait = wait < 80 ? wait * 2 : wait) {
		err = line_connect(dirfd, socket, ret_fd);
		if (err != ERR_KEEPER_ABSENT || spent >= patience)
			return err;
		pause.tv_nsec = wait * 1000000;
		(void)nanosleep(&pause, NULL);
	}
}

/*
 * Starts a keeper, and connects to whichever won. When nobody comes, the one that was in the way
 * was about to leave: then another is started, ever later, in 5 s altogether.
 */
static enum err
place_start(const struct place *place, const char *keeper, int dirfd, int *ret_fd)
{
	static const long rounds[] = { 400, 800, 1500, 2300 }; /* ms */
	enum err err;

	for (size_t i = 0; i < sizeof rounds / sizeof rounds[0]; i++) {
		err = start_keeper(keeper, place->directory);
		if (err == ERR_OK)
			err = place_retry(dirfd, place->socket, rounds[i], ret_fd);
		if (err != ERR_KEEPER_ABSENT)
			return err;
	}
	return ERR_KEEPER_START;
}

enum err
place_connect(const struct place *place, const char *keeper, int *ret_fd)
{
	int dirfd = -1;
	enum err err = place_open(place, &dirfd);

	if (err != ERR_OK)
		return err;
	err = line_connect(dirfd, place->socket, ret_fd);
	if (err == ERR_KEEPER_ABSENT && place->may_start)
		err = place_start(place, keeper, dirfd, ret_fd);
	close(dirfd);
	return err;
}

/* Whether the name is free, or another socket has it. */
static bool
place_changed(int dirfd, const char *socket, const struct stat *before)
{
	struct stat now;

	if (fstatat(dirfd, socket, &now, AT_SYMLINK_NOFOLLOW) != 0)
		return true;
	return now.st_ino != before->st_ino || now.st_mtim.tv_sec != before->st_mtim.tv_sec ||
	    now.st_mtim.tv_nsec != before->st_mtim.tv_nsec;
}

bool
place_leaves(const struct place *place, long patience)
{
	static const struct timespec pause = { 0, 50000000 };
	struct stat before;
	int dirfd = open(place->directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
	bool left;

	if (dirfd < 0)
		return true;
	left = fstatat(dirfd, place->socket, &before, AT_SYMLINK_NOFOLLOW) != 0;
	for (long spent = 0; !left && spent < patience; spent += 50) {
		(void)nanosleep(&pause, NULL);
		left = place_changed(dirfd, place->socket, &before);
	}
	close(dirfd);
	return left;
}
