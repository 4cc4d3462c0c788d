/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * provconsole-runner: runs what root lets people run (DESIGN 10). It believes the keeper who asks,
 * and root's file all else.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "command/command_dir.h"
#include "core/words.h"
#include "runner/instance.h"
#include "wire/passing.h"

enum { FIRST = 3, PATH_SIZE = 4096, STATUS_USAGE = 2 };

struct options {
	struct plan plan;
	const char *embedded; /* the state directory */
	const char *listen, *user;
	int channel;
	bool instance;
	char commands[PATH_SIZE], keeper[PATH_SIZE], work[PATH_SIZE];
};

static void
usage(FILE *out)
{
	fputs(_("Usage: provconsole-runner --instance | --listen PATH --for USER |\n"
		"           --embedded STATE --channel N\n"
		"Runs the commands that root lets people run, as the keeper orders.\n"
		"\n"
		"  --instance      one run, ordered on descriptor 3 (a service manager's\n"
		"                  Accept=yes)\n"
		"  --listen PATH   make the socket there, as root, where no service manager does\n"
		"  --for USER      with --listen: the keeper's UNIX user, who alone may order\n"
		"  --embedded DIR  run commands of that state directory, as who started this\n"
		"  --channel N     with --embedded: the descriptor on which orders come\n"
		"  --commands DIR  the commands' files, if not in /etc/provconsole/commands.d\n"
		"  --keeper PATH   the keeper's socket, if not /run/provconsole/socket\n"
		"  --work DIR      a directory of its own, if not /var/lib/provconsole-runner\n"
		"  --help          this text\n"
		"  --version       the version\n"),
	    out);
}

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

/* 0600 and the keeper's: nobody else may order. */
static int
listen_for(const char *path, const char *user)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const struct passwd *entry = getpwnam(user);
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	if (entry == NULL || fd < 0 || strlen(path) >= sizeof address.sun_path)
		return -1;
	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	(void)unlink(path);
	if (fchmod(fd, 0600) != 0 ||
	    bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
	    chown(path, entry->pw_uid, (gid_t)-1) != 0 || listen(fd, SOMAXCONN) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int
serve_socket(const struct options *options)
{
	int listener = listen_for(options->listen, options->user);

	if (listener < 0) {
		fputs(_("provconsole-runner: The socket of --listen cannot be made. That takes "
			"root, the user of --for, and a directory above it.\n"),
		    stderr);
		return 1;
	}
	(void)signal(SIGCHLD, SIG_IGN);
	for (;;) {
		int line = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

		if (line >= 0)
			run_apart(&options->plan, line);
		else if (errno != EINTR && errno != ECONNABORTED && errno != EMFILE)
			return 1;
	}
}

/* --- options -------------------------------------------------------------------------------- */

static bool
complete(struct options *options)
{
	int ways = options->instance + (options->listen != NULL) + (options->embedded != NULL);

	if (ways != 1 || (options->listen != NULL) != (options->user != NULL) ||
	    (options->embedded != NULL) != (options->channel >= FIRST))
		return false;
	options->plan.root = options->embedded == NULL;
	options->plan.owner = options->embedded == NULL ? 0 : getuid();
	if (options->embedded == NULL)
		return true;
	(void)snprintf(options->commands, PATH_SIZE, "%s/commands.d", options->embedded);
	(void)snprintf(options->keeper, PATH_SIZE, "%s/socket", options->embedded);
	(void)snprintf(options->work, PATH_SIZE, "%s/runs", options->embedded);
	options->plan.commands = options->commands;
	options->plan.keeper = options->keeper;
	options->plan.work = options->work;
	return true;
}

static int
read_options(int argc, char **argv, struct options *options)
{
	static const struct option table[] = { { "instance", no_argument, NULL, 'i' },
		{ "listen", required_argument, NULL, 'l' }, { "for", required_argument, NULL, 'f' },
		{ "embedded", required_argument, NULL, 'e' },
		{ "channel", required_argument, NULL, 'c' },
		{ "commands", required_argument, NULL, 'd' },
		{ "keeper", required_argument, NULL, 'k' },
		{ "work", required_argument, NULL, 'w' }, { "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' }, { NULL, 0, NULL, 0 } };
	const struct {
		int option;
		const char **place;
	} texts[] = { { 'l', &options->listen }, { 'f', &options->user },
		{ 'e', &options->embedded }, { 'd', &options->plan.commands },
		{ 'k', &options->plan.keeper }, { 'w', &options->plan.work } };
	int option;

	while ((option = getopt_long(argc, argv, "", table, NULL)) != -1) {
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
			if (texts[i].option == option)
				*texts[i].place = optarg;
		if (option == 'i')
			options->instance = true;
		else if (option == 'c')
			options->channel = atoi(optarg);
		else if (option == 'h')
			return usage(stdout), 0;
		else if (option == 'v')
			return printf("provconsole-runner %s\n", PACKAGE_VERSION), 0;
		else if (option == '?')
			return usage(stderr), STATUS_USAGE;
	}
	if (optind == argc && complete(options))
		return -1;
	return usage(stderr), STATUS_USAGE;
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
	options->channel = -1;
	options->plan = (struct plan){ .commands = COMMAND_DIR_HOST,
		.keeper = "/run/provconsole/socket",
		.work = "/var/lib/provconsole-runner" };
	status = read_options(argc, argv, options);
	if (status >= 0)
		return status;
	harden();
	(void)mkdir(options->plan.work, 0700);
	if (options->embedded != NULL)
		return serve_channel(options);
	if (options->listen != NULL)
		return serve_socket(options);
	(void)fcntl(FIRST, F_SETFD, FD_CLOEXEC);
	instance_run(&options->plan, FIRST);
	return 0;
}
