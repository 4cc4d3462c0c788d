/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A recording, played on a terminal: at its own speed, faster, slower, from another moment. A state
 * machine that waits for nothing: who runs it gives it bytes of the file and keys, and writes what
 * it says when it says so. What it writes draws, and no more (recording/drawing.h).
 */
#ifndef RECORDING_PLAYER_H
#define RECORDING_PLAYER_H

#include <stdbool.h>

#include "recording/cast_read.h"
#include "recording/drawing.h"
#include "recording/player_keys.h"

enum {
	PLAYER_LINE_MAX = CAST_EVENT_MAX,
	PLAYER_OUT_MAX = DRAWING_ROOM(CAST_EVENT_MAX) + 1024,
	PLAYER_BAR_MAX = 512,
	PLAYER_SPEEDS = 7
};

enum player_end { PLAYER_GOES_ON, PLAYER_AT_END, PLAYER_LEFT, PLAYER_DAMAGED };

struct player {
	unsigned rows, columns; /* of the terminal that it is played on */
	struct cast_about about;
	bool begun; /* its first line was read */
	/* the file */
	char line[PLAYER_LINE_MAX];
	size_t line_size;
	bool whole;  /* line has its end */
	bool dry;    /* the file has no more */
	bool rewind; /* the file is to be given from its first byte on: player_rewound() */
	/* what comes next */
	struct cast_event event;
	bool have; /* an event waits for its time */
	struct drawing drawing;
	/* time, in microseconds */
	int64_t position; /* of the recording, at the moment `anchor` */
	int64_t anchor;	  /* of the clock; unused while it pauses */
	int64_t target;	  /* all before that comes at once */
	bool paused;
	bool barred;	/* the bar on the terminal is true */
	unsigned speed; /* index of the table of speeds */
	enum player_end end;
	/* for the terminal: [0, out_size) */
	char out[PLAYER_OUT_MAX];
	size_t out_size;
};

/* Before the first byte. now: microseconds of a clock that only goes on. */
void
player_begin(struct player *player, unsigned rows, unsigned columns, int64_t now);

/* Whether it takes bytes of the file now. */
bool
player_hungry(const struct player *player);

/* Takes some of them; returns how many. size 0: the file has ended. */
size_t
player_feed(struct player *player, const char *bytes, size_t size);

/* After player->rewind, before the file's first byte. */
void
player_rewound(struct player *player);

void
player_key(struct player *player, enum player_key key, int64_t now);

/*
 * Fills out with what is due, if it is empty; who calls takes it and sets out_size to 0. Returns
 * the microseconds until it is to be called again: 0 at once, -1 when a key or a byte comes.
 */
int64_t
player_step(struct player *player, int64_t now);

/* What is sent before the first, and after the last. */
extern const char player_opens[], player_closes[];

#endif
