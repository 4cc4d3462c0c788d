/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command/command_dir.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const says[COMMAND_TRUST_COUNT] = {
	[COMMAND_TRUSTED] = N_("It is root's, and nobody else can write it."),
	[COMMAND_FOREIGN] = N_(
	    "It belongs to another user: it must be root's or, of a console that "
	    "one starts oneself, one's own."),
	[COMMAND_WRITABLE] = N_("Others than its owner may write it: chmod go-w"),
	[COMMAND_SYMLINK] = N_("It is a symbolic link: put the file itself there."),
	[COMMAND_KIND] = N_("It is not what should stand there: a directory of plain files is."),
	[COMMAND_LINKS] = N_("It has a second name elsewhere (a hard link): copy it, and put the "
			     "copy in its place."),
	[COMMAND_CLOSED] = N_("It may not be read here: chmod a+r"),
	[COMMAND_NAMED] = N_("No command can have that name: it has letters, digits, '.', '_' and "
			     "'-' of ASCII, 64 at most, and begins with a letter, a digit or '_'."),
	[COMMAND_MANY] = N_("There are more than 512 files in it, so none of them is listed."),
};

const char *
command_trust_says(enum command_trust trust)
{
	return (unsigned)trust < COMMAND_TRUST_COUNT ? says[trust] : says[COMMAND_KIND];
}

enum err
command_dir_of_state(const char *state, char *buf, size_t size)
{
	int length = snprintf(buf, size, "%s/commands.d", state);

	return length > 0 && (size_t)length < size ? ERR_OK : ERR_STATE_PATH;
}

enum command_trust
command_dir_trust(const struct stat *st, uid_t owner, bool sticky)
{
	if (S_ISLNK(st->st_mode))
		return COMMAND_SYMLINK;
	if (st->st_uid != 0 && st->st_uid != owner)
		return COMMAND_FOREIGN;
	if ((st->st_mode & 022) != 0 && !(sticky && (st->st_mode & S_ISVTX) != 0))
		return COMMAND_WRITABLE;
	return COMMAND_TRUSTED;
}

/* --- from / downwards ---------------------------------------------------------------------- */

/* On the way: the directory that is open, and what of the path leads to it. */
struct walk {
	uid_t owner;
	mode_t make;
	int fd;
	const char *path; /* whole */
	size_t done;	  /* bytes of it */
};

/* The next component, copied; false at the end. A component too long for a name fails later. */
static bool
walk_next(struct walk *walk, char name[NAME_MAX + 2])
{
	const char *at = walk->path + walk->done;
	size_t slashes = strspn(at, "/"), length = strcspn(at + slashes, "/");

	if (length == 0)
		return false;
	(void)snprintf(name, NAME_MAX + 2, "%.*s", (int)length, at + slashes);
	walk->done += slashes + length;
	return true;
}

/* Of the directory that is open. */
static enum err
walk_look(const struct walk *walk, bool last, struct command_wrong *wrong)
{
	struct stat st;

	if (fstat(walk->fd, &st) != 0)
		return err_from_errno(errno);
	wrong->trust = command_dir_trust(&st, walk->owner, !last);
	if (wrong->trust == COMMAND_TRUSTED && !S_ISDIR(st.st_mode))
		wrong->trust = COMMAND_KIND;
	if (wrong->trust == COMMAND_TRUSTED)
		return ERR_OK;
	(void)snprintf(wrong->where, sizeof wrong->where, "%.*s",
	    walk->done > 0 ? (int)walk->done : 1, walk->path);
	return ERR_COMMAND_FILE;
}

/* A new directory is there after a power cut once the one above it was synced. */
static bool
sync_here(int fd)
{
	int here = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = here >= 0 && fsync(here) == 0;

	if (here >= 0)
		close(here);
	return synced;
}

/* The directory above is trusted, so the name stays what is made here. */
static bool
walk_make(const struct walk *walk, const char *name)
{
	if (mkdirat(walk->fd, name, 0700) != 0)
		return errno == EEXIST;
	if (fchmodat(walk->fd, name, walk->make, 0) != 0)
		return false;
	if (geteuid() == 0 && walk->owner != 0 &&
	    fchownat(walk->fd, name, walk->owner, (gid_t)-1, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	return sync_here(walk->fd);
}

/* Steps into the next directory, made if need be. */
static enum err
walk_step(struct walk *walk, const char *name)
{
	const int flags = O_PATH | O_NOFOLLOW | O_CLOEXEC;
	int fd = openat(walk->fd, name, flags);

	if (fd < 0 && errno == ENOENT && walk->make != 0) {
		if (!walk_make(walk, name))
			return err_from_errno(errno);
		fd = openat(walk->fd, name, flags);
	}
	if (fd < 0)
		return errno == ENOENT ? ERR_COMMAND_NONE : err_from_errno(errno);
	close(walk->fd);
	walk->fd = fd;
	return ERR_OK;
}

/* All of it, up to the directory itself. */
static enum err
walk_down(struct walk *walk, struct command_wrong *wrong)
{
	char name[NAME_MAX + 2];
	enum err err = walk_look(walk, false, wrong);

	while (err == ERR_OK && walk_next(walk, name)) {
		bool last = walk->path[walk->done + strspn(walk->path + walk->done, "/")] == '\0';

		err = walk_step(walk, name);
		if (err == ERR_OK)
			err = walk_look(walk, last, wrong);
	}
	return err;
}

/* The same once more, to be read. */
static enum err
walk_open(const struct walk *walk, struct command_wrong *wrong, struct command_dir *ret_dir)
{
	int fd = openat(walk->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 && errno == EACCES) {
		wrong->trust = COMMAND_CLOSED;
		(void)snprintf(wrong->where, sizeof wrong->where, "%s", walk->path);
		return ERR_COMMAND_FILE;
	}
	if (fd < 0)
		return err_from_errno(errno);
	*ret_dir = (struct command_dir){ .fd = fd, .owner = walk->owner };
	return ERR_OK;
}

/* The path behind all symbolic links, the last component as it is, to be freed; NULL where there is
 * none or no memory. */
static char *
resolve(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *above = strndup(path, (size_t)(slash - path) + 1), *real = NULL, *whole = NULL;

	if (above != NULL)
		real = realpath(above, NULL);
	if (real != NULL && asprintf(&whole, "%s/%s", real, slash + 1) < 0)
		whole = NULL;
	free(above);
	free(real);
	return whole;
}

enum err
command_dir_open(const char *path, uid_t owner, mode_t make, struct command_dir *ret_dir,
    struct command_wrong *ret_wrong)
{
	char *resolved = owner != 0 && *path == '/' ? resolve(path) : NULL;
	struct walk walk = { .owner = owner,
		.make = make,
		.fd = -1,
		.path = resolved != NULL ? resolved : path };
	enum err err = ERR_STATE_PATH;

	memset(ret_wrong, 0, sizeof *ret_wrong);
	if (*path == '/')
		walk.fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (walk.fd >= 0)
		err = walk_down(&walk, ret_wrong);
	if (err == ERR_OK)
		err = walk_open(&walk, ret_wrong, ret_dir);
	if (walk.fd >= 0)
		close(walk.fd);
	free(resolved);
	return err;
}

void
command_dir_close(struct command_dir *dir)
{
	if (dir->fd >= 0)
		close(dir->fd);
	dir->fd = -1;
}
