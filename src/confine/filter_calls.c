/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which system calls are left. A call has several names where architectures differ, or where a
 * newer one took its place (stat, newfstatat, statx). What is missing here is missing on purpose:
 * execve, fork, ptrace and its like, kill of others, mount, namespaces, keys, bpf, io_uring, and
 * whatever kernels learn from now on.
 */
#include "confine/filter.h"

#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>

#define ANY(name) \
	{ \
		.call = SCMP_SYS(name) \
	}
#define OWN(name) \
	{ \
		.call = SCMP_SYS(name), .own = true \
	}
/* The argument with that number, from 0, is `bits` under the mask. */
#define IF(name, number, bits_mask, bits) \
	{ \
		.call = SCMP_SYS(name), .test = { \
			(number), \
			(uint32_t)(bits_mask), \
			(uint32_t)(bits) \
		} \
	}
/* That argument is a pointer, and leads nowhere. */
#define IF_NULL(name, number) \
	{ \
		.call = SCMP_SYS(name), .test = {(number), UINT64_MAX, 0 } \
	}
#define IS(name, number, bits) IF(name, number, UINT32_MAX, bits)
#define FCNTL(command) IS(fcntl, 1, command), IS(fcntl64, 1, command)
#define REFUSED_IF(name, number, bits_mask, bits, errno_value) \
	{ \
		.call = SCMP_SYS(name), \
		.test = { (number), (uint32_t)(bits_mask), (uint32_t)(bits) }, \
		.error = (errno_value) \
	}
#define TABLE(name, rows) \
	const struct filter_table name = { .calls = (rows), .count = sizeof rows / sizeof rows[0] }

static const struct filter_call both[] = {
	/* what is open */
	ANY(read),
	ANY(readv),
	ANY(write),
	ANY(writev),
	ANY(close),
	ANY(lseek),
	ANY(_llseek),
	ANY(fstat),
	ANY(fstat64),
	/* what is there */
	ANY(stat),
	ANY(stat64),
	ANY(lstat),
	ANY(lstat64),
	ANY(newfstatat),
	ANY(fstatat64),
	ANY(statx),
	ANY(access),
	ANY(faccessat),
	ANY(faccessat2),
	ANY(readlink),
	ANY(readlinkat),
	ANY(getcwd),
	/* waiting */
	ANY(poll),
	ANY(ppoll),
	ANY(ppoll_time64),
	ANY(select),
	ANY(_newselect),
	ANY(pselect6),
	ANY(pselect6_time64),
	ANY(nanosleep),
	ANY(clock_nanosleep),
	ANY(clock_nanosleep_time64),
	ANY(restart_syscall),
	ANY(sched_yield),
	/* memory, but nothing that could be executed */
	ANY(brk),
	ANY(munmap),
	ANY(mremap),
	ANY(madvise),
	ANY(mlock),
	ANY(mlock2),
	ANY(munlock),
	IF(mmap, 2, PROT_EXEC, 0),
	IF(mmap2, 2, PROT_EXEC, 0),
	IF(mprotect, 2, PROT_EXEC, 0),
	/* locks and threads of the C library */
	ANY(futex),
	ANY(futex_time64),
	ANY(set_robust_list),
	ANY(rseq),
	/* signals, to itself alone */
	ANY(rt_sigaction),
	ANY(rt_sigprocmask),
	ANY(rt_sigreturn),
	ANY(sigreturn),
	ANY(sigaltstack),
	ANY(signalfd4),
	OWN(tgkill),
	OWN(kill),
	/* time, chance, and who and where it is */
	ANY(clock_gettime),
	ANY(clock_gettime64),
	ANY(clock_getres),
	ANY(clock_getres_time64),
	ANY(gettimeofday),
	ANY(time),
	ANY(getrandom),
	ANY(uname),
	ANY(sysinfo),
	ANY(getpid),
	ANY(gettid),
	ANY(getppid),
	ANY(getuid),
	ANY(geteuid),
	ANY(getgid),
	ANY(getegid),
	ANY(getuid32),
	ANY(geteuid32),
	ANY(getgid32),
	ANY(getegid32),
	/* the line between the two programs */
	ANY(recvmsg),
	ANY(recvfrom),
	ANY(recv),
	ANY(send),
	ANY(getsockopt),
	ANY(shutdown),
	/* the end */
	ANY(exit),
	ANY(exit_group),
};
TABLE(filter_both, both);

