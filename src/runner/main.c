/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * provconsole-runner: runs what root lets people run (DESIGN 10). It believes the keeper who asks,
 * and root's file all else.
 */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command/command_dir.h"
#include "core/words.h"
#include "runner/instance.h"
#include "runner/listen.h"
#include "runner/options.h"
#include "runner/sums.h"
#include "wire/passing.h"

enum {
	FIRST = 3,
	BREATH = 100,	  /* ms where no line can be taken */
	REFUSED_MOST = 64 /* more than the most are told so; others wait */
};

/* --- orders ------------------------------------------------------------------------------- */

/* Each in a process of its own. */
static bool
run_apart(const struct plan *plan, int line)
{
	pid_t child = fork();

	if (child == 0) {
		(void)signal(SIGCHLD, SIG_DFL);
		instance_run(plan, line);
		_exit(0);
	}
	close(line);
	return child > 0;
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
			(void)run_apart(&options->plan, line);
		else if (err != ERR_OK)
			return 1;
	}
}

/* As many as came to their end since. */
static int
collect(int signals)
{
	struct signalfd_siginfo info;
	int ended = 0;

	while (read(signals, &info, sizeof info) == (ssize_t)sizeof info)
		continue;
	while (waitpid(-1, NULL, WNOHANG) > 0)
		ended++;
	return ended;
}

/* Without descriptors or memory there is no line now, but one that ends brings them back. */
static bool
is_passing(int number)
{
	return number == EINTR || number == EAGAIN || number == ECONNABORTED || number == EMFILE ||
	    number == ENFILE || number == ENOBUFS || number == ENOMEM;
}

/* Runs are bounded, so that no keeper fills the host with them. */
static int
accept_runs(const struct options *options, int listener)
{
	struct plan plan = options->plan;
	struct pollfd slots[2] = { { .events = POLLIN }, { .events = POLLIN } };
	sigset_t set;
	int running = 0;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	slots[0].fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	while (slots[0].fd >= 0) {
		int line = -1;

		slots[1].fd = running < options->most + REFUSED_MOST ? listener : -1;
		slots[1].revents = 0;
		if (poll(slots, 2, -1) < 0 && errno != EINTR)
			break;
		running -= collect(slots[0].fd);
		if ((slots[1].revents & POLLIN) == 0)
			continue;
		line = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
		if (line < 0 && !is_passing(errno))
			break;
		plan.full = running >= options->most;
		if (line >= 0 && run_apart(&plan, line))
			running++;
		else if (line < 0)
			(void)poll(slots, 1, BREATH);
	}
	return 1;
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
	if (err != ERR_OK || fcntl(listener, F_SETFL, O_NONBLOCK) != 0)
		return 1;
	return accept_runs(options, listener);
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
	if (options->embedded != NULL)
		return serve_channel(options);
	if (options->listen != NULL)
		return serve_socket(options);
	(void)fcntl(FIRST, F_SETFD, FD_CLOEXEC);
	instance_run(&options->plan, FIRST);
	return 0;
}
