/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command has the terminal for a while, and may leave it in any state (DESIGN 10). */
#include "ui/terminal/terminal_inside.h"

#include <string.h>

#include "client/fence.h"

bool
terminal_titled(const struct terminal *terminal)
{
	return terminal->ansi && terminal->swallows;
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

enum err
terminal_take_back(struct terminal *terminal)
{
	static const char ours[] = "\033[?2004h";
	enum err err = fence_undo(terminal->fd, terminal->out_fd, terminal->ansi);

	if (err != ERR_OK)
		return err;
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
