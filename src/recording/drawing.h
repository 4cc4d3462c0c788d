/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What of a recorded output draws, and no more: who looks at a recording gets text, colours, the
 * cursor's moves and erasures, and nothing that asks the terminal, names it, copies into its
 * clipboard, resizes it, or goes on into what comes next (host-facts of DESIGN 10; ctlseqs of
 * xterm, ECMA-48).
 */
#ifndef RECORDING_DRAWING_H
#define RECORDING_DRAWING_H

#include <stddef.h>

enum { DRAWING_SEQUENCE_MAX = 128 };

/* Room for what size bytes become: ESC c, and a screen among modes, are the longest. */
#define DRAWING_ROOM(size) (4 * ((size) + DRAWING_SEQUENCE_MAX))

enum drawing_state {
	DRAWING_TEXT,	 /* between sequences */
	DRAWING_ESCAPE,	 /* behind ESC */
	DRAWING_CHARSET, /* behind ESC and what names a set's place */
	DRAWING_CONTROL, /* behind CSI */
	DRAWING_STRING,	 /* of a device, to ST */
	DRAWING_STRING_ESCAPE
};

/* All zero is the beginning. */
struct drawing {
	enum drawing_state state;
	char held[DRAWING_SEQUENCE_MAX]; /* of the sequence that has begun, from ESC on */
	size_t held_size;
};

/* size bytes of valid UTF-8, whole characters; out has DRAWING_ROOM(size). Returns the bytes
 * written. A sequence that is not whole is held for the next call. */
size_t
drawing_pass(struct drawing *drawing, const char *bytes, size_t size, char *out);

#endif
