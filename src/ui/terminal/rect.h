/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef UI_TERMINAL_RECT_H
#define UI_TERMINAL_RECT_H

/* A part of the screen, in cells. */
struct rect {
	int y, x, height, width;
};

#endif
