/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recording/player.h"

#include <stdio.h>
#include <string.h>

#include "core/words.h"

enum {
	JUMP = 10,    /* seconds */
	ABOUT = 50000 /* microseconds: what came as soon as that belongs to the moment gone to */
};

/* Hundredths. */
static const int speeds[PLAYER_SPEEDS] = { 25, 50, 100, 200, 400, 1600, 6400 };
enum { AS_IT_WAS = 2 };

/* A screen of its own; and back, with all that what draws may have left. */
const char player_opens[] = "\033[?1049h\033[H\033[2J";
const char player_closes[] = "\030\033\\\033[?5l\033[?6l\033[?7h\033[4l\033[r\033(B\033)B\017"
			     "\033[0m\033[?25h\033[?1049l";

/* Before it is shown anew from its beginning. */
static const char anew[] = "\030\033[?5l\033[?6l\033[?7h\033[4l\033[r\033(B\033)B\017\033[0m"
			   "\033[?25h\033[2J\033[H";

static void
put(struct player *player, const char *text, size_t size)
{
	memcpy(player->out + player->out_size, text, size);
	player->out_size += size;
}

/* --- time --------------------------------------------------------------------------------- */

static int64_t
position(const struct player *player, int64_t now)
{
	if (player->paused)
		return player->position;
	return player->position + (now - player->anchor) * speeds[player->speed] / 100;
}

static void
stand_at(struct player *player, int64_t at, int64_t now)
{
	player->position = at;
	player->anchor = now;
}

void
player_begin(struct player *player, unsigned rows, unsigned columns, int64_t now)
{
	memset(player, 0, sizeof *player);
	player->rows = rows;
	player->columns = columns;
	player->speed = AS_IT_WAS;
	stand_at(player, 0, now);
}

/* --- the file ------------------------------------------------------------------------------- */

bool
player_hungry(const struct player *player)
{
	return !player->whole && !player->dry && !player->rewind && player->end == PLAYER_GOES_ON;
}

/* Up to the end of a line. A last line that has none was cut off: what is before it counts. */
size_t
player_feed(struct player *player, const char *bytes, size_t size)
{
	const char *end = memchr(bytes, '\n', size);
	size_t taken = end != NULL ? (size_t)(end - bytes) : size;

	if (size == 0) {
		player->dry = true;
		return 0;
	}
	if (taken > sizeof player->line - player->line_size) {
		player->end = PLAYER_DAMAGED;
		return size;
	}
	memcpy(player->line + player->line_size, bytes, taken);
	player->line_size += taken;
	player->whole = end != NULL;
	return taken + (end != NULL);
}

void
player_rewound(struct player *player)
{
	player->rewind = player->whole = player->dry = player->have = player->begun = false;
	player->line_size = 0;
	player->drawing = (struct drawing){ .state = DRAWING_TEXT };
	player->end = PLAYER_GOES_ON;
	put(player, anew, sizeof anew - 1);
}

static void
read_line(struct player *player)
{
	bool good;

	if (!player->begun) {
		good = cast_read_head(player->line, player->line_size, &player->about);
		player->begun = good;
	} else {
		good = cast_read_event(player->line, player->line_size, &player->event);
		player->have = good;
	}
	player->whole = false;
	player->line_size = 0;
	if (!good)
		player->end = PLAYER_DAMAGED;
}

/* --- the bar --------------------------------------------------------------------------------- */

/* At the last line, until it goes on: then all is drawn anew, since the bar lies on it. */
static void
put_bar(struct player *player)
{
	char bar[PLAYER_BAR_MAX], text[PLAYER_BAR_MAX / 2], size[64] = "";
	long long seconds = player->position / CAST_SECOND;
	double speed = speeds[player->speed] / 100.0;

	if (player->about.rows > player->rows || player->about.columns > player->columns)
		(void)snprintf(size, sizeof size, _("  of a terminal of %ux%u"),
		    player->about.columns, player->about.rows);
	(void)snprintf(text, sizeof text, " %s %lld:%02lld x%g  %s%s ",
	    player->end == PLAYER_AT_END ? _("The end,") : _("Paused,"), seconds / 60, seconds % 60,
	    speed, _("Space play  Left/Right 10 s  +/- speed  Enter next  q leave"), size);
	text[text_fit(text, strlen(text), player->columns)] = '\0';
	(void)snprintf(bar, sizeof bar, "\0337\033[r\033[?6l\033[%u;1H\033[0;7m%s\033[0m\0338",
	    player->rows, text);
	put(player, bar, strlen(bar));
	player->barred = true;
}

