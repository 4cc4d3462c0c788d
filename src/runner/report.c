/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/report.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/hello.h"
#include "wire/knock.h"
#include "wire/line.h"
#include "wire/within.h"

enum {
	PATIENCE = 3000, /* ms of one try */
	PAUSE = 1000,	 /* ms between two */
	TRIES = 60
};

static const char prefix[] = "report.";

void
report_begin(const struct run_order *order, struct wire_run_report_request *ret_report)
{
	memset(ret_report, 0, sizeof *ret_report);
	ret_report->role = order->role;
	wire_put(ret_report->id, sizeof ret_report->id, order->id);
	wire_put(ret_report->name, sizeof ret_report->name, order->name);
	wire_put(ret_report->person, sizeof ret_report->person, order->person);
	wire_put(ret_report->source, sizeof ret_report->source, order->source);
}

static enum err
try_once(const struct plan *plan, const struct wire_run_report_request *report)
{
	int64_t deadline = within(PATIENCE);
	struct wire_request request;
	struct wire_reply reply;
	struct greeting other;
	int line = -1;
	enum err err = knock(plan->keeper, deadline, &line);

	if (err != ERR_OK)
		return err;
	hello_fill(&request, WIRE_RUNNER);
	err = line_greet_by(line, &request, deadline, &reply, &other);
	if (err == ERR_OK) {
		wire_request_init(&request, WIRE_RUN_REPORT);
		request.u.run_report = *report;
		err = line_ask_by(line, &request, deadline, &reply);
	}
	close(line);
	return err;
}

/* --- those that wait --------------------------------------------------------------------- */

/* Whole, or not at all: the name comes last. */
static void
keep(const struct plan *plan, const struct wire_run_report_request *report)
{
	int directory = open(plan->work, O_RDONLY | O_DIRECTORY | O_CLOEXEC), fd;
	char name[96], beside[sizeof name + 1];

	if (directory < 0)
		return;
	/* There are many steps of one recording. */
	(void)snprintf(name, sizeof name, "%s%.32s.%u.%" PRIu64, prefix, report->id, report->event,
	    (uint64_t)report->bytes);
	(void)snprintf(beside, sizeof beside, ".%s", name);
	fd = openat(directory, beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd >= 0 && write(fd, report, sizeof *report) == (ssize_t)sizeof *report &&
	    fsync(fd) == 0 && renameat(directory, beside, directory, name) == 0)
		(void)fsync(directory);
	if (fd >= 0)
		close(fd);
	close(directory);
}

/* The runner blocks it while it runs something. */
static bool
is_asked_to_end(void)
{
	sigset_t set;

	return sigpending(&set) == 0 && sigismember(&set, SIGTERM) == 1;
}

void
report_pass(int teller, const struct wire_run_report_request *report)
{
	while (send(teller, report, sizeof *report, MSG_NOSIGNAL) < 0 && errno == EINTR)
		continue;
}

bool
report_take(int heard, struct wire_run_report_request *ret_report)
{
	ssize_t size;

	do
		size = recv(heard, ret_report, sizeof *ret_report, 0);
	while (size < 0 && errno == EINTR);
	return size == (ssize_t)sizeof *ret_report;
}

void
report_tell(const struct plan *plan, const struct wire_run_report_request *report, bool *io_away)
{
	int tries = *io_away ? 1 : TRIES;

	*io_away = true;
	while (tries-- > 0) {
		if (try_once(plan, report) == ERR_OK) {
			*io_away = false;
			return;
		}
		if (is_asked_to_end())
			break;
		if (tries > 0)
			(void)poll(NULL, 0, PAUSE);
	}
	keep(plan, report);
}

/* Locked, so that two runners do not tell the same one. */
static void
tell_kept(const struct plan *plan, int directory, const char *name)
{
	struct wire_run_report_request report;
	int fd = openat(directory, name, O_RDWR | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0 && faccessat(directory, name, F_OK, 0) == 0 &&
	    read(fd, &report, sizeof report) == (ssize_t)sizeof report &&
	    try_once(plan, &report) == ERR_OK)
		(void)unlinkat(directory, name, 0);
	close(fd);
}

void
report_kept(const struct plan *plan)
{
	int directory = open(plan->work, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int copy = directory < 0 ? -1 : openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	const struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (strncmp(entry->d_name, prefix, sizeof prefix - 1) == 0)
			tell_kept(plan, directory, entry->d_name);
	if (dir != NULL)
		closedir(dir);
	else if (copy >= 0)
		close(copy);
	if (directory >= 0)
		close(directory);
}
