/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Locale, type, modes, keys and colours (DESIGN 5.5). */
#include "ui/terminal_inside.h"

#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

static bool
is_utf8(void)
{
	return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool
terminal_locale(bool fallback)
{
	if (!is_utf8() && fallback && setlocale(LC_CTYPE, "C.UTF-8") == NULL)
		setlocale(LC_CTYPE, "C");
	/* Whatever the locale is: text here is UTF-8, and terminal_put() makes ASCII of it where it
	 * must. */
	bind_textdomain_codeset(textdomain(NULL), "UTF-8");
	return is_utf8();
}

bool
terminal_known(const char *term)
{
	int result = 0;

	if (setupterm(term, STDOUT_FILENO, &result) != OK)
		return false;
	del_curterm(cur_term);
	return true;
}

const char *
terminal_type(const char *term)
{
	static const char *const like_xterm[] = { "xterm", "ghostty", "foot", "alacritty", "kitty",
		"wezterm", "putty" };

	if (term != NULL && *term != '\0' && strlen(term) < 128 && terminal_known(term))
		return term;
	for (size_t i = 0; term != NULL && i < sizeof like_xterm / sizeof like_xterm[0]; i++)
		if (strncmp(term, like_xterm[i], strlen(like_xterm[i])) == 0)
			return "xterm-256color";
	return "vt100";
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
	keypad(stdscr, TRUE);
	terminal_keys(terminal);
	if (cursor_address == NULL)
		return ERR_TERMINAL_CURSOR;
	terminal->ansi = strncmp(cursor_address, "\033[", 2) == 0;
	return ERR_OK;
}

/* --- colours ----------------------------------------------------------------- */

enum { PAIR_LIGHT = 1, PAIR_DARK, PAIR_FOCUS, PAIR_ERROR, PAIR_GOOD };

enum { ACCENT_256 = 32 }; /* a blue that reads on black and on white */

/* The two colours of the QR code: fixed ones where there are any, since themes redefine the first
 * sixteen. */
static void
qr_pairs(struct terminal *terminal)
{
	short dark = terminal->colours >= 256 ? 16 : 0;
	short light = terminal->colours >= 256 ? 231 : terminal->colours >= 16 ? 15 : 7;

	if (terminal->colours >= 8 && init_pair(PAIR_LIGHT, dark, light) == OK &&
	    init_pair(PAIR_DARK, light, dark) == OK) {
		terminal->look[STYLE_QR_LIGHT].pair = PAIR_LIGHT;
		terminal->look[STYLE_QR_DARK].pair = PAIR_DARK;
	} else {
		terminal->look[STYLE_QR_LIGHT].attributes = A_REVERSE;
	}
}

static void
word_pairs(struct terminal *terminal)
{
	short ground = use_default_colors() == OK ? -1 : 0;

	init_pair(PAIR_ERROR, COLOR_RED, ground);
	init_pair(PAIR_GOOD, COLOR_GREEN, ground);
	terminal->look[STYLE_ERROR].pair = PAIR_ERROR;
	terminal->look[STYLE_GOOD].pair = PAIR_GOOD;
	if (terminal->colours >= 256) {
		init_pair(PAIR_FOCUS, ACCENT_256, ground);
		terminal->look[STYLE_FOCUS].pair = PAIR_FOCUS;
	}
}

void
terminal_styles(struct terminal *terminal, bool no_color)
{
	static const struct look plain[STYLE_COUNT] = { [STYLE_BOLD] = { A_BOLD, 0 },
		[STYLE_DIM] = { A_DIM, 0 },
		[STYLE_FOCUS] = { A_REVERSE, 0 },
		[STYLE_ERROR] = { A_BOLD, 0 },
		[STYLE_GOOD] = { A_BOLD, 0 } };

	memcpy(terminal->look, plain, sizeof plain);
	terminal->colours = 0;
	if (has_colors() && start_color() == OK)
		terminal->colours = COLORS;
	qr_pairs(terminal);
	if (!no_color && terminal->colours >= 8)
		word_pairs(terminal);
}
