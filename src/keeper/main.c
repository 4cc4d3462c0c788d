/* SPDX-License-Identifier: GPL-3.0-or-later */
/* provconsole-keeper: options, hardening, standing alone; then the loop. */
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/auth.h"
#include "keeper/activation.h"
#include "keeper/backup.h"
#include "keeper/doctor.h"
#include "keeper/export.h"
#include "keeper/keeper.h"
#include "keeper/keys_join.h"
#include "keeper/life.h"
#include "keeper/loop.h"
#include "keeper/notify.h"
#include "keeper/runner.h"
#include "keeper/verify.h"
#include "keeper/where.h"
#include "core/words.h"

struct options {
	const char *state;
	const char *console;	     /* the account in which sshd runs consoles */
	const char *keys;	     /* the account as which sshd asks whose SSH key knocks */
	const char *runner;	     /* the socket of what runs commands */
	const char *listen;	     /* where it binds a socket for them itself, or NULL */
	int ready;		     /* descriptor that gets one byte, or -1 */
	bool doctor, verify, export; /* only looking: at most one of these, */
	bool backup, restore, join;  /* or these */
	const char *anchor;	     /* for verify; "": none */
	int passed;		     /* listening socket from a service manager, or -1 */
	int status;		     /* exit now with this, or -1 */
};

static void
usage(FILE *out)
{
	fputs(_("Usage: provconsole-keeper --state DIR [--ready-fd N | --doctor | --verify\n"
		"           [--anchor A] | --export | --backup | --restore |\n"
		"           --join]\n"
		"Holds the store and the keys of one state directory, and answers its consoles.\n"
		"\n"
		"  --state DIR     the state directory, mode 0700; without --ready-fd the keeper\n"
		"                  runs in the foreground, on the socket that a service manager\n"
		"                  passes in, or on one in the directory\n"
		"  --console NAME  the account in which sshd runs consoles, if it is not\n"
		"                  \"console\": its word on addresses is taken\n"
		"  --keys NAME     the account as which sshd asks whose SSH key knocks, if it is\n"
		"                  not \"provconsole-keys\"\n"
		"  --runner PATH   the socket of provconsole-runner, if it is not\n"
		"                  /run/provconsole-runner/socket\n"
		"  --listen PATH   make the socket for that account there, as root, where no\n"
		"                  service manager passes one in\n"
		"  --ready-fd N    stand alone, write one byte to descriptor N when ready, and\n"
		"                  leave soon after the last client\n"
		"  --doctor        only look at the state, for provconsole doctor, and change\n"
		"                  nothing\n"
		"  --verify        only read the audit trail, for provconsole audit verify\n"
		"  --anchor A      with --verify: a row's number and seal that it must have\n"
		"  --export        only write the audit trail into the file that is standard\n"
		"                  input, for provconsole audit export\n"
		"  --backup        only write a backup, for provconsole backup\n"
		"  --restore       only read one, for provconsole restore\n"
		"  --join          only join the hosts that share a database, for provconsole\n"
		"                  node enter\n"
		"  --help          this text\n"
		"  --version       the version\n"),
	    out);
}

static int
descriptor(const char *text)
{
	char *end;
	long value = strtol(text, &end, 10);

	return *text != '\0' && *end == '\0' && value >= 3 && value < 1024 ? (int)value : -1;
}

static int
tasks_of(const struct options *options)
{
	return options->doctor + options->verify + options->export + options->backup +
	    options->restore + options->join;
}

static bool
go_together(const struct options *options)
{
	return tasks_of(options) + (options->ready >= 0) + (options->listen != NULL) <= 1 &&
	    (options->verify || options->anchor == NULL || *options->anchor == '\0');
}

/* What it does instead of serving; false for another option. */
static bool
take_task(struct options *options, int c)
{
	const struct {
		int c;
		bool *task;
	} tasks[] = { { 'd', &options->doctor }, { 'y', &options->verify },
		{ 'x', &options->export }, { 'b', &options->backup }, { 'R', &options->restore },
		{ 'j', &options->join } };

	for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++)
		if (tasks[i].c == c) {
			*tasks[i].task = true;
			return true;
		}
	return false;
}

