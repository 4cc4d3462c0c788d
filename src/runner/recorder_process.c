/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/recorder_process.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "core/account.h"
#include "runner/recorder.h"
#include "runner/tape.h"

static int64_t
microseconds(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * CAST_SECOND + ts.tv_nsec / 1000;
}

/* --- telling --------------------------------------------------------------------------------- */

static bool
tell(int line, const struct tape *tape, enum recorder_kind kind)
{
	struct recorder_event event = { .kind = (uint32_t)kind, .bytes = tape->bytes };

	return tape_hash(tape, event.hash) &&
	    send(line, &event, sizeof event, MSG_NOSIGNAL) == (ssize_t)sizeof event;
}

static void
tell_failed(int line, enum err err)
{
	struct recorder_event event = { .kind = RECORDER_FAILED, .err = (uint32_t)err };

	(void)send(line, &event, sizeof event, MSG_NOSIGNAL);
}

/* --- one recording --------------------------------------------------------------------------- */

static enum err
begin(struct tape *tape, int directory, const struct run_order *order,
    const struct command *command, const struct tape_limits *limits)
{
	const struct cast_head head = { .rows = order->rows,
		.columns = order->columns,
		.began = (int64_t)time(NULL),
		.title = command->title,
		.term = order->term,
		.run = order->id,
		.command = order->name,
		.person = order->person,
		.role = role_word((enum role)order->role),
		.source = order->source };
	char name[RECORDER_NAME_SIZE];

	recorder_name(order->id, name);
	return tape_begin(tape, directory, name, &head, limits, microseconds());
}

/* False: no more comes. */
static bool
take_message(int line, struct tape *tape, char bytes[RUN_PUMP_MAX])
{
	struct run_size to;
	char kind = 0;
	size_t size = 0;

	if (run_receive(line, &kind, bytes, &size) != ERR_OK)
		return false;
	if (kind == RUN_OUTPUT) {
		tape_put(tape, bytes, size, microseconds());
	} else if (kind == RUN_RESIZE && size == sizeof to) {
		memcpy(&to, bytes, sizeof to);
		tape_resize(tape, to.rows, to.columns, microseconds());
	}
	return true;
}

static void
record(int line, struct tape *tape, char bytes[RUN_PUMP_MAX])
{
	struct pollfd wait = { .fd = line, .events = POLLIN };
	bool more = true;

	while (more && !tape->full) {
		int ready = poll(&wait, 1, tape_tend(tape, microseconds()));

		if (ready > 0)
			more = take_message(line, tape, bytes);
		if (more && tape_step(tape) && !tape->full)
			more = tell(line, tape, RECORDER_STEP);
	}
}

int
recorder_process(int line, int directory, const struct run_order *order,
    const struct command *command, const struct tape_limits *limits)
{
	struct tape *tape = malloc(sizeof *tape);
	char *bytes = malloc(RUN_PUMP_MAX);
	enum err err = ERR_MEMORY;
	bool full;

	/* It ends when its line does, with all that it was given. */
	(void)signal(SIGHUP, SIG_IGN);
	(void)signal(SIGTERM, SIG_IGN);
	(void)gcry_check_version(NULL);
	(void)gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
	(void)gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
	if (tape != NULL && bytes != NULL)
		err = begin(tape, directory, order, command, limits);
	if (err != ERR_OK) {
		tell_failed(line, err);
		free(bytes);
		free(tape);
		return 1;
	}
	if (tell(line, tape, RECORDER_BEGAN))
		record(line, tape, bytes);
	tape_end(tape, microseconds());
	full = tape->full;
	(void)tell(line, tape, full ? RECORDER_FULL : RECORDER_ENDED);
	gcry_md_close(tape->hash);
	free(bytes);
	free(tape);
	return 0;
}
