/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/start.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	START_READY_FD = 3,    /* the keeper's end of the pipe */
	START_PATIENCE = 30000 /* ms: a first start makes the database on a disk that may be slow */
};

/* What of the environment a keeper gets: names that begin so. */
static const struct {
	const char *prefix;
	bool trusted;
} kept[] = {
	{ "PATH=", false },
	{ "LANG=", false },
	{ "LC_", false },
	{ "TZ=", false },
	{ "HOME=", false },
	/* Clocks and checkers of tests. The keeper runs as the user who starts it, so they
	   give nothing away; not so under setuid. */
	{ "LD_PRELOAD=", true },
	{ "LIBGCRYPT_FORCE_FIPS_MODE=", true },
	{ "FAKETIME", true },
	{ "DONT_FAKE_MONOTONIC=", true },
	{ "ASAN_OPTIONS=", true },
	{ "UBSAN_OPTIONS=", true },
	{ "LSAN_OPTIONS=", true },
	{ "GCOV_", true },
};

static bool
start_keeps(const char *variable, bool trusted)
{
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		if (strncmp(variable, kept[i].prefix, strlen(kept[i].prefix)) == 0)
			return trusted || !kept[i].trusted;
	return false;
}

char **
start_environment(void)
{
	bool trusted = getauxval(AT_SECURE) == 0;
	size_t count = 0, used = 0;
	char **list;

	while (environ[count] != NULL)
		count++;
	list = calloc(count + 1, sizeof *list);
	if (list == NULL)
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (start_keeps(environ[i], trusted))
			list[used++] = environ[i];
	return list;
}

/* /dev/null for 0 to 2, the pipe's end for 3, and nothing else. */
static bool
start_descriptors(int ready)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	/* Out of the way of 0 to 3 first, so that none is overwritten before it is copied. */
	null = fcntl(null, F_DUPFD, 10);
	ready = fcntl(ready, F_DUPFD, 10);
	if (null < 0 || ready < 0)
		return false;
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (dup2(null, fd) < 0)
			return false;
	return dup2(ready, START_READY_FD) >= 0 && close_range(START_READY_FD + 1, ~0U, 0) == 0;
}

/*
 * In the child: a session without a terminal, so that ^C there does not reach the keeper, then a
 * second child, so that nobody has to wait for it and it can still call setsid() itself.
 */
static _Noreturn void
start_child(const char *keeper, char *const argv[], char *const list[], int ready)
{
	const unsigned char failed = ERR_KEEPER_START;
	pid_t pid;

	(void)setsid();
	pid = fork();
	if (pid != 0)
		_exit(pid < 0);
	if (start_descriptors(ready)) {
		execve(keeper, argv, list);
		(void)!write(START_READY_FD, &failed, 1);
	}
	_exit(1);
}

static enum err
start_fork(const char *keeper, const char *directory, int ready)
{
	static const char program[] = "provconsole-keeper", state[] = "--state",
			  fd_option[] = "--ready-fd", fd[] = "3";
	/* execve() takes char * but changes nothing. */
	char *argv[] = { (char *)(uintptr_t)program, (char *)(uintptr_t)state,
		(char *)(uintptr_t)directory, (char *)(uintptr_t)fd_option, (char *)(uintptr_t)fd,
		NULL };
	char **list = start_environment();
	enum err err = ERR_OK;
	int status = 0;
	pid_t pid;

	if (list == NULL)
		return ERR_MEMORY;
	pid = fork();
	if (pid == 0)
		start_child(keeper, argv, list, ready);
	if (pid < 0)
		err = err_from_errno(errno);
	else
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			continue;
	if (status != 0)
		err = ERR_KEEPER_START;
	free(list);
	return err;
}

static int64_t
start_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static enum err
start_wait(int fd)
{
	struct pollfd pipe = { .fd = fd, .events = POLLIN };
	int64_t end = start_now() + START_PATIENCE, left;
	unsigned char said;
	ssize_t got;

	while ((left = end - start_now()) > 0) {
		if (poll(&pipe, 1, (int)left) <= 0)
			continue;
		got = read(fd, &said, 1);
		if (got == 0)
			return ERR_OK;
		if (got == 1)
			return said < ERR_COUNT ? (enum err)said : ERR_PROTOCOL;
	}
	return ERR_KEEPER_START;
}

enum err
start_keeper(const char *keeper, const char *directory)
{
	enum err err;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_from_errno(errno);
	err = start_fork(keeper, directory, ends[1]);
	close(ends[1]);
	if (err == ERR_OK)
		err = start_wait(ends[0]);
	close(ends[0]);
	return err;
}
