/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * faults.so, to be preloaded into a keeper: a clock, a disk and a memory that do what the page of
 * faults.h says. The system is called directly, and memory is taken by the names that glibc keeps
 * for whoever replaces malloc(), so that nothing has to be looked up first.
 */
#include "faults.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

extern void *
__libc_malloc(size_t size);
extern void *
__libc_calloc(size_t count, size_t size);
extern void *
__libc_realloc(void *block, size_t size);

/* mmap64() of a program that was built with another size of off_t is the same function. */
void *
mmap64(void *address, size_t length, int protection, int flags, int fd, off_t offset);
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

static struct faults *page;
static struct {
	uintptr_t begin, end;
} libraries[4]; /* the addresses of their code */

/* SQLite, and curses, whose own start does not survive want of memory. */
static int
find_libraries(struct dl_phdr_info *library, size_t size, void *count)
{
	static const char *const names[] = { "libsqlite3", "libncursesw", "libtinfo" };
	size_t *n = count;

	(void)size;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (strstr(library->dlpi_name, names[i]) == NULL)
			continue;
		for (int k = 0;
		     k < library->dlpi_phnum && *n < sizeof libraries / sizeof libraries[0]; k++) {
			if (library->dlpi_phdr[k].p_type != PT_LOAD ||
			    (library->dlpi_phdr[k].p_flags & PF_X) == 0)
				continue;
			libraries[*n].begin = library->dlpi_addr + library->dlpi_phdr[k].p_vaddr;
			libraries[*n].end = libraries[*n].begin + library->dlpi_phdr[k].p_memsz;
			++*n;
		}
	}
	return 0;
}

/* A console hands its keeper nothing but LD_PRELOAD, so that the page is found by the name of the
 * library itself. */
static struct faults *
open_page(void)
{
	char path[4096];
	Dl_info self;
	void *found = MAP_FAILED;
	int fd = -1;

	if (dladdr(&page, &self) != 0 &&
	    snprintf(path, sizeof path, "%s.page", self.dli_fname) < (int)sizeof path)
		fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd >= 0) {
		found = (void *)syscall(SYS_mmap, NULL, sizeof *page, PROT_READ | PROT_WRITE,
		    MAP_SHARED, fd, 0L);
		(void)syscall(SYS_close, fd);
	}
	return found == MAP_FAILED ? NULL : found;
}

__attribute__((constructor)) static void
find_page(void)
{
	struct faults *found = open_page();
	size_t count = 0;

	dl_iterate_phdr(find_libraries, &count);
	if (found != NULL &&
	    (found->only[0] == '\0' || strcmp(found->only, program_invocation_short_name) == 0))
		page = found;
}

static bool
strikes(struct fault *fault)
{
	uint64_t at = __atomic_load_n(&fault->at, __ATOMIC_SEQ_CST), n;

	if (at == 0)
		return false;
	n = __atomic_add_fetch(&fault->count, 1, __ATOMIC_SEQ_CST);
	if (n < at || (n > at && !fault->lasting))
		return false;
	__atomic_add_fetch(&fault->hits, 1, __ATOMIC_SEQ_CST);
	errno = fault->number;
	return true;
}

/* --- the clock ----------------------------------------------------------------- */

time_t
time(time_t *ret_time)
{
	struct timespec now = { 0, 0 };

	if (page != NULL && page->told)
		now.tv_sec = page->clock;
	else
		(void)syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
	if (ret_time != NULL)
		*ret_time = now.tv_sec;
	return now.tv_sec;
}

/* --- the disk ------------------------------------------------------------------- */

static bool
is_below(const char *path)
{
	size_t length = strlen(page->below);

	return length != 0 && strncmp(path, page->below, length) == 0 &&
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

	if (page == NULL || page->disk.at == 0 || !below(fd)) {
		errno = kept;
		return false;
	}
	errno = kept;
	return strikes(&page->disk);
}

/* A disk that becomes full, and stays so, takes what still fits. */
static size_t
fits(size_t length)
{
	return errno == ENOSPC && page->disk.lasting && page->disk.hits == 1 ? length / 2 : 0;
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
	if (page != NULL && page->room != 0 && below(fd) &&
	    ((uint64_t)offset + length > page->room || is_database(fd))) {
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

	if (page != NULL && page->open.at != 0 && (flags & O_ACCMODE) != O_RDONLY &&
	    name_below(fd, path) && strikes(&page->open))
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
	if (page != NULL && page->read.at != 0 && below(fd) && strikes(&page->read)) {
		if (page->read.number != FAULT_STOP)
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
	ret_fs->f_bavail = page != NULL && page->disk.at != 0 && page->disk.number == ENOSPC
	    ? 0
	    : fs.f_bavail;
	ret_fs->f_flag = (unsigned long)fs.f_flags;
	return 0;
}

/* --- the system's log --------------------------------------------------------------- */

void
__syslog_chk(int priority, int flag, const char *format, ...) __attribute__((format(printf, 3, 4)));

__attribute__((format(printf, 2, 0))) static void
take_line(int priority, const char *format, va_list list)
{
	if (page != NULL && LOG_PRI(priority) <= LOG_ERR)
		(void)vsnprintf(page->log, sizeof page->log, format, list);
}

void
__syslog_chk(int priority, int flag, const char *format, ...)
{
	va_list list;

	(void)flag;
	va_start(list, format);
	take_line(priority, format, list);
	va_end(list);
}

void
syslog(int priority, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	take_line(priority, format, list);
	va_end(list);
}

/* --- the memory ------------------------------------------------------------------- */

static bool
memory_fails(const void *caller)
{
	uintptr_t from = (uintptr_t)caller;
	bool theirs = false;

	for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
		theirs = theirs || (from >= libraries[i].begin && from < libraries[i].end);
	return page != NULL && strikes(theirs ? &page->sqlite : &page->memory);
}

void *
malloc(size_t size)
{
	return memory_fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
	return memory_fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *block, size_t size)
{
	return memory_fails(__builtin_return_address(0)) ? NULL : __libc_realloc(block, size);
}

/* Else it would seem to be the C library that asks. */
char *
strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = memory_fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);

	return copy == NULL ? NULL : memcpy(copy, text, size);
}

/* Of mappings, those that are memory and no file. */
void *
mmap64(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	if ((flags & MAP_ANONYMOUS) != 0 && memory_fails(__builtin_return_address(0)))
		return MAP_FAILED;
	return (void *)syscall(SYS_mmap, address, length, protection, flags, fd, offset);
}

void *
mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	return mmap64(address, length, protection, flags, fd, offset);
}
