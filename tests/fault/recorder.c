/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recorder.so, to be preloaded: whatever a program makes, writes, syncs, renames and removes goes
 * into the record (record.h), once it was done. The system is called directly. What is mapped
 * (console.db-shm) is not seen: SQLite makes that file anew after a power cut.
 */
#include "record.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The names that a program uses that was built with another size of off_t. */
int
open64(const char *path, int flags, ...);
int
openat64(int dirfd, const char *path, int flags, ...);
ssize_t
pwrite64(int fd, const void *bytes, size_t length, off_t offset);
int
ftruncate64(int fd, off_t length);

static struct record *record;

/* A console hands its keeper nothing but LD_PRELOAD, so that the record is found by the name of the
 * library itself. */
__attribute__((constructor)) static void
find_record(void)
{
	char path[PATH_MAX];
	Dl_info self;

	if (dladdr(&record, &self) != 0 &&
	    snprintf(path, sizeof path, "%s.record", self.dli_fname) < (int)sizeof path)
		record = record_map(path, NULL);
}

/* --- whose and what ----------------------------------------------------------------- */

/* A file or directory behind a descriptor; 0 for sockets and the like. */
static uint64_t
number_of(int fd, bool *ret_directory)
{
	struct stat st;
	int kept = errno;
	bool known = fstat(fd, &st) == 0 && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));

	errno = kept;
	*ret_directory = known && S_ISDIR(st.st_mode);
	return known ? record_number(st.st_dev, st.st_ino) : 0;
}

/* The last part of a path, and the directory that it is in. */
struct entry {
	const char *name;
	uint64_t in;
	bool there; /* before what follows */
};

static struct entry
entry_of(int dirfd, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct entry entry = { .name = slash == NULL ? path : slash + 1 };
	char above[PATH_MAX] = ".";
	struct stat st;
	int kept = errno;

	if (slash != NULL)
		(void)snprintf(above, sizeof above, "%.*s", (int)(slash - path) + 1, path);
	if (fstatat(dirfd, above, &st, 0) == 0)
		entry.in = record_number(st.st_dev, st.st_ino);
	entry.there = fstatat(dirfd, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
	errno = kept;
	return entry;
}

static void
add(enum record_kind kind, uint64_t file, const struct entry *entry)
{
	const struct record_op op = { .kind = kind,
		.file = file,
		.in = entry->in,
		.length = (uint32_t)strlen(entry->name) + 1 };

	record_add(record, &op, entry->name, NULL, 0);
}

/* --- names ------------------------------------------------------------------------- */

static int
opened(int dirfd, const char *path, int flags, mode_t mode)
{
	struct entry entry;
	bool directory, makes = record != NULL && (flags & (O_CREAT | O_TRUNC)) != 0;
	uint64_t file;
	int fd;

	if (makes)
		entry = entry_of(dirfd, path);
	fd = (int)syscall(SYS_openat, dirfd, path, flags, mode);
	if (!makes || fd < 0 || (file = number_of(fd, &directory)) == 0)
		return fd;
	if (!entry.there)
		add(RECORD_CREATE, file, &entry);
	else if ((flags & O_TRUNC) != 0)
		record_add(record, &(struct record_op){ .kind = RECORD_CUT, .file = file }, NULL,
		    NULL, 0);
	return fd;
}

static mode_t
mode_of(int flags, va_list arguments)
{
	return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE
	    ? va_arg(arguments, mode_t)
	    : 0;
}

#define OPEN(function) \
	int function(const char *path, int flags, ...) \
	{ \
		va_list arguments; \
		mode_t mode; \
\
		va_start(arguments, flags); \
		mode = mode_of(flags, arguments); \
		va_end(arguments); \
		return opened(AT_FDCWD, path, flags, mode); \
	}
#define OPENAT(function) \
	int function(int dirfd, const char *path, int flags, ...) \
	{ \
		va_list arguments; \
		mode_t mode; \
\
		va_start(arguments, flags); \
		mode = mode_of(flags, arguments); \
		va_end(arguments); \
		return opened(dirfd, path, flags, mode); \
	}
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int
mkdirat(int dirfd, const char *path, mode_t mode)
{
	struct entry entry;
	struct stat st;
	int result = (int)syscall(SYS_mkdirat, dirfd, path, mode);

	if (result == 0 && record != NULL) {
		entry = entry_of(dirfd, path);
		if (fstatat(dirfd, path, &st, AT_SYMLINK_NOFOLLOW) == 0)
			add(RECORD_MKDIR, record_number(st.st_dev, st.st_ino), &entry);
	}
	return result;
}

int
mkdir(const char *path, mode_t mode)
{
	return mkdirat(AT_FDCWD, path, mode);
}

int
unlinkat(int dirfd, const char *path, int flags)
{
	struct entry entry;
	int result;

	if (record != NULL)
		entry = entry_of(dirfd, path);
	result = (int)syscall(SYS_unlinkat, dirfd, path, flags);
	if (result == 0 && record != NULL)
		add(RECORD_UNLINK, 0, &entry);
	return result;
}

int
unlink(const char *path)
{
	return unlinkat(AT_FDCWD, path, 0);
}

int
renameat(int old_dirfd, const char *old, int dirfd, const char *new)
{
	struct entry from, to;
	struct record_op op = { .kind = RECORD_RENAME };
	struct stat st;
	int result = (int)syscall(SYS_renameat2, old_dirfd, old, dirfd, new, 0);

	if (result != 0 || record == NULL)
		return result;
	from = entry_of(old_dirfd, old);
	to = entry_of(dirfd, new);
	op.in = from.in;
	op.to = to.in;
	op.length = (uint32_t)strlen(from.name) + 1;
	if (fstatat(dirfd, new, &st, AT_SYMLINK_NOFOLLOW) == 0)
		op.file = record_number(st.st_dev, st.st_ino);
	record_add(record, &op, from.name, to.name, strlen(to.name) + 1);
	return result;
}

int
rename(const char *old, const char *new)
{
	return renameat(AT_FDCWD, old, AT_FDCWD, new);
}

/* --- contents ---------------------------------------------------------------------- */

static void
add_write(int fd, const void *bytes, ssize_t length, off_t offset)
{
	bool directory;
	struct record_op op = { .kind = RECORD_WRITE, .offset = offset };
	int kept = errno;

	if (record == NULL || length <= 0 || (op.file = number_of(fd, &directory)) == 0)
		return;
	if (offset < 0)
		op.offset = syscall(SYS_lseek, fd, 0L, SEEK_CUR) - length;
	op.length = (uint32_t)length;
	errno = kept;
	record_add(record, &op, bytes, NULL, 0);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t length, off_t offset)
{
	ssize_t written = syscall(SYS_pwrite64, fd, bytes, length, offset);

	add_write(fd, bytes, written, offset);
	return written;
}

ssize_t
pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
	return pwrite64(fd, bytes, length, offset);
}

