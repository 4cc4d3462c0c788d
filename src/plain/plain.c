/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who asks and tells for conv/, and the way from the first question to the last sentence. */
#include "plain/plain.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "client/host_clock.h"
#include "client/sentence.h"
#include "plain/inside.h"
#include "plain/qr.h"
#include "core/words.h"

enum { WARN_FROM = 900, WARN_BEFORE = 60, MILLI = 1000 }; /* seconds, but for the last */

/* --- asking -------------------------------------------------------------------- */

/* Seconds that this question may stay idle; 0: any time. */
static int64_t
idle_limit(const struct plain *plain)
{
	if (plain->conv.door == DOOR_HOME)
		return plain->conv.idle_lock;
	return signin_idle_limit(plain->conv.door);
}

/* At a door only an answer to its question counts, as in the keeper; at home each line does. */
static int64_t
idle_since(const struct plain *plain)
{
	bool typed = plain->conv.door == DOOR_HOME && plain->last_typed > plain->conv.last_asked;

	return typed ? plain->last_typed : plain->conv.last_asked;
}

/* Milliseconds until the limit, or a minute before it, where it is long and nothing warned. -1:
 * any time. */
static int
time_left(const struct plain *plain, bool warned)
{
	int64_t limit = idle_limit(plain);
	int64_t left = limit - (conv_clock() - idle_since(plain));

	if (limit <= 0)
		return -1;
	if (limit >= WARN_FROM && !warned && plain->conv.door != DOOR_HOME)
		left -= WARN_BEFORE;
	if (left < 0)
		left = 0;
	return left < INT_MAX / MILLI ? (int)left * MILLI : INT_MAX;
}

/* The limit may be there. ERR_OK: it is not, or it was a warning, and the question stands again. */
static enum err
time_over(struct plain *plain, const char *prompt, bool *io_warned)
{
	bool warns = idle_limit(plain) >= WARN_FROM && !*io_warned;

	if (time_left(plain, *io_warned) != 0)
		return ERR_OK;
	if (plain->conv.door == DOOR_HOME) {
		tty_break(&plain->tty);
		return ERR_LOCKED;
	}
	if (!warns) {
		tty_break(&plain->tty);
		return ERR_IDLE;
	}
	*io_warned = true;
	tty_put(&plain->tty, "");
	tty_put(&plain->tty, _("This question closes in a minute unless it is answered."));
	tty_prompt(&plain->tty, prompt, plain->tty.hidden);
	return ERR_OK;
}

static enum err
hear(struct plain *plain, const char *prompt)
{
	enum err err;

	plain->news = false;
	err = conv_hear(&plain->conv);
	if (err != ERR_OK)
		tty_break(&plain->tty);
	else if (plain->news)
		tty_prompt(&plain->tty, prompt, plain->tty.hidden);
	return err;
}

static enum err
ask(void *self, const char *prompt, bool hidden, char *buf, size_t size)
{
	struct plain *plain = self;
	bool warned = false;
	enum err err = ERR_BUSY;

	tty_prompt(&plain->tty, prompt, hidden);
	while (err == ERR_BUSY || err == ERR_OK) {
		switch (tty_wait(&plain->tty, true, plain->conv.line, time_left(plain, warned))) {
		case TTY_TYPED:
			err = tty_take(&plain->tty, buf, size);
			if (err != ERR_BUSY)
				plain->last_typed = conv_clock();
			if (err == ERR_OK)
				return ERR_OK;
			break;
		case TTY_OTHER:
			err = hear(plain, prompt);
			break;
		case TTY_TIME:
			err = time_over(plain, prompt, &warned);
			break;
		case TTY_LEFT:
			err = ERR_ENDED;
			break;
		}
	}
	if (plain->tty.left)
		tty_put(&plain->tty, "");
	return err;
}

/* --- telling --------------------------------------------------------------------- */

/* A heading begins a group. */
static void
tell(void *self, enum conv_kind kind, const char *text)
{
	struct plain *plain = self;
	size_t used = strlen(plain->held);

	if (plain->tty.lent) { /* no command's screen is written over */
		(void)snprintf(plain->held + used, sizeof plain->held - used, "%s\n", text);
		return;
	}
	if (kind == CONV_TITLE || kind == CONV_NEWS)
		tty_put(&plain->tty, "");
	plain->news = plain->news || kind == CONV_NEWS;
	tty_put(&plain->tty, text);
}

