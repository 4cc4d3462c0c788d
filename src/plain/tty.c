/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain/tty.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/text.h"
#include "client/crash.h"
#include "client/fence.h"

enum { USUAL_ROWS = 24, USUAL_COLUMNS = 80 };
enum { LINE_MOST = 4096, OUT_SIZE = 512 /* a terminal gives no more to canonical readers */ };

/* ^Z and ^\ are ignored, as on the screens (DESIGN 2). */
static const int ignored[] = { SIGTSTP, SIGTTIN, SIGTTOU, SIGQUIT, SIGPIPE };
static const int heard[] = { SIGINT, SIGTERM, SIGHUP, SIGCONT, SIGWINCH };

/* --- beginning and end ----------------------------------------------------------- */

/* They stay ignored when the modes are given back: what ends must not be stopped. */
static void
take_signals(sigset_t *ret_heard, sigset_t *ret_before)
{
	sigemptyset(ret_heard);
	for (size_t i = 0; i < sizeof heard / sizeof heard[0]; i++)
		sigaddset(ret_heard, heard[i]);
	(void)sigprocmask(SIG_BLOCK, ret_heard, ret_before);
	for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
		(void)signal(ignored[i], SIG_IGN);
}

/* Lines, their editing, and ^C, whatever was in force. ECHOCTL: a typed escape is not echoed as
 * one. */
static void
make_modes(struct tty *tty)
{
	tty->seen = tty->before;
	tty->seen.c_iflag |= ICRNL;
	tty->seen.c_iflag &= ~(tcflag_t)(INLCR | IGNCR);
	tty->seen.c_oflag |= OPOST | ONLCR;
	tty->seen.c_lflag |= ICANON | ISIG | IEXTEN | ECHO | ECHOE | ECHOK | ECHOCTL;
	tty->seen.c_lflag &= ~(tcflag_t)NOFLSH;
	tty->unseen = tty->seen;
	tty->unseen.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
}

static void
set_modes(struct tty *tty, int when)
{
	struct termios raw = tty->before;

	cfmakeraw(&raw);
	(void)tcsetattr(tty->in, when, tty->lent ? &raw : tty->hidden ? &tty->unseen : &tty->seen);
}

enum err
tty_open(int in, int out, struct tty *ret_tty)
{
	struct tty tty = { .in = in, .out = out };
	sigset_t set;
	enum err err;

	if (!isatty(out) || tcgetattr(in, &tty.before) != 0)
		return ERR_TERMINAL;
	err = secret_new(LINE_MOST, &tty.line);
	if (err != ERR_OK)
		return err;
	take_signals(&set, &tty.mask);
	tty.signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (tty.signals < 0) {
		err = err_from_errno(errno);
		secret_free(tty.line);
		(void)sigprocmask(SIG_SETMASK, &tty.mask, NULL);
		return err;
	}
	tty.crash = crash_arm(&(struct crash_way){ .in = in, .out = out, .modes = tty.before });
	make_modes(&tty);
	set_modes(&tty, TCSADRAIN);
	*ret_tty = tty;
	return ERR_OK;
}

/* The signals that were heard stay blocked: what ends already is not ended twice. */
void
tty_close(struct tty *tty)
{
	(void)tcsetattr(tty->in, TCSAFLUSH, &tty->before);
	crash_disarm(tty->crash);
	close(tty->signals);
	secret_free(tty->line);
	tty->line = NULL;
}

/* --- out ----------------------------------------------------------------------------- */

/* What came by signal. Who was stopped finds the modes of whoever had the terminal meanwhile. */
void
tty_hear(struct tty *tty)
{
	struct signalfd_siginfo info;

	while (read(tty->signals, &info, sizeof info) == (ssize_t)sizeof info) {
		bool goes_on = info.ssi_signo == SIGCONT;

		if (goes_on)
			set_modes(tty, TCSADRAIN);
		if (goes_on || info.ssi_signo == SIGWINCH)
			tty->resized = true;
		else
			tty->left = true;
	}
}

/* A terminal that was halted (^S) takes nothing, but signals are heard; who has left waits for
 * nothing. */
static void
write_all(struct tty *tty, const char *bytes, size_t length)
{
	struct pollfd fds[2] = { { .fd = tty->out, .events = POLLOUT },
		{ .fd = tty->signals, .events = POLLIN } };

	while (length > 0) {
		int ready = poll(fds, 2, tty->left ? 0 : -1);

		if (ready == 0 || (ready < 0 && errno != EINTR))
			return;
		if (ready > 0 && fds[1].revents != 0)
			tty_hear(tty);
		if (ready < 0 || fds[0].revents == 0)
			continue;
		ssize_t done = write(tty->out, bytes, length);
		if (done < 0 && errno != EINTR && errno != EAGAIN) {
			tty->left = true;
			return;
		}
		if (done > 0) {
			bytes += done;
			length -= (size_t)done;
		}
	}
}

