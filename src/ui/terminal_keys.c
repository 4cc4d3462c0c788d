/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From what the terminal sends to bytes and keys. Read by the block and not by getch(), which costs
 * three system calls a byte (a long paste took seconds), and keeps copies of what was typed that
 * nobody can wipe.
 */
#include "ui/terminal_inside.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <term.h>
#include <unistd.h>

#include "core/secret.h"

/* What terminfo may know (terminfo(5)). */
static const struct {
	const char *name;
	int code;
} capabilities[] = { { "kcuu1", KEY_UP_ }, { "kcud1", KEY_DOWN_ }, { "kcuf1", KEY_RIGHT_ },
	{ "kcub1", KEY_LEFT_ }, { "khome", KEY_HOME_ }, { "kend", KEY_END_ },
	{ "kpp", KEY_PAGE_UP }, { "knp", KEY_PAGE_DOWN }, { "kdch1", KEY_DELETE },
	{ "kcbt", KEY_BACKTAB }, { "kf1", KEY_HELP_ }, { "khlp", KEY_HELP_ },
	{ "kent", KEY_ENTER_ }, { "kbs", KEY_BACKSPACE_ }, { "kmous", TERMINAL_CODE_OTHER } };

/* What terminals send whatever mode they are in and whatever terminfo says. */
static const struct {
	const char *bytes;
	int code;
} common[] = { { "\033[A", KEY_UP_ }, { "\033[B", KEY_DOWN_ }, { "\033[C", KEY_RIGHT_ },
	{ "\033[D", KEY_LEFT_ }, { "\033OA", KEY_UP_ }, { "\033OB", KEY_DOWN_ },
	{ "\033OC", KEY_RIGHT_ }, { "\033OD", KEY_LEFT_ }, { "\033[H", KEY_HOME_ },
	{ "\033[F", KEY_END_ }, { "\033OH", KEY_HOME_ }, { "\033OF", KEY_END_ },
	{ "\033[1~", KEY_HOME_ }, { "\033[4~", KEY_END_ }, { "\033[7~", KEY_HOME_ },
	{ "\033[8~", KEY_END_ }, { "\033[3~", KEY_DELETE }, { "\033[5~", KEY_PAGE_UP },
	{ "\033[6~", KEY_PAGE_DOWN }, { "\033[Z", KEY_BACKTAB }, { "\033OP", KEY_HELP_ },
	{ "\033[11~", KEY_HELP_ }, { "\033[[A", KEY_HELP_ }, { "\033OM", KEY_ENTER_ },
	{ "\033[200~", EVENT_CODE_PASTE_START }, { "\033[201~", EVENT_CODE_PASTE_END },
	{ "\033[?", TERMINAL_CODE_ANSWER } };

/* Single bytes are left to the decoder. */
static void
learn(struct terminal *terminal, const char *bytes, int code)
{
	struct key_bytes *key = &terminal->keys[terminal->key_count];
	size_t length = strlen(bytes);

	if (terminal->key_count == TERMINAL_KEYS || length < 2 || length > TERMINAL_KEY_SIZE)
		return;
	memcpy(key->bytes, bytes, length);
	key->length = length;
	key->code = code;
	terminal->key_count++;
}

void
terminal_keys(struct terminal *terminal)
{
	for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
		learn(terminal, common[i].bytes, common[i].code);
	for (size_t i = 0; i < sizeof capabilities / sizeof capabilities[0]; i++) {
		const char *bytes = tigetstr(capabilities[i].name);

		if (bytes != NULL && bytes != (const char *)-1)
			learn(terminal, bytes, capabilities[i].code);
	}
}

/* What came after a long silence is a person's, if it is no more than one key: a paste that stalled
 * goes on with much. */
static bool
is_person(struct terminal *terminal, size_t length)
{
	int64_t now = terminal_clock();
	bool silent = now - terminal->last_read > TERMINAL_SECONDS_PASTE;

	terminal->last_read = now;
	return silent && length <= TERMINAL_BYTES_KEY;
}

/* Reads what is there. POLLIN that yields nothing is the end of the line. */
static void
read_more(struct terminal *terminal)
{
	ssize_t got = read(terminal->fd, terminal->bytes + terminal->end,
	    TERMINAL_BYTES - terminal->end);

	if (got > 0) {
		terminal->end += (size_t)got;
		terminal->person = is_person(terminal, (size_t)got);
	} else if (got == 0 || (errno != EINTR && errno != EAGAIN))
		terminal->down = true;
}

/* Moves what is left to the front, and wipes where it was. */
static void
make_room(struct terminal *terminal)
{
	size_t left = terminal->end - terminal->at;

	memmove(terminal->bytes, terminal->bytes + terminal->at, left);
	secret_wipe(terminal->bytes + left, terminal->end - left);
	terminal->at = 0;
	terminal->end = left;
}

/* Whether more bytes came within so many milliseconds. */
static bool
more(struct terminal *terminal, int milliseconds)
{
	struct pollfd line = { .fd = terminal->fd, .events = POLLIN };
	size_t before;

	make_room(terminal);
	if (terminal->down || terminal->end == TERMINAL_BYTES || poll(&line, 1, milliseconds) <= 0)
		return false;
	before = terminal->end;
	if (line.revents & POLLIN)
		read_more(terminal);
	else
		terminal->down = true;
	return terminal->end > before;
}

bool
terminal_fill(struct terminal *terminal, int milliseconds)
{
	return terminal->at < terminal->end || more(terminal, milliseconds);
}

/* The key that the bytes begin with, or NULL; *ret_part: whether they are the beginning of one. */
static const struct key_bytes *
match(const struct terminal *terminal, bool *ret_part)
{
	const unsigned char *bytes = terminal->bytes + terminal->at;
	size_t length = terminal->end - terminal->at;
	const struct key_bytes *found = NULL;

	*ret_part = false;
	for (size_t i = 0; i < terminal->key_count; i++) {
		const struct key_bytes *key = &terminal->keys[i];

		if (key->length > length)
			*ret_part |= memcmp(key->bytes, bytes, length) == 0;
		else if (memcmp(key->bytes, bytes, key->length) == 0 &&
		    (found == NULL || key->length > found->length))
			found = key;
	}
	return found;
}

bool
terminal_take(struct terminal *terminal, int *ret_code, bool *ret_is_key)
{
	const struct key_bytes *key = NULL;
	bool part = false;

	if (!terminal_fill(terminal, 0))
		return false;
	if (terminal->bytes[terminal->at] < 0x20 || terminal->bytes[terminal->at] >= 0x80)
		key = match(terminal, &part);
	while (key == NULL && part && more(terminal, get_escdelay()))
		key = match(terminal, &part);
	*ret_is_key = key != NULL;
	*ret_code = key != NULL ? key->code : terminal->bytes[terminal->at];
	terminal->at += key != NULL ? key->length : 1;
	return true;
}
