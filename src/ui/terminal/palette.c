/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/palette.h"

#include <stdio.h>
#include <string.h>

enum { OSC_PALETTE = 4, OSC_INK = 10, OSC_PAPER = 11, PARTS = 3, PARTS_ALPHA = 4, DIGITS = 4 };

/*
 * From GOOD on, the QR code stays in its two colours: the contrast of text (WCAG 2, 1.4.3), and
 * scanners read less. Below LEAST none reads it, so any other two are better.
 */
static const double GOOD = 4.5, LEAST = 2;

/* --- questions --------------------------------------------------------------- */

/*
 * One number a question, as some (st) read no more; and BEL, not ST, for terminals end their answer
 * as the question ended, and rxvt-unicode's ST has lost its second byte: an ESC, which is a key.
 */
size_t
palette_ask(struct palette *palette, int dark, int light, char buf[PALETTE_QUESTIONS_SIZE])
{
	size_t used = 0;

	*palette = (struct palette){ .number = { dark, light } };
	for (int i = PALETTE_DARK; i < PALETTE_COLOURS; i++)
		palette->owed[i] = i >= PALETTE_INK || dark != PALETTE_NONE;
	if (dark != PALETTE_NONE)
		used = (size_t)snprintf(buf, PALETTE_QUESTIONS_SIZE, "\033]%d;%d;?\a\033]%d;%d;?\a",
		    OSC_PALETTE, dark, OSC_PALETTE, light);
	return used +
	    (size_t)snprintf(buf + used, PALETTE_QUESTIONS_SIZE - used, "\033]%d;?\a\033]%d;?\a",
		OSC_INK, OSC_PAPER);
}

/* --- answers ----------------------------------------------------------------- */

/* What is still to be read of an answer. */
struct rest {
	const unsigned char *at, *end;
};

static bool
take(struct rest *rest, const char *want)
{
	size_t length = strlen(want);

	if ((size_t)(rest->end - rest->at) < length || memcmp(rest->at, want, length) != 0)
		return false;
	rest->at += length;
	return true;
}

/* A decimal number of up to DIGITS digits, and the ';' behind it. */
static bool
take_number(struct rest *rest, int *ret_number)
{
	int number = 0, digits = 0;

	while (rest->at < rest->end && digits < DIGITS && *rest->at >= '0' && *rest->at <= '9') {
		number = number * 10 + *rest->at++ - '0';
		digits++;
	}
	if (digits == 0 || !take(rest, ";"))
		return false;
	*ret_number = number;
	return true;
}

static int
hex(unsigned char byte)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = strchr(digits, byte >= 'A' && byte <= 'F' ? byte - 'A' + 'a' : byte);

	return found != NULL && byte != '\0' ? (int)(found - digits) : -1;
}

/* One to four digits: a share of the greatest number that has so many (XParseColor(3)). */
static bool
take_share(struct rest *rest, double *ret_share)
{
	int value = 0, most = 0;

	for (int i = 0; i < DIGITS && rest->at < rest->end && hex(*rest->at) >= 0; i++) {
		value = value * 16 + hex(*rest->at++);
		most = most * 16 + 15;
	}
	if (most == 0)
		return false;
	*ret_share = (double)value / most;
	return true;
}

/* rgb:R/G/B, or rgba:R/G/B/A, and nothing behind it. */
static bool
take_colour(struct rest *rest, double parts[PARTS])
{
	bool alpha = take(rest, "rgba:");
	double share;

	if (!alpha && !take(rest, "rgb:"))
		return false;
	for (int i = 0; i < (alpha ? PARTS_ALPHA : PARTS); i++) {
		if ((i > 0 && !take(rest, "/")) || !take_share(rest, &share))
			return false;
		if (i < PARTS)
			parts[i] = share;
	}
	return rest->at == rest->end;
}

/* x to the power of 2.4, for x from 0 to 1; by hand, since libm is nothing else's here and would be
 * loaded at each start. Newton's way to the fifth root of x * x, from above. */
static double
power_2_4(double x)
{
	double root = 1;

	for (int i = 0; i < 40; i++)
		root -= (root - x * x / (root * root * root * root)) / 5;
	return x * x * root;
}

static double
linear(double part)
{
	return part <= 0.03928 ? part / 12.92 : power_2_4((part + 0.055) / 1.055);
}

/* Which colour it tells of; PALETTE_COLOURS: none that was asked for. */
static int
told_of(const struct palette *palette, struct rest *rest)
{
	int code, number;

	if (!take_number(rest, &code))
		return PALETTE_COLOURS;
	if (code == OSC_INK || code == OSC_PAPER)
		return code == OSC_INK ? PALETTE_INK : PALETTE_PAPER;
	if (code != OSC_PALETTE || !take_number(rest, &number))
		return PALETTE_COLOURS;
	if (number == palette->number[PALETTE_DARK])
		return PALETTE_DARK;
	return number == palette->number[PALETTE_LIGHT] ? PALETTE_LIGHT : PALETTE_COLOURS;
}