/* One line without its end, in pieces that end at a character's boundary. */
static void
write_shown(struct tty *tty, const char *text, size_t length)
{
	char shown[OUT_SIZE];

	while (length > 0) {
		size_t piece = length < OUT_SIZE / 2 ? length : OUT_SIZE / 2;

		while (piece < length && piece > 1 && ((unsigned char)text[piece] & 0xc0) == 0x80)
			piece--;
		write_all(tty, shown, text_show(text, piece, shown, sizeof shown));
		text += piece;
		length -= piece;
	}
	secret_wipe(shown, sizeof shown);
}

void
tty_put(struct tty *tty, const char *text)
{
	for (;;) {
		size_t length = strcspn(text, "\n");

		write_shown(tty, text, length);
		write_all(tty, "\n", 1);
		if (text[length] == '\0')
			return;
		text += length + 1;
	}
}

void
tty_prompt(struct tty *tty, const char *prompt, bool hidden)
{
	if (hidden != tty->hidden) {
		tty->hidden = hidden;
		if (hidden)
			secret_clear(tty->line);
		set_modes(tty, hidden ? TCSAFLUSH : TCSADRAIN);
	}
	write_shown(tty, prompt, strlen(prompt));
}

void
tty_break(struct tty *tty)
{
	tty_drop(tty);
	write_all(tty, "\n", 1);
}

void
tty_drop(struct tty *tty)
{
	(void)tcflush(tty->in, TCIFLUSH);
	secret_clear(tty->line);
}

/* --- in ------------------------------------------------------------------------------ */

enum tty_event
tty_wait(struct tty *tty, bool typed, int other, int milliseconds)
{
	struct pollfd fds[3] = { { .fd = tty->signals, .events = POLLIN },
		{ .fd = tty->in, .events = typed ? POLLIN : 0 },
		{ .fd = other, .events = POLLIN } };
	int ready = tty->left ? 0 : poll(fds, 3, milliseconds);

	if (ready < 0 && errno != EINTR)
		tty->left = true;
	if (ready > 0 && fds[0].revents != 0)
		tty_hear(tty);
	if (ready > 0 && (fds[1].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0)
		tty->left = true;
	if (tty->left)
		return TTY_LEFT;
	if (ready > 0 && fds[2].revents != 0)
		return TTY_OTHER;
	if (ready > 0 && fds[1].revents != 0)
		return TTY_TYPED;
	return TTY_TIME;
}

/* The line that is whole, if it fits. */
static enum err
hand_over(struct tty *tty, char *buf, size_t size)
{
	struct secret *line = tty->line;
	enum err err = line->length < size ? ERR_OK : ERR_FIELD_LONG;

	for (size_t i = 0; i < line->length && err == ERR_OK; i++)
		buf[i] = line->bytes[i] == '\0' ? '\x01' : (char)line->bytes[i];
	if (err == ERR_OK)
		buf[line->length] = '\0';
	secret_clear(line);
	if (tty->hidden)
		write_all(tty, "\n", 1);
	return err;
}

enum err
tty_take(struct tty *tty, char *buf, size_t size)
{
	struct secret *line = tty->line;
	bool full = line->length == line->capacity;
	ssize_t got;

	/* A line that is longer than all: its last bytes are overwritten, and refused at its end.
	 */
	if (full)
		line->length--;
	got = read(tty->in, line->bytes + line->length, line->capacity - line->length);
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return ERR_BUSY;
	if (got <= 0 && (got < 0 || line->length == 0)) {
		tty->left = true;
		return ERR_ENDED;
	}
	line->length += (size_t)got;
	if (line->length == 0 || line->bytes[line->length - 1] != '\n')
		return ERR_BUSY;
	if (!full)
		line->length--;
	return hand_over(tty, buf, size);
}

/* --- lending ------------------------------------------------------------------------ */

void
tty_lend(struct tty *tty)
{
	tty->lent = true;
	tty_drop(tty);
	set_modes(tty, TCSADRAIN);
}

enum err
tty_take_back(struct tty *tty, bool drew)
{
	const char *term = getenv("TERM");
	bool answers = term != NULL && *term != '\0' && strcmp(term, "dumb") != 0;
	enum err err = drew ? fence_undo(tty->in, tty->out, answers) : ERR_OK;

	tty->lent = false;
	set_modes(tty, TCSAFLUSH);
	return err;
}

bool
tty_resized(struct tty *tty)
{
	bool resized = tty->resized;

	tty->resized = false;
	return resized;
}

void
tty_size(const struct tty *tty, unsigned short *ret_rows, unsigned short *ret_columns)
{
	struct winsize size = { .ws_row = 0 };

	(void)ioctl(tty->out, TIOCGWINSZ, &size);
	*ret_rows = size.ws_row == 0 ? USUAL_ROWS : size.ws_row;
	*ret_columns = size.ws_col == 0 ? USUAL_COLUMNS : size.ws_col;
}
