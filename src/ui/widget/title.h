/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The title line: left where one is ("Settings > General settings"), right who one is ("claire ·
 * Operator"). Where both have no room, the left gives up its first parts behind an ellipsis, then
 * the right its last one; no word is cut but one that alone is too long.
 */
#ifndef UI_WIDGET_TITLE_H
#define UI_WIDGET_TITLE_H

#include <stdbool.h>

#include "ui/terminal/terminal.h"

enum { TITLE_SIZE = 512, TITLE_GAP = 2 /* columns between left and right, at least */ };

struct title {
	char left[TITLE_SIZE], right[TITLE_SIZE];
};

/* What of both stands in so many columns, translated texts; right may be NULL. utf8: with U+2026.
 */
void
title_fit(const char *left, const char *right, int columns, bool utf8, struct title *ret_title);

/* A bar over the whole width of the area's first row, with both in it. */
void
title_paint(struct terminal *terminal, struct rect area, const char *left, const char *right);

#endif
