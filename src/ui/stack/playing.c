/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/playing.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "recording/play_on.h"

struct playing {
	struct ui *ui;
	const struct behind_loop *loop;
	int pump;
	unsigned stale; /* places asked for whose bytes have not begun to come */
	bool over;
	struct run_over *how;
};

/* --- what the player asks for ------------------------------------------------------------------
 */

static enum err
more(void *context, char *bytes, size_t *ret_size)
{
	struct playing *playing = context;
	struct run_over over;
	char kind = 0;
	enum err err = run_receive(playing->pump, &kind, bytes, ret_size);

	if (err != ERR_OK)
		return err;
	if (kind == RUN_OUTPUT && playing->stale == 0)
		return ERR_OK;
	if (kind == RUN_STARTED && playing->stale > 0)
		playing->stale--;
	if (kind != RUN_OVER)
		return ERR_BUSY;
	playing->over = true;
	memcpy(&over, bytes, *ret_size < sizeof over ? *ret_size : sizeof over);
	if (run_over_valid(&over, *ret_size))
		*playing->how = over;
	return ERR_BUSY;
}

static enum err
from_the_start(void *context)
{
	struct playing *playing = context;
	const int64_t start = 0;

	playing->stale++;
	return run_send(playing->pump, RUN_SEEK, &start, sizeof start);
}

static bool
keeper_speaks(const struct ui *ui)
{
	struct pollfd line = { .fd = ui->line, .events = POLLIN };

	return poll(&line, 1, 0) > 0;
}

/* Somebody is there: the session does not idle. */
static void
note_keys(struct playing *playing)
{
	playing->ui->last_key = terminal_clock();
	if (run_send(playing->pump, RUN_INPUT, "", 1) == ERR_KEEPER_GONE)
		playing->over = true;
}

static bool
goes_on(void *context, struct player *player, bool keys)
{
	struct playing *playing = context;
	struct ui *ui = playing->ui;
	int rows, columns;

	playing->loop->signals(ui);
	if (playing->loop->resized()) {
		terminal_resized(ui->terminal);
		terminal_size(ui->terminal, &rows, &columns);
		player->rows = (unsigned)rows;
		player->columns = (unsigned)columns;
	}
	if (keys)
		note_keys(playing);
	if (keeper_speaks(ui))
		playing->loop->keeper(ui);
	return !playing->over && !ui->ended && ui->facts.door == DOOR_HOME;
}

/* --- one ------------------------------------------------------------------------------------- */

static enum err
play(struct playing *playing, int out, const sigset_t *mask, struct player *player)
{
	const struct play_on how = { .in = terminal_fd(playing->ui->terminal),
		.out = out,
		.source = playing->pump,
		.other = playing->ui->line,
		.mask = mask,
		.context = playing,
		.more = more,
		.rewind = from_the_start,
		.go_on = goes_on };
	int rows, columns;

	terminal_size(playing->ui->terminal, &rows, &columns);
	if (write(out, player_opens, strlen(player_opens)) < 0)
		return ERR_TERMINAL;
	return play_on(&how, (unsigned)rows, (unsigned)columns, player);
}

enum err
playing_run(struct ui *ui, int pump, const struct behind_loop *loop, const sigset_t *mask,
    struct run_over *ret_over)
{
	struct playing playing = { .ui = ui, .loop = loop, .pump = pump, .stale = 1 };
	struct player *player = malloc(sizeof *player);
	enum err err = player == NULL ? ERR_MEMORY : ERR_OK, back;
	int out;

	playing.how = ret_over;
	*ret_over = (struct run_over){ .how = RUN_PLAYED };
	(void)fcntl(pump, F_SETFL, O_NONBLOCK);
	back = terminal_lend(ui->terminal, &out);
	if (back == ERR_OK && err == ERR_OK)
		err = play(&playing, out, mask, player);
	close(pump);
	free(player);
	if (back != ERR_OK || err == ERR_TERMINAL)
		return ERR_TERMINAL;
	if (err != ERR_OK)
		*ret_over = (struct run_over){ .how = RUN_REFUSED, .value = (uint32_t)err };
	if (write(out, player_closes, strlen(player_closes)) < 0)
		return ERR_TERMINAL;
	return terminal_take_back(ui->terminal);
}
