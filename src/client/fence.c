/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/fence.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { FENCE_MS = 300, FENCE_BYTES = 65536, TAKES_MS = 2000 };

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

/* Whether that ends with an answer to where the cursor is: ESC [ rows ; columns R. */
static bool
has_fence(const unsigned char *bytes, size_t size)
{
	for (size_t at = 0; at + 2 < size; at++) {
		size_t to = at + 2;

		if (bytes[at] != '\033' || bytes[at + 1] != '[')
			continue;
		while (to < size && ((bytes[to] >= '0' && bytes[to] <= '9') || bytes[to] == ';'))
			to++;
		if (to < size && to > at + 2 && bytes[to] == 'R')
			return true;
	}
	return false;
}

/* Answers that are under way, and what was typed at the command, are nobody's: they end where the
 * terminal says where its cursor is, or after a moment. */
static void
swallow(int in)
{
	unsigned char tail[64];
	size_t size = 0, all = 0;
	int64_t until = milliseconds() + FENCE_MS, left;

	while ((left = until - milliseconds()) > 0 && all < FENCE_BYTES) {
		struct pollfd line = { .fd = in, .events = POLLIN };
		ssize_t got;

		if (poll(&line, 1, (int)left) != 1)
			continue;
		if (size == sizeof tail) {
			memmove(tail, tail + sizeof tail / 2, sizeof tail / 2);
			size = sizeof tail / 2;
		}
		got = read(in, tail + size, sizeof tail - size);
		if (got <= 0)
			return;
		size += (size_t)got;
		all += (size_t)got;
		if (has_fence(tail, size))
			break;
	}
	(void)tcflush(in, TCIFLUSH);
	explicit_bzero(tail, sizeof tail);
}

enum err
fence_undo(int in, int out, bool ansi)
{
	static const char fence[] = "\033[6n";
	enum err err = ansi ? send_all(out, undo, sizeof undo - 1)
			    : send_all(out, undo_plainly, sizeof undo_plainly - 1);

	if (err == ERR_OK && ansi)
		err = send_all(out, fence, sizeof fence - 1);
	if (err == ERR_OK)
		swallow(in);
	return err;
}
