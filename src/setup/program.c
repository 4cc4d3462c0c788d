/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "setup/program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const program_places[] = { "/usr/sbin", "/usr/bin", "/sbin", "/bin",
	"/usr/local/sbin", "/usr/local/bin" };

bool
program_find(const char *name, char *buf, size_t size)
{
	struct stat st;

	for (size_t i = 0; i < sizeof program_places / sizeof *program_places; i++) {
		(void)snprintf(buf, size, "%s/%s", program_places[i], name);
		if (stat(buf, &st) == 0 && S_ISREG(st.st_mode) && access(buf, X_OK) == 0)
			return true;
	}
	return false;
}

/* execve() takes char * but changes nothing. */
static char *
argument(const char *text)
{
	return (char *)(uintptr_t)text;
}

/* Signals as a program expects them, files of it for all to read. */
static _Noreturn void
program_child(const char *path, const char *const *argv, int out)
{
	char *environment[] = { argument("PATH=/usr/sbin:/usr/bin:/sbin:/bin"),
		argument("LC_ALL=C.UTF-8"), NULL };
	int null = open("/dev/null", O_RDWR);

	(void)signal(SIGPIPE, SIG_DFL);
	(void)umask(022);
	if (null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
	    dup2(out, STDERR_FILENO) >= 0 && close_range(STDERR_FILENO + 1, ~0U, 0) == 0)
		execve(path, (char *const *)(uintptr_t)argv, environment);
	_exit(127);
}

/* All that it says; what does not fit is read and dropped, so that it can end. */
static void
program_listen(int in, char *said, size_t size)
{
	char rest[512];
	size_t used = 0;
	ssize_t got = 1;

	while (got > 0 || (got < 0 && errno == EINTR)) {
		if (used + 1 < size)
			got = read(in, said + used, size - used - 1);
		else
			got = read(in, rest, sizeof rest);
		if (got > 0 && used + 1 < size)
			used += (size_t)got;
	}
	said[used] = '\0';
}

int
program_run(const char *const *argv, char *said, size_t size)
{
	char path[PATH_MAX];
	int ends[2], status = -1;
	pid_t pid;

	said[0] = '\0';
	if (!program_find(argv[0], path, sizeof path)) {
		(void)snprintf(said, size, "%s: not found", argv[0]);
		return -1;
	}
	if (pipe2(ends, O_CLOEXEC) != 0)
		return -1;
	pid = fork();
	if (pid == 0)
		program_child(path, argv, ends[1]);
	close(ends[1]);
	if (pid > 0)
		program_listen(ends[0], said, size);
	close(ends[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const char *
program_first_line(char *said)
{
	said[strcspn(said, "\r\n")] = '\0';
	return said;
}

const char *
program_last_line(char *said)
{
	size_t length = strlen(said);
	char *at;

	while (length > 0 && (said[length - 1] == '\n' || said[length - 1] == '\r'))
		said[--length] = '\0';
	at = strrchr(said, '\n');
	return at != NULL ? at + 1 : said;
}

bool
program_unit_is(const char *unit, const char *question, const char *answer)
{
	const char *const argv[] = { "systemctl", question, unit, NULL };
	char said[512];

	(void)program_run(argv, said, sizeof said);
	return strcmp(program_last_line(said), answer) == 0;
}
