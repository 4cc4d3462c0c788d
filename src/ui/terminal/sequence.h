/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a terminal sends, cut into plain bytes and control sequences (ECMA-48, 5.3 to 5.6), and what
 * terminals send beside that standard: SS3 keys, the Linux console's ESC [ [ A, rxvt's ESC [ 3 $,
 * and the mouse of X10 and of mode 1005. Pure: a table of rules, a byte at a time; it knows no keys
 * and no time, and whoever feeds it tells it when the rest of something does not come.
 */
#ifndef UI_TERMINAL_SEQUENCE_H
#define UI_TERMINAL_SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>

enum { SEQUENCE_NUMBERS = 32, SEQUENCE_SUBS = 3, SEQUENCE_RAW = 16, SEQUENCE_TEXT = 40 };

enum sequence_kind {
	SEQUENCE_ESCAPE, /* ESC and .final, which is any byte: Alt and a key */
	SEQUENCE_CSI,	 /* ESC [ ... .final */
	SEQUENCE_SS3,	 /* ESC O .final, or ESC O number .final */
	SEQUENCE_LINUX,	 /* ESC [ [ .final */
	SEQUENCE_MOUSE,	 /* ESC [ M and three characters */
	SEQUENCE_STRING	 /* OSC, DCS, APC, PM, SOS, to ST or BEL: .mark and .text */
};

/* How far a sequence has come. */
enum sequence_state {
	SEQUENCE_AT_GROUND,
	SEQUENCE_AT_ESCAPE,
	SEQUENCE_AT_ESCAPE_MORE,
	SEQUENCE_AT_CSI_FIRST,
	SEQUENCE_AT_CSI_ONE, /* one number, no mark before it */
	SEQUENCE_AT_CSI,
	SEQUENCE_AT_SS3,
	SEQUENCE_AT_LINUX,
	SEQUENCE_AT_MOUSE,
	SEQUENCE_AT_STRING,
	SEQUENCE_AT_STRING_ESCAPE,
	SEQUENCE_STATES
};

/* What a byte has brought. */
enum sequence_found {
	SEQUENCE_MORE,	   /* taken; nothing is complete */
	SEQUENCE_PLAIN,	   /* the byte is of no sequence; one that was open is dropped */
	SEQUENCE_LONE_ESC, /* taken, and an ESC before it was a key of its own */
	SEQUENCE_WHOLE	   /* a sequence is complete: read it, then sequence_reset() */
};

struct sequence {
	enum sequence_state state;
	enum sequence_kind kind;
	bool no_mouse;	    /* ESC [ M is a key on this terminal (SCO's F1); stays */
	unsigned escapes;   /* ESC before it: 1, or 2 (Alt and a key, or the key Esc before it) */
	unsigned char mark; /* '<' to '?' after ESC [, or 0; of a string the byte after ESC */
	unsigned char between; /* the last intermediate byte, or 0 */
	unsigned char final;
	size_t count;					  /* of numbers; those left out are 0 */
	size_t sub;					  /* of the last number */
	unsigned number[SEQUENCE_NUMBERS][SEQUENCE_SUBS]; /* a number and what follows it by ':' */
	unsigned left;			   /* characters of a mouse report still to come */
	bool lead;			   /* the last of them was the first of two bytes */
	unsigned char raw[SEQUENCE_RAW];   /* the bytes themselves, as far as they fit */
	size_t length;			   /* of them; more than SEQUENCE_RAW: they did not fit */
	unsigned char text[SEQUENCE_TEXT]; /* a string, as far as it fits */
	size_t text_length;		   /* of it; more than SEQUENCE_TEXT: it did not fit */
};

enum sequence_found
sequence_feed(struct sequence *sequence, unsigned char byte);

/* Drops what is open, and wipes it: what is typed may come as numbers. */
void
sequence_reset(struct sequence *sequence);

/* The first part of a number, counted from 0; `missing` where it was left out or is 0. */
unsigned
sequence_number(const struct sequence *sequence, size_t index, unsigned missing);

#endif
