/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame around a screen: title, message line, key bar (DESIGN 5.4). */
#ifndef UI_STACK_FRAME_H
#define UI_STACK_FRAME_H

#include "ui/stack/ui.h"
#include "ui/terminal/rect.h"

/* Where the screen draws now, if it leaves the message to the frame; as in `draw` of screen.h. */
struct rect
ui_area(const struct ui *ui, const struct screen *screen);

void
ui_draw(struct ui *ui, bool full);

#endif
