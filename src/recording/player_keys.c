/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recording/player_keys.h"

#include <stdbool.h>

enum { ESC = 0x1b, CONTROL_C = 0x03, SEQUENCE_MAX = 16 };

static const struct {
	char byte;
	enum player_key key;
} plain[] = { { ' ', PLAYER_PAUSE }, { 'p', PLAYER_PAUSE }, { '+', PLAYER_FASTER },
	{ '=', PLAYER_FASTER }, { '-', PLAYER_SLOWER }, { '\r', PLAYER_NEXT },
	{ '\n', PLAYER_NEXT }, { 'q', PLAYER_QUIT }, { 'Q', PLAYER_QUIT },
	{ CONTROL_C, PLAYER_QUIT } };

/* Behind ESC [ or ESC O. */
static const struct {
	char byte;
	enum player_key key;
} arrows[] = { { 'A', PLAYER_FASTER }, { 'B', PLAYER_SLOWER }, { 'C', PLAYER_FORWARD },
	{ 'D', PLAYER_BACK } };

static enum player_key
take_plain(char byte)
{
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		if (plain[i].byte == byte)
			return plain[i].key;
	return PLAYER_NONE;
}

static enum player_key
take_final(char byte)
{
	for (size_t i = 0; i < sizeof arrows / sizeof *arrows; i++)
		if (arrows[i].byte == byte)
			return arrows[i].key;
	return PLAYER_NONE;
}

enum player_key
player_keys_take(struct player_keys *keys, char byte)
{
	bool opened = keys->size >= 2;

	if (byte == ESC) {
		keys->size = 1;
		return PLAYER_NONE;
	}
	if (keys->size == 0)
		return take_plain(byte);
	if (keys->size == 1 && (byte == '[' || byte == 'O')) {
		keys->size = 2;
		return PLAYER_NONE;
	}
	if (opened && byte >= 0x20 && byte <= 0x3f && keys->size < SEQUENCE_MAX) {
		keys->size++;
		return PLAYER_NONE;
	}
	keys->size = 0;
	return opened ? take_final(byte) : PLAYER_NONE;
}

enum player_key
player_keys_alone(struct player_keys *keys)
{
	bool escape = keys->size == 1;

	keys->size = 0;
	return escape ? PLAYER_QUIT : PLAYER_NONE;
}
