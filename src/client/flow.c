/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/flow.h"

#include <string.h>

enum { BEL = 0x07, CAN = 0x18, SUB = 0x1a, ESC = 0x1b };

/* Behind ESC: a sequence of its own, a string, or a single function, before which more bytes may
 * stand (ESC ( B). */
static enum flow_state
after_escape(unsigned char c)
{
	if (c == '[')
		return FLOW_CONTROL;
	if (c == ']' || c == 'P' || c == 'X' || c == '^' || c == '_')
		return FLOW_STRING;
	if (c == ESC || (c >= 0x20 && c <= 0x2f))
		return FLOW_ESCAPE;
	return FLOW_TEXT;
}

static enum flow_state
next(enum flow_state state, unsigned char c)
{
	if (c == CAN || c == SUB)
		return FLOW_TEXT;
	switch (state) {
	case FLOW_TEXT:
		return c == ESC ? FLOW_ESCAPE : FLOW_TEXT;
	case FLOW_ESCAPE:
		return after_escape(c);
	case FLOW_CONTROL:
		if (c == ESC)
			return FLOW_ESCAPE;
		return c >= 0x40 && c <= 0x7e ? FLOW_TEXT : FLOW_CONTROL;
	case FLOW_STRING:
		if (c == BEL)
			return FLOW_TEXT;
		return c == ESC ? FLOW_STRING_ESCAPE : FLOW_STRING;
	case FLOW_STRING_ESCAPE:
		return c == '\\' ? FLOW_TEXT : after_escape(c);
	}
	return FLOW_TEXT;
}

/* Bytes that follow the first one of a character (RFC 3629 3). */
static unsigned
followers(unsigned char c)
{
	return c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
}

static void
count(struct flow *flow, const unsigned char *text, size_t size)
{
	for (size_t i = size > 4 ? size - 4 : 0; i < size; i++)
		if ((text[i] & 0xc0) != 0x80)
			flow->missing = followers(text[i]);
		else if (flow->missing > 0)
			flow->missing--;
}

/* Text is passed over at once: only its last character can be unfinished. */
void
flow_follow(struct flow *flow, const char *bytes, size_t size)
{
	const unsigned char *at = (const unsigned char *)bytes, *end = at + size;

	while (at < end) {
		if (flow->state != FLOW_TEXT) {
			flow->state = next(flow->state, *at++);
			continue;
		}
		const unsigned char *escape = memchr(at, ESC, (size_t)(end - at));

		count(flow, at, (size_t)((escape == NULL ? end : escape) - at));
		if (escape == NULL)
			return;
		flow->missing = 0;
		flow->drew = true;
		flow->state = FLOW_ESCAPE;
		at = escape + 1;
	}
}

bool
flow_rests(const struct flow *flow)
{
	return flow->state == FLOW_TEXT && flow->missing == 0;
}
