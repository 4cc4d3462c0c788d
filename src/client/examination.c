/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/examination.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/start.h"

/* execve() takes char * but changes nothing. */
static char *
argument(const char *text)
{
	return (char *)(uintptr_t)text;
}

/* In the child: what it says goes into the pipe, and nothing else of ours reaches it but the file
 * that it is to write into. */
static _Noreturn void
examine_child(const struct examination *what, char *const list[], int pipe)
{
	char *argv[] = { argument("provconsole-keeper"), argument("--state"),
		argument(what->directory), argument(what->action), NULL, NULL, NULL };
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	int in = what->in >= 0 ? what->in : null;

	if (what->anchor != NULL) {
		argv[4] = argument("--anchor");
		argv[5] = argument(what->anchor);
	}
	/* The file may be our standard output, which the pipe takes the place of. */
	if (null >= 0 && dup2(in, STDIN_FILENO) >= 0 && dup2(pipe, STDOUT_FILENO) >= 0 &&
	    dup2(null, STDERR_FILENO) >= 0 && close_range(STDERR_FILENO + 1, ~0U, 0) == 0)
		execve(what->keeper, argv, list);
	_exit(127);
}

/* "DONE" in the number, "ALL" in the detail. */
static void
examine_progress(const struct examination *what, const struct examine_finding *finding)
{
	if (what->tell != NULL)
		what->tell(what->context, finding->number, strtoll(finding->detail, NULL, 10));
}

/* Until the end of the line; false for what is no finding, or one that was there already. */
static bool
examine_read(const struct examination *what, FILE *in,
    struct examine_finding findings[EXAMINE_COUNT], bool seen[EXAMINE_COUNT])
{
	char line[EXAMINE_LINE_SIZE];
	struct examine_finding finding;

	while (fgets(line, sizeof line, in) != NULL) {
		if (!examine_parse(line, &finding) || seen[finding.check])
			return false;
		if (finding.check == EXAMINE_PROGRESS) {
			examine_progress(what, &finding);
			continue;
		}
		findings[finding.check] = finding;
		seen[finding.check] = true;
	}
	return !ferror(in) && seen[EXAMINE_END];
}

enum err
examination_do(const struct examination *examination,
    struct examine_finding findings[EXAMINE_COUNT], bool seen[EXAMINE_COUNT])
{
	char **list = start_environment();
	enum err err = ERR_MEMORY;
	int ends[2] = { -1, -1 }, status = 0;
	FILE *in = NULL;
	pid_t pid = -1;

	memset(seen, 0, EXAMINE_COUNT * sizeof *seen);
	if (list != NULL)
		err = pipe2(ends, O_CLOEXEC) == 0 ? ERR_OK : err_from_errno(errno);
	if (err == ERR_OK && (in = fdopen(ends[0], "r")) == NULL)
		err = ERR_MEMORY;
	if (err == ERR_OK) {
		pid = fork();
		if (pid == 0)
			examine_child(examination, list, ends[1]);
		err = pid > 0 ? ERR_OK : err_from_errno(errno);
	}
	if (ends[1] >= 0)
		close(ends[1]);
	if (err == ERR_OK && !examine_read(examination, in, findings, seen))
		err = ERR_KEEPER_START;
	if (in != NULL)
		(void)fclose(in);
	else if (ends[0] >= 0)
		close(ends[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	free(list);
	if (pid > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return ERR_LOOK_LONG;
	return err == ERR_OK && status != 0 ? ERR_KEEPER_START : err;
}

enum err
examination_run(const char *keeper, const char *directory,
    struct examine_finding findings[EXAMINE_COUNT], bool seen[EXAMINE_COUNT])
{
	const struct examination examination = { .keeper = keeper,
		.directory = directory,
		.action = "--doctor",
		.in = -1 };

	return examination_do(&examination, findings, seen);
}
