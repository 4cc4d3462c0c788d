/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bars that stand side by side, in eighths of a cell. Pure, no curses. */
#ifndef UI_WIDGET_BARS_H
#define UI_WIDGET_BARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BARS_EIGHTHS = 8 };

/* How high a bar is among `rows` rows, in eighths: all of them for `most`, none for 0 alone. */
int
bars_height(int64_t value, int64_t most, int rows);

/*
 * `wide` cells of a bar of that height, in row `row` counted from the ground (0), into buf, which
 * is terminated: "" where the bar does not reach. U+2581 to U+2588; without utf8 '#', and on top
 * the digit of its eighths.
 */
void
bars_cells(int height, int row, int wide, bool utf8, char *buf, size_t size);

#endif
