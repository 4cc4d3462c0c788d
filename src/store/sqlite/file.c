/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the database is: the files' owner, mode and links, and how SQLite is led to them. */
#include "store/sqlite/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char database[] = "console.db";

/* What SQLite may find beside the database, from before. */
static const char *const companions[] = { "console.db-wal", "console.db-shm",
	"console.db-journal" };

/*
 * Looks at a file without opening it: closing a descriptor of the database would drop the POSIX
 * locks that another connection of this process holds on it (sqlite.org/howtocorrupt.html 2.2).
 * *ret_there: whether it is.
 */
static enum err
check(int dirfd, const char *name, bool *ret_there)
{
	struct stat st;

	if (fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
		if (errno != ENOENT)
			return err_from_errno(errno);
		*ret_there = false;
		return ERR_OK;
	}
	if (S_ISLNK(st.st_mode))
		return ERR_STATE_SYMLINK;
	if (!S_ISREG(st.st_mode))
		return ERR_STORE_CORRUPT;
	if (st.st_uid != geteuid())
		return ERR_STATE_OWNER;
	if ((st.st_mode & 077) != 0)
		return ERR_STATE_MODE;
	if (st.st_nlink != 1)
		return ERR_STATE_LINKS;
	*ret_there = true;
	return ERR_OK;
}

/* EEXIST is no failure: somebody else was faster, and the file is looked at again. */
static enum err
make(int dirfd)
{
	enum err err = ERR_OK;
	int fd = openat(dirfd, database, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno == EEXIST ? ERR_OK : err_from_errno(errno);
	if (fchmod(fd, 0600) != 0 || fsync(dirfd) != 0)
		err = err_from_errno(errno);
	close(fd);
	return err;
}

static bool
holds_something(int dirfd, const char *name)
{
	struct stat st;

	return fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_size > 0;
}

/* The log is the first of the companions. SQLite would drop one that is there without its database,
 * as left over. */
enum err
sqlite_file_prepare(int dirfd)
{
	bool there = false;
	enum err err = check(dirfd, database, &there);

	if (err == ERR_OK && !holds_something(dirfd, database) &&
	    holds_something(dirfd, companions[0]))
		return ERR_STORE_CORRUPT;
	if (err == ERR_OK && !there) {
		err = make(dirfd);
		if (err == ERR_OK)
			err = check(dirfd, database, &there);
	}
	for (size_t i = 0; err == ERR_OK && i < sizeof companions / sizeof *companions; i++)
		err = check(dirfd, companions[i], &there);
	return err;
}

enum err
sqlite_file_look(int dirfd, bool *ret_log)
{
	bool there = false;
	enum err err = check(dirfd, database, &there);

	if (err == ERR_OK && !there)
		return ERR_STORE_NONE;
	for (size_t i = 0; err == ERR_OK && i < sizeof companions / sizeof *companions; i++)
		err = check(dirfd, companions[i], &there);
	if (err == ERR_OK)
		*ret_log = holds_something(dirfd, companions[0]);
	return err;
}

/*
 * SQLite's own resolves every link of a path and refuses one of more than 512 bytes. Ours leaves
 * /proc/self/fd/N/console.db as it is: any depth will do, and a directory that is renamed stays
 * found. SQLite opens the last part with O_NOFOLLOW.
 */
static int
full_path(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
	size_t length = strlen(name);

	(void)vfs;
	if (size <= 0 || length >= (size_t)size)
		return SQLITE_CANTOPEN;
	memcpy(out, name, length + 1);
	return SQLITE_OK;
}

static struct sqlite *
lite_of(sqlite3_vfs *vfs)
{
	return (struct sqlite *)(void *)((char *)vfs - offsetof(struct sqlite, vfs));
}

/*
 * SQLite's own, where a file cannot be opened for writing, opens it for reading and goes on: one
 * passing EMFILE or EIO at the log, and the connection refuses every change for as long as it
 * lives. Ours fails, with the number of what went wrong.
 */
static int
open_as_asked(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
	int got = 0, number, code;

	errno = 0;
	code = lite_of(vfs)->system->xOpen(vfs, name, file, flags, &got);
	number = errno;
	if (code == SQLITE_OK && (flags & SQLITE_OPEN_READWRITE) != 0 &&
	    (got & SQLITE_OPEN_READONLY) != 0) {
		file->pMethods->xClose(file);
		file->pMethods = NULL;
		code = SQLITE_CANTOPEN;
	}
	if (code == SQLITE_OK && ret_flags != NULL)
		*ret_flags = got;
	errno = number;
	return code;
}

/*
 * SQLite syncs the directory of a new log or journal too, but goes on where that fails, and where
 * it cannot open the directory (unixSync() of 3.40): what is then told as committed is gone after a
 * power cut. A log that is there already may be what such a start left, and with the directory goes
 * what else this start made and removed in it.
 */
static int
open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
	struct sqlite *lite = lite_of(vfs);
	int number, code = open_as_asked(vfs, name, file, flags, ret_flags);

	if ((flags & SQLITE_OPEN_MAIN_DB) != 0)
		lite->writes = (flags & SQLITE_OPEN_READWRITE) != 0;
	if (code != SQLITE_OK || !lite->writes ||
	    (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) == 0 || fsync(lite->dirfd) == 0)
		return code;
	number = errno;
	file->pMethods->xClose(file);
	file->pMethods = NULL; /* as of any file that was not opened */
	errno = number;
	return SQLITE_IOERR_DIR_FSYNC;
}

enum err
sqlite_file_register(struct sqlite *lite, char ret_path[SQLITE_PATH_SIZE])
{
	int code = sqlite3_initialize();

	if (code != SQLITE_OK)
		return sqlite_err(NULL, code);
	lite->system = sqlite3_vfs_find("unix");
	if (lite->system == NULL)
		return ERR_SYSTEM;
	snprintf(lite->vfs_name, sizeof lite->vfs_name, "provconsole-%d", lite->dirfd);
	lite->vfs = *lite->system;
	lite->vfs.zName = lite->vfs_name;
	lite->vfs.xFullPathname = full_path;
	lite->vfs.xOpen = open_file;
	code = sqlite3_vfs_register(&lite->vfs, 0);
	if (code != SQLITE_OK)
		return sqlite_err(NULL, code);
	lite->registered = true;
	snprintf(ret_path, SQLITE_PATH_SIZE, "/proc/self/fd/%d/%s", lite->dirfd, database);
	return ERR_OK;
}
