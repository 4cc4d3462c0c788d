/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/run.h"

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
#include "runner/recorder.h"
#include "runner/report.h"
#include "runner/surroundings.h"
#include "runner/terminal.h"
#include "runner/user.h"

enum {
	LAST_WORD = 2000, /* ms for a console to take that it is over, before the trail is told */
	LAST_OF_TAPE = 60000, /* ms for a slow disk to take the last of a recording */
	NEVER_RAN = 127
};

struct instance {
	const struct plan *plan;
	const struct run_order *order;
	int teller; /* the line of what goes into the trail */
	struct command command;
	struct user user;
	struct recorder recorder;
	struct pump pump;
	struct run_over over;
	int cgroup;
	int64_t began; /* ms */
};

static int64_t
milliseconds(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

/* --- telling ------------------------------------------------------------------------------- */

static void
tell_trail(const struct instance *run, enum run_event event, const struct recorder_event *recorded)
{
	struct wire_run_report_request report;

	report_begin(run->order, &report);
	report.event = event;
	report.how = run->over.how;
	report.value = run->over.value;
	report.milliseconds = run->over.milliseconds;
	report.bytes = run->over.bytes;
	if (recorded != NULL) {
		report.how = report.value = 0;
		report.bytes = recorded->bytes;
		wire_put(report.hash, sizeof report.hash, recorded->hash);
	}
	report_pass(run->teller, &report);
}

/* What the recorder says: how far it is, or that it is over. */
static void
tell_recorded(void *context, const struct recorder_event *event)
{
	tell_trail(context, event->kind == RECORDER_STEP ? RUN_EVENT_STEP : RUN_EVENT_RECORDED,
	    event);
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
	err = command_file_read(&dir, run->order->name, &run->command, &wrong);
	command_dir_close(&dir);
	return err;
}

static enum err
may_run(const struct instance *run)
{
	const struct command *command = &run->command;

	if (!command_allows(command, (enum role)run->order->role))
		return ERR_COMMAND_NONE;
	if (command->confirm && !run->order->confirmed)
		return ERR_COMMAND_CONFIRM;
	if (command->code && !run->order->proven)
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

/* --- recording ---------------------------------------------------------------------------------
 */

/* Before there is a terminal to record: a command that is to be recorded never runs without. */
static enum err
start_recorder(struct instance *run)
{
	struct recorder_event began;
	enum err err;

	if (!run->command.record)
		return ERR_OK;
	err = recorder_start(run->plan, run->order, &run->command, &run->recorder, &began);
	if (err == ERR_OK)
		tell_trail(run, RUN_EVENT_RECORDING, &began);
	return err;
}

/* All that it has is written, and the trail has its sum. Where it died, the last step says how far
 * the file is true; where it was full, it has said its last already. */
static void
finish_recorder(struct instance *run)
{
	struct pollfd wait = { .fd = run->recorder.line, .events = POLLIN };
	struct recorder_event event = { .kind = RECORDER_STEP };
	bool over = run->recorder.line < 0;

	recorder_finish(&run->recorder);
	while (!over && poll(&wait, 1, LAST_OF_TAPE) == 1) {
		enum err err = recorder_hear(&run->recorder, &event);

		if (err == ERR_OK)
			tell_recorded(run, &event);
		over = (err != ERR_OK && err != ERR_BUSY) || event.kind != RECORDER_STEP;
	}
	recorder_close(&run->recorder);
}

/* --- starting it ----------------------------------------------------------------------------- */

static void
become_command(struct instance *run)
{
	char *arguments[COMMAND_ARGUMENTS_MAX + 2] = { run->command.program };
	struct surroundings around;

	for (size_t i = 0; i < run->command.count; i++)
		arguments[i + 1] = (char *)(uintptr_t)run->command.argument[i];
	surroundings_fill(run->order, &run->user, &around);
	if (!terminal_take(run->pump.slave) || !reap_join(run->cgroup) || !user_become(&run->user))
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
		err = terminal_open(run->order->rows, run->order->columns, run->user.uid,
		    &run->pump.master, &run->pump.slave);
	return err;
}

/* A signal that comes by a descriptor is never missed, nor in the way. */
static enum err
hear_signal(int number, int *ret_fd)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, number);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return ERR_SYSTEM;
	*ret_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return *ret_fd < 0 ? err_from_errno(errno) : ERR_OK;
}

