/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/terminal_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/secret.h"

enum { ANSWER_WAIT = 200 /* milliseconds */, GREETING_SIZE = 128 };

/*
 * More rows or columns no screen has (4K at five pixels a cell: 768), but stty(1) and hostile
 * terminals: curses breaks with more than 32767, and long before takes gigabytes.
 */
enum { SIDE_MOST = 1000 };

int64_t
terminal_clock(void)
{
	return terminal_ms() / 1000;
}

static FILE *
stream(int fd, const char *mode)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	FILE *file = copy >= 0 ? fdopen(copy, mode) : NULL;

	if (file == NULL && copy >= 0)
		close(copy);
	return file;
}

static void
discard(struct terminal *terminal)
{
	if (terminal->screen != NULL)
		delscreen(terminal->screen);
	if (terminal->in != NULL)
		fclose(terminal->in);
	if (terminal->out != NULL)
		fclose(terminal->out);
	explicit_bzero(terminal, sizeof *terminal);
	free(terminal);
}

/* The size as the system has it, or as much of it as is used; false: it has none. */
static bool
measure(const struct terminal *terminal, struct winsize *ret_size, bool *ret_huge)
{
	struct winsize size;

	if (terminal->null || ioctl(terminal->out_fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 ||
	    size.ws_col == 0)
		return false;
	*ret_huge = size.ws_row > SIDE_MOST || size.ws_col > SIDE_MOST;
	if (size.ws_row > SIDE_MOST)
		size.ws_row = SIDE_MOST;
	if (size.ws_col > SIDE_MOST)
		size.ws_col = SIDE_MOST;
	*ret_size = size;
	return true;
}

/* Curses on two streams; the size from the system alone. What is huge curses is not let see. */
static enum err
start(struct terminal *terminal, const char *type)
{
	struct winsize size;
	bool huge = false, known = measure(terminal, &size, &huge);

	if (terminal->in == NULL || terminal->out == NULL)
		return err_from_errno(errno);
	use_env(FALSE);
	use_tioctl(!huge);
	if (getenv("ESCDELAY") == NULL)
		set_escdelay(DECODER_ESCAPE_MS);
	errno = 0;
	terminal->screen = newterm(type, terminal->out, terminal->in);
	if (terminal->screen != NULL) {
		if (known && huge)
			resize_term(size.ws_row, size.ws_col);
		return ERR_OK;
	}
	/* newterm() does not say which. */
	return errno == ENOMEM || terminal_known(type) ? ERR_MEMORY : ERR_TERMINAL;
}

static bool
no_color(void)
{
	const char *value = getenv("NO_COLOR");

	return value != NULL && *value != '\0';
}

/* type: what terminal_type() made of TERM. */
static void
know_environment(struct terminal *terminal, const char *type)
{
	const char *tmux = getenv("TMUX"), *term = getenv("TERM");

	terminal->tmux = (tmux != NULL && *tmux != '\0') || strncmp(type, "tmux", 4) == 0;
	terminal->treated_as = type != term ? type : NULL;
}

/* Asks for plain keys, for pastes to be marked, and what the terminal can do. */
static void
greet(struct terminal *terminal)
{
	char bytes[GREETING_SIZE];
	int length;

	refresh();
	length = snprintf(bytes, sizeof bytes, "%s%s\033[?2004h", terminal_keys_pad(),
	    terminal->plain_keys ? terminal_keys_plain : "");
	if (terminal->ansi && terminal_send(terminal, bytes, (size_t)length) == ERR_OK)
		terminal_ask(terminal);
}

/*
 * Of TERM's type, which nearly every host knows, without asking for it first: its description is
 * read once. Where the host does not know it, of the one that terminal_type() takes instead.
 */
static enum err
start_as_told(struct terminal *terminal, const char **ret_type)
{
	const char *term = getenv("TERM"), *type = terminal_likely(term) ? term : NULL;
	enum err err = ERR_TERMINAL;

	if (type != NULL)
		err = start(terminal, terminal_honest(type));
	if (err == ERR_TERMINAL) {
		type = terminal_type(term);
		err = start(terminal, terminal_honest(type));
	}
	*ret_type = type;
	return err;
}

enum err
terminal_open(int in, int out, struct terminal **ret_terminal)
{
	struct terminal *terminal;
	enum err err = ERR_TERMINAL;
	const char *type;

	if (!isatty(in) || !isatty(out))
		return ERR_TERMINAL;
	terminal = terminal_has_memory() ? calloc(1, sizeof *terminal) : NULL;
	if (terminal == NULL)
		return ERR_MEMORY;
	terminal->fd = in;
	terminal->out_fd = out;
	if (tcgetattr(in, &terminal->before) != 0)
		goto out;
	terminal->in = stream(in, "r");
	terminal->out = stream(out, "w");
	terminal_locale(terminal, true);
	err = start_as_told(terminal, &type);
	if (err != ERR_OK)
		goto out;
	know_environment(terminal, type);
	err = terminal_modes(terminal);
	if (err != ERR_OK) {
		endwin();
		goto out;
	}
	terminal->plain_keys = terminal->ansi && terminal_takes_key_modes(type);
	terminal->swallows = terminal_swallows(type);
	terminal_styles(terminal, no_color());
	terminal->crash = terminal_crash_arm(terminal);
	greet(terminal);
	*ret_terminal = terminal;
	terminal = NULL;
out:
	if (terminal != NULL)
		discard(terminal);
	return err;
}

enum err
terminal_open_null(const char *term, int rows, int columns, struct terminal **ret_terminal)
{
	struct terminal *terminal = calloc(1, sizeof *terminal);
	enum err err;

	if (terminal == NULL)
		return ERR_MEMORY;
	terminal->null = true;
	terminal->fd = terminal->out_fd = -1;
	terminal->in = fopen("/dev/null", "re");
	terminal->out = fopen("/dev/null", "we");
	terminal_locale(terminal, false);
	err = start(terminal, term);
	if (err == ERR_OK)
		err = terminal_modes(terminal);
	if (err != ERR_OK) {
		discard(terminal);
		return err;
	}
	terminal_styles(terminal, false);
	resize_term(rows, columns);
	*ret_terminal = terminal;
	return ERR_OK;
}

/* An answer after we left would be typed into the shell: wait for it briefly. */
static void
await_answer(struct terminal *terminal)
{
	struct pollfd line = { .fd = terminal->fd, .events = POLLIN };
	struct event event;

	terminal->closing = true;
	while (terminal->asked != 0 && terminal_ms() - terminal->asked < TERMINAL_ANSWER_MS &&
	    poll(&line, 1, ANSWER_WAIT) == 1 &&
	    (line.revents & (POLLHUP | POLLERR | POLLNVAL)) == 0)
		if (terminal_read(terminal, &event) != ERR_OK)
			return;
}

/* Milliseconds that an answer may still be under way. */
static int
answer_left(const struct terminal *terminal)
{
	int64_t left = TERMINAL_ANSWER_MS - (terminal_ms() - terminal->asked);

	return terminal->asked != 0 && left > 0 ? (int)left : 0;
}

enum err
terminal_settle(struct terminal *terminal)
{
	struct pollfd line = { .fd = terminal->fd, .events = POLLIN };
	struct event event = { .type = EVENT_NONE };
	int64_t began = terminal_ms();
	enum err err = ERR_OK;

	terminal->closing = true;
	while (err == ERR_OK && terminal_ms() - began <= TERMINAL_ANSWER_MS) {
		if (!terminal_holds(terminal) && poll(&line, 1, answer_left(terminal)) <= 0)
			break;
		err = terminal_read(terminal, &event);
		if (err == ERR_OK && event.type == EVENT_KEY && event.key == KEY_INTERRUPT)
			err = ERR_ENDED;
	}
	secret_wipe(&event, sizeof event);
	return err;
}

static void
give_back(struct terminal *terminal)
{
	static const char bytes[] = "\033[?2004l";
	enum err err = ERR_OK;

	await_answer(terminal);
	if (terminal->ansi)
		err = terminal_send(terminal, bytes, sizeof bytes - 1);
	if (err == ERR_OK && terminal->plain_keys)
		err = terminal_send(terminal, terminal_keys_back, strlen(terminal_keys_back));
	(void)err; /* a line that is down needs no giving back */
	erase();
	refresh();
	endwin();
	tcsetattr(terminal->fd, TCSAFLUSH, &terminal->before);
	crash_disarm(terminal->crash);
}

void
terminal_close(struct terminal *terminal)
{
	if (terminal == NULL)
		return;
	set_term(terminal->screen);
	if (terminal->null)
		endwin();
	else
		give_back(terminal);
	discard(terminal);
}

void
terminal_size(const struct terminal *terminal, int *ret_rows, int *ret_columns)
{
	(void)terminal;
	getmaxyx(stdscr, *ret_rows, *ret_columns);
}

void
terminal_resized(struct terminal *terminal)
{
	struct winsize size;
	bool huge;

	if (terminal->null)
		return;
	reset_prog_mode(); /* also after SIGCONT, when someone else had the terminal */
	if (measure(terminal, &size, &huge))
		resize_term(size.ws_row, size.ws_col);
}

bool
terminal_utf8(const struct terminal *terminal)
{
	return terminal->utf8 && !terminal->ambiguous;
}

int
terminal_colours(const struct terminal *terminal)
{
	return terminal->colours;
}

bool
terminal_qr_own(const struct terminal *terminal)
{
	return terminal->choice == PALETTE_OWN || terminal->choice == PALETTE_OWN_TURNED;
}

bool
terminal_osc52(const struct terminal *terminal)
{
	return terminal->osc52;
}

bool
terminal_tmux(const struct terminal *terminal)
{
	return terminal->tmux;
}

const char *
terminal_treated_as(const struct terminal *terminal)
{
	return terminal->treated_as;
}

int
terminal_fd(const struct terminal *terminal)
{
	return terminal->fd;
}
