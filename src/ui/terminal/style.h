/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a cell is for. How that looks on which terminal stands in colours.c. */
#ifndef UI_TERMINAL_STYLE_H
#define UI_TERMINAL_STYLE_H

enum style {
	STYLE_PLAIN,
	STYLE_BOLD,
	STYLE_DIM,
	STYLE_BAR,   /* the title line */
	STYLE_KEY,   /* a key in the key bar */
	STYLE_FOCUS, /* the one accent */
	STYLE_ERROR,
	STYLE_GOOD,
	STYLE_FIELD,	    /* where text is typed: what was typed, and the rest of the area */
	STYLE_FIELD_FOCUS,  /* the rest of the area that has the focus */
	STYLE_SIGN,	    /* the label of that field, the mark of the row that has it */
	STYLE_QR_LIGHT,	    /* blank: light. Glyph: dark on light */
	STYLE_QR_DARK,	    /* blank: dark. Glyph: light on dark */
	STYLE_QR_OWN_LIGHT, /* the same two in the terminal's own colours: its ink for light, */
	STYLE_QR_OWN_DARK,  /* and its ground for dark */
	STYLE_COUNT
};

#endif
