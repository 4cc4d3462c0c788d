/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command_dir.h"
#include "core/words.h"

enum { FIRST = 3, STATUS_USAGE = 2, MIB_MOST = 1 << 30, RUNS_MOST = 1024 };

#define MIB INT64_C(1048576)

static void
usage(FILE *out)
{
	fputs(_("Usage: provconsole-runner --instance | --listen PATH --for USER |\n"
		"           --embedded STATE --channel N | --sums\n"
		"Runs the commands that root lets people run, as the keeper orders.\n"
		"\n"
		"  --instance       one run, ordered on descriptor 3 (a service manager's\n"
		"                   Accept=yes)\n"
		"  --listen PATH    make the socket there, as root, where no service manager does\n"
		"  --for USER       with --listen: the keeper's UNIX user, who alone may order\n"
		"  --embedded DIR   run commands of that state directory, as who started this\n"
		"  --channel N      with --embedded: the descriptor on which orders come\n"
		"  --sums           print SHA-256 of beginnings of the file of descriptor 3\n"
		"  --commands DIR   the commands' files, if not in /etc/provconsole/commands.d\n"
		"  --keeper PATH    the keeper's socket, if not /run/provconsole/socket\n"
		"  --most N         with --listen: runs at once, if not 1024\n"
		"  --work DIR       a directory of its own, if not /var/lib/provconsole-runner\n"
		"  --recordings DIR recordings, if not in recordings of the work directory\n"
		"  --record-as USER who records, if not provconsole-record\n"
		"  --each MIB       the most of one recording, if not 1024\n"
		"  --all MIB        the most of all recordings, if not 10240\n"
		"  --reserve MIB    what stays free on their disk, if not 64\n"
		"  --help           this text\n"
		"  --version        the version\n"),
	    out);
}

static const struct option table[] = { { "instance", no_argument, NULL, 'i' },
	{ "listen", required_argument, NULL, 'l' }, { "for", required_argument, NULL, 'f' },
	{ "embedded", required_argument, NULL, 'e' }, { "channel", required_argument, NULL, 'c' },
	{ "commands", required_argument, NULL, 'd' }, { "keeper", required_argument, NULL, 'k' },
	{ "work", required_argument, NULL, 'w' }, { "recordings", required_argument, NULL, 'r' },
	{ "record-as", required_argument, NULL, 'u' }, { "each", required_argument, NULL, 'E' },
	{ "all", required_argument, NULL, 'A' }, { "reserve", required_argument, NULL, 'R' },
	{ "most", required_argument, NULL, 'm' }, { "sums", no_argument, NULL, 's' },
	{ "help", no_argument, NULL, 'h' }, { "version", no_argument, NULL, 'v' },
	{ NULL, 0, NULL, 0 } };

/* --- what depends on others ------------------------------------------------------------------ */

static void
place_embedded(struct options *options)
{
	(void)snprintf(options->commands, PATH_MAX, "%s/commands.d", options->embedded);
	(void)snprintf(options->keeper, PATH_MAX, "%s/socket", options->embedded);
	(void)snprintf(options->work, PATH_MAX, "%s/runs", options->embedded);
	options->plan.commands = options->commands;
	options->plan.keeper = options->keeper;
	options->plan.work = options->work;
}

static bool
complete(struct options *options)
{
	int ways = options->instance + options->sums + (options->listen != NULL) +
	    (options->embedded != NULL);

	if (ways != 1 || (options->listen != NULL) != (options->user != NULL) ||
	    (options->embedded != NULL) != (options->channel >= FIRST))
		return false;
	options->plan.root = options->embedded == NULL;
	options->plan.owner = options->embedded == NULL ? 0 : getuid();
	if (options->embedded != NULL)
		place_embedded(options);
	if (options->plan.recordings == NULL) {
		(void)snprintf(options->recordings, PATH_MAX, "%s/recordings", options->plan.work);
		options->plan.recordings = options->recordings;
	}
	return true;
}

/* --- one after the other ---------------------------------------------------------------------- */

static bool
take_number(const char *text, int64_t *ret_number)
{
	char *end;

	errno = 0;
	*ret_number = strtoll(text, &end, 10);
	return errno == 0 && end != text && *end == '\0' && *ret_number >= 0 &&
	    *ret_number <= MIB_MOST;
}

static void
take_text(struct options *options, int option)
{
	const struct {
		int option;
		const char **place;
	} texts[] = { { 'l', &options->listen }, { 'f', &options->user },
		{ 'e', &options->embedded }, { 'd', &options->plan.commands },
		{ 'k', &options->plan.keeper }, { 'w', &options->plan.work },
		{ 'r', &options->plan.recordings }, { 'u', &options->plan.recorder } };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i].option == option)
			*texts[i].place = optarg;
}

/* False where it is to be a number and is none. */
static bool
take_option(struct options *options, int option)
{
	const struct {
		int option;
		int64_t *bytes;
	} sizes[] = { { 'E', &options->plan.limits.each }, { 'A', &options->plan.limits.all },
		{ 'R', &options->plan.limits.reserve } };
	int64_t number = 0;

	take_text(options, option);
	options->instance = options->instance || option == 'i';
	options->sums = options->sums || option == 's';
	if (option == 'c') {
		options->channel = take_number(optarg, &number) ? (int)number : -1;
		return options->channel >= FIRST;
	}
	if (option == 'm') {
		options->most = take_number(optarg, &number) ? (int)number : 0;
		return options->most >= 1 && options->most <= RUNS_MOST;
	}
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		if (sizes[i].option != option)
			continue;
		if (!take_number(optarg, &number))
			return false;
		*sizes[i].bytes = number * MIB;
	}
	return true;
}

int
options_read(int argc, char **argv, struct options *ret_options)
{
	struct options *options = ret_options;
	int option;

	options->channel = -1;
	options->most = RUNS_MOST;
	options->plan = (struct plan){ .commands = COMMAND_DIR_HOST,
		.keeper = "/run/provconsole/socket",
		.work = "/var/lib/provconsole-runner",
		.recorder = "provconsole-record",
		.limits = { .each = 1024 * MIB, .all = 10240 * MIB, .reserve = 64 * MIB } };
	while ((option = getopt_long(argc, argv, "", table, NULL)) != -1) {
		if (option == 'h')
			return usage(stdout), 0;
		if (option == 'v')
			return printf("provconsole-runner %s\n", PACKAGE_VERSION), 0;
		if (option == '?' || !take_option(options, option))
			return usage(stderr), STATUS_USAGE;
	}
	if (optind == argc && complete(options))
		return -1;
	return usage(stderr), STATUS_USAGE;
}