/* The terminal is asked for its size and given modes, and no more: no TIOCSTI, no TIOCLINUX. */
static const struct filter_call console[] = {
	IS(ioctl, 1, TCGETS),
	IS(ioctl, 1, TCSETS),
	IS(ioctl, 1, TCSETSW),
	IS(ioctl, 1, TCSETSF),
#ifdef TCGETS2
	IS(ioctl, 1, TCGETS2),
	IS(ioctl, 1, TCSETS2),
	IS(ioctl, 1, TCSETSW2),
	IS(ioctl, 1, TCSETSF2),
#endif
	IS(ioctl, 1, TCFLSH),
	IS(ioctl, 1, TIOCGWINSZ),
	IS(ioctl, 1, FIONREAD),
	/* nobody is told of a descriptor by a signal: no F_SETOWN */
	FCNTL(F_GETFD),
	FCNTL(F_SETFD),
	FCNTL(F_GETFL),
	FCNTL(F_SETFL),
	FCNTL(F_DUPFD),
	FCNTL(F_DUPFD_CLOEXEC),
	/* on a line that is connected, to nobody else */
	IF_NULL(sendto, 4),
};
TABLE(filter_console, console);

#define O_REALLY_TMPFILE (O_TMPFILE & ~O_DIRECTORY)

/* Any bit of these writes, or makes a file; 3 is an access mode of its own (open(2)). */
static const struct filter_call console_opens[] = {
	IF(openat, 2, O_ACCMODE | O_CREAT | O_TRUNC | O_REALLY_TMPFILE, 0),
	REFUSED_IF(openat, 2, O_WRONLY, O_WRONLY, EACCES),
	REFUSED_IF(openat, 2, O_RDWR, O_RDWR, EACCES),
	REFUSED_IF(openat, 2, O_CREAT, O_CREAT, EACCES),
	REFUSED_IF(openat, 2, O_TRUNC, O_TRUNC, EACCES),
	REFUSED_IF(openat, 2, O_REALLY_TMPFILE, O_REALLY_TMPFILE, EACCES),
};
TABLE(filter_console_opens, console_opens);

static const struct filter_call console_shut[] = {
	{ .call = SCMP_SYS(openat), .error = EACCES },
};
TABLE(filter_console_shut, console_shut);

/* A thread, in none but the namespaces that we have. (s390 has clone's arguments the other way.) */
#ifdef __s390__
enum { CLONE_FLAGS = 1 };
#else
enum { CLONE_FLAGS = 0 };
#endif
#define CLONE_SPACES \
	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | \
	    CLONE_NEWPID | CLONE_NEWNET)

/*
 * SQLite's files, and our own beside them; clients; a service manager, a log and the
 * sources of user names (NSS), all on UNIX sockets. Which of those it connects to no wall can tell:
 * their own modes must.
 */
static const struct filter_call keeper[] = {
	ANY(openat),
	ANY(open),
	ANY(pread64),
	ANY(pwrite64),
	ANY(preadv),
	ANY(pwritev),
	ANY(fsync),
	ANY(fdatasync),
	ANY(ftruncate),
	ANY(ftruncate64),
	ANY(fallocate),
	ANY(msync),
	ANY(getdents64),
	ANY(getdents),
	ANY(statfs),
	ANY(statfs64),
	ANY(fstatfs),
	ANY(fstatfs64),
	ANY(flock),
	ANY(fcntl),
	ANY(fcntl64),
	ANY(dup),
	ANY(fchmod),
	ANY(fchown),
	ANY(fchown32),
	ANY(umask),
	ANY(unlink),
	ANY(unlinkat),
	ANY(rename),
	ANY(renameat),
	ANY(renameat2),
	IS(ioctl, 1, TCGETS),
	IS(socket, 0, AF_UNIX),
	IS(socketpair, 0, AF_UNIX),
	ANY(bind),
	ANY(listen),
	ANY(accept),
	ANY(accept4),
	ANY(connect),
	ANY(getsockname),
	ANY(getpeername),
	ANY(setsockopt),
	ANY(sendto),
	ANY(sendmsg),
	ANY(eventfd2),
	ANY(pipe2),
	ANY(timerfd_create),
	ANY(timerfd_settime),
	ANY(timerfd_settime64),
	IF(clone, CLONE_FLAGS, CLONE_THREAD | CLONE_SPACES, CLONE_THREAD),
	ANY(sched_getaffinity),
	ANY(getrusage),
	IF_NULL(prlimit64, 2),
	ANY(getrlimit),
	ANY(ugetrlimit),
	ANY(mincore),
};
TABLE(filter_keeper, keeper);

/* A database that is elsewhere, for a keeper whose people are kept in one. */
static const struct filter_call network[] = {
	IS(socket, 0, AF_INET),
	IS(socket, 0, AF_INET6),
	IS(socket, 0, AF_NETLINK), /* getaddrinfo(3): which addresses this host has */
	ANY(sendmmsg),
	ANY(recvmmsg),
	IS(ioctl, 1, FIONREAD),
};
TABLE(filter_network, network);

static const struct filter_call preloaded[] = { ANY(unlink), ANY(unlinkat) };
TABLE(filter_preloaded, preloaded);
