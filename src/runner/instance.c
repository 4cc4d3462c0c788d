/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/instance.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "command/command_file.h"
#include "command/command_program.h"
#include "runner/pump.h"
#include "runner/reap.h"
#include "runner/report.h"
#include "runner/surroundings.h"
#include "runner/terminal.h"
#include "runner/user.h"

enum {
	ORDER_PATIENCE = 10000, /* ms for the order of a line that was accepted */
	LAST_WORD = 2000,	/* ms for a console to take that it is over */
	NEVER_RAN = 127
};

struct instance {
	const struct plan *plan;
	struct run_order order;
	struct command command;
	struct user user;
	struct pump pump;
	struct run_over over;
	int slave, cgroup;
	int64_t began; /* ms */
};

static int64_t
milliseconds(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

/* --- whether it may be at all -------------------------------------------------------------- */

/* The file decides, and is read here: whatever the keeper says of the command is not asked. */
static enum err
read_command(struct instance *run)
{
	struct command_wrong wrong;
	struct command_dir dir;
	enum err err = command_dir_open(run->plan->commands, run->plan->owner, 0, &dir, &wrong);

	if (err != ERR_OK)
		return err;
	err = command_file_read(&dir, run->order.name, &run->command, &wrong);
	command_dir_close(&dir);
	return err;
}

static enum err
may_run(const struct instance *run)
{
	const struct command *command = &run->command;

	if (!command_allows(command, (enum role)run->order.role))
		return ERR_COMMAND_NONE;
	if (command->confirm && !run->order.confirmed)
		return ERR_COMMAND_CONFIRM;
	if (command->code && !run->order.proven)
		return ERR_PROOF_NEEDED;
	switch (command_program_look(command, run->plan->owner)) {
	case COMMAND_PROGRAM_FINE:
		return ERR_OK;
	case COMMAND_PROGRAM_USER:
		return ERR_COMMAND_USER;
	case COMMAND_PROGRAM_GONE:
	case COMMAND_PROGRAM_KIND:
	case COMMAND_PROGRAM_MODE:
	case COMMAND_PROGRAM_WRITABLE:
	case COMMAND_PROGRAM_FOREIGN:
	case COMMAND_PROGRAM_ABOVE:
	case COMMAND_PROGRAM_SCRIPT:
	case COMMAND_PROGRAM_INTERPRETER:
	case COMMAND_PROGRAM_COUNT:
		break;
	}
	return ERR_COMMAND_PROGRAM;
}

static enum err
find_user(struct instance *run)
{
	if (!run->plan->root) {
		user_same(&run->user);
		return ERR_OK;
	}
	if (run->command.as[0] != '\0')
		return user_named(run->command.as, &run->user);
	return user_own(run->plan->work, &run->user);
}

/* --- starting it ----------------------------------------------------------------------------- */

static void
become_command(struct instance *run)
{
	char *arguments[COMMAND_ARGUMENTS_MAX + 2] = { run->command.program };
	struct surroundings around;

	for (size_t i = 0; i < run->command.count; i++)
		arguments[i + 1] = (char *)(uintptr_t)run->command.argument[i];
	surroundings_fill(&run->order, &run->user, &around);
	if (!terminal_take(run->slave) || !reap_join(run->cgroup) || !user_become(&run->user))
		_exit(NEVER_RAN);
	surroundings_clear(&run->user);
	(void)execve(run->command.program, arguments, around.variable);
	_exit(NEVER_RAN);
}

static enum err
open_terminal(struct instance *run)
{
	enum err err = run->plan->root ? terminal_own_devpts() : ERR_OK;

	if (err == ERR_OK)
		err = terminal_open(run->order.rows, run->order.columns, run->user.uid,
		    &run->pump.master, &run->slave);
	return err;
}

/* Ends of children come by a descriptor, so that none is missed. */
static enum err
hear_children(struct instance *run)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0 || !reap_begin())
		return ERR_SYSTEM;
	run->pump.children = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return run->pump.children < 0 ? err_from_errno(errno) : ERR_OK;
}

static enum err
start(struct instance *run)
{
	enum err err = read_command(run);

	if (err == ERR_OK)
		err = may_run(run);
	if (err == ERR_OK)
		err = find_user(run);
	if (err == ERR_OK)
		err = open_terminal(run);
	if (err == ERR_OK)
		err = hear_children(run);
	if (err != ERR_OK)
		return err;
	run->cgroup = run->plan->root ? reap_cgroup(run->order.id) : -1;
	run->pump.leader = fork();
	if (run->pump.leader == 0)
		become_command(run);
	close(run->slave);
	run->slave = -1;
	return run->pump.leader < 0 ? ERR_SYSTEM : ERR_OK;
}

/* --- the end --------------------------------------------------------------------------------- */

/* It may be busy with what the command wrote: a moment is left to it. Where it has gone, the trail
 * has it. */
static void
tell_console(const struct instance *run)
{
	struct pollfd wait = { .fd = run->pump.console, .events = POLLOUT };
	enum err err;

	do
		err = run_send(run->pump.console, RUN_OVER, &run->over, sizeof run->over);
	while (err == ERR_BUSY && poll(&wait, 1, LAST_WORD) == 1);
}

/* The person hears first; the trail may have to wait for its keeper. */
static void
tell(struct instance *run, enum run_event event)
{
	struct wire_run_report_request report;

	if (run->pump.console >= 0) {
		tell_console(run);
		close(run->pump.console);
		run->pump.console = -1;
	}
	if (run->pump.order >= 0)
		close(run->pump.order);
	run->pump.order = -1;
	report_begin(&run->order, &report);
	report.event = event;
	report.how = run->over.how;
	report.value = run->over.value;
	report.milliseconds = run->over.milliseconds;
	report.bytes = run->over.bytes;
	report_tell(run->plan, &report);
}

/* The terminal goes first: that hangs up whoever has it, also whom no signal of ours may reach. */
static void
finish(struct instance *run)
{
	reap_hang_up(run->pump.leader);
	close(run->pump.master);
	(void)reap_all(run->cgroup, run->order.id);
	user_release(&run->user);
	run->over.milliseconds = milliseconds() - run->began;
	tell(run, RUN_EVENT_ENDED);
}

static void
go(struct instance *run)
{
	struct run_started started = { .recorded = 0 };
	enum err err = start(run);

	if (err != ERR_OK) {
		run->over = (struct run_over){ .how = RUN_REFUSED, .value = (uint32_t)err };
		user_release(&run->user);
		tell(run, RUN_EVENT_REFUSED);
		return;
	}
	if (run_send(run->pump.console, RUN_STARTED, &started, sizeof started) == ERR_OK)
		pump_run(&run->pump, &run->over);
	finish(run);
}

void
instance_run(const struct plan *plan, int line)
{
	struct pollfd wait = { .fd = line, .events = POLLIN };
	struct instance *run = calloc(1, sizeof *run);
	enum err err = ERR_KEEPER_GONE;

	if (run != NULL && poll(&wait, 1, ORDER_PATIENCE) == 1)
		err = run_order_receive(line, &run->order, &run->pump.console);
	if (err != ERR_OK) {
		free(run);
		close(line);
		return;
	}
	run->plan = plan;
	run->pump.order = line;
	run->pump.master = run->pump.children = run->slave = run->cgroup = -1;
	run->user.lock = -1;
	run->began = milliseconds();
	(void)fcntl(run->pump.console, F_SETFL, O_NONBLOCK);
	if (run->order.kind == RUN_COMMAND)
		go(run);
	report_kept(plan);
	free(run);
}
