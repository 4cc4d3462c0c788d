/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locale, type, modes, keys and colours (DESIGN 5.5). */
#include "ui/terminal/terminal_inside.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

#include "ui/terminal/colours.h"

enum { TYPE_SIZE = 128 }; /* a longer name is no terminal's */

static bool
is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* What says nothing: LANG unset, C, or a locale that this host does not have. */
static bool
is_ascii(void)
{
	return strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") == 0;
}

void
terminal_locale(struct terminal *terminal, bool fallback)
{
	terminal->said_utf8 = is_utf8();
	terminal->utf8_locale = is_utf8() || (fallback && is_ascii());
	if (!is_utf8() && fallback && setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		setlocale(LC_CTYPE, "C");
	/* Whatever the locale is: text here is UTF-8, and terminal_put() makes ASCII of it where it
	 * must. */
	bind_textdomain_codeset(textdomain(NULL), "UTF-8");
	terminal->wide_locale = is_utf8();
	terminal_judge(terminal);
}

bool
terminal_has_memory(void)
{
	enum {
		ROOM = 100 * 1024
	}; /* an entry of terminfo (32 KiB at most) thrice, its file's buffer */
	void *volatile room = malloc(ROOM);

	free(room);
	return room != NULL;
}

bool
terminal_likely(const char *term)
{
	return term != NULL && *term != '\0' && strlen(term) < TYPE_SIZE;
}

/* Reads what the host says of a type, to be asked and given to del_curterm(); false if it does not
 * know it. */
static bool
describe(const char *term)
{
	int result = 0;

	return terminal_likely(term) && setupterm(term, STDOUT_FILENO, &result) == OK;
}

bool
terminal_known(const char *term)
{
	if (!describe(term))
		return false;
	del_curterm(cur_term);
	return true;
}

const char *
terminal_type(const char *term)
{
	static const char *const like_xterm[] = { "xterm", "ghostty", "foot", "alacritty", "kitty",
		"wezterm", "putty" };

	if (terminal_known(term))
		return term;
	for (size_t i = 0; term != NULL && i < sizeof like_xterm / sizeof like_xterm[0]; i++)
		if (strncmp(term, like_xterm[i], strlen(like_xterm[i])) == 0)
			return "xterm-256color";
	return "vt100";
}

const char *
terminal_honest(const char *type)
{
	bool erases_in_colour, many;

	if (strncmp(type, "screen.", strlen("screen.")) != 0 || !describe(type))
		return type;
	erases_in_colour = tigetflag("bce") > 0;
	many = tigetnum("colors") >= 256;
	del_curterm(cur_term);
	if (!erases_in_colour)
		return type;
	return many && terminal_known("screen-256color") ? "screen-256color" : "screen";
}

bool
terminal_moves_cursor(const char *term)
{
	const char *address;

	if (!terminal_has_memory())
		return true; /* terminal_open() says so */
	if (!describe(term) && !describe(terminal_type(term)))
		return false;
	address = tigetstr("cup");
	/* (char *)-1: no such capability; NULL: not of this terminal. */
	bool moves = address != NULL && address != (const char *)-1;
	del_curterm(cur_term);
	return moves;
}

bool
terminal_takes_key_modes(const char *type)
{
	/* Old ones print what they do not know (the Linux console before '<' and '>' were passed
	 * over); none of these has the modes. */
	static const char *const without[] = { "linux", "vt", "ansi", "cons", "pc", "sun", "at386",
		"hurd", "mach", "dumb" };

	for (size_t i = 0; i < sizeof without / sizeof without[0]; i++)
		if (strncmp(type, without[i], strlen(without[i])) == 0)
			return false;
	return true;
}

bool
terminal_swallows(const char *type)
{
	/* GNU screen asks the terminal outside for its paper (OSC 11), and hands on what that
	 * answers when it likes; Emacs' term-mode before 27 knows no OSC. */
	return terminal_takes_key_modes(type) && strncmp(type, "screen", strlen("screen")) != 0 &&
	    strncmp(type, "eterm", strlen("eterm")) != 0;
}

enum err
terminal_modes(struct terminal *terminal)
{
	raw();
	noecho();
	nonl();
	/* Never cut a refresh short because of typed keys: a secret might stay on the screen. */
	typeahead(-1);
	scrollok(stdscr, FALSE);
	curs_set(1);
	terminal_keys(terminal);
	if (cursor_address == NULL)
		return ERR_TERMINAL_CURSOR;
	terminal->underlines = enter_underline_mode != NULL;
	terminal->ansi = strncmp(cursor_address, "\033[", 2) == 0;
	/* The others may send their keys only when they are asked to. */
	keypad(stdscr, !terminal->ansi);
	return ERR_OK;
}

/* --- colours ----------------------------------------------------------------- */

/* RGB may be a flag, a number or a text (user_caps(5)); each asked for as another kind is -1, or
 * (char *)-1. */
static bool
has_rgb(void)
{
	const char *text = tigetstr("RGB");

	return tigetflag("RGB") > 0 || tigetnum("RGB") > 0 ||
	    (text != NULL && text != (const char *)-1);
}

/*
 * Pairs are numbered as styles are, from 1. A golden screen shows nothing: there each style gets
 * one, so that the picture says which it is.
 */
static struct look
make_look(const struct terminal *terminal, struct colours_look from, enum style style)
{
	struct look look = { A_NORMAL, 0 };
	int pair = (int)style + 1;

	if (terminal->null && terminal->colours > 0) {
		look.pair = style == STYLE_PLAIN ? 0 : (short)pair;
		return look;
	}
	if (from.coloured && init_extended_pair(pair, from.ink, from.ground) == OK)
		look.pair = (short)pair;
	else if (from.coloured) /* one with fewer pairs than styles */
		from = colours_look(COLOURS_NONE, style, false);
	if (from.effects & COLOURS_BOLD)
		look.attributes |= A_BOLD;
	if (from.effects & COLOURS_REVERSE)
		look.attributes |= A_REVERSE;
	if (from.effects & COLOURS_UNDERLINE)
		look.attributes |= A_UNDERLINE;
	return look;
}

/* What the QR code is drawn with: numbers of a palette, values, or neither. */
static void
know_qr(struct terminal *terminal, enum colours colours, bool no_color)
{
	struct colours_look look = colours_look(colours, STYLE_QR_LIGHT, no_color);
	bool numbers = terminal->look[STYLE_QR_LIGHT].pair != 0 && colours != COLOURS_DIRECT;

	terminal->by_value = colours == COLOURS_DIRECT;
	terminal->qr_dark = numbers ? look.ink : PALETTE_NONE;
	terminal->qr_light = numbers ? look.ground : PALETTE_NONE;
}

void
terminal_styles(struct terminal *terminal, bool no_color)
{
	enum colours colours = COLOURS_NONE;

	terminal->colours = 0;
	if (has_colors() && start_color() == OK) {
		/* Else curses paints all that has no colour in grey on black. */
		use_default_colors();
		terminal->colours = COLORS;
		colours = colours_of(COLORS, has_rgb());
	}
	for (enum style style = STYLE_PLAIN; style < STYLE_COUNT; style++)
		terminal->look[style] = make_look(terminal, colours_look(colours, style, no_color),
		    style);
	know_qr(terminal, colours, no_color);
}
