/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From what the terminal sends to events. getch() knows the keys; what it does not know and begins with ESC [ or ESC O is an
 * answer or a key that nobody asked for, and is eaten whole, so that its bytes reach no field and its ESC cancels nothing.
 */
#include "ui/terminal_inside.h"

#include <poll.h>

static const struct { int code; enum key key; } keys[] = {
	{ KEY_ENTER, KEY_ENTER_ }, { KEY_UP, KEY_UP_ }, { KEY_DOWN, KEY_DOWN_ }, { KEY_LEFT, KEY_LEFT_ },
	{ KEY_RIGHT, KEY_RIGHT_ }, { KEY_HOME, KEY_HOME_ }, { KEY_END, KEY_END_ }, { KEY_BTAB, KEY_BACKTAB },
	{ KEY_PPAGE, KEY_PAGE_UP }, { KEY_NPAGE, KEY_PAGE_DOWN }, { KEY_BACKSPACE, KEY_BACKSPACE_ },
	{ KEY_DC, KEY_DELETE }, { KEY_F(1), KEY_HELP_ }, { KEY_HELP, KEY_HELP_ },
	{ KEY_FIND, KEY_HOME_ }, { KEY_SELECT, KEY_END_ }
};

/* The next code, or ERR when nothing waits. */
static int
take(struct terminal *terminal)
{
	if (terminal->pushed_count > 0)
		return terminal->pushed[--terminal->pushed_count];
	return wgetch(terminal->keys);
}

static void
give(struct terminal *terminal, int code)
{
	if (code != ERR && terminal->pushed_count < sizeof terminal->pushed / sizeof terminal->pushed[0])
		terminal->pushed[terminal->pushed_count++] = code;
}

/* One byte of the answer to DA1: numbers between ';', and 'c' at the end (terminal-facts 3: 52 is OSC 52). */
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

/* Eats a byte of the sequence that is being skipped. Returns false if it is none of its bytes (ECMA-48, 5.4). */
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

/* Whether an ESC begins a sequence to be skipped: its second byte is here already, and so is its third. */
static bool
begins_sequence(struct terminal *terminal)
{
	int second = take(terminal);
	int third;

	if (second != '[' && second != 'O') {
		give(terminal, second);
		return false;
	}
	third = take(terminal);
	give(terminal, third);
	if (third < 0x20 || third > 0x7e) {
		give(terminal, second);
		return false;
	}
	return true;
}

/* Eats codes that are no event: unknown sequences, the answer, curses' own (KEY_RESIZE). */
static bool
eaten(struct terminal *terminal, int code)
{
	if (terminal->skip != SKIP_NONE && skip(terminal, code))
		return true;
	if (code == TERMINAL_CODE_ANSWER) {
		terminal->skip = SKIP_ANSWER;
		terminal->number = 0;
		return true;
	}
	if (code == TERMINAL_ESC && begins_sequence(terminal)) {
		terminal->skip = SKIP_SEQUENCE;
		return true;
	}
	return false;
}

/* A curses code as one of ours, or KEY_NONE_. */
static int
known_key(int code)
{
	if (code == EVENT_CODE_PASTE_START || code == EVENT_CODE_PASTE_END)
		return code;
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (keys[i].code == code)
			return (int)keys[i].key;
	return KEY_NONE_;
}

/* Turns a code into an event; EVENT_NONE if it is none (yet). */
static struct event
decode(struct terminal *terminal, int code)
{
	struct event events[2] = { { .type = EVENT_NONE }, { .type = EVENT_NONE } };
	bool is_key = code > 0xff;

	if (is_key)
		code = known_key(code);
	if (is_key && code == KEY_NONE_)
		return events[0];
	event_decode(&terminal->decoder, code, is_key, events);
	terminal->ready = events[1];
	return events[0];
}

/* The end of a paste that was lost on the way must not make Enter deaf for ever. */
static bool
paste_lost(struct terminal *terminal)
{
	int64_t now = terminal_clock();
	bool lost = terminal->decoder.pasting && now - terminal->last_byte > TERMINAL_SECONDS_PASTE;

	terminal->last_byte = now;
	return lost;
}

/* Nothing can be read: because nothing is there, or because the line is down. */
static enum err
nothing(struct terminal *terminal, int *ret_code)
{
	struct pollfd line = { .fd = terminal->fd, .events = POLLIN };

	if (poll(&line, 1, 0) <= 0)
		return ERR_OK;
	if (line.revents & (POLLHUP | POLLERR | POLLNVAL))
		return ERR_TERMINAL;
	*ret_code = take(terminal);
	return *ret_code == ERR ? ERR_TERMINAL : ERR_OK;
}

enum err
terminal_read(struct terminal *terminal, struct event *ret_event)
{
	struct event event = terminal->ready;
	enum err err;
	int code;

	terminal->ready.type = EVENT_NONE;
	while (event.type == EVENT_NONE && !terminal->null) {
		code = take(terminal);
		if (code == ERR) {
			err = nothing(terminal, &code);
			if (err != ERR_OK)
				return err;
			if (code == ERR)
				break;
		}
		if (paste_lost(terminal)) {
			give(terminal, code);
			code = EVENT_CODE_PASTE_END;
		}
		if (!eaten(terminal, code))
			event = decode(terminal, code);
	}
	*ret_event = event;
	return ERR_OK;
}
