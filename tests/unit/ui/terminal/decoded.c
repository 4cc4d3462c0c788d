/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decoded.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { LONG = 5000, BEGIN = 12345678 };

static const char *const names[] = { [KEY_ENTER_] = "<Enter>",
	[KEY_TAB] = "<Tab>",
	[KEY_BACKTAB] = "<Backtab>",
	[KEY_UP_] = "<Up>",
	[KEY_DOWN_] = "<Down>",
	[KEY_LEFT_] = "<Left>",
	[KEY_RIGHT_] = "<Right>",
	[KEY_HOME_] = "<Home>",
	[KEY_END_] = "<End>",
	[KEY_PAGE_UP] = "<PageUp>",
	[KEY_PAGE_DOWN] = "<PageDown>",
	[KEY_BACKSPACE_] = "<Backspace>",
	[KEY_DELETE] = "<Delete>",
	[KEY_ESC] = "<Esc>",
	[KEY_HELP_] = "<F1>",
	[KEY_INTERRUPT] = "<^C>",
	[KEY_EOF] = "<^D>",
	[KEY_REDRAW] = "<^L>",
	[KEY_KILL_LINE] = "<^U>",
	[KEY_KILL_WORD] = "<^W>",
	[KEY_KILL_NEXT_WORD] = "<Alt-d>",
	[KEY_KILL_REST] = "<^K>",
	[KEY_WORD_LEFT] = "<Alt-b>",
	[KEY_WORD_RIGHT] = "<Alt-f>",
	[KEY_STOP] = "<^X>" };

void
decoded_open(struct decoded *decoded)
{
	memset(decoded, 0, sizeof *decoded);
	decoded->decoder.escape = DECODER_ESCAPE_MS;
	decoded->now = BEGIN;
}

/* A character below U+10000 as UTF-8. */
static size_t
encode(uint32_t point, char *text)
{
	size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : 3;

	assert_true(point < 0x10000);
	for (size_t i = length - 1; i > 0; i--, point >>= 6)
		text[i] = (char)(0x80 | (point & 0x3f));
	text[0] = (char)(length == 1 ? point : (length == 2 ? 0xc0 : 0xe0) | point);
	return length;
}

static void
add(struct decoded *decoded, const struct event events[DECODER_EVENTS], unsigned count)
{
	assert_true(count <= DECODER_EVENTS);
	for (unsigned i = 0; i < count; i++) {
		char *end = decoded->text + decoded->used;

		assert_true(decoded->used + 16 < sizeof decoded->text);
		if (events[i].type == EVENT_TEXT)
			decoded->used += encode(events[i].point, end);
		else
			decoded->used += (size_t)snprintf(end, 16, "%s",
			    events[i].type == EVENT_KEY		      ? names[events[i].key]
				: events[i].type == EVENT_PASTE_START ? "{"
				: events[i].type == EVENT_PASTE_END   ? "}"
								      : "!");
	}
	decoded->text[decoded->used] = '\0';
}

void
decoded_send(struct decoded *decoded, const char *bytes, size_t length)
{
	struct event events[DECODER_EVENTS];

	for (size_t i = 0; i < length; i++)
		add(decoded, events,
		    decoder_feed(&decoded->decoder, (unsigned char)bytes[i], decoded->now, events));
}

void
decoded_wait(struct decoded *decoded, int milliseconds)
{
	struct event events[DECODER_EVENTS];
	int wait = decoder_wait(&decoded->decoder, decoded->now);

	/* Whoever reads a terminal looks at what is there first, and waits for an Esc. */
	if (wait >= 0 && wait < milliseconds)
		add(decoded, events, decoder_idle(&decoded->decoder, decoded->now + wait, events));
	decoded->now += milliseconds;
}

bool
decoded_hurried(const struct decoded *decoded)
{
	enum sequence_state state = decoded->decoder.sequence.state;

	return !decoded->decoder.pasting &&
	    (state == SEQUENCE_AT_ESCAPE || state == SEQUENCE_AT_ESCAPE_MORE);
}

const char *
decoded_take(struct decoded *decoded)
{
	decoded->used = 0;
	return decoded->text;
}

const char *
decoded(const char *bytes)
{
	static struct decoded one;

	decoded_open(&one);
	one.text[0] = '\0';
	decoded_send(&one, bytes, strlen(bytes));
	decoded_wait(&one, LONG);
	return one.text;
}
