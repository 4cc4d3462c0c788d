/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of who looks at a recording, from bytes of any terminal. */
#ifndef RECORDING_PLAYER_KEYS_H
#define RECORDING_PLAYER_KEYS_H

#include <stddef.h>

enum player_key {
	PLAYER_NONE,
	PLAYER_PAUSE,	/* Space */
	PLAYER_FASTER,	/* +, Up */
	PLAYER_SLOWER,	/* -, Down */
	PLAYER_FORWARD, /* Right: ten seconds */
	PLAYER_BACK,	/* Left */
	PLAYER_NEXT,	/* Enter: to what was shown next */
	PLAYER_QUIT	/* q, Esc, ^C */
};

/* All zero is the beginning. */
struct player_keys {
	size_t size; /* bytes of a sequence that has begun */
};

/* One byte more. */
enum player_key
player_keys_take(struct player_keys *keys, char byte);

/* Nothing came for a moment: an ESC alone was the key itself. */
enum player_key
player_keys_alone(struct player_keys *keys);

#endif
