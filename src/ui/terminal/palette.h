/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the numbers of a terminal's colours really look like, as it tells when it is asked (xterm's
 * ctlseqs: OSC 4, 10 and 11), and which of them the QR code is drawn with (DESIGN 5.5). Pure,
 * without curses. An answer that does not come changes nothing; one that is no colour, or of a
 * number that nobody asked for, is none.
 *
 * Only the terminal's own two colours and the two that are drawn with anyway are chosen from, each
 * both ways: so a terminal that lies costs no more than the key that goes on to other drawings.
 */
#ifndef UI_TERMINAL_PALETTE_H
#define UI_TERMINAL_PALETTE_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/terminal/sequence.h"
#include "ui/terminal/style.h"

enum palette_colour {
	PALETTE_DARK, /* the QR code's two, by their numbers */
	PALETTE_LIGHT,
	PALETTE_INK, /* the terminal's own two */
	PALETTE_PAPER,
	PALETTE_COLOURS
};

enum { PALETTE_NONE = -1 /* no number */, PALETTE_QUESTIONS_SIZE = 64 };

/* All zeros: nothing was asked, and nothing is known. */
struct palette {
	int number[2]; /* of PALETTE_DARK and PALETTE_LIGHT */
	bool owed[PALETTE_COLOURS], known[PALETTE_COLOURS];
	double luminance[PALETTE_COLOURS]; /* relative (WCAG 2), 0 to 1 */
};

/* What the QR code is drawn with. */
enum palette_choice {
	PALETTE_USUAL,
	PALETTE_TURNED, /* the same two, of which the one that is called dark is the light one */
	PALETTE_OWN,	/* the terminal's own two, the ink for light */
	PALETTE_OWN_TURNED, /* and the paper for light */
	PALETTE_CHOICES
};

/*
 * Writes the questions, ended by '\0', into buf; from here on their answers are owed. dark, light:
 * numbers below 1000, or both PALETTE_NONE where the QR code has no colours but the terminal's own:
 * then it is drawn in these, and PALETTE_OWN is never chosen. Returns the length.
 */
size_t
palette_ask(struct palette *palette, int dark, int light, char buf[PALETTE_QUESTIONS_SIZE]);

/* A report of the terminal, any. The first answer to a question holds. */
void
palette_report(struct palette *palette, const struct sequence *report);

enum palette_choice
palette_choice(const struct palette *palette);

/* The style that stands for one of STYLE_QR_...; the others stand for themselves. With PALETTE_OWN
 * and PALETTE_OWN_TURNED the usual two are what STYLE_QR_OWN_... is drawn with. */
enum style
palette_style(enum palette_choice choice, enum style style);

#endif
