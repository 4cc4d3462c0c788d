/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "cli/say.h"
#include "core/text.h"

enum { ASK_TRIES = 3 };

const char ask_no_terminal[] = N_(
    "There is no terminal to ask for the password on. Give it by --password-stdin.");

/* What was read, without its newline, if it is one that may be a password. */
static enum err
ask_finish(struct secret *line)
{
	if (line->length > 0 && line->bytes[line->length - 1] == '\n')
		line->length--;
	else if (line->length >= TEXT_PASSWORD_SIZE)
		return ERR_PASSWORD_LONG;
	line->bytes[line->length] = 0;
	return memchr(line->bytes, 0, line->length) == NULL ? ERR_OK : ERR_PASSWORD_CONTROL;
}

/* Whether the bytes are a mark of the byte order, which some editors write before UTF-8 (RFC 3629
 * 6): never part of the password. */
static bool
ask_is_mark(const struct secret *line)
{
	static const unsigned char mark[] = { 0xef, 0xbb, 0xbf };

	return line->length == sizeof mark && memcmp(line->bytes, mark, sizeof mark) == 0;
}

/* Byte by byte, so that the next line is left for the next reader. */
static enum err
ask_bytes(int fd, struct secret *line)
{
	bool marked = false;
	ssize_t got;

	while (line->length < TEXT_PASSWORD_SIZE) {
		got = read(fd, line->bytes + line->length, 1);
		if (got < 0 && errno != EINTR)
			return err_from_errno(errno);
		if (got == 0)
			break;
		if (got == 1 && line->bytes[line->length++] == '\n')
			break;
		if (!marked && ask_is_mark(line)) {
			marked = true;
			line->length = 0;
		}
	}
	return ask_finish(line);
}

enum err
ask_line(int fd, struct secret **ret_secret)
{
	struct secret *line = NULL;
	enum err err = secret_new(TEXT_PASSWORD_SIZE + 1, &line);

	if (err == ERR_OK)
		err = ask_bytes(fd, line);
	if (err == ERR_OK)
		*ret_secret = line;
	else
		secret_free(line);
	return err;
}

/* --- a terminal ------------------------------------------------------------------ */

/* Signals that would end the program while echo is off. */
static void
ask_signals(sigset_t *set)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

	sigemptyset(set);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		sigaddset(set, numbers[i]);
}

/* Waits for something typed. ERR_STALE: a signal came first. */
static enum err
ask_wait(int tty, int signal)
{
	struct pollfd from[2] = { { .fd = tty, .events = POLLIN },
		{ .fd = signal, .events = POLLIN } };

	if (poll(from, 2, -1) < 0)
		return errno == EINTR ? ERR_STALE : err_from_errno(errno);
	return from[1].revents == 0 ? ERR_OK : ERR_STALE;
}

/* A line from the terminal: whole, or in pieces (^D); EOF ends it too. */
static enum err
ask_typed(int tty, const sigset_t *signals, struct secret *line)
{
	int signal = signalfd(-1, signals, SFD_CLOEXEC);
	enum err err = ERR_OK;
	ssize_t got = 1;

	if (signal < 0)
		return err_from_errno(errno);
	while (got > 0 && line->length < TEXT_PASSWORD_SIZE &&
	    (line->length == 0 || line->bytes[line->length - 1] != '\n')) {
		err = ask_wait(tty, signal);
		if (err != ERR_OK)
			break;
		got = read(tty, line->bytes + line->length, TEXT_PASSWORD_SIZE - line->length);
		if (got > 0)
			line->length += (size_t)got;
	}
	close(signal);
	if (got < 0)
		err = ERR_TERMINAL;
	return err == ERR_OK ? ask_finish(line) : err;
}

/*
 * Asks once, without echo. Signals are held back until the echo is on again, and only looked at,
 * not taken: then each does what it always does. ERR_STALE: one came and the process still lives
 * (it was stopped and continued), so ask again.
 */
static enum err
ask_unseen(int tty, const char *prompt, struct secret *line)
{
	struct termios before, unseen;
	sigset_t signals, mask;
	enum err err = ERR_TERMINAL;

	ask_signals(&signals);
	if (tcgetattr(tty, &before) != 0)
		return ERR_TERMINAL;
	unseen = before;
	unseen.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
	unseen.c_lflag |= ICANON | ISIG;
	(void)sigprocmask(SIG_BLOCK, &signals, &mask);
	if (tcsetattr(tty, TCSAFLUSH, &unseen) == 0) {
		(void)dprintf(tty, "%s: ", prompt);
		err = ask_typed(tty, &signals, line);
		(void)tcsetattr(tty, TCSAFLUSH, &before);
		(void)dprintf(tty, "\n");
	}
	(void)sigprocmask(SIG_SETMASK, &mask, NULL);
	return err;
}

