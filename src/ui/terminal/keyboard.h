/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a control character or a sequence of a terminal means: a key, a character, a mark of a
 * paste, or nothing. Pure: tables. All that keyboards send whatever mode they are in: xterm's,
 * rxvt's, the Linux console's, the number pad's of a VT100 in application mode, modifyOtherKeys
 * (xterm's ctlseqs), CSI u (fixterms) and the kitty keyboard protocol.
 */
#ifndef UI_TERMINAL_KEYBOARD_H
#define UI_TERMINAL_KEYBOARD_H

#include <stdint.h>

#include "ui/terminal/event.h"
#include "ui/terminal/sequence.h"

enum keyboard_kind {
	KEYBOARD_NOTHING, /* a key that we have no use for, or its release */
	KEYBOARD_REPORT,  /* no key at all: an answer, the mouse, the focus */
	KEYBOARD_KEY,
	KEYBOARD_TEXT,	  /* .point, to be typed */
	KEYBOARD_CONTROL, /* .point, as if that control character had been sent */
	KEYBOARD_PASTE_START,
	KEYBOARD_PASTE_END
};

struct keyboard_meaning {
	enum keyboard_kind kind;
	enum key key;
	uint32_t point;
};

/* The key of a control character, 0x00 to 0x1f or 0x7f; KEY_NONE_ if it is none. */
enum key
keyboard_control(uint32_t point);

struct keyboard_meaning
keyboard_read(const struct sequence *sequence);

#endif
