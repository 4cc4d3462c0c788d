/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the terminal's line through the decoder to events. Read by the block and not by getch(),
 * which costs three system calls a byte (a long paste took seconds), and keeps copies of what was
 * typed that nobody can wipe.
 */
#include "ui/terminal/terminal_inside.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/secret.h"

enum { BYTES_A_READ = 65536 }; /* of answers without end, which are no events */

int64_t
terminal_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* --- bytes ------------------------------------------------------------------ */

/* What came after a long silence is a person's, if it is no more than one key: a paste that stalled
 * goes on with much. */
static bool
is_person(const struct terminal *terminal, int64_t now, size_t length)
{
	return now - terminal->read_at > TERMINAL_PASTE_MS && length <= TERMINAL_BYTES_KEY &&
	    !decoder_in_end_mark(&terminal->decoder);
}

/*
 * Reads what is there. POLLIN that yields nothing is the end of the line. `most`: it was waited for
 * so many milliseconds at most, however long we then had to wait for the processor; -1: not known.
 */
static void
read_more(struct terminal *terminal, int most)
{
	ssize_t got = read(terminal->fd, terminal->bytes + terminal->end,
	    TERMINAL_BYTES - terminal->end);
	int64_t now = terminal_ms();

	if (got > 0) {
		if (most >= 0 && now > terminal->read_at + most)
			now = terminal->read_at + most;
		terminal->end += (size_t)got;
		terminal->person = is_person(terminal, now, (size_t)got);
		terminal->read_at = now;
	} else if (got == 0 || (errno != EINTR && errno != EAGAIN))
		terminal->down = true;
}

/* Moves what is left to the front, and wipes where it was. */
static void
make_room(struct terminal *terminal)
{
	size_t left = terminal->end - terminal->at;

	memmove(terminal->bytes, terminal->bytes + terminal->at, left);
	secret_wipe(terminal->bytes + left, terminal->end - left);
	terminal->at = 0;
	terminal->end = left;
}

/* Whether bytes are there; if not, whether some come within so many milliseconds, -1: at once. */
static bool
fill(struct terminal *terminal, int milliseconds)
{
	struct pollfd line = { .fd = terminal->fd, .events = POLLIN };

	if (terminal->at < terminal->end)
		return true;
	make_room(terminal);
	if (terminal->down || poll(&line, 1, milliseconds > 0 ? milliseconds : 0) <= 0)
		return false;
	if (line.revents & POLLIN)
		read_more(terminal, milliseconds);
	else
		terminal->down = true;
	return terminal->end > 0;
}

/* --- events ----------------------------------------------------------------- */

/* Recover when the end of a paste was lost: a key that was pressed alone ends it. */
static bool
paste_lost(struct terminal *terminal)
{
	bool lost = terminal->decoder.pasting && terminal->person;

	terminal->person = false;
	return lost;
}

/* Makes events of the next byte, or of none having come. Returns whether there was anything to make
 * them of. */
static bool
make(struct terminal *terminal)
{
	struct decoder *decoder = &terminal->decoder;
	int64_t now = terminal_ms();
	int wait = decoder_wait(decoder, now);

	terminal->next = 0;
	terminal->ready_count = 0;
	decoder->owed = terminal->asked != 0;
	if (!fill(terminal, wait)) {
		/* What was waited has gone by, even where the clock stands still. */
		if (wait >= 0)
			terminal->ready_count = decoder_idle(decoder, now + wait, terminal->ready);
		return terminal->ready_count > 0;
	}
	if (paste_lost(terminal))
		terminal->ready_count = decoder_end_paste(decoder, terminal->ready);
	else
		terminal->ready_count = decoder_feed(decoder, terminal->bytes[terminal->at++],
		    terminal->read_at, terminal->ready);
	if (decoder->reported) {
		terminal_report(terminal, &decoder->report);
		/* What is typed while a string does not end is in it. */
		secret_wipe(&decoder->report, sizeof decoder->report);
	}
	return true;
}

static struct event
take(struct terminal *terminal)
{
	struct event event = terminal->ready[terminal->next];

	secret_wipe(&terminal->ready[terminal->next], sizeof event);
	terminal->next++;
	if (event.type == EVENT_KEY && event.key == KEY_ENTER_)
		terminal_ask_more(terminal);
	return event;
}

enum err
terminal_read(struct terminal *terminal, struct event *ret_event)
{
	struct event event = { .type = EVENT_NONE };

	for (int i = 0; !terminal->null && i < BYTES_A_READ; i++)
		if (terminal->next < terminal->ready_count || !make(terminal))
			break;
	if (terminal->next < terminal->ready_count)
		event = take(terminal);
	*ret_event = event;
	return event.type == EVENT_NONE && terminal->down ? ERR_TERMINAL : ERR_OK;
}

bool
terminal_holds(const struct terminal *terminal)
{
	return terminal->at < terminal->end || terminal->next < terminal->ready_count;
}