/* What is a name or a path; false for another option. */
static bool
take_text(struct options *options, int c, const char *value)
{
	const struct {
		int c;
		const char **text;
	} texts[] = { { 's', &options->state }, { 'c', &options->console }, { 'k', &options->keys },
		{ 'u', &options->runner }, { 'l', &options->listen } };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i].c == c) {
			*texts[i].text = value;
			return true;
		}
	return false;
}

static struct options
read_options(int argc, char **argv)
{
	static const struct option table[] = {
		{ "state", required_argument, NULL, 's' },
		{ "console", required_argument, NULL, 'c' },
		{ "keys", required_argument, NULL, 'k' },
		{ "runner", required_argument, NULL, 'u' },
		{ "listen", required_argument, NULL, 'l' },
		{ "ready-fd", required_argument, NULL, 'r' },
		{ "doctor", no_argument, NULL, 'd' },
		{ "verify", no_argument, NULL, 'y' },
		{ "anchor", required_argument, NULL, 'a' },
		{ "export", no_argument, NULL, 'x' },
		{ "backup", no_argument, NULL, 'b' },
		{ "restore", no_argument, NULL, 'R' },
		{ "join", no_argument, NULL, 'j' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 },
	};
	struct options options = { .console = "console",
		.keys = "provconsole-keys",
		.runner = RUNNER_SOCKET,
		.anchor = "",
		.ready = -1,
		.passed = -1,
		.status = -1 };
	int c;

	while ((c = getopt_long(argc, argv, "", table, NULL)) != -1) {
		if (take_text(&options, c, optarg)) {
			continue;
		} else if (c == 'r' && (options.ready = descriptor(optarg)) >= 0) {
			continue;
		} else if (take_task(&options, c)) {
			continue;
		} else if (c == 'a') {
			options.anchor = optarg;
		} else if (c == 'h') {
			usage(stdout);
			options.status = 0;
		} else if (c == 'v') {
			printf("provconsole-keeper %s\n", PACKAGE_VERSION);
			options.status = 0;
		} else {
			options.status = 2;
		}
	}
	if (options.status < 0 &&
	    (options.state == NULL || optind != argc || !go_together(&options)))
		options.status = 2;
	if (options.status == 2)
		usage(stderr);
	return options;
}

/* No core dumps, not dumpable, files for us alone, as many descriptors as we may have. */
static void
harden(void)
{
	const struct rlimit none = { 0, 0 };
	struct rlimit files;

	umask(077);
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
	prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L);
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

/* Its own session, /dev/null as stdio, and no descriptor but those it needs (tmux's server does the
 * same). */
static void
stand_alone(int ready)
{
	int null;
	pid_t child = fork();

	if (child != 0)
		_exit(child < 0);
	setsid();
	null = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (int fd = 0; null >= 0 && fd <= 2; fd++)
		dup2(null, fd);
	if (ready > 3)
		close_range(3, (unsigned)ready - 1, 0);
	close_range((unsigned)ready + 1, ~0U, 0);
	fcntl(ready, F_SETFD, FD_CLOEXEC);
}

static void
complain(enum err err)
{
	char sentence[512];

	err_fill(_(err_sentence(err)), 0, sentence, sizeof sentence);
	fprintf(stderr, "provconsole-keeper: %s\n", sentence);
}

/* In the foreground: its own socket or the one that was passed in, the given stdio, and nothing
 * else. */
