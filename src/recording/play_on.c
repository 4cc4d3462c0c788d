/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recording/play_on.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { IN, OUT, SOURCE, OTHER, SLOTS };
enum { ALONE = 100000 }; /* microseconds in which the rest of a key's sequence comes */

struct work {
	const struct play_on *how;
	struct player *player;
	struct player_keys keys;
	char bytes[PLAY_ON_BYTES]; /* of the file, [at, size) not yet taken */
	size_t at, size;
	size_t written; /* of the player's out */
	bool typed;
	enum err err;
};

static int64_t
microseconds(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * CAST_SECOND + ts.tv_nsec / 1000;
}

/* --- the terminal ----------------------------------------------------------------------------- */

static void
write_out(struct work *work)
{
	struct player *player = work->player;
	ssize_t size = write(work->how->out, player->out + work->written,
	    player->out_size - work->written);

	if (size > 0)
		work->written += (size_t)size;
	else if (size < 0 && errno != EAGAIN && errno != EINTR)
		work->err = ERR_TERMINAL;
	if (work->written == player->out_size)
		player->out_size = work->written = 0;
}

static void
read_keys(struct work *work)
{
	char typed[64];
	ssize_t size = read(work->how->in, typed, sizeof typed);

	if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR))
		work->err = ERR_TERMINAL;
	for (ssize_t i = 0; i < size; i++)
		player_key(work->player, player_keys_take(&work->keys, typed[i]), microseconds());
	work->typed = size > 0;
}

/* --- the file --------------------------------------------------------------------------------- */

static void
read_source(struct work *work)
{
	enum err err = work->how->more(work->how->context, work->bytes, &work->size);

	work->at = 0;
	if (err != ERR_OK)
		work->size = 0;
	if (err == ERR_OK && work->size == 0)
		(void)player_feed(work->player, work->bytes, 0);
	else if (err != ERR_OK && err != ERR_BUSY)
		work->err = err;
}

static void
start_again(struct work *work)
{
	work->at = work->size = 0;
	work->err = work->how->rewind(work->how->context);
	player_rewound(work->player);
}

/* Microseconds until the player wants to be asked again; -1: something has to come. */
static int64_t
advance(struct work *work)
{
	struct player *player = work->player;
	int64_t wait;

	if (player->rewind)
		start_again(work);
	while (player_hungry(player) && work->at < work->size)
		work->at += player_feed(player, work->bytes + work->at, work->size - work->at);
	wait = player_step(player, microseconds());
	if (player->out_size > 0)
		return -1;
	if (player_hungry(player))
		return work->at < work->size ? 0 : -1;
	return wait;
}

/* --- waiting ---------------------------------------------------------------------------------- */

static void
wait_for(struct work *work, int64_t wait)
{
	const struct play_on *how = work->how;
	bool out = work->player->out_size > 0;
	bool source = !out && player_hungry(work->player) && work->at >= work->size;
	struct pollfd slots[SLOTS] = { [IN] = { .fd = how->in, .events = POLLIN },
		[OUT] = { .fd = out ? how->out : -1, .events = POLLOUT },
		[SOURCE] = { .fd = source ? how->source : -1, .events = POLLIN },
		[OTHER] = { .fd = how->other, .events = POLLIN } };
	struct timespec limit;
	int ready;

	if (work->keys.size > 0 && (wait < 0 || wait > ALONE))
		wait = ALONE;
	limit = (struct timespec){ wait / CAST_SECOND, wait % CAST_SECOND * 1000 };
	work->typed = false;
	ready = ppoll(slots, SLOTS, wait < 0 ? NULL : &limit, how->mask);
	if (ready == 0 && work->keys.size > 0)
		player_key(work->player, player_keys_alone(&work->keys), microseconds());
	if (ready <= 0)
		return;
	if (slots[IN].revents != 0)
		read_keys(work);
	if (slots[OUT].revents != 0)
		write_out(work);
	if (slots[SOURCE].revents != 0)
		read_source(work);
}

static bool
goes_on(const struct work *work)
{
	return work->err == ERR_OK &&
	    (work->player->end == PLAYER_GOES_ON || work->player->end == PLAYER_AT_END);
}

enum err
play_on(const struct play_on *how, unsigned rows, unsigned columns, struct player *player)
{
	struct work work = { .how = how, .player = player, .err = ERR_OK };

	player_begin(player, rows, columns, microseconds());
	while (goes_on(&work)) {
		int64_t wait = advance(&work);

		if (wait != 0)
			wait_for(&work, wait);
		if (wait != 0 && !how->go_on(how->context, player, work.typed))
			break;
	}
	if (work.err == ERR_OK && player->end == PLAYER_DAMAGED)
		return ERR_RECORDING_DAMAGED;
	return work.err;
}
