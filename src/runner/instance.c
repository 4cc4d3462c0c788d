/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/instance.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runner/play.h"
#include "runner/reap.h"
#include "runner/report.h"
#include "runner/run.h"

enum { ORDER_PATIENCE = 10000 }; /* ms for the order of a line that was accepted */

/* One order. The run itself is a child's; this process tells the trail, in the order in which it
 * hears, and waits where the keeper is away: the run does not. */
struct order {
	const struct plan *plan;
	struct run_order run;
	int line, console;
};

static _Noreturn void
do_order(struct order *order, int teller)
{
	if (order->run.kind == RUN_PLAY)
		play(order->plan, &order->run, order->line, order->console);
	else
		run_command(order->plan, &order->run, order->line, order->console, teller);
	_exit(0);
}

/* A run that ended without a word was killed: what it left is killed here, and told. */
static void
tell_broken(const struct order *order, bool *io_away)
{
	struct wire_run_report_request report;

	(void)reap_all(-1, order->run.id);
	report_begin(&order->run, &report);
	report.event = RUN_EVENT_ENDED;
	report.how = RUN_ENDED;
	report_tell(order->plan, &report, io_away);
}

static void
tell_all(const struct order *order, int heard)
{
	struct wire_run_report_request report;
	bool over = order->run.kind == RUN_PLAY, away = false;

	while (report_take(heard, &report)) {
		report_tell(order->plan, &report, &away);
		over = report.event == RUN_EVENT_ENDED || report.event == RUN_EVENT_REFUSED;
	}
	if (!over)
		tell_broken(order, &away);
}

static void
see_through(struct order *order)
{
	int teller[2];
	pid_t child;

	if (!reap_begin() || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, teller) != 0)
		return;
	child = fork();
	if (child == 0) {
		close(teller[0]);
		do_order(order, teller[1]);
	}
	close(teller[1]);
	close(order->console);
	close(order->line);
	order->console = order->line = -1;
	if (child > 0)
		tell_all(order, teller[0]);
	close(teller[0]);
	while (wait(NULL) > 0 || errno == EINTR)
		continue;
}

/* Its own place, made for the first order and not before: a state of nobody who runs anything has
 * none. What is kept there counts on its name. */
static void
make_place(const struct plan *plan)
{
	char above[PATH_MAX];
	char *slash;
	int fd;

	if (mkdir(plan->work, 0700) != 0)
		return;
	(void)snprintf(above, sizeof above, "%s", plan->work);
	slash = strrchr(above, '/');
	if (slash == NULL || slash == above)
		return;
	*slash = '\0';
	fd = open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
}

/* The service manager ends the run, whose own process hears of it, and not who tells of it. */
static void
hold_end(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
}

void
instance_run(const struct plan *plan, int line)
{
	struct pollfd wait = { .fd = line, .events = POLLIN };
	struct order *order = calloc(1, sizeof *order);
	enum err err = ERR_KEEPER_GONE;

	if (order != NULL && poll(&wait, 1, ORDER_PATIENCE) == 1)
		err = run_order_receive(line, &order->run, &order->console);
	if (err != ERR_OK) {
		free(order);
		close(line);
		return;
	}
	hold_end();
	make_place(plan);
	order->plan = plan;
	order->line = line;
	(void)fcntl(order->console, F_SETFL, O_NONBLOCK);
	see_through(order);
	report_kept(plan);
	if (order->console >= 0) {
		close(order->console);
		close(order->line);
	}
	free(order);
}
