/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A QR code in block characters and blanks, in the terminal's own two colours: nothing else can be
 * written here. */
#ifndef PLAIN_QR_H
#define PLAIN_QR_H

#include <stdbool.h>

#include "plain/tty.h"

/*
 * Draws the text, or the shorter one where that alone has room, with a quiet zone of 4 or 2 modules
 * (ISO/IEC 18004 asks for 4). dark_ink: for a terminal that writes dark on light. Where neither has
 * room: says what size it needs.
 */
void
qr_draw(struct tty *tty, const char *uri, const char *uri_short, bool dark_ink);

#endif
