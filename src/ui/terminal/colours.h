/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What each style looks like with the colours that a terminal has. Pure tables, without curses
 * (DESIGN 5.4, 5.5).
 */
#ifndef UI_TERMINAL_COLOURS_H
#define UI_TERMINAL_COLOURS_H

#include <stdbool.h>

#include "ui/terminal/style.h"

/* How a number is read. By value, 0xRRGGBB, there is no palette that a theme could redefine. */
enum colours { COLOURS_NONE, COLOURS_8, COLOURS_16, COLOURS_256, COLOURS_DIRECT, COLOURS_COUNT };

/* Bits. */
enum { COLOURS_BOLD = 1, COLOURS_REVERSE = 2, COLOURS_UNDERLINE = 4 };

struct colours_look {
	unsigned effects;
	bool coloured;	 /* else in the terminal's own two colours, whatever these are */
	int ink, ground; /* numbers of the palette, or values; -1: the terminal's own */
};

/*
 * What a terminal's terminfo says: how many colours, and whether they are values (RGB,
 * user_caps(5)).
 */
enum colours
colours_of(int count, bool rgb);

/*
 * no_color: the user wants none (NO_COLOR); the QR code keeps its two, for they are what it says.
 */
struct colours_look
colours_look(enum colours colours, enum style style, bool no_color);

#endif
