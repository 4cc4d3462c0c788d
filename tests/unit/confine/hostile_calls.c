/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each by its number where the C library would go another way, or has no name for it. */
#include "hostile.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* A call by number that is harmless where it is not refused. */
#define CALL(name, ...) \
	static bool try_##name(const struct scene *scene) \
	{ \
		(void)scene; \
		return syscall(SYS_##name, __VA_ARGS__) >= 0; \
	}

static char *const words[] = { NULL };

CALL(execve, "/bin/true", words, words)
CALL(execveat, AT_FDCWD, "/bin/true", words, words, 0L)
CALL(clone, (unsigned long)SIGCHLD, 0L, 0L, 0L, 0L)
CALL(clone3, 0L, 0L)
CALL(unshare, (unsigned long)CLONE_NEWNS)
CALL(setns, -1L, 0L)
CALL(mount, "none", "/nowhere", "tmpfs", 0L, 0L)
CALL(umount2, "/nowhere", 0L)
CALL(pivot_root, "/nowhere", "/nowhere")
CALL(chroot, "/nowhere")
CALL(chdir, "/")
CALL(bpf, 0L, 0L, 0L)
CALL(io_uring_setup, 1L, 0L)
CALL(io_uring_enter, -1L, 0L, 0L, 0L, 0L, 0L)
CALL(userfaultfd, 0L)
CALL(perf_event_open, 0L, 0L, -1L, -1L, 0L)
CALL(memfd_create, "words", 0L)
CALL(keyctl, 0L, -3L, 0L, 0L, 0L)
CALL(add_key, "user", "words", "w", 1L, -3L)
CALL(request_key, "user", "words", 0L, -3L)
CALL(init_module, 0L, 0L, "")
CALL(kexec_load, 0L, -1L, 0L, -1L)
CALL(open_by_handle_at, -1L, 0L, 0L)
CALL(openat2, AT_FDCWD, "/usr", 0L, 0L)
CALL(personality, 0xffffffffUL)
CALL(setuid, (unsigned long)getuid())
CALL(mknodat, AT_FDCWD, "/nowhere/words", 0L, 0L)
CALL(symlinkat, "words", AT_FDCWD, "/nowhere/words")
CALL(linkat, AT_FDCWD, "/nowhere/words", AT_FDCWD, "/nowhere/more", 0L)
CALL(mkdirat, AT_FDCWD, "/nowhere/words", 0700L)
CALL(fchmodat, AT_FDCWD, "/nowhere/words", 0600L)
CALL(fchownat, AT_FDCWD, "/nowhere/words", 0L, 0L, 0L)
CALL(utimensat, AT_FDCWD, "/nowhere/words", 0L, 0L)
CALL(truncate, "/nowhere/words", 0L)
CALL(setxattr, "/nowhere/words", "user.words", "w", 1L, 0L)
CALL(inotify_init1, 0L)
CALL(fanotify_init, 0L, 0L)
CALL(shmget, 0L, 4096L, 0600L)
CALL(msgget, 0L, 0600L)
CALL(semget, 0L, 1L, 0600L)
CALL(mq_open, "/words", 0L, 0L, 0L)
CALL(setsid, 0L)
CALL(sethostname, "words", -1L)
CALL(landlock_create_ruleset, 0L, 0L, 1L)
CALL(seccomp, 0L, 1L, 0L)

/* --- another process ------------------------------------------------------------ */

static bool
try_kill(const struct scene *scene)
{
	return kill(scene->victim, 0) == 0;
}

static bool
try_kill_all(const struct scene *scene)
{
	(void)scene;
	return kill(0, 0) == 0;
}

static bool
try_tgkill(const struct scene *scene)
{
	return syscall(SYS_tgkill, scene->victim, scene->victim, 0) == 0;
}

static bool
try_tkill(const struct scene *scene)
{
	return syscall(SYS_tkill, scene->victim, 0) == 0;
}

static bool
try_queue(const struct scene *scene)
{
	siginfo_t info = { .si_code = SI_QUEUE };

	return syscall(SYS_rt_sigqueueinfo, scene->victim, SIGWINCH, &info) == 0;
}

static bool
try_pidfd(const struct scene *scene)
{
	return syscall(SYS_pidfd_open, scene->victim, 0) >= 0;
}

static bool
try_pidfd_getfd(const struct scene *scene)
{
	(void)scene;
	return syscall(SYS_pidfd_getfd, -1, 0, 0) >= 0;
}

static bool
try_ptrace(const struct scene *scene)
{
	return syscall(SYS_ptrace, PTRACE_SEIZE, scene->victim, 0L, 0L) == 0;
}

static bool
try_vm(const struct scene *scene, long number)
{
	static char byte;
	struct iovec part = { .iov_base = &byte, .iov_len = 1 };

	return syscall(number, scene->victim, &part, 1L, &part, 1L, 0L) == 1;
}

static bool
try_vm_readv(const struct scene *scene)
{
	return try_vm(scene, SYS_process_vm_readv);
}

static bool
try_vm_writev(const struct scene *scene)
{
	return try_vm(scene, SYS_process_vm_writev);
}

/* Limits of another, set. */
static bool
try_limits(const struct scene *scene)
{
	const struct rlimit some = { 64, 64 };

	return prlimit(scene->victim, RLIMIT_NOFILE, &some, NULL) == 0;
}

/* --- the network, memory, itself --------------------------------------------------- */

static bool
try_inet(const struct scene *scene)
{
	(void)scene;
	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool
try_inet6(const struct scene *scene)
{
	(void)scene;
	return socket(AF_INET6, SOCK_DGRAM, 0) >= 0;
}

static bool
try_netlink(const struct scene *scene)
{
	(void)scene;
	return socket(AF_NETLINK, SOCK_RAW, 0) >= 0;
}

static bool
try_dumpable(const struct scene *scene)
{
	(void)scene;
	return prctl(PR_SET_DUMPABLE, 1L, 0L, 0L, 0L) == 0;
}

static bool
try_map_code(const struct scene *scene)
{
	(void)scene;
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
	    MAP_FAILED;
}

static bool
try_make_code(const struct scene *scene)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)scene;
	return page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}