static bool
take_socket(struct options *options)
{
	enum err err = ERR_OK;

	if (activation_take(&options->passed) != ERR_OK) {
		fputs(_("provconsole-keeper: The service manager did not pass exactly one "
			"listening socket. The unit needs ListenSequentialPacket= with a path.\n"),
		    stderr);
		return false;
	}
	close_range(options->passed < 0 ? 3 : (unsigned)options->passed + 1, ~0U, 0);
	if (options->passed < 0 && options->listen != NULL)
		err = activation_listen(options->listen, options->console, &options->passed);
	if (err == ERR_STORE_BUSY)
		fputs(_("provconsole-keeper: Another program listens on the socket of --listen.\n"),
		    stderr);
	else if (err != ERR_OK)
		fputs(_("provconsole-keeper: The socket of --listen cannot be made. That takes "
			"root, "
			"the account of --console, and a directory above the socket's own.\n"),
		    stderr);
	return err == ERR_OK;
}

/* One byte, once: an enum err. A keeper that lost the race closes the pipe without one. */
static void
tell_ready(int *ready, enum err err)
{
	const unsigned char byte = (unsigned char)err;
	int fd = *ready;

	*ready = -1;
	if (fd < 0 || write(fd, &byte, 1) != 1)
		return; /* nobody waits, or who started it has gone */
	close(fd);
}

/* Of libgcrypt, which finds no memory and goes no further. */
static void
end_at_once(void *ready, int code, const char *text)
{
	(void)code;
	(void)text;
	tell_ready(ready, ERR_MEMORY);
	complain(ERR_MEMORY);
	_exit(1);
}

static int
run(const struct options *options)
{
	struct keeper keeper;
	struct notify notify;
	bool lost = false;
	int ready = options->ready;
	const struct life_plan plan = { .state = options->state,
		.console = options->console,
		.keys = options->keys,
		.runner = ready < 0 ? options->runner : NULL };
	enum err err;

	notify_open(&notify);
	auth_when_fatal(end_at_once, &ready);
	err = life_open(&keeper, &plan, &lost);
	if (options->passed >= 0)
		life_adopt(&keeper, options->passed);
	if (err == ERR_OK)
		err = life_listen(&keeper);
	if (!lost)
		tell_ready(&ready, err);
	if (err == ERR_OK) {
		notify_ready(&notify);
		err = loop_run(&keeper, &notify);
	}
	if (err != ERR_OK && options->ready < 0)
		complain(lost ? ERR_STORE_BUSY : err);
	notify_close(&notify);
	life_close(&keeper);
	return err == ERR_OK ? 0 : 1;
}

/* In a process of its own, whether a keeper runs or not. */
static enum err
only_look(const struct options *options)
{
	if (options->doctor)
		return doctor_write(options->state, stdout);
	if (options->verify)
		return verify_write(options->state, options->anchor, stdout);
	if (options->backup)
		return backup_write(options->state, stdout);
	if (options->restore)
		return backup_restore(options->state, stdout);
	if (options->join)
		return keys_join(options->state, stdin, stdout);
	return export_write(options->state, STDIN_FILENO, stdout);
}

/*
 * A state whose people are in PostgreSQL is for the keeper that is linked with libpq, which stands
 * beside this one. Where it is missing, opening the store says so.
 */
static void
make_way(const struct options *options, char **argv)
{
	char path[PATH_MAX];
	struct where where;
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - sizeof "-postgresql");
	int directory = open(options->state, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	enum err err = directory < 0 ? ERR_STATE_PATH : where_of(directory, &where);

	if (directory >= 0)
		close(directory);
	if (err != ERR_STORE_ELSEWHERE || length <= 0)
		return;
	memcpy(path + length, "-postgresql", sizeof "-postgresql");
	execv(path, argv);
}

int
main(int argc, char **argv)
{
	struct options options;

	setlocale(LC_ALL, "");
	words_open();
	options = read_options(argc, argv);
	if (options.status >= 0)
		return options.status;
	make_way(&options, argv);
	harden();
	if (tasks_of(&options) > 0)
		return only_look(&options) == ERR_OK ? 0 : 1;
	if (options.ready >= 0)
		stand_alone(options.ready);
	else if (!take_socket(&options))
		return 1;
	return run(&options);
}
