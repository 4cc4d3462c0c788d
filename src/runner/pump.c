/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/pump.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runner/terminal.h"

enum {
	KEYS_EVERY = 5000, /* ms between two signs that keys were typed */
	DRAIN = 200,	   /* ms for children to write when the leader has ended */
	REST_MOST =
	    262144 /* bytes that a terminal may hold then; it has 68 KiB or so (tty_buffer.c) */
};

enum { CONSOLE, ORDER, MASTER, CHILDREN, RECORDER, STOP, SLOTS };

/* What the pump holds between two rounds. */
struct flow {
	struct pump *pump;
	struct run_over *over;
	char out[RUN_PUMP_MAX]; /* what the command wrote last, */
	size_t out_size;	/* for the console, */
	size_t tape_size;	/* for who records; 0: has it */
	char in[RUN_PUMP_MAX];	/* for the terminal */
	size_t in_size, in_at;
	int64_t told; /* ms at which keys were told last */
	bool ended;   /* the leader has, */
	int64_t last; /* and its children may write until then */
	bool dry;     /* nothing more comes from the terminal */
	bool cut;     /* and nothing more is to be passed on */
};

static int64_t
milliseconds(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

static void
drop(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* --- from the console ---------------------------------------------------------------------- */

/* One sign in a while is enough for the keeper's clock of idleness, and wakes it seldom. */
static void
note_keys(struct flow *flow)
{
	const char sign = RUN_KEYS;
	int64_t now = milliseconds();

	if (flow->pump->order < 0 || (flow->told != 0 && now - flow->told < KEYS_EVERY))
		return;
	flow->told = now;
	(void)send(flow->pump->order, &sign, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void
take_size(const struct flow *flow, const struct run_size *to)
{
	if (to->rows < 1 || to->rows > RUN_SIZE_MOST || to->columns < 1 ||
	    to->columns > RUN_SIZE_MOST)
		return;
	terminal_resize(flow->pump->master, to->rows, to->columns);
	if (flow->pump->recorder->line >= 0)
		recorder_resize(flow->pump->recorder, to);
}

static void
take_message(struct flow *flow, char kind, const char *bytes, size_t size)
{
	struct run_size to;

	if (kind == RUN_INPUT) {
		memcpy(flow->in, bytes, size);
		flow->in_size = size;
		flow->in_at = 0;
		note_keys(flow);
	} else if (kind == RUN_RESIZE && size == sizeof to) {
		memcpy(&to, bytes, sizeof to);
		take_size(flow, &to);
	} else {
		drop(&flow->pump->console); /* nonsense */
	}
}

static void
hear_console(struct flow *flow)
{
	char bytes[RUN_PUMP_MAX], kind = 0;
	size_t size = 0;
	enum err err = run_receive(flow->pump->console, &kind, bytes, &size);

	if (err == ERR_OK)
		take_message(flow, kind, bytes, size);
	else if (err != ERR_BUSY)
		drop(&flow->pump->console);
}

/* A terminal whose reader is slow takes a part, or nothing now. */
static void
feed_terminal(struct flow *flow)
{
	ssize_t size = write(flow->pump->master, flow->in + flow->in_at,
	    flow->in_size - flow->in_at);

	if (size > 0)
		flow->in_at += (size_t)size;
	else if (size < 0 && errno != EAGAIN && errno != EINTR)
		flow->in_at = flow->in_size; /* nobody has it open any more */
	if (flow->in_at == flow->in_size)
		flow->in_size = flow->in_at = 0;
}

/* --- to the console ------------------------------------------------------------------------ */

/* EIO: the last who had it open has closed it; all that was written has been read. */
static void
read_terminal(struct flow *flow)
{
	ssize_t size = read(flow->pump->master, flow->out, sizeof flow->out);

	if (size > 0) {
		flow->out_size = (size_t)size;
		flow->tape_size = flow->pump->recorder->line >= 0 ? (size_t)size : 0;
		flow->pump->bytes += size;
	} else if (size == 0 || (errno != EAGAIN && errno != EINTR)) {
		flow->dry = true;
	}
}

static void
tell_console(struct flow *flow)
{
	enum err err = run_send(flow->pump->console, RUN_OUTPUT, flow->out, flow->out_size);

	if (err == ERR_OK)
		flow->out_size = 0;
	else if (err != ERR_BUSY)
		drop(&flow->pump->console);
}

/* Whatever is still in its terminal. Where the leader has ended before, that is how. */
static void
end(struct flow *flow, enum run_how how)
{
	if (!flow->ended || how == RUN_FULL)
		flow->over->how = how;
	flow->ended = flow->cut = true;
}

/* --- to who records -------------------------------------------------------------------------- */

/* Whoever records and cannot go on ends the run: nothing is shown that is not recorded. */
static void
end_full(struct flow *flow)
{
	end(flow, RUN_FULL);
	flow->tape_size = 0;
}

static void
tell_recorder(struct flow *flow)
{
	enum err err = recorder_put(flow->pump->recorder, flow->out, flow->tape_size);

	if (err == ERR_OK)
		flow->tape_size = 0;
	else if (err != ERR_BUSY)
		end_full(flow);
}

static void
hear_recorder(struct flow *flow)
{
	struct recorder_event event;
	enum err err = recorder_hear(flow->pump->recorder, &event);

	if (err == ERR_BUSY)
		return;
	if (err == ERR_OK)
		flow->pump->step(flow->pump->context, &event);
	if (err != ERR_OK || event.kind != RECORDER_STEP)
		end_full(flow);
}

/* --- the end -------------------------------------------------------------------------------- */

static void
note_status(struct flow *flow, int status)
{
	struct run_over *over = flow->over;

	flow->ended = true;
	flow->last = milliseconds() + DRAIN;
	drop(&flow->pump->slave);
	if (WIFEXITED(status)) {
		over->how = RUN_EXITED;
		over->value = (uint32_t)WEXITSTATUS(status);
	} else if (WIFSIGNALED(status)) {
		over->how = RUN_SIGNALLED;
		over->value = (uint32_t)WTERMSIG(status);
	} else {
		over->how = RUN_STOPPED;
		over->value = (uint32_t)WSTOPSIG(status);
		flow->cut = true;
	}
}

/* Orphans of the run are ours: whoever of them ends is collected. */
static void
hear_children(struct flow *flow)
{
	struct signalfd_siginfo info;
	int status;
	pid_t pid;

	while (read(flow->pump->children, &info, sizeof info) == (ssize_t)sizeof info)
		continue;
	while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0)
		if (pid == flow->pump->leader && !flow->ended)
			note_status(flow, status);
}

/* Whether the keeper ends it. Its line closed without a word: it has left, and the run goes on. */
static bool
is_ended_by_keeper(struct pump *pump)
{
	char byte = 0;
	ssize_t size = recv(pump->order, &byte, 1, MSG_DONTWAIT);

	if (size < 0 && (errno == EAGAIN || errno == EINTR))
		return false;
	if (size != 1 || byte != RUN_END)
		drop(&pump->order);
	return size == 1 && byte == RUN_END;
}

/* Only who can take something is asked for more. */
static void
fill(const struct flow *flow, struct pollfd slots[SLOTS])
{
	const struct pump *pump = flow->pump;
	short master = 0, console = 0;

	if (flow->out_size == 0 && flow->tape_size == 0 && !flow->dry)
		master |= POLLIN;
	if (flow->in_size > 0)
		master |= POLLOUT;
	if (flow->in_size == 0)
		console |= POLLIN;
	if (flow->out_size > 0 && flow->tape_size == 0)
		console |= POLLOUT;
	slots[CONSOLE] = (struct pollfd){ .fd = pump->console, .events = console };
	slots[ORDER] = (struct pollfd){ .fd = pump->order, .events = POLLIN };
	slots[MASTER] = (struct pollfd){ .fd = master == 0 ? -1 : pump->master, .events = master };
	slots[CHILDREN] = (struct pollfd){ .fd = pump->children, .events = POLLIN };
	slots[STOP] = (struct pollfd){ .fd = pump->stop, .events = POLLIN };
	slots[RECORDER] = (struct pollfd){ .fd = pump->recorder->line,
		.events = (short)(POLLIN | (flow->tape_size > 0 ? POLLOUT : 0)) };
}

static void
serve(struct flow *flow, const struct pollfd slots[SLOTS])
{
	struct pump *pump = flow->pump;

	if (slots[CHILDREN].revents != 0)
		hear_children(flow);
	if (slots[ORDER].revents != 0 && is_ended_by_keeper(pump))
		end(flow, RUN_ENDED);
	if (slots[STOP].revents != 0)
		end(flow, RUN_ENDED);
	if (pump->console >= 0 && (slots[CONSOLE].revents & POLLOUT) != 0 && flow->out_size > 0)
		tell_console(flow);
	if (pump->console >= 0 && (slots[CONSOLE].revents & (POLLIN | POLLHUP | POLLERR)) != 0) {
		if (flow->in_size == 0)
			hear_console(flow);
		else if ((slots[CONSOLE].revents & (POLLHUP | POLLERR)) != 0)
			drop(&flow->pump->console); /* whatever the command has not read yet */
	}
	if ((slots[MASTER].revents & POLLOUT) != 0 && flow->in_size > 0)
		feed_terminal(flow);
	if ((slots[RECORDER].revents & POLLOUT) != 0 && flow->tape_size > 0)
		tell_recorder(flow);
	if ((slots[RECORDER].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
		hear_recorder(flow);
	if ((slots[MASTER].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && flow->out_size == 0 &&
	    flow->tape_size == 0)
		read_terminal(flow);
	if (flow->tape_size > 0)
		tell_recorder(flow);
	if (pump->console >= 0 && flow->out_size > 0 && flow->tape_size == 0)
		tell_console(flow);
}

static bool
is_passed_on(const struct flow *flow)
{
	return flow->out_size == 0 && flow->tape_size == 0;
}

/* The leader has ended, and its children have had their moment. */
static bool
is_over(const struct flow *flow)
{
	if (flow->pump->console < 0 || flow->cut)
		return true;
	return flow->ended && ((flow->dry && is_passed_on(flow)) || milliseconds() >= flow->last);
}

/* Whether a round was waited for that long, -1: any time, and something came. */
static bool
round_of(struct flow *flow, int most)
{
	struct pollfd slots[SLOTS];
	int ready;

	fill(flow, slots);
	ready = poll(slots, SLOTS, most);
	if (ready > 0)
		serve(flow, slots);
	return ready > 0 || (ready < 0 && errno == EINTR);
}

/* What was written before nobody was left to write. A person may be slow: who has gone, or may stay
 * no longer, has a line that closes. */
static void
pass_rest_on(struct flow *flow)
{
	int64_t most = flow->pump->bytes + REST_MOST;

	bool goes_on = true;

	while (goes_on && flow->pump->console >= 0 && !flow->cut && flow->pump->bytes < most)
		goes_on = is_passed_on(flow) ? !flow->dry && round_of(flow, 0) : round_of(flow, -1);
}

void
pump_run(struct pump *pump, struct run_over *ret_over)
{
	struct flow flow = { .pump = pump, .over = ret_over };

	ret_over->how = RUN_ENDED;
	while (!is_over(&flow)) {
		int64_t left = flow.ended ? flow.last - milliseconds() : -1;

		if (!round_of(&flow, flow.ended ? (left > 0 ? (int)left : 0) : -1) && !flow.ended)
			break;
	}
	if (pump->console >= 0 && !flow.cut && !(flow.dry && is_passed_on(&flow)) &&
	    pump->clear(pump->context))
		pass_rest_on(&flow);
	while (flow.tape_size > 0) { /* what was read is recorded, however it ended */
		struct pollfd wait = { .fd = pump->recorder->line, .events = POLLOUT };

		(void)poll(&wait, 1, -1);
		tell_recorder(&flow);
	}
	drop(&pump->slave);
	ret_over->bytes = pump->bytes;
}

bool
pump_tell_over(struct pump *pump, const struct run_over *over, int most)
{
	int64_t until = milliseconds() + most;

	while (pump->console >= 0) {
		struct pollfd slots[] = { { .fd = pump->console, .events = POLLOUT },
			{ .fd = pump->stop, .events = POLLIN },
			{ .fd = pump->order, .events = POLLIN } };
		int64_t left = most < 0 ? -1 : until - milliseconds();
		bool busy = run_send(pump->console, RUN_OVER, over, sizeof *over) == ERR_BUSY;

		if (busy && most >= 0 && left <= 0)
			return false;
		if (busy && poll(slots, 3, (int)left) > 0 && slots[2].revents != 0)
			busy = !is_ended_by_keeper(pump);
		if (!busy || slots[1].revents != 0)
			drop(&pump->console);
	}
	return true;
}
