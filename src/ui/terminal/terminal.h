/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The terminal: taken once, and always given back (cooked mode, cursor, main screen) on every way
 * out. All painting goes through here, in valid UTF-8 that text_show() has passed or that is ours;
 * colours, marks and glyphs fall back to what the terminal has (DESIGN 5.5).
 */
#ifndef UI_TERMINAL_TERMINAL_H
#define UI_TERMINAL_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/err.h"
#include "ui/terminal/event.h"
#include "ui/terminal/rect.h"
#include "ui/terminal/style.h"

struct terminal;

/*
 * Takes the terminal of in/out (descriptors; both must be terminals, else ERR_TERMINAL): locale
 * fallback to C.UTF-8, TERM fallback to xterm-256color or vt100, LINES and COLUMNS ignored, ESC
 * delay 100 ms, bracketed paste; asks what it makes of UTF-8, and DA1, and does not wait for the
 * answers. NO_COLOR: no colours but the QR code's. The caller gives it to terminal_close().
 */
MUST_CHECK enum err
terminal_open(int in, int out, struct terminal **ret_terminal);

/* Whether a terminal of that type can place its cursor; NULL or unknown: of the type that is taken
 * instead. To be asked while no terminal is open. */
bool
terminal_moves_cursor(const char *term);

/*
 * For golden screens: no terminal at all, type `term` on /dev/null, of that size. UTF-8 or ASCII as
 * the locale that is set now (setlocale(LC_ALL, "C.UTF-8") or "C").
 */
MUST_CHECK enum err
terminal_open_null(const char *term, int rows, int columns, struct terminal **ret_terminal);

/*
 * Before somebody else asks on this terminal: waits for the answers that are still to come, two
 * seconds at most, and forgets what was typed. ERR_ENDED: ^C was; ERR_TERMINAL: the line is down.
 */
MUST_CHECK enum err
terminal_settle(struct terminal *terminal);

/* Overwrites the screen if it held a secret, leaves the alternate screen, cooked mode; NULL is
 * ignored; wipes curses' buffers. */
void
terminal_close(struct terminal *terminal);

void
terminal_size(const struct terminal *terminal, int *ret_rows, int *ret_columns);

/*
 * Whether it shows characters beside ASCII's, ours one column wide: where the locale does not say
 * UTF-8, ASCII and two blanks a module of the QR code until it has told so. An answer, or its lack,
 * changes that for the next picture (terminal_erase()).
 */
bool
terminal_utf8(const struct terminal *terminal);

/* Milliseconds until the next picture may be another though nothing comes; -1: never. */
int
terminal_wait(const struct terminal *terminal);

int
terminal_colours(const struct terminal *terminal);

/* Whether the terminal said, by DA1, that it takes OSC 52. */
bool
terminal_osc52(const struct terminal *terminal);

/* Whether it is tmux, as far as the environment tells. */
bool
terminal_tmux(const struct terminal *terminal);

/* The type that it is treated as, where this host does not know its own, or TERM says nothing;
 * else NULL. */
const char *
terminal_treated_as(const struct terminal *terminal);

int
terminal_fd(const struct terminal *terminal);

/* Whether it has a title (OSC 2), or shows nothing of one. */
bool
terminal_titled(const struct terminal *terminal);

/* Seconds of CLOCK_MONOTONIC: how long ago something was, whatever is done to the clock. */
int64_t
terminal_clock(void);

/*
 * Next event of what the terminal has sent; EVENT_NONE when nothing is left, or after 64 KiB that
 * were no event (terminal_holds()). Answers to our questions are eaten here. ERR_KEEPER_GONE is
 * never returned; ERR_TERMINAL: the line is down (POLLIN that yields nothing).
 */
MUST_CHECK enum err
terminal_read(struct terminal *terminal, struct event *ret_event);

/* Whether bytes were read that terminal_read() has made no event of yet: poll() does not see them.
 */
bool
terminal_holds(const struct terminal *terminal);

/* After SIGWINCH: asks for the size anew; of more than 1000 rows or columns only so many are used.
 */
void
terminal_resized(struct terminal *terminal);

/* --- painting; clipped to the screen, never fails ------------------------- */

void
terminal_erase(struct terminal *terminal);

/* Whether what is painted from now on lies under a dialog: it looks as if nothing in it had the
 * focus, which is in the dialog alone (DESIGN 5.4). */
void
terminal_under(struct terminal *terminal, bool under);

/* Text (valid UTF-8) at y, x, at most columns of it. Returns columns used. */
int
terminal_put(struct terminal *terminal, int y, int x, int columns, enum style style,
    const char *text);

/* Blanks of a style, all over rect. */
void
terminal_fill(struct terminal *terminal, struct rect rect, enum style style);

/* Whether it can underline: else fields need brackets. */
bool
terminal_underlines(const struct terminal *terminal);

/*
 * One cell of the QR code: style STYLE_QR_..., half: the glyph U+2584 instead of a blank. Where the
 * terminal has told that another pair of its colours is the better one, or that dark is light, it
 * is drawn so (palette.h); an answer changes that for the next picture, as terminal_utf8() does.
 */
void
terminal_qr_cell(struct terminal *terminal, int y, int x, enum style style, bool half);

/* Whether STYLE_QR_LIGHT and _DARK are the terminal's own two colours now, and STYLE_QR_OWN_...
 * those of its palette. */
bool
terminal_qr_own(const struct terminal *terminal);

/* A box with blanks inside, for dialogs. */
void
terminal_box(struct terminal *terminal, struct rect rect);

/* Where the cursor stands, visible, after terminal_show(). */
void
terminal_cursor(struct terminal *terminal, int y, int x);

/* Shows what was painted. full: everything anew (^L). */
void
terminal_show(struct terminal *terminal, bool full);

/* Overwrites every cell with blanks and shows it: before leaving a screen that showed a secret. */
void
terminal_overwrite(struct terminal *terminal);

/*
 * Lends the terminal to a command: the main screen, in raw modes, and nothing of ours in force.
 * *ret_out: where what the command writes goes; what is typed comes from terminal_fd().
 */
MUST_CHECK enum err
terminal_lend(struct terminal *terminal, int *ret_out);

/* Takes it back, whatever state it was left in; what was typed at the command, and answers to it
 * that are still under way, are dropped. The next picture is drawn anew. */
MUST_CHECK enum err
terminal_take_back(struct terminal *terminal);

/* Bytes straight to the terminal after what was painted: one write (OSC 52). */
MUST_CHECK enum err
terminal_send(struct terminal *terminal, const char *bytes, size_t length);

/*
 * What stands in a cell, for golden screens, in buf (at least 32 bytes): its UTF-8 text (none for
 * the right half of a wide character), and as the last byte its style's mark: ' ' plain, 'u'
 * field, 'k' key, 'b' bold, 'd' dim, 'r' bar, 'f' focus, '!' error, '+' good, 'L' and 'D' QR, 'l'
 * and 'o' QR in the terminal's own colours.
 */
void
terminal_cell(const struct terminal *terminal, int y, int x, char *buf, size_t size);

#endif
