/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a screen that is a door is drawn (DESIGN 5.4). */
#ifndef UI_STACK_DOOR_H
#define UI_STACK_DOOR_H

#include "ui/stack/ui.h"

/* In the middle of the area, its top at a third of what is free, under the console's name where
 * there is room for it. The screen has `fill`. Returns whether the message was drawn. */
bool
ui_draw_door(const struct ui *ui, const struct ui_slot *slot, struct rect area);

#endif
