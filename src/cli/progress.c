/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/say.h"
#include "cli/wrap.h"
#include "core/text.h"

enum { EVERY_MS = 100, BAR_MOST = 40, BAR_LEAST = 10 };

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
	*progress = (struct progress){ .what = what, .out = isatty(STDERR_FILENO) ? stderr : NULL };
	progress->columns = wrap_terminal(stderr);
	if (progress->columns == 0)
		progress->out = NULL;
}

size_t
progress_bar(const char *what, int64_t done, int64_t all, size_t columns, char *buf, size_t size)
{
	char front[128], numbers[64], bar[BAR_MOST + 4];
	int64_t whole = all > 0 ? all : 1, part = done < 0 ? 0 : done > whole ? whole : done;
	size_t wide, room;

	(void)snprintf(front, sizeof front, _("%s: %3d %%"), _(what),
	    (int)((double)part / (double)whole * 100));
	(void)snprintf(numbers, sizeof numbers, _("%lld of %lld"), (long long)part, (long long)all);
	room = text_columns(front, strlen(front)) + text_columns(numbers, strlen(numbers)) + 4;
	wide = columns > room ? columns - room : 0;
	if (wide > BAR_MOST)
		wide = BAR_MOST;
	if (wide < BAR_LEAST)
		return (size_t)snprintf(buf, size, "%.*s",
		    (int)text_fit(front, strlen(front), columns), front);
	memset(bar, '.', wide);
	memset(bar, '#', (size_t)((double)part / (double)whole * (double)wide));
	bar[wide] = '\0';
	return (size_t)snprintf(buf, size, "%s [%s] %s", front, bar, numbers);
}

void
progress_tell(void *context, int64_t done, int64_t all)
{
	struct progress *progress = context;
	int64_t now = milliseconds();
	char bar[256];

	if (progress->out == NULL || (progress->drawn != 0 && now - progress->drawn < EVERY_MS))
		return;
	progress->drawn = now;
	(void)progress_bar(progress->what, done, all, progress->columns - 1, bar, sizeof bar);
	(void)fprintf(progress->out, "\r%s\033[K", bar);
	(void)fflush(progress->out);
}

void
progress_end(struct progress *progress)
{
	if (progress->out == NULL || progress->drawn == 0)
		return;
	(void)fputs("\r\033[K", progress->out);
	(void)fflush(progress->out);
	progress->drawn = 0;
}
