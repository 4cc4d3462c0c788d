/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/within.h"

#include <limits.h>
#include <time.h>

static int64_t
now_ms(void)
{
	struct timespec now = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
within(int milliseconds)
{
	return now_ms() + milliseconds;
}

int
within_left(int64_t deadline)
{
	int64_t now = now_ms();

	if (deadline == WITHIN_EVER)
		return -1;
	if (deadline <= now)
		return 0;
	return deadline - now > INT_MAX ? INT_MAX : (int)(deadline - now);
}

bool
within_wait(int fd, short events, int64_t deadline)
{
	struct pollfd line = { .fd = fd, .events = events };
	int left = within_left(deadline);

	if (left == 0)
		return false;
	(void)poll(&line, 1, left);
	return true;
}
