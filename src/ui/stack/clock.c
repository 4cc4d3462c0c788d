/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/clock.h"

#include <limits.h>
#include <time.h>

#include "ui/stack/ask.h"
#include "ui/stack/handle.h"
#include "ui/stack/say.h"
#include "ui/stack/stack.h"

enum { WARN_FROM = 900, WARN_BEFORE = 60, MILLI = 1000 }; /* seconds, but for the last */

/* Seconds that may pass without a key; 0: any. */
static int64_t
idle_limit(const struct ui *ui)
{
	if (ui->facts.door == DOOR_HOME)
		return ui->facts.idle_lock;
	return signin_idle_limit(ui->facts.door);
}

/* Where a screen wants it, and while the seconds of a message, or of administering, count down. */
static bool
ticking(const struct ui *ui)
{
	return ui->depth > 0 &&
	    (ui->stack[ui->depth - 1].screen->ticks || ui->said != ERR_OK ||
		ui_administering(ui) > 0);
}

/* Milliseconds to the next full second of the clock that the screens show. */
static int
next_second(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return MILLI - (int)(now.tv_nsec / 1000000);
}

/* At a door only an answer to its question counts, as in the keeper; once signed in each key does.
 */
static int64_t
idle_since(const struct ui *ui)
{
	bool in = ui->facts.door == DOOR_HOME || ui->facts.door == DOOR_LOCKED;

	return in ? ui->last_key : ui->last_asked;
}

/* Seconds until the idle limit has something to say or to do; -1: never. At home it waits for the
 * answer that is late: nothing can be asked before, not even the lock. */
static int64_t
idle_left(const struct ui *ui)
{
	int64_t limit = idle_limit(ui);
	int64_t left = limit - (terminal_clock() - idle_since(ui));

	if (limit <= 0 || (ui->facts.door == DOOR_HOME && ui->waiting))
		return -1;
	if (limit >= WARN_FROM && !ui->warned && ui->facts.door != DOOR_HOME)
		left -= WARN_BEFORE;
	return left > 0 ? left : 0;
}

int
ui_timeout(const struct ui *ui)
{
	int64_t left = idle_left(ui);

	if (ui->again_at != 0)
		return MILLI;
	if (ticking(ui) && left != 0)
		return next_second();
	if (left < 0)
		return -1;
	return left < INT_MAX / MILLI ? (int)left * MILLI : INT_MAX;
}

static void
tick(struct ui *ui)
{
	struct event event = { .type = EVENT_TICK };
	int64_t now = ui->clock();

	if (!ticking(ui) || now == ui->last_tick)
		return;
	ui->last_tick = now;
	ui_handle(ui, &event);
}

void
ui_lock_now(struct ui *ui)
{
	ui_lock(ui);
	ui_ask_plain(ui, WIRE_LOCK, NULL);
}

void
ui_wake(struct ui *ui)
{
	tick(ui);
	ui_ask_again(ui);
	if (ui->ended || idle_left(ui) != 0)
		return;
	if (ui->facts.door == DOOR_HOME) {
		ui_lock_now(ui);
		return;
	}
	if (idle_limit(ui) >= WARN_FROM && !ui->warned) {
		ui->warned = true;
		ui_say(ui, STYLE_PLAIN,
		    N_("This screen closes in a minute unless it is completed."));
		return;
	}
	ui_end(ui, 1, ERR_IDLE, NULL);
}
