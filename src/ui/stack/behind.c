/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/behind.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "core/secret.h"

enum { IN, OUT, KEEPER, PUMP, SLOTS };

struct behind {
	struct ui *ui;
	const struct behind_face *face;
	int pump, out;
	struct run_over *over;
	bool done;
	char output[RUN_PUMP_MAX]; /* of the command, [at, size) not yet written */
	size_t at, size;
	char typed[RUN_PUMP_MAX]; /* not yet sent */
	size_t typed_size;
};

static void
tell_size(struct behind *behind)
{
	struct run_size size = { 24, 80 };
	int rows, columns;

	terminal_resized(behind->ui->terminal);
	terminal_size(behind->ui->terminal, &rows, &columns);
	size.rows = (uint16_t)rows;
	size.columns = (uint16_t)columns;
	if (run_send(behind->pump, RUN_RESIZE, &size, sizeof size) == ERR_KEEPER_GONE)
		behind->done = true;
}

static void
take_typed(struct behind *behind)
{
	ssize_t size = read(terminal_fd(behind->ui->terminal), behind->typed, sizeof behind->typed);

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
	behind->ui->last_key = terminal_clock();
}

static void
hear_command(struct behind *behind)
{
	char kind = 0;
	size_t size = 0;
	enum err err = run_receive(behind->pump, &kind, behind->output, &size);

	if (err == ERR_BUSY)
		return;
	if (err == ERR_OK && kind == RUN_OUTPUT) {
		behind->at = 0;
		behind->size = size;
		return;
	}
	if (err == ERR_OK && kind == RUN_STARTED)
		return;
	if (err == ERR_OK && kind == RUN_OVER && size == sizeof *behind->over)
		memcpy(behind->over, behind->output, size);
	behind->done = true;
}

static void
write_output(struct behind *behind)
{
	ssize_t size = write(behind->out, behind->output + behind->at, behind->size - behind->at);

	if (size > 0)
		behind->at += (size_t)size;
	else if (size < 0 && errno != EAGAIN && errno != EINTR)
		behind->done = true;
	if (behind->at == behind->size)
		behind->at = behind->size = 0;
}

static void
turn(struct behind *behind, const sigset_t *mask)
{
	struct pollfd slots[SLOTS] = {
		[IN] = { .fd = behind->typed_size == 0 ? terminal_fd(behind->ui->terminal) : -1,
		    .events = POLLIN },
		[OUT] = { .fd = behind->size > 0 ? behind->out : -1, .events = POLLOUT },
		[KEEPER] = { .fd = behind->ui->line, .events = POLLIN },
		[PUMP] = { .fd = behind->pump,
		    .events = (short)((behind->size == 0 ? POLLIN : 0) |
			(behind->typed_size > 0 ? POLLOUT : 0)) }
	};
	int ready = ppoll(slots, SLOTS, NULL, mask);

	if (ready < 0 && errno != EINTR)
		behind->done = true;
	behind->face->signals(behind->ui);
	if (behind->face->resized())
		tell_size(behind);
	if (ready <= 0)
		return;
	if (slots[KEEPER].revents != 0)
		behind->face->keeper(behind->ui);
	if (slots[IN].revents != 0)
		take_typed(behind);
	if (behind->typed_size > 0)
		send_typed(behind);
	if ((slots[PUMP].revents & (POLLIN | POLLHUP | POLLERR)) != 0 && behind->size == 0)
		hear_command(behind);
	if (behind->size > 0)
		write_output(behind);
}

/* A command ends with its session, and with the lock. */
static bool
may_go_on(const struct behind *behind)
{
	return !behind->done && !behind->ui->ended && behind->ui->facts.door == DOOR_HOME;
}

enum err
behind_run(struct ui *ui, int pump, const struct behind_face *face, const sigset_t *mask,
    struct run_over *ret_over)
{
	struct behind behind = { .ui = ui, .face = face, .pump = pump, .over = ret_over };
	enum err err = terminal_lend(ui->terminal, &behind.out);

	*ret_over = (struct run_over){ .how = RUN_ENDED };
	(void)fcntl(pump, F_SETFL, O_NONBLOCK);
	while (err == ERR_OK && may_go_on(&behind))
		turn(&behind, mask);
	close(pump);
	secret_wipe(&behind, sizeof behind);
	return err == ERR_OK ? terminal_take_back(ui->terminal) : err;
}
