/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/colours.h"

#include <stddef.h>

enum { DIRECT_LEAST = 1 << 24 }; /* values of three bytes */

enum colours
colours_of(int count, bool rgb)
{
	if (rgb && count >= DIRECT_LEAST)
		return COLOURS_DIRECT;
	if (count >= 256)
		return COLOURS_256;
	if (count >= 16)
		return COLOURS_16;
	return count >= 8 ? COLOURS_8 : COLOURS_NONE;
}

/*
 * The roles. No colour has 4.5:1 (WCAG 2, 1.4.3) as text on black, white and both solarized
 * grounds at once: on solarized dark it must be lighter (luminance 0.27) than white lets it be
 * (0.18). So a role brings its ground with it; and where themes redefine all numbers (16, 8), it is
 * an effect on the terminal's own two colours. For the same reason what is dim has no colour, and
 * no dim effect either: that halves a contrast which may be 4.7 to begin with.
 */
static const struct {
	enum style style;
	struct colours_look look[COLOURS_COUNT];
} roles[] = {
	{ STYLE_BAR,
	    { [COLOURS_NONE] = { .effects = COLOURS_REVERSE },
		[COLOURS_8] = { .effects = COLOURS_REVERSE },
		[COLOURS_16] = { .effects = COLOURS_REVERSE },
		[COLOURS_256] = { 0, true, 231, 242 },
		[COLOURS_DIRECT] = { 0, true, 0xffffff, 0x6c6c6c } } },
	{ STYLE_FOCUS,
	    { [COLOURS_NONE] = { .effects = COLOURS_REVERSE | COLOURS_BOLD },
		[COLOURS_8] = { .effects = COLOURS_REVERSE | COLOURS_BOLD },
		[COLOURS_16] = { .effects = COLOURS_REVERSE | COLOURS_BOLD },
		[COLOURS_256] = { COLOURS_BOLD, true, 231, 26 },
		[COLOURS_DIRECT] = { COLOURS_BOLD, true, 0xffffff, 0x006fd6 } } },
	{ STYLE_ERROR,
	    { [COLOURS_NONE] = { .effects = COLOURS_BOLD },
		[COLOURS_8] = { .effects = COLOURS_BOLD },
		[COLOURS_16] = { .effects = COLOURS_BOLD },
		[COLOURS_256] = { COLOURS_BOLD, true, 231, 160 },
		[COLOURS_DIRECT] = { COLOURS_BOLD, true, 0xffffff, 0xdc2020 } } },
	/*
	 * Blanks that are underlined: a line, for which 3:1 will do (WCAG 2, 1.4.11), and that a
	 * hue exists for. What is typed there has the plain style: a key then costs 11 bytes.
	 */
	{ STYLE_FIELD_FOCUS,
	    { [COLOURS_NONE] = { .effects = COLOURS_UNDERLINE },
		[COLOURS_8] = { .effects = COLOURS_UNDERLINE },
		[COLOURS_16] = { .effects = COLOURS_UNDERLINE },
		[COLOURS_256] = { COLOURS_UNDERLINE, true, 33, -1 },
		[COLOURS_DIRECT] = { COLOURS_UNDERLINE, true, 0x0087ff, -1 } } },
	{ STYLE_DIM, { [COLOURS_NONE] = { .effects = 0 } } },
	/*
	 * Not black for the dark of a value: numbers below 8, and in some entries of terminfo
	 * (xterm-direct16, xterm-direct256) below 16 or 256, are the palette's even there.
	 */
	{ STYLE_QR_LIGHT,
	    { [COLOURS_NONE] = { .effects = COLOURS_REVERSE },
		[COLOURS_8] = { 0, true, 0, 7 },
		[COLOURS_16] = { 0, true, 0, 15 },
		[COLOURS_256] = { 0, true, 16, 231 },
		[COLOURS_DIRECT] = { 0, true, 0x010101, 0xffffff } } },
	{ STYLE_QR_DARK,
	    { [COLOURS_NONE] = { .effects = 0 },
		[COLOURS_8] = { 0, true, 7, 0 },
		[COLOURS_16] = { 0, true, 15, 0 },
		[COLOURS_256] = { 0, true, 231, 16 },
		[COLOURS_DIRECT] = { 0, true, 0xffffff, 0x010101 } } },
};

/* The other styles have no colour, whatever there is. */
static const unsigned effects[STYLE_COUNT] = {
	[STYLE_BOLD] = COLOURS_BOLD,
	[STYLE_GOOD] = COLOURS_BOLD,
	[STYLE_SIGN] = COLOURS_BOLD,
	[STYLE_KEY] = COLOURS_REVERSE,
	[STYLE_FIELD] = COLOURS_UNDERLINE,
	[STYLE_QR_OWN_LIGHT] = COLOURS_REVERSE,
};

struct colours_look
colours_look(enum colours colours, enum style style, bool no_color)
{
	if (no_color && style != STYLE_QR_LIGHT && style != STYLE_QR_DARK)
		colours = COLOURS_NONE;
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (roles[i].style == style)
			return roles[i].look[colours];
	return (struct colours_look){ .effects = effects[style] };
}
