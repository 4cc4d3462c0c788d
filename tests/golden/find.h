/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is wrong with a screen in any language, found without a picture of it: words and buttons
 * that are cut, a key bar without a way on or back or with a key that does nothing, half a number,
 * a cursor beside what it is about, a second focus, sentences that nobody translated (DESIGN 5.1).
 */
#ifndef TESTS_GOLDEN_FIND_H
#define TESTS_GOLDEN_FIND_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/stack/ui.h"

/* What was found, one a line. */
struct found {
	char text[16384];
	size_t used, count;
};

/* What the screen is and in which language; for a reader. */
struct find_where {
	const char *scene, *language;
	int columns, rows;
};

/* After ui_draw(): adds what is wrong. */
void
find(const struct ui *ui, const struct find_where *where, struct found *found);

/* The arrows that the key bar names change nothing of the picture; for who has pressed them. */
void
find_idle_arrows(const struct ui *ui, const struct find_where *where, struct found *found);

#endif
