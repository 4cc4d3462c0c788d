/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the terminal share; only they include <curses.h>. */
#ifndef UI_TERMINAL_TERMINAL_INSIDE_H
#define UI_TERMINAL_TERMINAL_INSIDE_H

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <signal.h>
#include <termios.h>

#include "client/crash.h"
#include "ui/terminal/decoder.h"
#include "ui/terminal/palette.h"
#include "ui/terminal/probe.h"
#include "ui/terminal/terminal.h"

enum {
	TERMINAL_BYTES = 4096, /* what a terminal's line holds at most */
	TERMINAL_KEYS = 16,
	TERMINAL_ANSWER_MS = 2000, /* how long an answer may come after it was asked for */
	TERMINAL_PASTE_MS = 3000,  /* a paste that pauses for longer, and goes on with a single key,
				      has lost its end */
	TERMINAL_BYTES_KEY =
	    5 /* what one key sends at most: shorter than the mark that ends a paste */
};

struct look {
	attr_t attributes;
	short pair;
};

struct terminal {
	FILE *in, *out;
	int fd, out_fd;
	SCREEN *screen;
	bool null;	  /* a golden screen's */
	bool wide_locale; /* curses can write UTF-8 */
	bool said_utf8;	  /* the locale says UTF-8 itself */
	bool utf8_locale; /* and the locale, where it says anything, says that the terminal reads it
			   */
	bool utf8;	  /* what the terminal is taken for now: it reads UTF-8, */
	bool ambiguous;	  /* but shows ambiguous characters two columns wide */
	bool garbled;	  /* it was shown what it does not read */
	bool closing;
	struct probe probe;
	bool swallows;	  /* of an OSC that it does not know it shows nothing */
	bool palette_due; /* its colours are to be asked for */
	bool palette_asked;
	struct palette palette;
	enum palette_choice choice;
	bool ansi; /* ESC [ is what it speaks */
	bool underlines;
	int colours;
	int qr_dark, qr_light; /* numbers of the palette, or PALETTE_NONE: there are none */
	bool by_value;	       /* they are none, but colours */
	struct look look[STYLE_COUNT];
	bool under; /* what is painted lies under a dialog */
	int cursor_y, cursor_x;
	struct termios before; /* as it was found */
	struct crash *crash;
	/* input */
	struct decoder decoder;
	struct decoder_key keys[TERMINAL_KEYS];
	size_t key_count;
	struct event ready[DECODER_EVENTS]; /* made and not yet taken: [next, ready_count) */
	unsigned next, ready_count;
	unsigned char
	    bytes[TERMINAL_BYTES]; /* read and not yet used: [at, end); wiped when used up */
	size_t at, end;
	bool down;	 /* nothing comes any more */
	int64_t asked;	 /* terminal_ms() of the last question; 0: all are answered */
	unsigned owed;	 /* answers to DA1, behind each lot of questions, that are still to come */
	int64_t read_at; /* terminal_ms() of the last bytes */
	bool person;	 /* they are one key after a silence */
	bool plain_keys; /* it takes terminal_keys_plain */
	bool osc52;
	bool tmux;
	const char *treated_as; /* its type, if that is not TERM's; else NULL */
};

/* --- terminal_setup.c ------------------------------------------------------- */

/* The UTF-8 locale, if there is one; messages are UTF-8 in any case. fallback: try C.UTF-8. */
void
terminal_locale(struct terminal *terminal, bool fallback);

/* Whether there is memory to read a terminal's description: curses does not look (6.4 reads into a
 * buffer that it did not get). */
bool
terminal_has_memory(void);

/* Whether it can be the name of a type: there is one, and it is not too long. */
bool
terminal_likely(const char *term);

/* Whether the host describes a terminal of that name. */
bool
terminal_known(const char *term);

/*
 * A type of the host's, or one like it that tells the truth: GNU screen picks "screen." and the
 * type outside, and some of these erase in colour, as that one does, and screen does not. The quiet
 * zone of a QR code, which is blanks, would be lost.
 */
const char *
terminal_honest(const char *type);

/* The TERM to use: its own, or what it is most like. */
const char *
terminal_type(const char *term);

/* Modes and keys of the screen that newterm() made. ERR_TERMINAL_CURSOR if it cannot place its
 * cursor. */
MUST_CHECK enum err
terminal_modes(struct terminal *terminal);

void
terminal_styles(struct terminal *terminal, bool no_color);

/* Whether a terminal of this type ignores modes of its keys that it does not know. */
bool
terminal_takes_key_modes(const char *type);

/* Whether a terminal of this type shows nothing of an OSC that it does not know, and sends it to no
 * other terminal. */
bool
terminal_swallows(const char *type);

/* --- terminal_keys.c -------------------------------------------------------- */

/* Learns the keys of this type of terminal. */
void
terminal_keys(struct terminal *terminal);

/*
 * What takes the number pad and the cursor keys out of application mode, "" if nothing does: there
 * PuTTY's Num Lock sends what F1 is elsewhere, and nobody could tell them apart.
 */
const char *
terminal_keys_pad(void);

/* Asks for keys as they are sent without the kitty protocol and modifyOtherKeys; and gives back. */
extern const char terminal_keys_plain[], terminal_keys_back[];

/* --- terminal_input.c ------------------------------------------------------- */

/* Milliseconds of CLOCK_MONOTONIC. */
int64_t
terminal_ms(void);

/* --- terminal_probe.c ------------------------------------------------------- */

/* Asks what the terminal makes of UTF-8, and what it is (DA1), before the first picture. */
void
terminal_ask(struct terminal *terminal);

/*
 * Asks what the first picture did not need to know, once it may be asked: which colours its numbers
 * stand for; and how wide U+2584 is: in the middle of a picture, so with a key that changes it
 * anyway.
 */
void
terminal_ask_more(struct terminal *terminal);

/* A report of the terminal has come: the answer to one of our questions, or not. */
void
terminal_report(struct terminal *terminal, const struct sequence *report);

/* Before a picture: makes what is known by now hold for it. */
void
terminal_judge(struct terminal *terminal);

/* --- terminal_change.c ------------------------------------------------------ */

/*
 * After wnoutrefresh(stdscr), what doupdate() does: but a few letters that are underlined under the
 * cursor, or plain and far from it, take fewer bytes than curses would. Whatever it does, curses
 * knows of it.
 */
void
terminal_update(struct terminal *terminal);

/* --- terminal_crash.c ------------------------------------------------------- */

/* From here on SIGSEGV and its like give the terminal back. NULL if there is no memory: then they
 * do not. */
struct crash *
terminal_crash_arm(const struct terminal *terminal);

#endif