ssize_t
write(int fd, const void *bytes, size_t length)
{
	ssize_t written = syscall(SYS_write, fd, bytes, length);

	add_write(fd, bytes, written, -1);
	return written;
}

int
ftruncate64(int fd, off_t length)
{
	int result = (int)syscall(SYS_ftruncate, fd, length);
	bool directory;
	const struct record_op op = { .kind = RECORD_CUT,
		.file = record != NULL && result == 0 ? number_of(fd, &directory) : 0,
		.offset = length };

	if (op.file != 0)
		record_add(record, &op, NULL, NULL, 0);
	return result;
}

int
ftruncate(int fd, off_t length)
{
	return ftruncate64(fd, length);
}

/* --- syncs, and answers -------------------------------------------------------------- */

static bool
fails(bool directory)
{
	if (!directory || record == NULL || ++record->dir_syncs != record->fails)
		return false;
	record->failed++;
	errno = EIO;
	return true;
}

static int
synced(long call, int fd)
{
	bool directory;
	const struct record_op op = { .kind = RECORD_SYNC, .file = number_of(fd, &directory) };
	int result = fails(directory) ? -1 : (int)syscall(call, fd);

	if (result == 0 && record != NULL && op.file != 0)
		record_add(record, &op, NULL, NULL, 0);
	return result;
}

int
fsync(int fd)
{
	return synced(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
	return synced(SYS_fdatasync, fd);
}

/* Written down before it is sent: whoever is told may write a mark at once. */
static void
note_told(void)
{
	if (record != NULL && strcmp(program_invocation_short_name, "provconsole-keeper") == 0)
		record_add(record, &(struct record_op){ .kind = RECORD_TOLD }, NULL, NULL, 0);
}

/* With a descriptor. */
ssize_t
sendmsg(int fd, const struct msghdr *message, int flags)
{
	note_told();
	return syscall(SYS_sendmsg, fd, message, flags);
}

ssize_t
send(int fd, const void *bytes, size_t length, int flags)
{
	note_told();
	return syscall(SYS_sendto, fd, bytes, length, flags, NULL, 0);
}
