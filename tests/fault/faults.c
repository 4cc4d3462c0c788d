/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * faults.so, to be preloaded into a keeper: a clock, a disk and a memory that do what the page of
 * faults.h says. The system is called directly, and memory is taken by the names that glibc keeps
 * for whoever replaces malloc(), so that nothing has to be looked up first.
 */
#include "faults_inside.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
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

struct faults *faults_page;
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

	if (dladdr(&faults_page, &self) != 0 &&
	    snprintf(path, sizeof path, "%s.page", self.dli_fname) < (int)sizeof path)
		fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd >= 0) {
		found = (void *)syscall(SYS_mmap, NULL, sizeof *faults_page, PROT_READ | PROT_WRITE,
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
		faults_page = found;
}

bool
faults_strike(struct fault *fault)
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

	if (faults_page != NULL && faults_page->told)
		now.tv_sec = faults_page->clock;
	else
		(void)syscall(SYS_clock_gettime, CLOCK_REALTIME, &now);
	if (ret_time != NULL)
		*ret_time = now.tv_sec;
	return now.tv_sec;
}

/* --- the system's log --------------------------------------------------------------- */

void
__syslog_chk(int priority, int flag, const char *format, ...) __attribute__((format(printf, 3, 4)));

__attribute__((format(printf, 2, 0))) static void
take_line(int priority, const char *format, va_list list)
{
	if (faults_page != NULL && LOG_PRI(priority) <= LOG_ERR)
		(void)vsnprintf(faults_page->log, sizeof faults_page->log, format, list);
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

static __thread bool in_names;

static bool
memory_fails(const void *caller)
{
	uintptr_t from = (uintptr_t)caller;
	bool theirs = false;

	for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
		theirs = theirs || (from >= libraries[i].begin && from < libraries[i].end);
	if (in_names)
		return false;
	return faults_page != NULL &&
	    faults_strike(theirs ? &faults_page->sqlite : &faults_page->memory);
}

/* glibc 2.36 reads the list of its name services without a look at whether it got memory for it
 * (nss/nss_database.c, nss_database_check_reload_and_get()). */
struct passwd *
getpwuid(uid_t uid)
{
	struct passwd *(*next)(uid_t) = NULL;
	struct passwd *entry;

	*(void **)&next = dlsym(RTLD_NEXT, "getpwuid");
	in_names = true;
	entry = next == NULL ? NULL : next(uid);
	in_names = false;
	return entry;
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
