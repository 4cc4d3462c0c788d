/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the screens ask to be painted. The linker leads the calls through here (files.am: --wrap),
 * so what was asked can be compared with what stands in the end.
 */
#ifndef TESTS_GOLDEN_WATCH_H
#define TESTS_GOLDEN_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/terminal/style.h"

enum { WATCH_ROWS = 128, WATCH_COLUMNS = 320, WATCH_PUTS = 2048, WATCH_TEXT = 512 };

/* One text that was put on the screen, blanks alone left out. */
struct watch_put {
	int y, x;
	enum style style;
	char text[WATCH_TEXT];
	int asked, used; /* columns of the text, and those that there was room for */
	int glyphs;	 /* of it on the screen, blanks not counted */
	int standing;	 /* of these, what nothing came over afterwards */
	size_t over;	 /* the put that came over it, with other glyphs; PUTS: none */
};

enum watch_how {
	LOST_PART,  /* it breaks off, without a mark */
	LOST_WORD,  /* it is cut within a word that is not its first */
	LOST_WHOLE, /* nothing of it was painted */
	LOST_CHOICE /* it is in a list, out of sight, and nothing tells; or it is chosen */
};

/* A text that was to be painted, and was not. */
struct watch_lost {
	char text[WATCH_TEXT];
	enum watch_how how;
};

/* What was painted since the screen was last erased. */
struct watch {
	struct watch_put put[WATCH_PUTS];
	size_t puts;
	struct watch_lost lost[64];
	size_t losses;
	char countdown[128]; /* the last one made; "": none */
	bool cursor;	     /* it was placed, here: */
	int cursor_y, cursor_x;
	char glyph[WATCH_ROWS][WATCH_COLUMNS][16];
	enum style style[WATCH_ROWS][WATCH_COLUMNS];
	size_t owner[WATCH_ROWS][WATCH_COLUMNS]; /* the put, or WATCH_PUTS */
};

/* Borrowed, until the next painting. */
const struct watch *
watch_seen(void);

/* What stands in a row, from column x on. */
void
watch_row(int y, int x, char *buf, size_t size);

#endif
