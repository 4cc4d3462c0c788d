/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/fence.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "client/flow.h"

enum {
	FENCE_ANSWER = 48, /* bytes, with NUL */
	FENCE_MS = 300,	   /* of silence, */
	HALF_MS = 1000,	   /* within an answer, */
	MOST_MS = 5000,	   /* and in all */
	TAKES_MS = 2000,
	ROWS = 24,
	COLUMNS = 80
};

/*
 * What ends whatever a command has begun: a sequence cut short (CAN, ST), the alternate screen,
 * reports of mouse and focus, marked pastes, keypad and cursor keys of applications, the kitty
 * protocol and modifyOtherKeys, origin mode, margins, another character set, a link, colours, a
 * hidden cursor. (ctlseqs of xterm; DECSTR, the soft reset, does some of it, not everywhere.)
 * Margins and origin mode take the cursor to the top, where the next command, or plain text, would
 * be written over what stands there: it goes to a line of its own below all.
 */
static const char undo[] = "\030\033\\\033[?1049l\033[?1000l\033[?1002l\033[?1003l\033[?1004l"
			   "\033[?1005l\033[?1006l\033[?1015l\033[?2004l\033[?2026l\033[?1l\033>"
			   "\033[<8u\033[>4m\033[?6l\033[?7h\033[r\033(B\033)B\017"
			   "\033]8;;\033\\\033[!p\033[?25h\033[0m\033[999;1H\r\n";
static const char undo_plainly[] = "\030\033[?6l\033[r\033(B\033)B\017\033[0m\033[999;1H\r\n";

static enum err
send_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t sent = write(fd, bytes, size);
		struct pollfd line = { .fd = fd, .events = POLLOUT };

		if (sent > 0) {
			bytes += sent;
			size -= (size_t)sent;
		} else if (sent < 0 && errno == EAGAIN) {
			if (poll(&line, 1, TAKES_MS) != 1)
				return ERR_TERMINAL;
		} else if (sent < 0 && errno != EINTR) {
			return ERR_TERMINAL;
		}
	}
	return ERR_OK;
}

static int64_t
milliseconds(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

/* --- the fence -------------------------------------------------------------------------- */

/*
 * The cursor is put to two places by chance, and asked for at each: no answer that a command is
 * owed, nor one that it foresaw, is both of these, one right behind the other. Not in the first
 * row, where an answer may look like a key (ESC [ 1 ; 2 R is F3 with Shift).
 */
struct fence {
	char asks[96], answer[FENCE_ANSWER];
};

static unsigned
by_chance(unsigned first, unsigned last)
{
	unsigned number = 0;

	if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number || last <= first)
		return last;
	return first + number % (last - first + 1);
}

static void
make(int out, struct fence *fence)
{
	struct winsize size = { .ws_row = 0 };
	unsigned rows, columns, place[4] = { 0 };

	(void)ioctl(out, TIOCGWINSZ, &size);
	rows = size.ws_row == 0 ? ROWS : size.ws_row;
	columns = size.ws_col == 0 ? COLUMNS : size.ws_col;
	for (size_t i = 0; i < 4; i++)
		place[i] = i % 2 == 0 ? by_chance(2, rows) : by_chance(1, columns);
	(void)snprintf(fence->asks, sizeof fence->asks,
	    "\0337\033[%u;%uH\033[6n\033[%u;%uH\033[6n\0338", place[0], place[1], place[2],
	    place[3]);
	(void)snprintf(fence->answer, sizeof fence->answer, "\033[%u;%uR\033[%u;%uR", place[0],
	    place[1], place[2], place[3]);
}

/* Whether all of the answer has come: `got` bytes behind those of before, of which as many are kept
 * as may be its beginning. */
static bool
has_come(const struct fence *fence, char *bytes, size_t got, size_t *io_kept)
{
	size_t length = strlen(fence->answer), size = *io_kept + got;

	if (length == 0)
		return false;
	if (memmem(bytes, size, fence->answer, length) != NULL)
		return true;
	*io_kept = size < length ? size : length - 1;
	memmove(bytes, bytes + size - *io_kept, *io_kept);
	return false;
}

/* Answers that are under way, and what was typed at the command, are nobody's: they end where the
 * terminal says where its cursor is, or with a moment of silence; a longer one within an answer,
 * whose end would be typed into the console. */
static void
swallow(int in, const struct fence *fence)
{
	struct flow flow = { .state = FLOW_TEXT };
	int64_t now = milliseconds(), most = now + MOST_MS, until = now + FENCE_MS;
	char bytes[FENCE_ANSWER + 4096];
	size_t kept = 0;

	while (now < until && now < most) {
		struct pollfd line = { .fd = in, .events = POLLIN };
		ssize_t got = 0;

		if (poll(&line, 1, (int)((until < most ? until : most) - now)) == 1) {
			got = read(in, bytes + kept, sizeof bytes - kept);
			if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
				return;
		}
		now = milliseconds();
		if (got <= 0)
			continue;
		flow_follow(&flow, bytes + kept, (size_t)got);
		if (has_come(fence, bytes, (size_t)got, &kept))
			break;
		until = now + (flow_rests(&flow) ? FENCE_MS : HALF_MS);
	}
	(void)tcflush(in, TCIFLUSH);
	explicit_bzero(bytes, sizeof bytes);
}

enum err
fence_undo(int in, int out, bool ansi)
{
	struct fence fence = { .answer = "" };
	enum err err = ansi ? send_all(out, undo, sizeof undo - 1)
			    : send_all(out, undo_plainly, sizeof undo_plainly - 1);

	if (err == ERR_OK && ansi) {
		make(out, &fence);
		err = send_all(out, fence.asks, strlen(fence.asks));
	}
	if (err == ERR_OK)
		swallow(in, &fence);
	return err;
}