/* --- keys --------------------------------------------------------------------------------- */

/* All up to there comes at once; what is behind is read anew from the beginning. */
static void
go_to(struct player *player, int64_t at, int64_t now)
{
	int64_t here = position(player, now);

	if (at < 0)
		at = 0;
	player->target = at + ABOUT;
	player->rewind = player->rewind || at <= here;
	player->barred = false;
	stand_at(player, at, now);
}

static void
pause_or_play(struct player *player, int64_t now)
{
	int64_t here = position(player, now);

	stand_at(player, here, now);
	if (player->end == PLAYER_AT_END) {
		player->paused = false;
		go_to(player, 0, now);
	} else if (player->paused) {
		player->paused = false;
		go_to(player, here, now);
	} else {
		player->paused = true;
		player->barred = false;
	}
}

static void
change_speed(struct player *player, int by, int64_t now)
{
	stand_at(player, position(player, now), now);
	if (by > 0 && player->speed < PLAYER_SPEEDS - 1)
		player->speed++;
	if (by < 0 && player->speed > 0)
		player->speed--;
	player->barred = false;
}

/* Straight to what was shown next; one step where it pauses. */
static void
skip(struct player *player, int64_t now)
{
	if (!player->have)
		return;
	player->target = player->event.at;
	stand_at(player, player->event.at, now);
	player->barred = false;
}

void
player_key(struct player *player, enum player_key key, int64_t now)
{
	int64_t here = position(player, now);

	switch (key) {
	case PLAYER_PAUSE:
		pause_or_play(player, now);
		break;
	case PLAYER_FASTER:
	case PLAYER_SLOWER:
		change_speed(player, key == PLAYER_FASTER ? 1 : -1, now);
		break;
	case PLAYER_FORWARD:
		go_to(player, here + JUMP * CAST_SECOND, now);
		break;
	case PLAYER_BACK:
		player->paused = player->paused && player->end != PLAYER_AT_END;
		go_to(player, here - JUMP * CAST_SECOND, now);
		break;
	case PLAYER_NEXT:
		skip(player, now);
		break;
	case PLAYER_QUIT:
		player->end = PLAYER_LEFT;
		break;
	case PLAYER_NONE:
		break;
	}
}

/* --- playing -----------------------------------------------------------------------------------
 */

static bool
is_due(const struct player *player, int64_t now)
{
	return player->event.at <= player->target || player->event.at <= position(player, now);
}

static int64_t
until_due(const struct player *player, int64_t now)
{
	if (player->paused)
		return -1;
	return (player->event.at - position(player, now)) * 100 / speeds[player->speed] + 1;
}

static void
show(struct player *player)
{
	if (player->event.code == 'o')
		player->out_size += drawing_pass(&player->drawing, player->event.text,
		    player->event.size, player->out + player->out_size);
	player->have = false;
}

/* The end: its bar says so, and keys lead back. */
static int64_t
stop(struct player *player)
{
	player->end = player->begun ? PLAYER_AT_END : PLAYER_DAMAGED;
	player->paused = true;
	if (player->end == PLAYER_AT_END) {
		player->position = player->event.at;
		put_bar(player);
	}
	return 0;
}

int64_t
player_step(struct player *player, int64_t now)
{
	if (player->out_size > 0 || player->end == PLAYER_LEFT || player->end == PLAYER_DAMAGED)
		return 0;
	if (player->rewind || player->end == PLAYER_AT_END)
		return -1;
	if (player->whole && !player->have)
		read_line(player);
	if (player->have && is_due(player, now))
		show(player);
	if (player->have && player->paused && !player->barred)
		put_bar(player);
	if (player->have)
		return player->out_size > 0 ? 0 : until_due(player, now);
	if (!player->whole && player->dry)
		return stop(player);
	return player->whole || player->out_size > 0 ? 0 : -1;
}