static enum err
ask_again(int tty, const char *prompt, struct secret **ret_secret)
{
	struct secret *line = NULL;
	enum err err = secret_new(TEXT_PASSWORD_SIZE + 1, &line);

	if (err != ERR_OK)
		return err;
	do {
		secret_wipe(line->bytes, line->capacity);
		line->length = 0;
		err = ask_unseen(tty, prompt, line);
	} while (err == ERR_STALE);
	if (err == ERR_OK && line->length == 0)
		err = ERR_FIELD_EMPTY;
	if (err == ERR_OK)
		*ret_secret = line;
	else
		secret_free(line);
	return err;
}

/* --- a new password ----------------------------------------------------------------- */

static enum err
ask_check(const struct secret *typed, const char *name)
{
	char password[TEXT_PASSWORD_SIZE];
	size_t length = 0;
	enum err err = text_password((const char *)typed->bytes, typed->length, password, &length);

	if (err == ERR_OK)
		err = text_password_good(password, length, name);
	secret_wipe(password, sizeof password);
	return err;
}

static void
ask_complain(int tty, enum err err)
{
	(void)dprintf(tty, "%s\n", _(err_sentence(err)));
}

/* What is asked for: two message ids. */
struct ask_words {
	const char *first, *again;
};

static const struct ask_words password_words = { N_("Password"), N_("Repeat password") };
static const struct ask_words passphrase_words = { N_("Passphrase"), N_("Repeat passphrase") };

/* Asks again until both are equal. */
static enum err
ask_repeat(int tty, const struct ask_words *words, const struct secret *first)
{
	enum err err = ERR_FAILED;

	for (int i = 1; i <= ASK_TRIES; i++) {
		struct secret *second = NULL;

		err = ask_again(tty, _(words->again), &second);
		if (err == ERR_OK &&
		    (first->length != second->length ||
			!secret_equal(first->bytes, second->bytes, first->length)))
			err = ERR_PASSWORD_DIFFERS;
		secret_free(second);
		if (err != ERR_PASSWORD_DIFFERS || i == ASK_TRIES)
			break;
		ask_complain(tty, err);
	}
	return err;
}

/* Asks for it twice. */
static enum err
ask_twice(int tty, const struct ask_words *words, const char *name, struct secret **ret_secret)
{
	struct secret *first = NULL;
	enum err err = ask_again(tty, _(words->first), &first);

	if (err == ERR_OK)
		err = ask_check(first, name);
	if (err == ERR_OK)
		err = ask_repeat(tty, words, first);
	if (err == ERR_OK)
		*ret_secret = first;
	else
		secret_free(first);
	return err;
}

/* Whether asking again may help. */
static bool
ask_is_refusal(enum err err)
{
	return err == ERR_FIELD_EMPTY || err == ERR_FIELD_UTF8 ||
	    (err >= ERR_PASSWORD_SHORT && err < ERR_PASSWORD_DIFFERS);
}

static enum err
ask_terminal(const struct ask_words *words, const char *name, struct secret **ret_secret)
{
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	enum err err = ERR_TERMINAL;

	if (tty < 0)
		return ERR_TERMINAL;
	for (int i = 1; i <= ASK_TRIES; i++) {
		err = ask_twice(tty, words, name, ret_secret);
		if (!ask_is_refusal(err) || i == ASK_TRIES)
			break;
		ask_complain(tty, err);
	}
	close(tty);
	return err;
}

enum err
ask_password(bool from_stdin, const char *name, struct secret **ret_secret)
{
	struct secret *typed = NULL;
	enum err err;

	if (!from_stdin)
		return ask_terminal(&password_words, name, ret_secret);
	err = ask_line(STDIN_FILENO, &typed);
	if (err != ERR_OK)
		return err;
	err = ask_check(typed, name);
	if (err == ERR_OK)
		*ret_secret = typed;
	else
		secret_free(typed);
	return err;
}

static enum err
ask_existing(struct secret **ret_secret)
{
	int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	enum err err;

	if (tty < 0)
		return ERR_TERMINAL;
	err = ask_again(tty, _(passphrase_words.first), ret_secret);
	close(tty);
	return err;
}

/* As typed on any keyboard: NFC. */
static enum err
ask_normal(const struct secret *typed, struct secret **ret_secret)
{
	char normal[TEXT_PASSWORD_SIZE];
	size_t length = 0;
	enum err err = text_password((const char *)typed->bytes, typed->length, normal, &length);

	if (err == ERR_OK)
		err = length > 0 ? secret_from(normal, length, ret_secret) : ERR_FIELD_EMPTY;
	secret_wipe(normal, sizeof normal);
	return err;
}

enum err
ask_passphrase(int fd, bool fresh, struct secret **ret_secret)
{
	struct secret *typed = NULL;
	enum err err;

	if (fd >= 0)
		err = ask_line(fd, &typed);
	else if (fresh)
		err = ask_terminal(&passphrase_words, "", &typed);
	else
		err = ask_existing(&typed);
	if (err == ERR_OK && fresh && fd >= 0)
		err = ask_check(typed, "");
	if (err == ERR_OK)
		err = ask_normal(typed, ret_secret);
	secret_free(typed);
	return err;
}
