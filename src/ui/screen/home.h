/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What home tells above its items: the last sign-in, and what needs attention. */
#ifndef UI_SCREEN_HOME_H
#define UI_SCREEN_HOME_H

#include "ui/stack/parts.h"

/* At the top of the page; the host's changes leave room for so many items. */
void
home_draw_news(const struct ui *ui, struct page *page, const struct wire_home_reply *home,
    int items);

/* What home said that every screen may know. */
void
home_note(struct ui *ui, const struct wire_home_reply *reply);

#endif
