/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the terminal share; only they include <curses.h>. */
#ifndef UI_TERMINAL_INSIDE_H
#define UI_TERMINAL_INSIDE_H

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <signal.h>
#include <termios.h>

#include "ui/terminal.h"

enum {
	TERMINAL_ESC = 0x1b,
	TERMINAL_CODE_ANSWER = EVENT_CODE_PASTE_END + 1, /* ESC [ ?: the terminal answers */
	TERMINAL_CODE_OTHER,   /* the beginning of something else that is no key: a mouse */
	TERMINAL_BYTES = 4096, /* what a terminal's line holds at most */
	TERMINAL_KEYS = 64,
	TERMINAL_KEY_SIZE = 16,
	TERMINAL_SECONDS_ANSWER = 2, /* how long an answer may come after it was asked for */
	TERMINAL_SECONDS_PASTE =
	    3, /* a paste that pauses for longer, and goes on with a single key, has lost its end */
	TERMINAL_BYTES_KEY =
	    5 /* what one key sends at most: shorter than the mark that ends a paste */
};

/* How the bytes after ESC [ are being read. */
enum terminal_skip { SKIP_NONE, SKIP_SEQUENCE, SKIP_ANSWER };

struct terminal_crash;

struct look {
	attr_t attributes;
	short pair;
};

/* The bytes of a key, and what it is: enum key, EVENT_CODE_ or TERMINAL_CODE_. */
struct key_bytes {
	char bytes[TERMINAL_KEY_SIZE];
	size_t length;
	int code;
};

struct terminal {
	FILE *in, *out;
	int fd, out_fd;
	SCREEN *screen;
	bool null; /* a golden screen's */
	bool utf8;
	bool ansi; /* ESC [ is what it speaks */
	int colours;
	struct look look[STYLE_COUNT];
	int cursor_y, cursor_x;
	struct termios before; /* as it was found */
	struct terminal_crash *crash;
	/* input */
	struct decoder decoder;
	struct event ready; /* the second event of a code, if .type says so */
	struct key_bytes keys[TERMINAL_KEYS];
	size_t key_count;
	unsigned char
	    bytes[TERMINAL_BYTES]; /* read and not yet used: [at, end); wiped when used up */
	size_t at, end;
	bool down; /* nothing comes any more */
	enum terminal_skip skip;
	unsigned number;   /* parameter of the answer being read */
	int64_t asked;	   /* CLOCK_MONOTONIC when DA1 was asked; 0: not, or answered */
	int64_t last_read; /* CLOCK_MONOTONIC of the last bytes */
	bool person;	   /* they are one key after a silence */
	bool osc52;
};

/* --- terminal_setup.c ------------------------------------------------------- */

/* The UTF-8 locale, if there is one; messages are UTF-8 in any case. fallback: try C.UTF-8. Returns
 * whether text may be UTF-8. */
bool
terminal_locale(bool fallback);

/* Whether the host describes a terminal of that name. */
bool
terminal_known(const char *term);

/* The TERM to use: its own, or what it is most like. */
const char *
terminal_type(const char *term);

/* Modes and keys of the screen that newterm() made. ERR_TERMINAL_CURSOR if it cannot place its
 * cursor. */
MUST_CHECK enum err
terminal_modes(struct terminal *terminal);

void
terminal_styles(struct terminal *terminal, bool no_color);

/* --- terminal_keys.c -------------------------------------------------------- */

/* Learns the keys of this type of terminal, and those that all send. */
void
terminal_keys(struct terminal *terminal);

/* Whether bytes are there; if not, waits so many milliseconds for some. */
bool
terminal_fill(struct terminal *terminal, int milliseconds);

/*
 * Takes the next key, whole, or the next byte. Returns whether there was one. *ret_is_key: whether
 * *ret_code is a key's code; else it is a byte. An ESC that may begin a key waits for the rest as
 * long as ESCDELAY says.
 */
bool
terminal_take(struct terminal *terminal, int *ret_code, bool *ret_is_key);

/* --- terminal_crash.c ------------------------------------------------------- */

/* From here on SIGSEGV and its like give the terminal back. NULL if there is no memory: then they
 * do not. */
struct terminal_crash *
terminal_crash_arm(const struct terminal *terminal);

void
terminal_crash_disarm(struct terminal_crash *crash);

#endif