/* Types into a terminal, as the person there. */
static bool
try_tiocsti(const struct scene *scene)
{
	return ioctl(scene->own, TIOCSTI, "x") == 0;
}

/* The kernel takes the lower half of the command; what stands above must not hide it. */
static bool
try_tiocsti_high(const struct scene *scene)
{
	return syscall(SYS_ioctl, scene->own, (1UL << 32) | TIOCSTI, "x") == 0;
}

static bool
try_take_terminal(const struct scene *scene)
{
	return ioctl(scene->own, TIOCSCTTY, 1) == 0;
}

#define ROW(name) \
	{ \
#name, try_##name, ENOSYS \
	}

const struct attempt hostile_calls[] = {
	ROW(execve),
	ROW(execveat),
	ROW(clone),
	ROW(clone3),
	ROW(unshare),
	ROW(setns),
	ROW(mount),
	ROW(umount2),
	ROW(pivot_root),
	ROW(chroot),
	ROW(chdir),
	ROW(bpf),
	ROW(io_uring_setup),
	ROW(io_uring_enter),
	ROW(userfaultfd),
	ROW(perf_event_open),
	ROW(memfd_create),
	ROW(keyctl),
	ROW(add_key),
	ROW(request_key),
	ROW(init_module),
	ROW(kexec_load),
	ROW(open_by_handle_at),
	ROW(openat2),
	ROW(personality),
	ROW(setuid),
	ROW(mknodat),
	ROW(symlinkat),
	ROW(linkat),
	ROW(mkdirat),
	ROW(fchmodat),
	ROW(fchownat),
	ROW(utimensat),
	ROW(truncate),
	ROW(setxattr),
	ROW(inotify_init1),
	ROW(fanotify_init),
	ROW(shmget),
	ROW(msgget),
	ROW(semget),
	ROW(mq_open),
	ROW(setsid),
	ROW(sethostname),
	ROW(landlock_create_ruleset),
	ROW(seccomp),
	ROW(kill),
	ROW(kill_all),
	ROW(tgkill),
	ROW(tkill),
	ROW(queue),
	ROW(pidfd),
	ROW(pidfd_getfd),
	ROW(ptrace),
	ROW(vm_readv),
	ROW(vm_writev),
	ROW(limits),
	ROW(inet),
	ROW(inet6),
	ROW(netlink),
	ROW(dumpable),
	ROW(map_code),
	ROW(make_code),
	ROW(tiocsti),
	ROW(tiocsti_high),
	ROW(take_terminal),
};
const size_t hostile_count = sizeof hostile_calls / sizeof hostile_calls[0];
