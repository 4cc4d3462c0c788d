/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/recording_sums.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/place.h"

enum { FILE_FD = 3, LINE_SIZE = POINT_HASH_SIZE + 32 };

/* In the child: what is asked, where answers go, the file, and nothing else. */
static _Noreturn void
become_runner(const char *program, int file, int asked, int answers)
{
	char *const arguments[] = { (char *)(uintptr_t) "provconsole-runner",
		(char *)(uintptr_t) "--sums", NULL };
	char *const environment[] = { (char *)(uintptr_t) "PATH=/usr/bin:/bin", NULL };
	int high = fcntl(file, F_DUPFD, 10);

	if (dup2(asked, STDIN_FILENO) >= 0 && dup2(answers, STDOUT_FILENO) >= 0 &&
	    dup2(high, FILE_FD) >= 0 && close_range(FILE_FD + 1, ~0U, 0) == 0)
		(void)execve(program, arguments, environment);
	_exit(127);
}

/* It stands beside the keeper's. */
static bool
find_runner(const char *libexec, char program[PATH_MAX])
{
	static const char name[] = "provconsole-runner";
	char *slash;

	if (place_keeper(libexec, program, PATH_MAX) != ERR_OK)
		return false;
	slash = strrchr(program, '/');
	if (slash == NULL || (size_t)(slash + 1 - program) + sizeof name > PATH_MAX)
		return false;
	memcpy(slash + 1, name, sizeof name);
	return true;
}

/* In memory, so that neither side waits for the other. */
static int
write_questions(const struct known_point *points, size_t count)
{
	int fd = memfd_create("points", MFD_CLOEXEC);
	bool good = fd >= 0;

	for (size_t i = 0; good && i < count; i++)
		good = dprintf(fd, "%" PRId64 "\n", points[i].point.bytes) > 0;
	if (good && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static bool
agrees(const char *line, const struct point *point)
{
	char want[LINE_SIZE];

	(void)snprintf(want, sizeof want, "%" PRId64 " %s\n", point->bytes, point->hash);
	return strcmp(line, want) == 0;
}

/* Answers come in order. False: there are too few. */
static bool
read_answers(FILE *answers, const struct known_point *points, size_t count, size_t *ret_good)
{
	char line[LINE_SIZE];
	bool good = true;

	*ret_good = 0;
	for (size_t i = 0; i < count; i++) {
		if (fgets(line, sizeof line, answers) == NULL)
			return false;
		good = good && agrees(line, &points[i].point);
		*ret_good += good;
	}
	return true;
}

enum err
recording_compare(const char *libexec, int file, const struct known_point *points, size_t count,
    size_t *ret_good)
{
	char program[PATH_MAX];
	int ends[2], status = 1, asked = write_questions(points, count);
	FILE *answers = NULL;
	pid_t child = -1;
	bool all = false;

	if (asked >= 0 && find_runner(libexec, program) && pipe2(ends, O_CLOEXEC) == 0) {
		child = fork();
		if (child == 0)
			become_runner(program, file, asked, ends[1]);
		close(ends[1]);
		answers = fdopen(ends[0], "r");
		all = answers != NULL && read_answers(answers, points, count, ret_good);
		if (answers != NULL)
			fclose(answers);
		else
			close(ends[0]);
	}
	if (asked >= 0)
		close(asked);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	return all && status == 0 ? ERR_OK : ERR_RUNNER_AWAY;
}