static enum err
wait(void *self, int64_t seconds)
{
	struct plain *plain = self;
	int milliseconds = seconds < 0 ? -1 : (int)seconds * MILLI;
	enum tty_event event;

	do
		event = tty_wait(&plain->tty, false, plain->conv.line, milliseconds);
	while (event != TTY_OTHER && event != TTY_LEFT && seconds < 0);
	return event == TTY_LEFT ? ERR_ENDED : ERR_OK;
}

static void
drop(void *self)
{
	struct plain *plain = self;

	tty_drop(&plain->tty);
}

/* Which of the two the terminal's colours need nobody can ask: each drawing is the other way round.
 */
static void
draw(void *self, const char *uri, const char *uri_short)
{
	struct plain *plain = self;

	qr_draw(&plain->tty, uri, uri_short, plain->dark_ink);
	plain->dark_ink = !plain->dark_ink;
	tty_put(&plain->tty,
	    _("Not scanning? Type q again: it is drawn with light and dark exchanged."));
}

/* --- from the first question to the last sentence ------------------------------------ */

static void
tell_where(struct plain *plain, const char *why)
{
	char host[65] = "";

	if (gethostname(host, sizeof host) != 0)
		host[0] = '\0';
	host[sizeof host - 1] = '\0';
	if (why != NULL)
		conv_tell(&plain->conv, CONV_TEXT, why);
	conv_tellf(&plain->conv, CONV_TEXT, "%s · %s", plain->conv.console_name, host);
	if (plain->conv.welcome[0] != '\0')
		conv_tell(&plain->conv, CONV_TEXT, plain->conv.welcome);
	conv_tell(&plain->conv, CONV_TEXT,
	    _("Type ? at any question to read what it is for and what else can be typed."));
}

static enum err
talk(struct plain *plain, bool first_run)
{
	enum err err = conv_doors(&plain->conv, first_run);

	while (err == ERR_OK) {
		err = plain->remote != NULL ? commands_remote(plain) : home_ask(plain);
		if (err == ERR_OK || err == ERR_LOCKED)
			err = conv_doors(&plain->conv, false);
	}
	return err;
}

static int
say_goodbye(const struct plain *plain, enum err why)
{
	char text[CONV_TEXT_SIZE];
	bool left = plain->tty.left && !plain->remote_said;

	if (plain->remote_said)
		why = plain->why;
	if (left && plain->conv.inside)
		(void)printf("%s\n", _("Signed out."));
	(void)fflush(stdout);
	if (!left && why != ERR_OK) {
		sentence_fill(why, 0, 0, text, sizeof text);
		(void)fprintf(stderr, "%s\n", text);
	}
	if (plain->remote_said)
		return plain->status;
	if (plain->remote != NULL)
		return RUN_STATUS_NEVER;
	return left && plain->conv.inside ? 0 : 1;
}

/* handover: where the screens stood; NULL: at the first door. */
static enum err
begin(struct plain *plain, const struct opening *opening, const struct handover *handover)
{
	if (handover != NULL) {
		conv_go_on(&plain->conv, handover);
		plain->told = handover->home_seen;
		return ERR_OK; /* the walls stand */
	}
	plain->conv.clock_loose = host_clock_is_loose();
	return opening->confine();
}

static int
run(const struct opening *opening, const struct handover *handover, const char *why)
{
	struct plain plain;
	const struct conv_face face = { .self = &plain,
		.ask = ask,
		.tell = tell,
		.wait = wait,
		.drop = drop,
		.draw = draw };
	enum err err;
	int status;

	memset(&plain, 0, sizeof plain);
	plain.remote = opening->remote;
	err = tty_open(STDIN_FILENO, STDOUT_FILENO, &plain.tty);
	if (err != ERR_OK)
		return say_goodbye(&plain, err);
	conv_open(&plain.conv, &face, opening->line, &opening->hello->u.hello);
	plain.way = opening->way;
	err = begin(&plain, opening, handover);
	if (err == ERR_OK) {
		tell_where(&plain, why);
		err = talk(&plain, handover == NULL && opening->first_run);
	}
	tty_close(&plain.tty);
	status = say_goodbye(&plain, err);
	secret_wipe(&plain, sizeof plain);
	return status;
}

int
plain_run(const struct opening *opening)
{
	return run(opening, NULL, opening->why);
}

int
plain_go_on(const struct opening *opening, const struct handover *handover)
{
	return run(opening, handover,
	    _("You chose plain text in My account, so the console goes on line by line."));
}
