/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/play.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runner/recorder.h"

enum { CONSOLE, ORDER, SLOTS };
enum { LAST_WORD = 2000 }; /* ms for a console to take that it is over */

struct playing {
	int file, line, console;
	bool ended; /* the end was said */
	bool over;
	char bytes[RUN_PUMP_MAX];
	size_t size; /* of bytes, not yet sent */
};

/* --- the file -------------------------------------------------------------------------------- */

/* Opened as who records, so that no link leads to what root alone may read. */
static enum err
open_file(const struct plan *plan, const char *id, int *ret_file)
{
	char name[RECORDER_NAME_SIZE];
	struct stat st;
	int directory = -1, fd;
	enum err err = recorder_directory(plan, &directory);

	if (err != ERR_OK)
		return err;
	recorder_name(id, name);
	if (!recorder_become(plan)) {
		close(directory);
		return ERR_SYSTEM;
	}
	fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	close(directory);
	if (fd < 0)
		return errno == ENOENT ? ERR_RECORDING_NONE : err_from_errno(errno);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return ERR_RECORDING_DAMAGED;
	}
	*ret_file = fd;
	return ERR_OK;
}

/* Nothing read is the end; a disk that fails ends it, too. */
static void
read_more(struct playing *playing)
{
	ssize_t size = read(playing->file, playing->bytes, sizeof playing->bytes);

	if (size < 0 && errno != EINTR)
		playing->over = true;
	if (size >= 0)
		playing->size = (size_t)size;
	playing->ended = size == 0;
}

static void
send_more(struct playing *playing)
{
	enum err err;

	if (playing->size == 0)
		read_more(playing);
	if (playing->over)
		return;
	err = run_send(playing->console, RUN_OUTPUT, playing->bytes, playing->size);
	if (err == ERR_OK)
		playing->size = 0;
	else if (err != ERR_BUSY)
		playing->over = true;
	if (err == ERR_BUSY)
		playing->ended = false;
}

/* What follows is from the place that was asked for. */
static void
tell_started(struct playing *playing)
{
	const struct run_started started = { .recorded = 0 };
	struct pollfd wait = { .fd = playing->console, .events = POLLOUT };
	enum err err;

	do
		err = run_send(playing->console, RUN_STARTED, &started, sizeof started);
	while (err == ERR_BUSY && poll(&wait, 1, LAST_WORD) == 1);
	playing->over = playing->over || err != ERR_OK;
}

/* --- the console --------------------------------------------------------------------------------
 */

static void
hear_console(struct playing *playing)
{
	char bytes[RUN_PUMP_MAX], kind = 0;
	const char keys = RUN_KEYS;
	size_t size = 0;
	int64_t from;
	enum err err = run_receive(playing->console, &kind, bytes, &size);

	if (err == ERR_BUSY)
		return;
	if (err == ERR_OK && kind == RUN_INPUT) {
		(void)send(playing->line, &keys, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
		return;
	}
	playing->over = err != ERR_OK || kind != RUN_SEEK || size != sizeof from;
	if (playing->over)
		return;
	memcpy(&from, bytes, sizeof from);
	playing->over = from < 0 || lseek(playing->file, from, SEEK_SET) < 0;
	playing->size = 0;
	playing->ended = false;
	tell_started(playing);
}

/* The keeper ends it, or has left: who looks needs it no more. */
static void
hear_keeper(struct playing *playing)
{
	char byte;
	ssize_t size = recv(playing->line, &byte, 1, MSG_DONTWAIT);

	playing->over = size >= 0 || (errno != EAGAIN && errno != EINTR);
}

static void
turn(struct playing *playing)
{
	struct pollfd slots[SLOTS] = {
		[CONSOLE] = { .fd = playing->console,
		    .events = (short)(POLLIN | (playing->ended ? 0 : POLLOUT)) },
		[ORDER] = { .fd = playing->line, .events = POLLIN },
	};

	if (poll(slots, SLOTS, -1) < 0)
		return;
	if (slots[ORDER].revents != 0)
		hear_keeper(playing);
	if (!playing->over && (slots[CONSOLE].revents & (POLLIN | POLLHUP | POLLERR)) != 0)
		hear_console(playing);
	if (!playing->over && !playing->ended && (slots[CONSOLE].revents & POLLOUT) != 0)
		send_more(playing);
}

static void
say_over(const struct playing *playing, enum run_how how, enum err err)
{
	const struct run_over over = { .how = how, .value = (uint32_t)err };
	struct pollfd wait = { .fd = playing->console, .events = POLLOUT };

	while (run_send(playing->console, RUN_OVER, &over, sizeof over) == ERR_BUSY)
		if (poll(&wait, 1, LAST_WORD) != 1)
			return;
}

void
play(const struct plan *plan, const struct run_order *order, int line, int console)
{
	struct playing playing = { .file = -1, .line = line, .console = console };
	enum err err = open_file(plan, order->name, &playing.file);

	if (err != ERR_OK) {
		say_over(&playing, RUN_REFUSED, err);
	} else {
		tell_started(&playing);
		while (!playing.over)
			turn(&playing);
		say_over(&playing, RUN_PLAYED, ERR_OK);
	}
	close(console);
	close(line);
}