/* Ends of children, and the service manager that ends this run. */
static enum err
hear_signals(struct instance *run)
{
	enum err err = hear_signal(SIGCHLD, &run->pump.children);

	if (err == ERR_OK)
		err = hear_signal(SIGTERM, &run->pump.stop);
	return err == ERR_OK && !reap_begin() ? ERR_SYSTEM : err;
}

static enum err
start(struct instance *run)
{
	enum err err = run->plan->full ? ERR_RUN_MANY : ERR_OK;

	if (err == ERR_OK)
		err = read_command(run);
	if (err == ERR_OK)
		err = may_run(run);
	if (err == ERR_OK)
		err = find_user(run);
	if (err == ERR_OK)
		err = start_recorder(run);
	if (err == ERR_OK)
		err = open_terminal(run);
	if (err == ERR_OK)
		err = hear_signals(run);
	if (err != ERR_OK)
		return err;
	run->cgroup = run->plan->root ? reap_cgroup(run->order->id) : -1;
	run->pump.leader = fork();
	if (run->pump.leader == 0)
		become_command(run);
	return run->pump.leader < 0 ? ERR_SYSTEM : ERR_OK;
}

/* --- the end --------------------------------------------------------------------------------- */

/* Once for who is slow to read what is left, and, where something was left, again when the terminal
 * is closed. A leader that is gone with all that was its own has a number that is another's soon.
 */
static bool
clear(void *context)
{
	struct instance *run = context;

	if (run->pump.leader == 0)
		return true;
	reap_hang_up(run->pump.leader);
	if (!reap_all(run->cgroup, run->order->id)) {
		run->cgroup = -1;
		return false;
	}
	run->cgroup = -1;
	run->pump.leader = 0;
	return true;
}

static void
close_order(struct instance *run)
{
	if (run->pump.order >= 0)
		close(run->pump.order);
	run->pump.order = -1;
}

/* The terminal goes first: that hangs up whoever has it, also whom no signal of ours may reach. The
 * person hears then; the disk and the trail may have to be waited for. */
static void
finish(struct instance *run)
{
	bool told;

	if (run->pump.leader != 0)
		reap_hang_up(run->pump.leader);
	close(run->pump.master);
	(void)clear(run);
	user_release(&run->user);
	run->over.milliseconds = milliseconds() - run->began;
	told = pump_tell_over(&run->pump, &run->over, LAST_WORD);
	if (told)
		close_order(run);
	finish_recorder(run);
	tell_trail(run, RUN_EVENT_ENDED, NULL);
	if (!told)
		(void)pump_tell_over(&run->pump, &run->over, -1);
	close_order(run);
}

static void
refuse(struct instance *run, enum err err)
{
	run->over = (struct run_over){ .how = RUN_REFUSED, .value = (uint32_t)err };
	user_release(&run->user);
	(void)pump_tell_over(&run->pump, &run->over, LAST_WORD);
	finish_recorder(run);
	tell_trail(run, RUN_EVENT_REFUSED, NULL);
}

void
run_command(const struct plan *plan, const struct run_order *order, int line, int console,
    int teller)
{
	struct instance *run = calloc(1, sizeof *run);
	struct run_started started = { .recorded = 0 };
	enum err err;

	if (run == NULL)
		return;
	run->plan = plan;
	run->order = order;
	run->teller = teller;
	run->began = milliseconds();
	run->pump = (struct pump){ .console = console,
		.order = line,
		.master = -1,
		.slave = -1,
		.children = -1,
		.stop = -1,
		.recorder = &run->recorder,
		.step = tell_recorded,
		.clear = clear,
		.context = run };
	run->cgroup = run->user.lock = run->recorder.line = -1;
	err = start(run);
	started.recorded = run->recorder.line >= 0;
	if (err != ERR_OK) {
		refuse(run, err);
	} else {
		if (run_send(console, RUN_STARTED, &started, sizeof started) == ERR_OK)
			pump_run(&run->pump, &run->over);
		finish(run);
	}
	free(run);
}
