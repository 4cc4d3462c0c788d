/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/behind.h"

#include <unistd.h>

#include "client/behind.h"

struct lent {
	struct ui *ui;
	const struct behind_loop *loop;
};

static void
hear_signals(void *self)
{
	const struct lent *lent = self;

	lent->loop->signals(lent->ui);
}

static void
hear_keeper(void *self)
{
	const struct lent *lent = self;

	lent->loop->keeper(lent->ui);
}

static bool
resized(void *self, struct run_size *ret_size)
{
	const struct lent *lent = self;
	int rows, columns;

	if (!lent->loop->resized())
		return false;
	terminal_resized(lent->ui->terminal);
	terminal_size(lent->ui->terminal, &rows, &columns);
	*ret_size = (struct run_size){ (uint16_t)rows, (uint16_t)columns };
	return true;
}

static bool
goes_on(void *self)
{
	const struct lent *lent = self;

	return !lent->ui->ended && lent->ui->facts.door == DOOR_HOME;
}

static int64_t
idle(void *self)
{
	const struct lent *lent = self;

	return lent->ui->facts.idle_lock;
}

static int64_t
ends(void *self)
{
	const struct lent *lent = self;

	return lent->ui->ends;
}

enum err
ui_go_behind(struct ui *ui, int pump, const struct behind_loop *loop, const sigset_t *mask)
{
	struct lent lent = { ui, loop };
	struct behind_face face = { .self = &lent,
		.in = terminal_fd(ui->terminal),
		.line = ui->line,
		.signals = -1,
		.mask = mask,
		.titled = terminal_titled(ui->terminal),
		.hear_signals = hear_signals,
		.hear_keeper = hear_keeper,
		.resized = resized,
		.goes_on = goes_on,
		.idle = idle,
		.ends = ends };
	struct behind_end end;
	enum err err = terminal_lend(ui->terminal, &face.out);

	if (err != ERR_OK) {
		close(pump);
		return err;
	}
	behind_run(&face, pump, ui->running, &end);
	ui->over = end.over;
	/* The keeper's lock may have been the first. */
	if (ui->over.how == RUN_ENDED && ui->facts.door == DOOR_LOCKED)
		ui->over.value = ERR_IDLE;
	return terminal_take_back(ui->terminal);
}
