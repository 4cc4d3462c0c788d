/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/say.h"

enum { EVERY_MS = 100 };

static int64_t
milliseconds(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

void
progress_begin(struct progress *progress, const char *what)
{
	*progress = (struct progress){ .what = what, .on = isatty(STDERR_FILENO) != 0 };
}

void
progress_tell(struct progress *progress, int64_t done, int64_t total)
{
	int64_t now = milliseconds(), percent = total > 0 ? done * 100 / total : 0;

	if (!progress->on || (progress->drawn && now - progress->told < EVERY_MS))
		return;
	progress->told = now;
	progress->drawn = true;
	(void)fprintf(stderr, "\r%s: %" PRId64 " %% ", _(progress->what),
	    percent > 100 ? 100 : percent);
	(void)fflush(stderr);
}

void
progress_end(struct progress *progress)
{
	if (progress->drawn)
		(void)fputs("\r\033[K", stderr);
	progress->drawn = false;
}
