/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * provconsole-runner: runs what root lets people run (DESIGN 10). It believes the keeper who asks,
 * and root's file all else.
 */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command/command_dir.h"
#include "core/words.h"
#include "runner/instance.h"
#include "runner/listen.h"
#include "runner/options.h"
#include "runner/sums.h"
#include "wire/passing.h"

enum { FIRST = 3 };

/* --- orders ------------------------------------------------------------------------------- */

/* Each in a process of its own, of which nobody waits for the end. */
static void
run_apart(const struct plan *plan, int line)
{
	pid_t child = fork();

	if (child == 0) {
		(void)signal(SIGCHLD, SIG_DFL);
		instance_run(plan, line);
		_exit(0);
	}
	close(line);
}

static int
serve_channel(const struct options *options)
{
	char byte;
	size_t size = 0;
	int line = -1;

	(void)signal(SIGCHLD, SIG_IGN);
	for (;;) {
		enum err err = passing_receive(options->channel, &byte, 1, &size, &line);

		if (err == ERR_KEEPER_GONE)
			return 0;
		if (err == ERR_OK && line >= 0)
			run_apart(&options->plan, line);
		else if (err != ERR_OK)
			return 1;
	}
}

static int
serve_socket(const struct options *options)
{
	int listener = -1;
	enum err err = listen_for(options->listen, options->user, &listener);

	if (err == ERR_STORE_BUSY)
		fputs(_("provconsole-runner: Another program listens on the socket of --listen.\n"),
		    stderr);
	else if (err != ERR_OK)
		fputs(_("provconsole-runner: The socket of --listen cannot be made. That takes "
			"root, the user of --for, and a directory above it.\n"),
		    stderr);
	if (err != ERR_OK)
		return 1;
	(void)signal(SIGCHLD, SIG_IGN);
	for (;;) {
		int line = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

		if (line >= 0)
			run_apart(&options->plan, line);
		else if (errno != EINTR && errno != ECONNABORTED && errno != EMFILE)
			return 1;
	}
}

/* What runs for others leaves nothing of its memory behind. */
static void
harden(void)
{
	const struct rlimit none = { 0, 0 };

	(void)umask(077);
	(void)setrlimit(RLIMIT_CORE, &none);
	(void)prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
	(void)signal(SIGPIPE, SIG_IGN);
}

int
main(int argc, char **argv)
{
	struct options *options = calloc(1, sizeof *options);
	int status;

	setlocale(LC_ALL, "");
	words_open();
	if (options == NULL)
		return 1;
	status = options_read(argc, argv, options);
	if (status >= 0)
		return status;
	harden();
	if (options->sums)
		return sums(FIRST, stdin, stdout);
	(void)mkdir(options->plan.work, 0700);
	if (options->embedded != NULL)
		return serve_channel(options);
	if (options->listen != NULL)
		return serve_socket(options);
	(void)fcntl(FIRST, F_SETFD, FD_CLOEXEC);
	instance_run(&options->plan, FIRST);
	return 0;
}
