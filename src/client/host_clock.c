/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/host_clock.h"

#include <sys/timex.h>

#include "core/words.h"

const char host_clock_sentence[] = N_(
    "This host's clock is not synchronised, so it may be the one that is wrong: tell an "
    "administrator.");

bool
host_clock_says_loose(int state, int status)
{
	return state == TIME_ERROR || (state >= 0 && (status & STA_UNSYNC) != 0);
}

/* It reads alone: nothing is set where no mode is named. */
bool
host_clock_is_loose(void)
{
	struct timex now = { .modes = 0 };
	int state = adjtimex(&now);

	return host_clock_says_loose(state, now.status);
}
