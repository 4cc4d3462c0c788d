/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/behind.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "client/flow.h"
#include "core/secret.h"
#include "core/words.h"

enum { IN, OUT, KEEPER, PUMP, SIGNALS, SLOTS };

struct behind {
	const struct behind_face *face;
	const char *name;
	int pump;
	struct behind_end *end;
	bool done;
	char output[RUN_PUMP_MAX]; /* of the command, [at, size) not yet written */
	size_t at, size;
	char typed[RUN_PUMP_MAX]; /* not yet sent */
	size_t typed_size;
	struct flow flow;	 /* where the command's output stands */
	int64_t began, last_key; /* seconds of behind_clock() */
	bool warned;		 /* of the limit that is near */
	bool retitled;		 /* and the title says so */
};

int64_t
behind_clock(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

int64_t
behind_ends(int64_t lasts)
{
	return lasts > 0 ? behind_clock() + lasts : 0;
}

/* --- the limits ---------------------------------------------------------------------- */

/* Seconds until a limit, and how long before it the warning comes. -1: there is none. */
struct limit {
	int64_t left, before;
	bool idle; /* a key puts it off */
};

static int64_t
warn_before(int64_t limit)
{
	return limit >= 2 * RUN_WARNING ? RUN_WARNING : limit / 2;
}

static int64_t
left_until(int64_t end)
{
	int64_t left = end - behind_clock();

	return left > 0 ? left : 0;
}

/* The one that comes first. */
static struct limit
limit_of(const struct behind *behind)
{
	int64_t idle = behind->face->idle(behind->face->self);
	int64_t idle_left = left_until(behind->last_key + idle);
	int64_t ends = behind->face->ends(behind->face->self);
	struct limit limit = { .left = -1 };

	if (ends != 0)
		limit = (struct limit){ .left = left_until(ends),
			.before = warn_before(ends - behind->began) };
	if (idle > 0 && (limit.left < 0 || idle_left < limit.left))
		limit = (struct limit){ .left = idle_left,
			.before = warn_before(idle),
			.idle = true };
	return limit;
}

/* Milliseconds until there is something to say or to do; -1: any time. Longest sessions are ended
 * by the keeper. */
static int
patience(const struct behind *behind)
{
	struct limit limit = limit_of(behind);
	int64_t seconds = limit.left;

	if (limit.left < 0 || (limit.left == 0 && !limit.idle))
		return -1;
	if (!behind->warned && limit.left > limit.before)
		seconds -= limit.before;
	return seconds < 3600 ? (int)seconds * 1000 : 3600 * 1000;
}

/* Into the output, as if the command had written it. */
static void
put(struct behind *behind, const char *text)
{
	size_t size = strnlen(text, sizeof behind->output);

	memcpy(behind->output, text, size);
	behind->at = 0;
	behind->size = size;
}

/* 22 and 23 of XTWINOPS keep the title that stood there and put it back; who knows neither ignores
 * them (xterm, ctlseqs). */
static void
warn(struct behind *behind, const struct limit *limit)
{
	char says[256], text[sizeof says + 64];

	err_fill_text(limit->idle
		? _("%s will be ended soon, for no key was pressed. Press one to go "
		    "on.")
		: _("%s will be ended soon: this session has lasted as long as one "
		    "may."),
	    behind->name, says, sizeof says);
	if (!behind->flow.drew)
		(void)snprintf(text, sizeof text, "\a\r\n%s\r\n", says);
	else if (behind->face->titled)
		(void)snprintf(text, sizeof text, "\a\033[22;2t\033]2;%s\033\\", says);
	else
		(void)snprintf(text, sizeof text, "\a");
	behind->retitled = behind->flow.drew && behind->face->titled;
	behind->warned = true;
	put(behind, text);
}

static void
take_warning_back(struct behind *behind)
{
	behind->warned = false;
	if (behind->retitled)
		put(behind, "\033[23;2t");
	behind->retitled = false;
}

/* Between two pieces of the command's output alone. */
static void
keep_limits(struct behind *behind)
{
	struct limit limit = limit_of(behind);
	bool may_write = behind->size == 0 && flow_rests(&behind->flow);

	if (limit.left == 0 && limit.idle) {
		behind->end->over.value = ERR_IDLE;
		behind->done = true;
	} else if (limit.left < 0 || limit.left > limit.before) {
		if (behind->warned && may_write)
			take_warning_back(behind);
	} else if (!behind->warned && may_write) {
		warn(behind, &limit);
	}
}

/* --- both ways ----------------------------------------------------------------------- */

static void
tell_size(struct behind *behind)
{
	struct run_size size = { 24, 80 };

	if (!behind->face->resized(behind->face->self, &size))
		return;
	if (run_send(behind->pump, RUN_RESIZE, &size, sizeof size) == ERR_KEEPER_GONE)
		behind->done = true;
}

static void
take_typed(struct behind *behind)
{
	ssize_t size = read(behind->face->in, behind->typed, sizeof behind->typed);

	if (size > 0)
		behind->typed_size = (size_t)size;
	else if (size == 0 || (errno != EAGAIN && errno != EINTR))
		behind->done = true; /* the line is down */
}

static void
send_typed(struct behind *behind)
{
	enum err err = run_send(behind->pump, RUN_INPUT, behind->typed, behind->typed_size);

	if (err == ERR_BUSY)
		return;
	if (err != ERR_OK)
		behind->done = true;
	behind->typed_size = 0;
	behind->last_key = behind_clock();
}

static void
hear_command(struct behind *behind)
{
	char kind = 0;
	size_t size = 0;
	struct run_over over;
	enum err err = run_receive(behind->pump, &kind, behind->output, &size);

	if (err == ERR_BUSY)
		return;
	if (err == ERR_OK && kind == RUN_OUTPUT) {
		behind->at = 0;
		behind->size = size;
		flow_follow(&behind->flow, behind->output, size);
		return;
	}
	if (err == ERR_OK && kind == RUN_STARTED)
		return;
	memcpy(&over, behind->output, sizeof over);
	if (err == ERR_OK && kind == RUN_OVER && run_over_valid(&over, size))
		behind->end->over = over;
	behind->done = true;
}

static void
write_output(struct behind *behind)
{
	ssize_t size = write(behind->face->out, behind->output + behind->at,
	    behind->size - behind->at);

	if (size > 0)
		behind->at += (size_t)size;
	else if (size < 0 && errno != EAGAIN && errno != EINTR)
		behind->done = true;
	if (behind->at == behind->size)
		behind->at = behind->size = 0;
}

static int
wait_for(const struct behind *behind, struct pollfd slots[SLOTS])
{
	int milliseconds = patience(behind);
	const struct timespec time = { milliseconds / 1000, milliseconds % 1000 * 1000000L };

	slots[IN] = (struct pollfd){ .fd = behind->typed_size == 0 ? behind->face->in : -1,
		.events = POLLIN };
	slots[OUT] = (struct pollfd){ .fd = behind->size > 0 ? behind->face->out : -1,
		.events = POLLOUT };
	slots[KEEPER] = (struct pollfd){ .fd = behind->face->line, .events = POLLIN };
	slots[PUMP] = (struct pollfd){ .fd = behind->pump,
		.events = (short)((behind->size == 0 ? POLLIN : 0) |
		    (behind->typed_size > 0 ? POLLOUT : 0)) };
	slots[SIGNALS] = (struct pollfd){ .fd = behind->face->signals, .events = POLLIN };
	return ppoll(slots, SLOTS, milliseconds >= 0 ? &time : NULL, behind->face->mask);
}

static void
turn(struct behind *behind)
{
	struct pollfd slots[SLOTS];
	int ready = wait_for(behind, slots);

	if (ready < 0 && errno != EINTR)
		behind->done = true;
	behind->face->hear_signals(behind->face->self);
	tell_size(behind);
	if (ready > 0) {
		if (slots[KEEPER].revents != 0)
			behind->face->hear_keeper(behind->face->self);
		if (slots[IN].revents != 0)
			take_typed(behind);
		if (behind->typed_size > 0)
			send_typed(behind);
		if ((slots[PUMP].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && behind->size == 0)
			hear_command(behind);
	}
	if (!behind->done)
		keep_limits(behind);
	if (behind->size > 0)
		write_output(behind);
}

void
behind_run(const struct behind_face *face, int pump, const char *name, struct behind_end *ret_end)
{
	struct behind behind = { .face = face, .name = name, .pump = pump, .end = ret_end };

	*ret_end = (struct behind_end){ .over = { .how = RUN_ENDED } };
	behind.began = behind.last_key = behind_clock();
	(void)fcntl(pump, F_SETFL, O_NONBLOCK);
	while (!behind.done && face->goes_on(face->self))
		turn(&behind);
	close(pump);
	if (behind.retitled) {
		put(&behind, "\033[23;2t");
		write_output(&behind);
	}
	ret_end->drew = behind.flow.drew;
	secret_wipe(&behind, sizeof behind);
}
