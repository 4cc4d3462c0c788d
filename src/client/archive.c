/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/start.h"

enum { AWAY = 10 }; /* descriptors from here on are in nobody's way */

struct pipes {
	int in[2];  /* the passphrase goes to it */
	int out[2]; /* its lines come from it */
};

/* In the child: passphrase, lines, the file, and nothing else of ours. */
static _Noreturn void
archive_child(const struct archive_way *way, char *const list[], const struct pipes *pipes)
{
	static const char program[] = "provconsole-keeper", state[] = "--state";
	/* execve() takes char * but changes nothing. */
	char *argv[] = { (char *)(uintptr_t)program, (char *)(uintptr_t)state,
		(char *)(uintptr_t)way->directory, (char *)(uintptr_t)way->option, NULL };
	int file = fcntl(way->file, F_DUPFD, AWAY), in = fcntl(pipes->in[0], F_DUPFD, AWAY);
	int out = fcntl(pipes->out[1], F_DUPFD, AWAY), null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (file >= 0 && in >= 0 && out >= 0 && null >= 0 && dup2(null, STDERR_FILENO) >= 0 &&
	    dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
	    dup2(file, REPORT_FILE_FD) >= 0 && close_range(REPORT_FILE_FD + 1, ~0U, 0) == 0)
		execve(way->keeper, argv, list);
	_exit(127);
}

/* A pipe has room for a line of any passphrase, so that nobody waits for anybody. */
static enum err
archive_tell(const struct archive_way *way, int to)
{
	const struct secret *passphrase = way->passphrase;

	return write(to, passphrase->bytes, passphrase->length) == (ssize_t)passphrase->length &&
		write(to, "\n", 1) == 1
	    ? ERR_OK
	    : ERR_KEEPER_START;
}

static enum err
archive_hear(const struct archive_way *way, FILE *in)
{
	char line[REPORT_LINE_SIZE];
	struct report report;

	while (fgets(line, sizeof line, in) != NULL) {
		if (!report_parse(line, &report))
			return ERR_KEEPER_START;
		if (report.kind == REPORT_END)
			return report.err;
		way->hear(way->context, &report);
	}
	return ERR_KEEPER_START;
}

static void
close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Both ends of ours are closed in the end, whatever happened. */
static enum err
archive_speak(const struct archive_way *way, struct pipes *pipes, char *const list[])
{
	enum err err = ERR_OK;
	FILE *in = NULL;
	pid_t pid = fork();
	int status = 0;

	if (pid == 0)
		archive_child(way, list, pipes);
	if (pid < 0)
		return err_from_errno(errno);
	close_one(&pipes->in[0]);
	close_one(&pipes->out[1]);
	err = archive_tell(way, pipes->in[1]);
	close_one(&pipes->in[1]);
	in = fdopen(pipes->out[0], "r");
	if (in != NULL) {
		enum err heard = archive_hear(way, in);

		pipes->out[0] = -1;
		(void)fclose(in);
		err = heard != ERR_OK ? heard : err;
	} else {
		err = ERR_MEMORY;
		close_one(&pipes->out[0]);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return err == ERR_OK && status != 0 ? ERR_KEEPER_START : err;
}

enum err
archive_run(const struct archive_way *way)
{
	struct pipes pipes = { { -1, -1 }, { -1, -1 } };
	char **list = start_environment();
	enum err err = list == NULL ? ERR_MEMORY : ERR_OK;

	if (err == ERR_OK && (pipe2(pipes.in, O_CLOEXEC) != 0 || pipe2(pipes.out, O_CLOEXEC) != 0))
		err = err_from_errno(errno);
	if (err == ERR_OK)
		err = archive_speak(way, &pipes, list);
	for (int i = 0; i < 2; i++) {
		close_one(&pipes.in[i]);
		close_one(&pipes.out[i]);
	}
	free(list);
	return err;
}
