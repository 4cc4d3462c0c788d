/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command has the terminal for a while, and may leave it in any state (DESIGN 10). */
#include "ui/terminal/terminal_inside.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { FENCE_MS = 300, FENCE_BYTES = 65536 };

/*
 * What ends whatever a command has begun: a sequence cut short (CAN, ST), the alternate screen,
 * reports of mouse and focus, marked pastes, keypad and cursor keys of applications, the kitty
 * protocol and modifyOtherKeys, origin mode, margins, another character set, a link, colours, a
 * hidden cursor. (ctlseqs of xterm; DECSTR, the soft reset, does some of it, not everywhere.)
 */
static const char undo[] = "\030\033\\\033[?1049l\033[?1000l\033[?1002l\033[?1003l\033[?1004l"
			   "\033[?1005l\033[?1006l\033[?1015l\033[?2004l\033[?2026l\033[?1l\033>"
			   "\033[<8u\033[>4m\033[?6l\033[?7h\033[r\033(B\033)B\017"
			   "\033]8;;\033\\\033[!p\033[?25h\033[0m\r";
static const char undo_plainly[] = "\030\033[?6l\033[r\033(B\033)B\017\033[0m\r";

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
			if (poll(&line, 1, TERMINAL_ANSWER_MS) != 1)
				return ERR_TERMINAL;
		} else if (sent < 0 && errno != EINTR) {
			return ERR_TERMINAL;
		}
	}
	return ERR_OK;
}

enum err
terminal_lend(struct terminal *terminal, int *ret_out)
{
	static const char ours[] = "\033[?2004l";
	struct termios raw_modes = terminal->before;
	enum err err = ERR_OK;

	if (terminal->ansi)
		err = terminal_send(terminal, ours, sizeof ours - 1);
	if (err == ERR_OK && terminal->plain_keys)
		err = terminal_send(terminal, terminal_keys_back, strlen(terminal_keys_back));
	endwin();
	cfmakeraw(&raw_modes);
	if (err == ERR_OK && tcsetattr(terminal->fd, TCSADRAIN, &raw_modes) != 0)
		err = ERR_TERMINAL;
	*ret_out = terminal->out_fd;
	return err;
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
swallow(struct terminal *terminal)
{
	unsigned char tail[64];
	size_t size = 0, all = 0;
	int64_t until = terminal_ms() + FENCE_MS, left;

	while ((left = until - terminal_ms()) > 0 && all < FENCE_BYTES) {
		struct pollfd line = { .fd = terminal->fd, .events = POLLIN };
		ssize_t got;

		if (poll(&line, 1, (int)left) != 1)
			continue;
		if (size == sizeof tail) {
			memmove(tail, tail + sizeof tail / 2, sizeof tail / 2);
			size = sizeof tail / 2;
		}
		got = read(terminal->fd, tail + size, sizeof tail - size);
		if (got <= 0)
			return;
		size += (size_t)got;
		all += (size_t)got;
		if (has_fence(tail, size))
			break;
	}
	(void)tcflush(terminal->fd, TCIFLUSH);
	explicit_bzero(tail, sizeof tail);
}

enum err
terminal_take_back(struct terminal *terminal)
{
	static const char fence[] = "\033[6n", ours[] = "\033[?2004h";
	enum err err = terminal->ansi
	    ? send_all(terminal->out_fd, undo, sizeof undo - 1)
	    : send_all(terminal->out_fd, undo_plainly, sizeof undo_plainly - 1);

	if (err == ERR_OK && terminal->ansi)
		err = send_all(terminal->out_fd, fence, sizeof fence - 1);
	if (err != ERR_OK)
		return err;
	swallow(terminal);
	terminal->at = terminal->end = 0;
	terminal->next = terminal->ready_count = 0;
	reset_prog_mode();
	terminal_resized(terminal);
	clearok(curscr, TRUE);
	refresh();
	if (!terminal->ansi)
		return ERR_OK;
	err = terminal_send(terminal, terminal_keys_pad(), strlen(terminal_keys_pad()));
	if (err == ERR_OK && terminal->plain_keys)
		err = terminal_send(terminal, terminal_keys_plain, strlen(terminal_keys_plain));
	return err == ERR_OK ? terminal_send(terminal, ours, sizeof ours - 1) : err;
}
