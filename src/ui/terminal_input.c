/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From keys and bytes to events. What begins with ESC [ or ESC O and is no key that we know is an
 * answer, or a key that nobody asked for: it is eaten whole, so that its bytes reach no field and
 * its ESC cancels nothing.
 */
#include "ui/terminal_inside.h"

/* One byte of the answer to DA1: numbers between ';', and 'c' at the end. */
static void
answer_byte(struct terminal *terminal, int code)
{
	if (code >= '0' && code <= '9') {
		if (terminal->number < 1000)
			terminal->number = terminal->number * 10 + (unsigned)(code - '0');
		return;
	}
	if ((code == ';' || code == 'c') && terminal->number == 52)
		terminal->osc52 = true;
	if (code == 'c')
		terminal->asked = 0;
	terminal->number = 0;
}

/* Eats a byte of the sequence that is being skipped. Returns false if it is none of its bytes
 * (ECMA-48, 5.4). */
static bool
skip(struct terminal *terminal, int code)
{
	if (code < 0x20 || code > 0x7e) {
		terminal->skip = SKIP_NONE;
		return false;
	}
	if (terminal->skip == SKIP_ANSWER)
		answer_byte(terminal, code);
	if (code >= 0x40)
		terminal->skip = SKIP_NONE;
	return true;
}

/* Whether an ESC that was just taken begins a sequence to be skipped: then its second byte is taken
 * too, and a third is there. */
static bool
begins_sequence(struct terminal *terminal)
{
	const unsigned char *next = terminal->bytes + terminal->at;

	if (terminal->end - terminal->at < 2 || (next[0] != '[' && next[0] != 'O') ||
	    next[1] < 0x20 || next[1] > 0x7e)
		return false;
	terminal->at++;
	return true;
}

/* Swallows unknown sequences and answers. */
static bool
eaten(struct terminal *terminal, int code, bool is_key)
{
	if (is_key && code < TERMINAL_CODE_ANSWER) {
		terminal->skip = SKIP_NONE;
		return false;
	}
	if (is_key) {
		terminal->skip = code == TERMINAL_CODE_ANSWER ? SKIP_ANSWER : SKIP_SEQUENCE;
		terminal->number = 0;
		return true;
	}
	if (terminal->skip != SKIP_NONE && skip(terminal, code))
		return true;
	if (code != TERMINAL_ESC || !begins_sequence(terminal))
		return false;
	terminal->skip = SKIP_SEQUENCE;
	return true;
}

/* Recover when the end of a paste was lost: a key that was pressed alone ends it. */
static bool
paste_lost(struct terminal *terminal)
{
	bool lost = terminal->decoder.pasting && terminal->person;

	terminal->person = false;
	return lost;
}

/* The next event of what has come; EVENT_NONE if the bytes so far make none. */
static struct event
next(struct terminal *terminal)
{
	struct event events[2] = { { .type = EVENT_NONE }, { .type = EVENT_NONE } };
	int code = EVENT_CODE_PASTE_END;
	bool is_key = true;

	if (!paste_lost(terminal) && !terminal_take(terminal, &code, &is_key))
		return events[0];
	if (eaten(terminal, code, is_key))
		return events[0];
	event_decode(&terminal->decoder, code, is_key, events);
	terminal->ready = events[1];
	return events[0];
}

enum err
terminal_read(struct terminal *terminal, struct event *ret_event)
{
	struct event event = terminal->ready;

	terminal->ready.type = EVENT_NONE;
	while (event.type == EVENT_NONE && !terminal->null && terminal_fill(terminal, 0))
		event = next(terminal);
	*ret_event = event;
	return event.type == EVENT_NONE && terminal->down ? ERR_TERMINAL : ERR_OK;
}
