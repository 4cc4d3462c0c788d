/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disk of faults.so: what is opened, read, written and synced below one directory. */
#include "faults_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/* The same functions, of a program that was built with another size of off_t. */
ssize_t
pwrite64(int fd, const void *bytes, size_t length, off_t offset);
int
ftruncate64(int fd, off_t length);
int
open64(const char *path, int flags, ...);
int
openat64(int fd, const char *path, int flags, ...);
ssize_t
pread64(int fd, void *bytes, size_t length, off_t offset);

enum { LINK_SIZE = 4096 };

static bool
is_below(const char *path)
{
	size_t length = strlen(faults_page->below);

	return length != 0 && strncmp(path, faults_page->below, length) == 0 &&
	    (path[length] == '/' || path[length] == '\0');
}

/* What a link of /proc stands for; "" where that is not known. */
static void
read_link(const char *name, char path[LINK_SIZE])
{
	ssize_t got = readlink(name, path, LINK_SIZE - 1);

	path[got < 0 ? 0 : got] = '\0';
}

static bool
link_is_below(const char *name)
{
	char path[LINK_SIZE];

	read_link(name, path);
	return is_below(path);
}

static bool
below(int fd)
{
	char name[64];

	(void)snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	return link_is_below(name);
}

static bool
is_database(int fd)
{
	static const char database[] = "/console.db";
	char name[64], path[LINK_SIZE];
	size_t length;

	(void)snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	read_link(name, path);
	length = strlen(path);
	return length >= sizeof database &&
	    strcmp(path + length - (sizeof database - 1), database) == 0;
}

/* A file of that name, be it there yet or not. SQLite's names begin with the directory's
 * descriptor. */
static bool
name_below(int fd, const char *name)
{
	static const char links[] = "/proc/self/fd/";
	char directory[64];
	size_t length = strlen(links);

	if (strncmp(name, links, length) == 0) {
		length += strcspn(name + length, "/");
		(void)snprintf(directory, sizeof directory, "%.*s", (int)length, name);
		return link_is_below(directory);
	}
	return *name == '/' ? is_below(name) : below(fd);
}

static bool
disk_fails(int fd)
{
	int kept = errno;

	if (faults_page == NULL || faults_page->disk.at == 0 || !below(fd)) {
		errno = kept;
		return false;
	}
	errno = kept;
	return faults_strike(&faults_page->disk);
}

/* A disk that becomes full, and stays so, takes what still fits. */
static size_t
fits(size_t length)
{
	return errno == ENOSPC && faults_page->disk.lasting && faults_page->disk.hits == 1
	    ? length / 2
	    : 0;
}

ssize_t
write(int fd, const void *bytes, size_t length)
{
	if (disk_fails(fd)) {
		length = fits(length);
		if (length == 0)
			return -1;
	}
	return syscall(SYS_write, fd, bytes, length);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t length, off_t offset)
{
	if (faults_page != NULL && faults_page->room != 0 && below(fd) &&
	    ((uint64_t)offset + length > faults_page->room || is_database(fd))) {
		errno = ENOSPC;
		return -1;
	}
	if (disk_fails(fd)) {
		length = fits(length);
		if (length == 0)
			return -1;
	}
	return syscall(SYS_pwrite64, fd, bytes, length, offset);
}

ssize_t
pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
	return pwrite64(fd, bytes, length, offset);
}

int
ftruncate64(int fd, off_t length)
{
	return disk_fails(fd) ? -1 : (int)syscall(SYS_ftruncate, fd, length);
}

int
ftruncate(int fd, off_t length)
{
	return ftruncate64(fd, length);
}

int
fsync(int fd)
{
	return disk_fails(fd) ? -1 : (int)syscall(SYS_fsync, fd);
}

int
fdatasync(int fd)
{
	return disk_fails(fd) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

static int
open_or_fail(int fd, const char *path, int flags, mode_t mode)
{
	int kept = errno;

	if (faults_page != NULL && faults_page->open.at != 0 && (flags & O_ACCMODE) != O_RDONLY &&
	    name_below(fd, path) && faults_strike(&faults_page->open))
		return -1;
	errno = kept;
	return (int)syscall(SYS_openat, fd, path, flags, mode);
}

/* The mode of a file that may be made; else there is no such argument. */
#define MODE_OF(flags, mode) \
	do { \
		va_list list; \
\
		va_start(list, flags); \
		if (((flags) & (O_CREAT | __O_TMPFILE)) != 0) \
			(mode) = va_arg(list, mode_t); \
		va_end(list); \
	} while (0)

int
open64(const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open_or_fail(AT_FDCWD, path, flags, mode);
}

int
open(const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open_or_fail(AT_FDCWD, path, flags, mode);
}

int
openat64(int fd, const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open_or_fail(fd, path, flags, mode);
}

int
openat(int fd, const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE_OF(flags, mode);
	return open_or_fail(fd, path, flags, mode);
}

ssize_t
pread64(int fd, void *bytes, size_t length, off_t offset)
{
	if (faults_page != NULL && faults_page->read.at != 0 && below(fd) &&
	    faults_strike(&faults_page->read)) {
		if (faults_page->read.number != FAULT_STOP)
			return -1;
		(void)raise(SIGSTOP);
	}
	return syscall(SYS_pread64, fd, bytes, length, offset);
}

/* Whoever asks is told that it is full. */
int
statvfs(const char *path, struct statvfs *ret_fs)
{
	struct statfs fs;

	if (syscall(SYS_statfs, path, &fs) != 0)
		return -1;
	memset(ret_fs, 0, sizeof *ret_fs);
	ret_fs->f_bsize = (unsigned long)fs.f_bsize;
	ret_fs->f_frsize = (unsigned long)fs.f_frsize;
	ret_fs->f_bavail = faults_page != NULL && faults_page->disk.at != 0 &&
		faults_page->disk.number == ENOSPC
	    ? 0
	    : fs.f_bavail;
	ret_fs->f_flag = (unsigned long)fs.f_flags;
	return 0;
}
