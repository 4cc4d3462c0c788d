/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Events of a screen. decoder.h makes those of a terminal. */
#ifndef UI_TERMINAL_EVENT_H
#define UI_TERMINAL_EVENT_H

#include <stdbool.h>
#include <stdint.h>

struct wire_reply;

enum event_type {
	EVENT_NONE,
	EVENT_KEY,  /* a special key: .key */
	EVENT_TEXT, /* a code point, typed or pasted: .point (pasted: also '\n', '\t') */
	EVENT_BAD, /* typed or pasted bytes that are no UTF-8 (.point EVENT_POINT_BAD), or a control
		      character (.point) */
	EVENT_RESIZE,
	EVENT_TICK,  /* a second has begun */
	EVENT_REPLY, /* the keeper's answer to this screen's request: .reply */
	EVENT_PASTE_START,
	EVENT_PASTE_END
};

enum key {
	KEY_NONE_,
	KEY_ENTER_,
	KEY_TAB,
	KEY_BACKTAB,
	KEY_UP_,
	KEY_DOWN_,
	KEY_LEFT_,
	KEY_RIGHT_,
	KEY_HOME_,
	KEY_END_,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_BACKSPACE_,
	KEY_DELETE,
	KEY_ESC,
	KEY_HELP_ /* F1 */,
	KEY_INTERRUPT /* ^C */,
	KEY_EOF /* ^D */,
	KEY_REDRAW /* ^L */,
	KEY_KILL_LINE /* ^U */,
	KEY_KILL_WORD /* ^W, Alt-Backspace */,
	KEY_KILL_NEXT_WORD /* Alt-d */,
	KEY_KILL_REST /* ^K */,
	KEY_WORD_LEFT /* Alt-b */,
	KEY_WORD_RIGHT /* Alt-f */,
	KEY_STOP /* ^X */,
	KEY_SPACE_
};

/* What .point of EVENT_BAD is for bytes that are no UTF-8: no code point. */
#define EVENT_POINT_BAD UINT32_MAX

struct event {
	enum event_type type;
	enum key key;
	uint32_t point; /* EVENT_TEXT. A typed blank is EVENT_TEXT ' ' and also key KEY_SPACE_ */
	bool pasted;	/* between the marks of a bracketed paste */
	const struct wire_reply *reply;
};

#endif