void
palette_report(struct palette *palette, const struct sequence *report)
{
	struct rest rest;
	double part[PARTS];
	int colour;

	if (report->kind != SEQUENCE_STRING || report->mark != ']' ||
	    report->text_length > SEQUENCE_TEXT)
		return;
	rest = (struct rest){ report->text, report->text + report->text_length };
	colour = told_of(palette, &rest);
	if (colour == PALETTE_COLOURS || !palette->owed[colour] || !take_colour(&rest, part))
		return;
	palette->owed[colour] = false;
	palette->known[colour] = true;
	palette->luminance[colour] = 0.2126 * linear(part[0]) + 0.7152 * linear(part[1]) +
	    0.0722 * linear(part[2]);
}

/* --- choice ------------------------------------------------------------------ */

/* WCAG 2: from 1 to 21. */
static double
contrast(const struct palette *palette, enum palette_colour a, enum palette_colour b)
{
	double one = palette->luminance[a] + 0.05, other = palette->luminance[b] + 0.05;

	return one > other ? one / other : other / one;
}

static bool
know(const struct palette *palette, enum palette_colour a, enum palette_colour b)
{
	return palette->known[a] && palette->known[b];
}

/* The usual two, whichever of them is the light one. */
static enum palette_choice
usual(const struct palette *palette, enum palette_colour dark, enum palette_colour light)
{
	return palette->luminance[dark] > palette->luminance[light] ? PALETTE_TURNED
								    : PALETTE_USUAL;
}

/* Whether two colours that contrast so little are worse than the terminal's own two. Not known,
 * these are still what everything else is read in. */
static bool
own_is_better(const struct palette *palette, double than)
{
	if (!know(palette, PALETTE_INK, PALETTE_PAPER))
		return than < LEAST;
	return contrast(palette, PALETTE_INK, PALETTE_PAPER) > than;
}

enum palette_choice
palette_choice(const struct palette *palette)
{
	bool own = know(palette, PALETTE_INK, PALETTE_PAPER);
	bool paper_is_light = own &&
	    palette->luminance[PALETTE_PAPER] > palette->luminance[PALETTE_INK];
	double now;

	/* Reverse video: the ink for light. */
	if (palette->number[PALETTE_DARK] == PALETTE_NONE)
		return paper_is_light ? PALETTE_TURNED : PALETTE_USUAL;
	if (!know(palette, PALETTE_DARK, PALETTE_LIGHT))
		return PALETTE_USUAL;
	now = contrast(palette, PALETTE_DARK, PALETTE_LIGHT);
	if (now < GOOD && own_is_better(palette, now))
		return paper_is_light ? PALETTE_OWN_TURNED : PALETTE_OWN;
	return usual(palette, PALETTE_DARK, PALETTE_LIGHT);
}

enum style
palette_style(enum palette_choice choice, enum style style)
{
	static const enum style styles[PALETTE_CHOICES][STYLE_COUNT] = {
		[PALETTE_USUAL] = { [STYLE_QR_LIGHT] = STYLE_QR_LIGHT,
		    [STYLE_QR_DARK] = STYLE_QR_DARK,
		    [STYLE_QR_OWN_LIGHT] = STYLE_QR_OWN_LIGHT,
		    [STYLE_QR_OWN_DARK] = STYLE_QR_OWN_DARK },
		[PALETTE_TURNED] = { [STYLE_QR_LIGHT] = STYLE_QR_DARK,
		    [STYLE_QR_DARK] = STYLE_QR_LIGHT,
		    [STYLE_QR_OWN_LIGHT] = STYLE_QR_OWN_LIGHT,
		    [STYLE_QR_OWN_DARK] = STYLE_QR_OWN_DARK },
		[PALETTE_OWN] = { [STYLE_QR_LIGHT] = STYLE_QR_OWN_LIGHT,
		    [STYLE_QR_DARK] = STYLE_QR_OWN_DARK,
		    [STYLE_QR_OWN_LIGHT] = STYLE_QR_LIGHT,
		    [STYLE_QR_OWN_DARK] = STYLE_QR_DARK },
		[PALETTE_OWN_TURNED] = { [STYLE_QR_LIGHT] = STYLE_QR_OWN_DARK,
		    [STYLE_QR_DARK] = STYLE_QR_OWN_LIGHT,
		    [STYLE_QR_OWN_LIGHT] = STYLE_QR_LIGHT,
		    [STYLE_QR_OWN_DARK] = STYLE_QR_DARK },
	};

	/* STYLE_PLAIN, the first, stands for itself too. */
	return styles[choice][style] != STYLE_PLAIN ? styles[choice][style] : style;
}
