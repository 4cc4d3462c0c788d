/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/player_here.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "recording/play_on.h"

struct here {
	int file, signals;
};

static void
find_size(unsigned *ret_rows, unsigned *ret_columns)
{
	struct winsize size = { .ws_row = 0 };

	*ret_rows = 24;
	*ret_columns = 80;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
		*ret_rows = size.ws_row;
		*ret_columns = size.ws_col;
	}
}

/* --- what the player asks for ------------------------------------------------------------------
 */

static enum err
more(void *context, char *bytes, size_t *ret_size)
{
	const struct here *here = context;
	ssize_t size = read(here->file, bytes, PLAY_ON_BYTES);

	if (size < 0)
		return err_from_errno(errno);
	*ret_size = (size_t)size;
	return ERR_OK;
}

static enum err
from_the_start(void *context)
{
	const struct here *here = context;

	return lseek(here->file, 0, SEEK_SET) == 0 ? ERR_OK : err_from_errno(errno);
}

/* Any signal but that of another size ends it. */
static bool
goes_on(void *context, struct player *player, bool keys)
{
	const struct here *here = context;
	struct signalfd_siginfo info;

	(void)keys;
	if (read(here->signals, &info, sizeof info) != (ssize_t)sizeof info)
		return true;
	if (info.ssi_signo != SIGWINCH)
		return false;
	find_size(&player->rows, &player->columns);
	return true;
}

/* --- the terminal --------------------------------------------------------------------------------
 */

static void
say(const char *text)
{
	size_t size = strlen(text);

	while (size > 0) {
		ssize_t wrote = write(STDOUT_FILENO, text, size);

		if (wrote < 0 && errno != EINTR)
			return;
		if (wrote > 0) {
			text += wrote;
			size -= (size_t)wrote;
		}
	}
}

static int
hear_signals(sigset_t *ret_before)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGQUIT);
	sigaddset(&set, SIGWINCH);
	if (sigprocmask(SIG_BLOCK, &set, ret_before) != 0)
		return -1;
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static enum err
play_raw(struct here *here, struct player *player)
{
	const struct play_on how = { .in = STDIN_FILENO,
		.out = STDOUT_FILENO,
		.source = here->file,
		.other = here->signals,
		.context = here,
		.more = more,
		.rewind = from_the_start,
		.go_on = goes_on };
	unsigned rows, columns;
	enum err err;

	find_size(&rows, &columns);
	say(player_opens);
	err = play_on(&how, rows, columns, player);
	say(player_closes);
	return err;
}

enum err
player_here(int file)
{
	struct here here = { .file = file, .signals = -1 };
	struct player *player = malloc(sizeof *player);
	struct termios before, raw;
	sigset_t mask;
	enum err err = player == NULL ? ERR_MEMORY : ERR_OK;

	if (err == ERR_OK && (!isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0))
		err = ERR_PLAY_TERMINAL;
	if (err != ERR_OK) {
		free(player);
		return err;
	}
	here.signals = hear_signals(&mask);
	raw = before;
	cfmakeraw(&raw);
	if (tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0)
		err = play_raw(&here, player);
	(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
	if (here.signals >= 0)
		close(here.signals);
	(void)sigprocmask(SIG_SETMASK, &mask, NULL);
	free(player);
	return err;
}
